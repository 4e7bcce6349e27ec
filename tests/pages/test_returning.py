"""The return home: opened swiftly, agreed by a manager, looked at each month, checked after going home."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.cast import NOW, Cast

from homeward.records.models import Draft, Home, PeriodOfCare, ReturnPlan, ReturnReview, ReturnStep
from homeward.records.operations import returning


def page(cast: Cast, child: str = "Maya") -> str:
    return f"/child/{cast.children[child].public_id}/return"


def text(answer: Any) -> str:
    return answer.content.decode()


def said(**more: Any) -> dict[str, Any]:
    return {
        "opened_on": "2026-10-12",
        "to_whom": "Her mother",
        "reasons": "Her mother was ill and nobody else could look after Maya",
        "helps": "Treatment for her mother\nA family support worker at weekends",
        "risks": "An illness that comes back",
        "strengths": "Her aunt lives next door",
        "partners": "The health visitor and the clinical team",
        "family_needs": "Somebody to ring at night",
        "conditions": "Her mother has been well for three months",
        "realistic": "Treatment has begun and takes twelve weeks",
        "target_on": "2026-12-14",
        "next_on": "2026-10-26",
    } | more


def begun(cast: Cast, child: str = "Maya", **more: Any) -> ReturnPlan:
    values = {name: value for name, value in said().items() if name != "helps"} | {
        "opened_on": date(2026, 10, 12),
        "target_on": date(2026, 12, 14),
        "next_on": date(2026, 10, 26),
    }
    helps = ["Treatment for her mother"]
    return returning.open_return(cast.children[child], values | more, helps, by=cast.people["priya"], now=NOW)


def gone_home(cast: Cast, on: date = date(2026, 11, 2), **more: Any) -> ReturnPlan:
    plan = begun(cast, **more)
    return returning.record_home(plan, on, date(2026, 11, 16), by=cast.people["priya"], now=NOW)


def reviewed(**more: str) -> dict[str, str]:
    return {
        "held_on": "2026-11-20",
        "by_name": "Priya Shah",
        "by_role": "social_worker",
        "says": "Two visits went well",
        "next_on": "2026-12-15",
    } | more


def checked(**more: str) -> dict[str, str]:
    return reviewed(
        at_home="yes",
        feels_safe="8",
        child_says="I like my own bed",
        milestones="some",
        social_work="little",
        community="Nursery three days a week",
        says="Bedtimes are calm",
        **more,
    )


# ---- The plan ----


def test_a_child_without_a_plan_is_told_so_and_one_is_opened_with_what_the_council_promises(
    cast: Cast, signed_in
) -> None:
    priya = signed_in("priya")
    empty = text(priya.get(page(cast)))
    assert "In our care since 10 June 2026, for 168 days. No plan for return home is open." in empty
    assert "Open a plan for return home" in empty
    assert priya.post(f"{page(cast)}/open", said()).status_code == 302
    shown = text(priya.get(page(cast)))
    for words in (
        *("Her mother was ill", "An illness that comes back", "Her aunt lives next door"),
        *("The health visitor and the clinical team", "Somebody to ring at night"),
        *("Her mother has been well for three months", "Treatment has begun"),
        *("Treatment for her mother", "A family support worker at weekends"),
        "Home due by 14 December 2026, in 19 days",
    ):
        assert words in shown, words
    assert list(ReturnStep.current.values_list("kind", flat=True)) == ["help", "help"]


def test_it_opens_with_three_answers_and_says_what_is_still_missing(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    few = dict.fromkeys(said(), "") | {name: said()[name] for name in ("opened_on", "to_whom", "reasons")}
    assert priya.post(f"{page(cast)}/open", few).status_code == 302
    shown = text(priya.get(page(cast)))
    assert "No target date for going home" in shown
    assert "Missing: the risks, the strengths, what those who come forward need" in shown


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"to_whom": " "}, "Enter to whom the child is to go home"),
        ({"reasons": ""}, "Say why the child came into care"),
        ({"opened_on": "2026-11-26"}, "This day is still to come"),
        ({"target_on": "2026-10-01"}, "The target must not be before the plan was opened"),
        ({"next_on": "2026-10-01"}, "This day must not be before the plan was opened"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_and_nothing_is_kept(
    cast: Cast, signed_in, wrong, sentence
) -> None:
    answer = signed_in("priya").post(f"{page(cast)}/open", said(**wrong))
    assert answer.status_code == 400 and sentence in text(answer)
    assert not ReturnPlan.objects.exists() and not ReturnStep.objects.exists()


def test_a_child_has_one_open_plan(cast: Cast, signed_in) -> None:
    begun(cast)
    answer = signed_in("priya").post(f"{page(cast)}/open", said())
    assert answer.status_code == 400 and "A plan for return home is open already." in text(answer)
    assert ReturnPlan.objects.count() == 1


def test_a_draft_is_kept_for_who_wrote_it_and_ends_when_the_plan_is_opened(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    assert priya.post(f"{page(cast)}/open", said() | {"keep": "1"}).status_code == 302
    assert not ReturnPlan.objects.exists()
    home = text(priya.get("/"))
    assert "the plan for return home" in home and f"{page(cast)}/open" in home
    assert "Her aunt lives next door" in text(priya.get(f"{page(cast)}/open"))
    assert "Her aunt lives next door" not in text(signed_in("helen").get(f"{page(cast)}/open"))
    priya.post(f"{page(cast)}/open", said())
    assert not Draft.objects.exists()


def test_a_manager_agrees_in_their_own_name_that_it_is_the_best_plan(cast: Cast, signed_in) -> None:
    plan = begun(cast)
    place = f"{page(cast)}/{plan.uid}/agree"
    assert signed_in("priya").get(place).status_code == 404
    assert "Agree that it is the best plan" not in text(signed_in("priya").get(page(cast)))
    helen = signed_in("helen")
    assert "No manager has agreed that it is the best plan" in text(helen.get(page(cast)))
    wrong = helen.post(place, {"best_on": "2026-11-20", "best_says": " "})
    assert wrong.status_code == 400 and "Say what shows that it is the best plan" in text(wrong)
    agreed = {"best_on": "2026-11-20", "best_says": "The parenting assessment of 9 November"}
    assert helen.post(place, agreed).status_code == 302
    shown = text(signed_in("priya").get(page(cast)))
    assert "Helen Ward, team manager, 20 November 2026" in shown
    assert "The parenting assessment of 9 November" in shown


def test_nobody_agrees_to_a_plan_in_which_something_is_not_weighed(cast: Cast, signed_in) -> None:
    plan = begun(cast, risks="", target_on=None)
    answer = signed_in("helen").post(
        f"{page(cast)}/{plan.uid}/agree", {"best_on": "2026-11-20", "best_says": "The assessment"}
    )
    assert answer.status_code == 400
    assert "Before it can be agreed, the plan needs the risks and a target date." in text(answer)
    assert not ReturnPlan.current.get().best_on


def test_other_conditions_ask_for_the_managers_agreement_anew_and_other_words_do_not(
    cast: Cast, signed_in
) -> None:
    plan = returning.agree_best(
        begun(cast), date(2026, 11, 2), "Assessed", role="team_manager", by=cast.people["helen"], now=NOW
    )
    priya = signed_in("priya")
    change = {name: value for name, value in said().items() if name != "helps"}
    more = change | {"risks": "An illness that comes back in winter", "reason": "Said by her doctor"}
    assert priya.post(f"{page(cast)}/{plan.uid}/change", more).status_code == 302
    plan = ReturnPlan.current.get()
    assert plan.best_by == "Helen Ward"
    other = more | {"conditions": "Her mother has been well for six months", "reason": "Her doctor again"}
    assert priya.post(f"{page(cast)}/{plan.uid}/change", other).status_code == 302
    shown = text(priya.get(page(cast)))
    assert "No manager has agreed" in shown and "Changed 3 times" in shown
    assert "conditions: Her mother has been well for three months" in shown


def test_of_two_who_change_a_plan_the_second_is_shown_both_versions(cast: Cast, signed_in) -> None:
    plan = begun(cast)
    change = {name: value for name, value in said().items() if name != "helps"}
    place = f"{page(cast)}/{plan.uid}/change"
    first = change | {"target_on": "2027-01-11", "reason": "Treatment takes longer"}
    assert signed_in("priya").post(place, first).status_code == 302
    mine = change | {"to_whom": "Her mother and her grandmother", "reason": "She helps"}
    second = signed_in("helen").post(place, mine)
    assert second.status_code == 409
    shown = text(second)
    assert "Somebody else changed this while you worked" in shown
    assert "target 11 January 2027" in shown and "Her mother and her grandmother" in shown
    newest = ReturnPlan.current.get()
    assert newest.to_whom == "Her mother"
    assert f"{page(cast)}/{newest.uid}/change" in shown
    assert signed_in("helen").post(f"{page(cast)}/{newest.uid}/change", mine).status_code == 302


def test_a_plan_recorded_in_error_is_taken_back(cast: Cast, signed_in) -> None:
    plan = begun(cast)
    change = {name: value for name, value in said().items() if name != "helps"}
    wrong = change | {"reason": "Another child’s", "withdraw": "1"}
    assert signed_in("priya").post(f"{page(cast)}/{plan.uid}/change", wrong).status_code == 302
    assert "No plan for return home is open" in text(signed_in("priya").get(page(cast)))


# ---- Steps and reviews ----


def test_a_milestone_has_a_day_and_who_sees_to_it_and_closes_with_what_came_of_it(
    cast: Cast, signed_in
) -> None:
    plan, priya = begun(cast), signed_in("priya")
    step = {"kind": "milestone", "what": "First night at home", "who": "Priya Shah"}
    days = {"agreed_on": "2026-10-12", "by_on": "2026-11-16"}
    assert priya.post(f"{page(cast)}/{plan.uid}/step", step | days).status_code == 302
    assert "Due by 16 November 2026, late by 9 days" in text(priya.get(page(cast)))
    fact = ReturnStep.current.get(kind="milestone")
    later = step | days | {"by_on": "2026-11-30", "reason": "Her mother had a cold"}
    assert priya.post(f"{page(cast)}/steps/{fact.uid}/change", later).status_code == 302
    assert "Due by 30 November 2026, in 5 days" in text(priya.get(page(cast)))
    old = priya.post(f"{page(cast)}/steps/{fact.uid}/change", later)
    assert old.status_code == 409 and "Somebody else changed this" in text(old)
    fact = ReturnStep.current.get(kind="milestone")
    close = {"state": "done", "closed_on": "2026-11-24", "says": ""}
    place = f"{page(cast)}/steps/{fact.uid}/close"
    wrong = priya.post(place, close)
    assert wrong.status_code == 400 and "Enter what came of it" in text(wrong)
    assert priya.post(place, close | {"says": "She slept well"}).status_code == 302
    shown = text(priya.get(page(cast)))
    assert "Done 24 November 2026" in shown and "She slept well" in shown
    closed = ReturnStep.current.get(kind="milestone")
    assert priya.get(f"{page(cast)}/steps/{closed.uid}/close").status_code == 404


def test_in_merton_the_way_home_is_looked_at_each_month_and_a_late_review_says_by_how_much(
    cast: Cast, signed_in
) -> None:
    plan, priya = begun(cast, next_on=None), signed_in("priya")
    shown = text(priya.get(page(cast)))
    assert "Review due by 12 November 2026, late by 13 days" in shown
    assert "every month (MER-092)" in shown
    assert priya.post(f"{page(cast)}/{plan.uid}/review", reviewed(next_on="")).status_code == 302
    shown = text(priya.get(page(cast)))
    assert "Review due by 20 December 2026" in shown and "Two visits went well" in shown


def test_elsewhere_the_next_day_is_the_one_agreed_last(cast: Cast, signed_in) -> None:
    cast.authority.pack = "slough"
    cast.authority.save()
    plan, priya = begun(cast), signed_in("priya")
    assert "Review due by 26 October 2026, late by 30 days" in text(priya.get(page(cast)))
    assert priya.post(f"{page(cast)}/{plan.uid}/review", reviewed()).status_code == 302
    shown = text(priya.get(page(cast)))
    assert "Review due by 15 December 2026" in shown and "The policy gives no number" in shown
    priya.post(f"{page(cast)}/{plan.uid}/review", reviewed(held_on="2026-11-24", next_on=""))
    assert "Review: no day is agreed" in text(priya.get(page(cast)))


def test_a_review_is_put_right_with_a_reason(cast: Cast, signed_in) -> None:
    plan, priya = begun(cast), signed_in("priya")
    priya.post(f"{page(cast)}/{plan.uid}/review", reviewed())
    place = f"{page(cast)}/reviews/{ReturnReview.current.get().uid}"
    wrong = priya.post(place, reviewed(says="Three visits went well", reason=""))
    assert wrong.status_code == 400 and "Say why it is changed" in text(wrong)
    right = reviewed(says="Three visits went well", reason="Miscounted")
    assert priya.post(place, right).status_code == 302
    assert "Three visits went well" in text(priya.get(page(cast)))
    assert signed_in("helen").post(place, right).status_code == 409


# ---- Going home, and after ----


def test_the_day_on_the_record_is_offered_and_nothing_is_invented(cast: Cast, signed_in) -> None:
    plan, priya = begun(cast), signed_in("priya")
    shown = text(priya.get(f"{page(cast)}/{plan.uid}/home"))
    assert "The record holds no move home: Foster home with a relative or friend, long term" in shown
    assert 'value="2026-11' not in shown
    assert "No approval is recorded." in shown  # an interim care order: regulations 15 to 20
    child = cast.children["Maya"]
    Home.objects.create(child=child, place="P1", started_on="2026-11-09", recorded_at=NOW, source="903")
    shown = text(priya.get(f"{page(cast)}/{plan.uid}/home"))
    assert "Lives with parents or a person with parental responsibility since 9 November 2026" in shown
    assert 'value="2026-11-09"' in shown
    early = priya.post(
        f"{page(cast)}/{plan.uid}/home", {"returned_on": "2026-10-01", "next_on": "2026-11-30"}
    )
    assert early.status_code == 400 and "This day is before the plan was opened" in text(early)
    gone = {"returned_on": "2026-11-09", "next_on": "2026-11-30"}
    assert priya.post(f"{page(cast)}/{plan.uid}/home", gone).status_code == 302
    shown = text(priya.get(page(cast)))
    assert "Home since 9 November 2026, with: Her mother." in shown
    assert "Check due by 30 November 2026, in 5 days" in shown


def test_after_the_return_it_is_checked_whether_it_has_worked(cast: Cast, signed_in) -> None:
    plan, priya = gone_home(cast), signed_in("priya")
    assert "Check due by 16 November 2026, late by 9 days" in text(priya.get(page(cast)))
    place = f"{page(cast)}/{plan.uid}/review"
    for wrong, sentence in (
        ({"at_home": ""}, "Say whether the child still lives at home"),
        ({"feels_safe": "11"}, "a number from 0 to 10"),
        ({"feels_safe": "much"}, "a number from 0 to 10"),
        ({"held_on": "2026-11-01"}, "This day is before the child went home"),
    ):
        answer = priya.post(place, checked() | wrong)
        assert answer.status_code == 400 and sentence in text(answer), sentence
    assert priya.post(place, checked()).status_code == 302
    shown = text(priya.get(page(cast)))
    for words in (
        *("8 of 10, Maya’s own answer", "I like my own bed", "Some of them", "Little"),
        *("Nursery three days a week", "Bedtimes are calm", "Check due by 15 December 2026"),
    ):
        assert words in shown, words


def test_what_the_child_says_is_not_shown_to_who_does_not_hear_the_child(cast: Cast, signed_in) -> None:
    plan = gone_home(cast)
    signed_in("priya").post(f"{page(cast)}/{plan.uid}/review", checked())
    cast.people["marcia"].roles.update(key="performance_analyst")
    shown = text(signed_in("marcia").get(page(cast)))
    assert "Bedtimes are calm" in shown
    assert "I like my own bed" not in shown and "of 10" not in shown


def test_a_return_ends_as_lasted_or_broken_down_and_one_before_it_as_stopped(cast: Cast, signed_in) -> None:
    plan, priya = gone_home(cast), signed_in("priya")
    place = f"{page(cast)}/{plan.uid}/end"
    end = {"outcome": "stopped", "ended_on": "2026-11-24", "outcome_says": "Her mother fell ill again"}
    wrong = priya.post(place, end)
    assert wrong.status_code == 400 and "The child has gone home, so this cannot be" in text(wrong)
    assert priya.post(place, end | {"outcome": "broke_down"}).status_code == 302
    shown = text(priya.get(page(cast)))
    assert "Broke down, 24 November 2026" in shown and "Her mother fell ill again" in shown
    assert "Open a plan for return home" in shown
    again = begun(cast, opened_on=date(2026, 11, 25), target_on=None, next_on=None)
    wrong = priya.post(f"{page(cast)}/{again.uid}/end", end | {"outcome": "lasted", "ended_on": "2026-11-25"})
    assert wrong.status_code == 400 and "No return is recorded yet" in text(wrong)


def test_a_child_who_comes_into_care_again_after_a_return_is_noticed(cast: Cast, signed_in) -> None:
    child, priya = cast.children["Maya"], signed_in("priya")
    plan = gone_home(cast, date(2026, 10, 19))
    assert "after going home" not in text(priya.get(page(cast)))
    Home.objects.create(child=child, place="U6", started_on="2026-11-16", recorded_at=NOW, source="903")
    shown = text(priya.get(page(cast)))
    assert "Moved from home to another placement on 16 November 2026, 28 days after going home" in shown
    PeriodOfCare.objects.create(
        child=child, started_on="2026-11-16", category_of_need="N1", recorded_at=NOW, source="903"
    )
    shown = text(priya.get(page(cast)))
    assert "say how the return ended" in shown
    assert plan.returned_on == date(2026, 10, 19)


# ---- Who may ----


def test_a_social_worker_plans_for_their_own_child_and_no_other(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    plan = begun(cast, "Ruby")
    for place in ("", "/open", f"/{plan.uid}/change", f"/{plan.uid}/review", f"/{plan.uid}/end"):
        assert priya.get(page(cast, "Ruby") + place).status_code == 404
    assert (
        priya.get(f"{page(cast)}/{plan.uid}/change").status_code == 404
    )  # another child's, through this one


def test_a_sealed_record_tells_nothing_of_a_return(cast: Cast, signed_in) -> None:
    from homeward.records.models import Restriction

    plan = begun(cast)
    Restriction.objects.create(
        child=cast.children["Maya"],
        level=Restriction.SEALED,
        reason="Adopted",
        made_by=cast.people["marcia"],
        made_at=NOW,
    )
    for person in ("priya", "helen", "amina"):
        client = signed_in(person)
        for place in ("", f"/{plan.uid}/change", f"/{plan.uid}/review"):
            assert client.get(page(cast) + place).status_code == 404


# ---- Beside the plans, and in plain words ----


def test_the_plans_page_leads_to_it_beside_a_return_home_and_the_papers_tell_it_plainly(
    cast: Cast, signed_in
) -> None:
    from homeward.records.models import PermanencePlan

    child, helen = cast.children["Ruby"], signed_in("helen")
    PermanencePlan.objects.create(
        child=child,
        position="main",
        route="return_home",
        recorded_on="2026-10-02",
        recorded_at=NOW,
        source="person",
    )
    plans = page(cast, "Ruby").removesuffix("/return") + "/plans"
    assert f'href="{page(cast, "Ruby")}"' in text(helen.get(plans)).partition("Main plan")[2]
    plan = begun(cast, "Ruby", conditions="Her mother is well\nThe house in SW1A 1AA is ready")
    step = {
        "kind": "milestone",
        "what": "A first night at home",
        "who": "Priya",
        "agreed_on": date(2026, 11, 2),
    }
    returning.add_step(plan, step | {"by_on": date(2026, 12, 1)}, by=cast.people["helen"], now=NOW)
    child_reads = text(helen.get(f"{plans}/in-words"))
    assert "Before you go home" in child_reads and "Her mother is well" in child_reads
    assert "A first night at home (by 1 December 2026)" in child_reads
    assert "Treatment for her mother" not in child_reads and "SW1A" not in child_reads
    assert "1 sentence was left out" in child_reads
    parents_read = text(helen.get(f"{plans}/in-words?for=parents"))
    assert "Before Ruby goes home" in parents_read and "Treatment for her mother" in parents_read
    assert "Her mother was ill" not in parents_read  # no reasons


# ---- Oversight ----


def returning_home(cast: Cast, child: str) -> None:
    from homeward.records import keep
    from homeward.records.models import PermanencePlan

    PermanencePlan.objects.create(
        child=cast.children[child],
        position="parallel",
        route="return_home",
        recorded_on="2026-10-02",
        recorded_at=NOW,
        source="person",
    )
    keep.refresh(cast.authority, [cast.children[child].pk])


def test_children_whose_plan_is_return_home_and_who_have_no_return_plan_are_found(
    cast: Cast, signed_in
) -> None:
    returning_home(cast, "Ruby")
    for person in ("helen", "amina"):
        client = signed_in(person)
        home = text(client.get("/")).partition('id="returns"')[2]
        assert "Return home is the plan, and no return plan is open" in home
        listed = text(client.get("/oversight/returns?group=none"))
        assert ">Ruby</a>" in listed and "No plan for return home is open, in our care since" in listed
        assert ">Maya</a>" not in listed
    begun(cast, "Ruby")
    assert ">Ruby</a>" not in text(signed_in("amina").get("/oversight/returns?group=none"))
    assert ">Ruby</a>" in text(signed_in("amina").get("/oversight/returns"))


def test_each_number_of_returns_opens_to_the_children_behind_it(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    plan = begun(cast, "Ruby", target_on=date(2026, 11, 20))  # nobody agreed, and it was to be looked at
    for group in ("waits", "late", "target", "not_agreed"):
        listed = text(amina.get(f"/oversight/returns?group={group}"))
        assert ">Ruby</a>" in listed and f"?group={group}#listed" in listed, group
    assert "Review due by 26 October 2026, late by 30 days" in listed
    assert "Home due by 20 November 2026, late by 5 days" in listed
    returning.record_home(plan, date(2026, 10, 19), date(2026, 11, 2), by=cast.people["helen"], now=NOW)
    for group in ("home", "check_late", "returned", "back"):  # who moved to a children's home in November
        assert ">Ruby</a>" in text(amina.get(f"/oversight/returns?group={group}")), group
    assert "Moved from home to another placement on 1 November 2026" in text(
        amina.get("/oversight/returns?group=back")
    )
    plan = ReturnPlan.current.get()
    end = (date(2026, 11, 10), "broke_down", "It came too early")
    returning.end_return(plan, *end, by=cast.people["helen"], now=NOW)
    assert ">Ruby</a>" in text(amina.get("/oversight/returns?group=broke_down"))
    for group in ("home", "lasted", "waits"):
        assert "No child whom you see is behind this number." in text(
            amina.get(f"/oversight/returns?group={group}")
        )
    assert amina.get("/oversight/returns?group=nonsense").status_code == 404


def test_a_return_that_has_lasted_and_one_of_long_ago_are_told_apart(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    kai = begun(cast, "Kai", opened_on=date(2023, 1, 9), target_on=None, next_on=None)
    kai = returning.record_home(kai, date(2023, 6, 1), None, by=cast.people["helen"], now=NOW)
    returning.end_return(kai, date(2024, 6, 3), "lasted", "A year", by=cast.people["helen"], now=NOW)
    assert ">Kai</a>" not in text(amina.get("/oversight/returns?group=lasted"))
    maya = gone_home(cast)
    returning.end_return(maya, date(2026, 11, 23), "lasted", "All is well", by=cast.people["helen"], now=NOW)
    assert ">Maya</a>" in text(amina.get("/oversight/returns?group=lasted"))
    PeriodOfCare.objects.create(
        child=cast.children["Maya"], started_on="2026-11-24", recorded_at=NOW, source="903"
    )
    assert ">Maya</a>" not in text(amina.get("/oversight/returns?group=lasted"))
    assert ">Maya</a>" in text(amina.get("/oversight/returns?group=back"))


def test_oversight_of_returns_needs_the_history_and_tells_nothing_of_the_childs_words(
    cast: Cast, signed_in
) -> None:
    plan = gone_home(cast)
    signed_in("priya").post(f"{page(cast)}/{plan.uid}/review", checked())
    assert signed_in("priya").get("/oversight/returns").status_code == 404
    listed = text(signed_in("amina").get("/oversight/returns?group=home"))
    assert ">Maya</a>" in listed and "I like my own bed" not in listed


def test_oversight_of_returns_asks_as_much_for_one_child_as_for_many(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    amina = signed_in("amina")
    begun(cast, "Maya")
    amina.get("/oversight/returns")
    with django_assert_max_num_queries(40) as few:
        amina.get("/oversight/returns")
    for child in ("Theo", "Kai", "Ruby"):
        begun(cast, child)
    with django_assert_max_num_queries(len(few)):
        amina.get("/oversight/returns")
