"""An import is all or nothing, shows its difference, and says the same whatever the order of the files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import BUNDLE, NOW, TODAY, Cast, uploads

from homeward.domain.timescales import judge
from homeward.intake.load import CannotRead, authority_called, load_uploads
from homeward.records import keep
from homeward.records.history import histories
from homeward.records.models import FACTS, Authority, Child, ImportedRow, Load, PermanencePlan, Review
from homeward.records.operations.facts import record_fact, withdraw_fact
from homeward.records.queries.authorities import policy_of

LATER = NOW + timedelta(days=1)
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
YEARS = {
    2024: {
        "a.csv": HEADER + "7,1,01/02/2018,WBRI,UN1,,\n",
        "b.csv": EPISODES + "7,05/06/2023,S,C1,N1,U6,PR1,,,,,,\n",
        "c.csv": REVIEWS + "7,01/02/2018,20/06/2023,PN0\n",
    },
    2025: {
        "a.csv": HEADER + "7,1,01/02/2018,WBRI,UN1,,\n",
        "b.csv": EPISODES
        + "7,05/06/2023,S,C1,N1,U6,PR1,07/05/2024,X1,CARPL,,,\n7,07/05/2024,B,C2,N1,U4,PR1,,,,,,\n",
        "c.csv": REVIEWS + "7,01/02/2018,12/09/2024,PN1\n",
    },
}


def facts_now(authority: Authority) -> set[tuple]:
    """Every fact that stands, without when and by which file it came."""
    found = set()
    for model in FACTS.values():
        shared = {f.name for f in model.__mro__[1]._meta.get_fields()} | {"id"}
        own = [f.name for f in model._meta.concrete_fields if f.name not in shared]
        for fact in model.current.filter(child__authority=authority).select_related("child"):
            found.add((model.__name__, fact.child.code, *(str(getattr(fact, name)) for name in own)))
    return found


def load(authority: Authority, tables: dict[str, str], **options):
    return load_uploads(authority, uploads(tables), now=LATER, **options)


def test_a_second_import_of_the_same_files_changes_nothing(cast: Cast):
    before = facts_now(cast.authority), ImportedRow.objects.count()
    outcome = load(cast.authority, BUNDLE)
    assert outcome.changes_nothing and outcome.rows_new == 0
    assert (facts_now(cast.authority), ImportedRow.objects.count()) == before


def test_what_a_plan_waits_for_is_read_as_a_list_and_read_again_without_a_change(cast: Cast):
    table = """child,position,route,recorded,waits_for,stands_if
N4,main,return_home,2026-10-05,Parenting assessment; Hair strand tests,Mum finishes the programme
"""
    load_uploads(cast.authority, uploads(BUNDLE | {"plans.csv": table}), now=NOW)
    plan = PermanencePlan.current.get(child=cast.children["Ruby"])
    assert plan.waits_for == ["Parenting assessment", "Hair strand tests"]
    assert plan.stands_if == "Mum finishes the programme"
    load_uploads(cast.authority, uploads(BUNDLE | {"plans.csv": table}), now=NOW)
    assert PermanencePlan.current.get(child=cast.children["Ruby"]) == plan


def test_an_import_that_is_tried_writes_nothing(cast: Cast):
    changed = BUNDLE["reviews.csv"] + "N3,2026-11-09,PN1\n"
    before = facts_now(cast.authority), ImportedRow.objects.count(), Load.objects.count()
    outcome = load(cast.authority, {"reviews.csv": changed}, try_only=True)
    assert outcome.counts() == {"Review": {"new": 1, "changed": 0, "gone": 0, "conflict": 0}}
    assert (facts_now(cast.authority), ImportedRow.objects.count(), Load.objects.count()) == before


def test_a_row_that_is_no_longer_in_the_file_is_withdrawn_and_can_still_be_read(cast: Cast):
    without = BUNDLE["reviews.csv"].replace("N2,2026-02-09,PN1\n", "")
    outcome = load(cast.authority, {"reviews.csv": without})
    assert outcome.counts()["Review"]["gone"] == 1
    theo = cast.children["Theo"]
    assert not Review.current.filter(child=theo).exists()
    assert Review.objects.filter(child=theo).count() == 2
    assert keep.differences(cast.authority) == []


def test_an_import_speaks_only_for_the_tables_that_it_brings(cast: Cast):
    before = {fact for fact in facts_now(cast.authority) if fact[0] != "Visit"}
    load(cast.authority, {"visits.csv": BUNDLE["visits.csv"] + "N1,2026-11-24\n"})
    assert {fact for fact in facts_now(cast.authority) if fact[0] != "Visit"} == before


def test_the_order_in_which_years_are_imported_never_matters(db):
    forth, back = authority_called("dudley"), authority_called("lambeth")
    for year in (2024, 2025):
        load(forth, YEARS[year])
    for year in (2025, 2024):
        load(back, YEARS[year])
    assert facts_now(forth) == facts_now(back)
    homes = sorted(fact[3:6] for fact in facts_now(forth) if fact[0] == "Home")
    assert len(homes) == 2


def test_what_a_person_recorded_is_never_superseded_and_the_difference_is_listed(cast: Cast):
    kai = cast.children["Kai"]
    by = cast.people["priya"]
    own = record_fact(kai, "Review", {"held_on": TODAY, "participation": "PN1"}, start=TODAY, by=by, now=NOW)
    outcome = load(cast.authority, {"reviews.csv": BUNDLE["reviews.csv"] + f"N3,{TODAY},PN7\n"})
    assert outcome.counts()["Review"]["conflict"] == 1
    assert Review.current.get(child=kai, held_on=TODAY) == own


def test_what_a_person_withdrew_is_not_brought_back_by_the_next_import(cast: Cast):
    review = Review.current.filter(child__authority=cast.authority, source="bundle").first()
    withdraw_fact(review, by=cast.people["priya"], now=NOW, reason="Another child's review")
    more = f"{review.child.code},2026-11-10,PN1\n"
    outcome = load(cast.authority, {"reviews.csv": BUNDLE["reviews.csv"] + more})
    assert not Review.current.filter(child=review.child, held_on=review.held_on).exists()
    assert [change.fact.withdrawn for change in outcome.difference.of("conflict")] == [True]


def test_a_date_after_today_is_held_back_and_comes_in_after_its_day(cast: Cast):
    ahead = BUNDLE["reviews.csv"] + f"N3,{TODAY + timedelta(days=9)},PN1\n"
    outcome = load(cast.authority, {"reviews.csv": ahead})
    assert any(problem.kind == "future_date" for problem in outcome.problems)
    assert not Review.current.filter(held_on__gt=TODAY).exists()


def test_a_file_that_cannot_be_read_saves_nothing_of_those_beside_it(cast: Cast):
    before = facts_now(cast.authority)
    with pytest.raises(CannotRead):
        load(cast.authority, {"visits.csv": BUNDLE["visits.csv"] + "N1,2026-11-24\n", "x.csv": "a,b\n1,2\n"})
    assert facts_now(cast.authority) == before


def test_an_unknown_authority_is_refused_with_those_that_there_are(cast: Cast):
    with pytest.raises(LookupError, match=r"northmere.*croydon, dudley"):
        authority_called("atlantis")


def test_the_kept_copy_is_what_the_clock_works_out(cast: Cast):
    assert keep.differences(cast.authority) == []
    policy = policy_of(cast.authority)
    for pk, history in histories(Child.objects.filter(authority=cast.authority)):
        said = {(d.rule.key, d.due_on, d.met_on, d.ended_on) for d in judge(policy, history, TODAY)}
        kept = Child.objects.get(pk=pk).deadlines.exclude(counted_on__gt=TODAY)
        assert said == set(kept.values_list("rule", "due_on", "met_on", "ended_on"))


def test_a_change_of_policy_rebuilds_the_kept_copy(cast: Cast):
    assert not keep.refresh_if_policy_changed(cast.authority)
    cast.authority.pack = "slough"
    cast.authority.save()
    assert keep.refresh_if_policy_changed(cast.authority)
    assert keep.differences(cast.authority) == []


def test_many_children_are_read_in_as_many_queries_as_a_few(cast: Cast, django_assert_num_queries):
    with django_assert_num_queries(16):
        list(histories(Child.objects.filter(authority=cast.authority)))
    with django_assert_num_queries(16):
        list(histories(Child.objects.filter(pk=cast.children["Maya"].pk)))
