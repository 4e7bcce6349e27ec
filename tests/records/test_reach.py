"""Who sees which child: by allocation, team, cover, share and emergency, and who never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.cast import NOW, TODAY, Cast

from homeward.records import access
from homeward.records.access import Actor
from homeward.records.models import (
    Allocation,
    Authority,
    BreakGlass,
    Child,
    Cover,
    Exclusion,
    Person,
    RegionalAgency,
    Restriction,
    Role,
    Share,
    SocialWorkerSpell,
)
from homeward.records.roles import ROLES

HER_OWN = {"Maya", "Theo", "Kai"}


def seen_by(cast: Cast, key: str) -> set[str]:
    return {child.called for child in access.children_visible_to(access.acting(cast.people[key]))}


def allocate(cast: Cast, child: str, person: str, start: date, end: date | None = None, basis="allocated"):
    return Allocation.objects.create(
        child=cast.children[child],
        person=cast.people[person],
        basis=basis,
        started_on=start,
        ended_on=end,
        made_by=cast.people["helen"],
        made_at=NOW,
    )


def joins(cast: Cast, key: str, role: str, **more) -> None:
    person = Person.objects.create(email=f"{key}@northmere.example", name=key.title())
    place = {} if "agency" in more else {"authority": cast.authority}
    Role.objects.create(person=person, key=role, **place, **more)
    cast.people[key] = person


def test_a_social_worker_sees_the_children_the_return_and_her_manager_gave_her(cast: Cast):
    assert seen_by(cast, "priya") == HER_OWN
    allocate(cast, "Ruby", "priya", TODAY)
    assert seen_by(cast, "priya") == HER_OWN | {"Ruby"}


def test_an_allocation_begins_on_its_day_and_not_before(cast: Cast):
    allocate(cast, "Ruby", "priya", TODAY + timedelta(days=1))
    assert "Ruby" not in seen_by(cast, "priya")


@pytest.mark.parametrize(("ended", "still"), [(date(2026, 11, 11), True), (date(2026, 11, 10), False)])
def test_a_worker_who_handed_over_reads_for_ten_working_days_more(cast: Cast, ended: date, still: bool):
    allocate(cast, "Ruby", "priya", date(2026, 9, 7), ended)
    assert ("Ruby" in seen_by(cast, "priya")) is still
    basis = access.basis_of(access.acting(cast.people["priya"]), [cast.children["Ruby"].pk])
    if still:
        assert basis == {"hand_over": [cast.children["Ruby"].pk]}


def test_a_spell_of_the_return_begins_on_its_day_and_not_before(cast: Cast):
    ahead = {"started_on": TODAY + timedelta(days=1), "recorded_at": NOW}
    SocialWorkerSpell(child=cast.children["Ruby"], worker="SW1", **ahead).save()
    assert "Ruby" not in seen_by(cast, "priya")


def test_the_hand_over_after_a_spell_of_the_return_ends_too(cast: Cast):
    spell = SocialWorkerSpell.current.get(child=cast.children["Ruby"])
    helen = access.acting(cast.people["helen"])
    assert cast.children["Ruby"] in access.children_visible_to(helen)
    newer = SocialWorkerSpell(child=spell.child, worker="SW9", started_on=date(2026, 10, 1), recorded_at=NOW)
    newer.save()
    closed = SocialWorkerSpell(
        child=spell.child,
        worker="SW2",
        started_on=spell.started_on,
        ended_on=date(2026, 10, 1),
        recorded_at=NOW,
        replaces=spell,
    )
    closed.save()
    SocialWorkerSpell.objects.filter(pk=spell.pk).update(superseded_at=NOW)
    assert cast.children["Ruby"] not in access.children_visible_to(helen)


@pytest.mark.parametrize(
    ("start", "end", "sees"),
    [
        (TODAY, TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (date(2026, 11, 1), date(2026, 11, 24), False),
    ],
)
def test_a_panel_member_sees_a_child_within_the_window_and_to_the_day(cast: Cast, start, end, sees: bool):
    joins(cast, "femi", "panel_member")
    assert seen_by(cast, "femi") == set()
    allocate(cast, "Theo", "femi", start, end, basis="panel")
    assert seen_by(cast, "femi") == ({"Theo"} if sees else set())


def test_who_acts_for_a_colleague_sees_her_children_while_the_cover_lasts(cast: Cast):
    joins(cast, "sam", "social_worker", workers=[])
    cover = Cover.objects.create(
        authority=cast.authority,
        covered=cast.people["priya"],
        by=cast.people["sam"],
        started_on=TODAY,
        ended_on=TODAY,
        made_by=cast.people["helen"],
        made_at=NOW,
    )
    assert seen_by(cast, "sam") == HER_OWN
    sam = access.acting(cast.people["sam"])
    assert set(access.basis_of(sam, [cast.children["Maya"].pk])) == {"cover"}
    for first, last in ((date(2026, 11, 1), date(2026, 11, 24)), (date(2026, 11, 26), date(2026, 12, 4))):
        Cover.objects.filter(pk=cover.pk).update(started_on=first, ended_on=last)
        assert seen_by(cast, "sam") == set()


def test_who_acts_for_a_colleague_in_one_council_does_not_in_another(cast: Cast):
    joins(cast, "sam", "social_worker", workers=[])
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    sam = Role.objects.create(person=cast.people["sam"], authority=other, key="social_worker")
    child = Child.objects.create(authority=other, called="Noor", code="E1")
    Role.objects.create(person=cast.people["priya"], authority=other, key="social_worker", workers=["E7"])
    SocialWorkerSpell(child=child, worker="E7", started_on=date(2026, 9, 7), recorded_at=NOW).save()
    acts = {"covered": cast.people["priya"], "by": cast.people["sam"], "made_by": cast.people["helen"]}
    span = {"started_on": TODAY, "ended_on": TODAY, "made_at": NOW}
    Cover.objects.create(authority=cast.authority, **acts, **span)
    assert seen_by(cast, "sam") == HER_OWN
    assert not access.children_visible_to(Actor(cast.people["sam"], sam, other)).exists()


@pytest.mark.parametrize("key", ["priya", "helen", "amina", "marcia"])
def test_an_excluded_person_never_sees_the_child_in_any_role(cast: Cast, key: str):
    assert "Maya" in seen_by(cast, key)
    Exclusion.objects.create(
        child=cast.children["Maya"],
        person=cast.people[key],
        reason="The father of the child",
        made_by=cast.people["helen"],
        made_at=NOW,
    )
    assert "Maya" not in seen_by(cast, key)


def restrict(cast: Cast, level: int, *people: str) -> Restriction:
    made = Restriction.objects.create(
        child=cast.children["Maya"],
        level=level,
        reason="Her aunt works for the council",
        made_by=cast.people["marcia"],
        made_at=NOW,
    )
    made.people.set([cast.people[key] for key in people])
    return made


@pytest.mark.parametrize("level", [Restriction.SENSITIVE, Restriction.RESTRICTED])
def test_a_restricted_record_is_for_the_named_people_who_also_reach_the_child(cast: Cast, level: int):
    restrict(cast, level, "priya", "lindsay")
    assert "Maya" in seen_by(cast, "priya")
    for other in ("helen", "amina", "marcia"):
        assert "Maya" not in seen_by(cast, other)
        assert "Theo" in seen_by(cast, other)
    assert seen_by(cast, "lindsay") == set()  # named, but a system manager sees no child


def test_a_sealed_record_is_for_nobody_even_when_named(cast: Cast):
    restrict(cast, Restriction.SEALED, "priya", "helen")
    assert all("Maya" not in seen_by(cast, key) for key in cast.people)


def test_a_restriction_that_ended_restricts_nobody(cast: Cast):
    made = restrict(cast, Restriction.RESTRICTED)
    assert "Maya" not in seen_by(cast, "helen")
    Restriction.objects.filter(pk=made.pk).update(ended_at=NOW)
    assert "Maya" in seen_by(cast, "helen")


def share(cast: Cast, agency: RegionalAgency, **more) -> Share:
    values = {"until": NOW + timedelta(days=30), "field_sets": ["core", "history"]} | more
    return Share.objects.create(
        child=cast.children["Theo"],
        agency=agency,
        purpose="Finding adopters",
        made_by=cast.people["amina"],
        made_at=NOW,
        **values,
    )


def test_the_agency_sees_only_what_a_council_shares_and_only_while_it_lasts(cast: Cast, settings):
    agency = RegionalAgency.objects.create(name="Three Rivers Adoption")
    joins(cast, "teresa", "family_finder_raa", agency=agency)
    assert seen_by(cast, "teresa") == set()
    assert access.places_of(cast.people["teresa"])[0].authority is None
    given = share(cast, agency)
    assert seen_by(cast, "teresa") == {"Theo"}
    settings.NOW = lambda: given.until - timedelta(seconds=1)
    assert seen_by(cast, "teresa") == {"Theo"}
    settings.NOW = lambda: given.until
    assert seen_by(cast, "teresa") == set()


def test_the_agency_is_shown_the_shared_field_sets_and_never_a_masked_one(cast: Cast, monkeypatch):
    meaning = ROLES["family_finder_raa"]  # never, even if the table of roles named it one day
    monkeypatch.setitem(
        ROLES, "family_finder_raa", replace(meaning, fields=meaning.fields | {"location", "adopter"})
    )
    agency = RegionalAgency.objects.create(name="Three Rivers Adoption")
    joins(cast, "teresa", "family_finder_raa", agency=agency)
    share(cast, agency, field_sets=["core", "health", "location", "adopter"])
    teresa = access.acting(cast.people["teresa"])
    assert access.field_sets_for(teresa, cast.children["Theo"]) == {"core", "health"}
    assert access.children_shown_to(teresa, "core", "health").exists()
    assert not access.children_shown_to(teresa, "core", "history").exists()


def test_the_agency_is_shown_no_part_that_its_role_does_not_read(cast: Cast):
    agency = RegionalAgency.objects.create(name="Three Rivers Adoption")
    joins(cast, "teresa", "family_finder_raa", agency=agency)
    share(cast, agency, field_sets=["core", "education", "panel"])
    teresa = access.acting(cast.people["teresa"])
    assert access.field_sets_for(teresa, cast.children["Theo"]) == {"core", "education"}


def test_what_is_shared_with_one_agency_is_not_seen_by_another(cast: Cast):
    first, other = (RegionalAgency.objects.create(name=name) for name in ("Three Rivers", "Coastal"))
    joins(cast, "femi", "family_finder_raa", agency=other)
    share(cast, first)
    place = Actor(cast.people["femi"], cast.people["femi"].roles.get(), cast.authority)
    assert not access.children_visible_to(place).exists()


def test_one_agency_is_not_shown_what_another_is_shared_of_the_same_child(cast: Cast):
    first, other = (RegionalAgency.objects.create(name=name) for name in ("Three Rivers", "Coastal"))
    joins(cast, "femi", "family_finder_raa", agency=other)
    share(cast, first, field_sets=["core", "history", "legal"])
    share(cast, other, field_sets=["core"])
    assert access.field_sets_for(access.acting(cast.people["femi"]), cast.children["Theo"]) == {"core"}


def test_an_exclusion_stands_above_a_share(cast: Cast):
    agency = RegionalAgency.objects.create(name="Three Rivers Adoption")
    joins(cast, "teresa", "family_finder_raa", agency=agency)
    share(cast, agency)
    Exclusion.objects.create(
        child=cast.children["Theo"],
        person=cast.people["teresa"],
        reason="A relative",
        made_by=cast.people["helen"],
        made_at=NOW,
    )
    assert seen_by(cast, "teresa") == set()


def break_glass(cast: Cast, person: str, child: str) -> BreakGlass:
    return BreakGlass.objects.create(
        person=cast.people[person],
        child=cast.children[child],
        role="social_worker",
        category="danger",
        reason="Missing tonight; the duty team needs the address",
        opened_at=NOW,
        until=NOW + access.ONE_HOUR,
        review_due_on=date(2026, 11, 27),
    )


def test_emergency_access_opens_one_child_for_one_hour_and_adds_to_no_list(cast: Cast, settings):
    priya = access.acting(cast.people["priya"])
    ruby = cast.children["Ruby"]
    assert access.child_opened_by(priya, ruby.public_id) is None
    opened = break_glass(cast, "priya", "Ruby")
    assert access.child_opened_by(priya, ruby.public_id) == ruby
    assert "Ruby" not in seen_by(cast, "priya")
    settings.NOW = lambda: opened.until
    assert access.child_opened_by(priya, ruby.public_id) is None


def test_what_a_colleague_opened_in_an_emergency_is_open_for_nobody_else(cast: Cast):
    joins(cast, "sam", "social_worker")
    break_glass(cast, "sam", "Ruby")
    opened = access.child_opened_by(access.acting(cast.people["priya"]), cast.children["Ruby"].public_id)
    assert opened is None


def test_emergency_access_opens_a_restricted_record_but_never_a_sealed_or_excluded_one(cast: Cast):
    priya, maya = access.acting(cast.people["priya"]), cast.children["Maya"]
    break_glass(cast, "priya", "Maya")
    made = restrict(cast, Restriction.RESTRICTED, "helen")
    assert access.child_opened_by(priya, maya.public_id) == maya
    Restriction.objects.filter(pk=made.pk).update(level=Restriction.SEALED)
    priya = access.acting(cast.people["priya"])
    assert access.child_opened_by(priya, maya.public_id) is None
    assert not access.may_be_opened_by(priya, maya)
    Restriction.objects.filter(pk=made.pk).update(ended_at=NOW)
    Exclusion.objects.create(
        child=maya, person=cast.people["priya"], reason="An aunt", made_by=cast.people["helen"], made_at=NOW
    )
    priya = access.acting(cast.people["priya"])
    assert access.child_opened_by(priya, maya.public_id) is None
    assert not access.may_be_opened_by(priya, maya)


def test_a_role_without_emergency_access_has_none(cast: Cast):
    break_glass(cast, "amina", "Ruby")
    amina, ruby = access.acting(cast.people["amina"]), cast.children["Ruby"]
    assert access.child_opened_by(amina, ruby.public_id) is None
    assert not access.may_be_opened_by(amina, ruby)


def test_a_person_acts_in_one_role_at_a_time(cast: Cast):
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    Child.objects.create(authority=other, called="Noor")
    Role.objects.create(person=cast.people["priya"], authority=other, key="permanence_lead")
    here, there = access.places_of(cast.people["priya"])
    assert {child.called for child in access.children_visible_to(here)} == HER_OWN
    assert {child.called for child in access.children_visible_to(there)} == {"Noor"}
    assert access.may(there, "import") and not access.may(here, "import")
    assert access.acting(cast.people["priya"], there.key) == there
    assert access.acting(cast.people["priya"], slug="easterby") == there


def test_who_left_or_was_disabled_or_whose_role_ended_reaches_nothing(cast: Cast):
    priya = cast.people["priya"]
    Person.objects.filter(pk=priya.pk).update(left_on=TODAY)
    priya.refresh_from_db()
    assert seen_by(cast, "priya") == set()
    Person.objects.filter(pk=priya.pk).update(left_on=None, is_active=False)
    priya.refresh_from_db()
    assert seen_by(cast, "priya") == set() and access.roles_of(priya) == []
    helen = cast.people["helen"]
    Role.objects.filter(person=helen).update(ended_on=TODAY - timedelta(days=1))
    assert seen_by(cast, "helen") == set()


@pytest.mark.parametrize(("starts", "sees"), [(1, False), (0, True)])
def test_a_role_begins_on_its_day_and_not_before(cast: Cast, starts: int, sees: bool):
    Role.objects.filter(person=cast.people["helen"]).update(started_on=TODAY + timedelta(days=starts))
    assert bool(seen_by(cast, "helen")) is sees


def test_who_is_disabled_in_the_middle_of_their_work_may_do_nothing_more(cast: Cast):
    actor = access.acting(cast.people["helen"])
    assert access.may(actor, "record")
    actor.person.is_active = False
    assert not access.may(actor, "record") and not access.children_visible_to(actor).exists()


def test_a_list_of_orders_holds_no_child_for_a_role_that_is_shown_none(cast: Cast):
    joins(cast, "ada", "administrator", workers=["SW1"])
    ada = access.acting(cast.people["ada"])
    assert {child.called for child in access.children_shown_to(ada, "core", "history")} == HER_OWN
    assert not access.children_shown_to(ada, "history", "legal").exists()


def test_a_command_at_the_machine_lists_no_sealed_child(cast: Cast):
    Restriction.objects.create(child=cast.children["Theo"], level=3, reason="Adopted", made_at=NOW)
    listed = access.children_for_commands(cast.authority)
    assert {child.called for child in listed} == {"Maya", "Kai", "Ruby"}


def test_a_role_that_may_not_see_children_sees_none_whatever_it_reaches(cast: Cast, monkeypatch):
    blind = replace(ROLES["team_manager"], actions=ROLES["team_manager"].actions - {"see_children"})
    monkeypatch.setitem(ROLES, "team_manager", blind)
    assert seen_by(cast, "helen") == set()


def test_system_managers_auditors_and_outsiders_reach_no_child():
    for key in ("system_manager", "auditor", "information_governance", "young_person", "carer"):
        assert ROLES[key].reach == "none"
        assert "see_children" not in ROLES[key].actions
        assert not ROLES[key].fields and not ROLES[key].break_glass
