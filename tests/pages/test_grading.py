"""How good plans and reports are: the very version, the council's word, and a manager's signature."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import NOW, TODAY, Cast, share, with_agency

from homeward.domain import packs
from homeward.domain.policy import PACKS
from homeward.records.models import AuditEntry, Grade, PermanencePlan
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.grades import grade_plan, grade_report

GOOD = {"grade": "Good", "says": "It says what Maya wants.", "graded_on": "2026-11-24"}
REPORT = {"report": "Child’s Permanence Report, for the adoption panel", "for_on": "2026-12-03"}


def page(cast: Cast, child: str = "Maya") -> str:
    return f"/child/{cast.children[child].public_id}/judged"


def plan(cast: Cast, child: str = "Maya", position: str = "main") -> PermanencePlan:
    return PermanencePlan.current.get(child=cast.children[child], position=position)


def judge(cast: Cast, child: str = "Maya") -> str:
    return f"/child/{cast.children[child].public_id}/plans/{plan(cast, child).uid}/judge"


def text(answer) -> str:
    return answer.content.decode()


def signed(cast: Cast, on: date = TODAY) -> dict:
    return {"on": on, "by": cast.people["helen"], "role": "team_manager", "now": NOW}


def changed(cast: Cast) -> PermanencePlan:
    said = {"stands_if": "Her aunt is assessed"}
    fact = correct_fact(plan(cast), said, by=cast.people["priya"], now=NOW, reason="It was not said")
    assert isinstance(fact, PermanencePlan)
    return fact


def test_a_plan_is_judged_and_signed_by_a_manager_with_role_and_day(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    assert "Nobody has judged this plan." in text(helen.get(page(cast)))
    for wrong, said in (
        ({"grade": ""}, "Choose how good it is"),
        ({"says": " "}, "Say why"),
        ({"graded_on": "2026-11-26"}, "This day is still to come"),
        ({"graded_on": "2026-08-01"}, "This day is before the plan was recorded"),
    ):
        answer = helen.post(judge(cast), GOOD | wrong)
        assert answer.status_code == 400 and said in text(answer)
    assert helen.post(judge(cast), GOOD).status_code == 302
    fact = Grade.current.get()
    assert (fact.plan, fact.by_name, fact.by_role) == (plan(cast), "Helen Ward", "team_manager")
    shown = text(helen.get(page(cast)))
    assert "this version, number 1" in shown and "Signed: Helen Ward, Team manager, 24 November 2026" in shown
    card = text(helen.get(f"/child/{cast.children['Maya'].public_id}/plans"))
    assert "<b>Good</b> (this version, number 1)" in card and "Signed: Helen Ward, Team manager" in card


def test_a_plan_changed_since_is_said_to_have_been_judged_in_an_earlier_version(
    cast: Cast, signed_in
) -> None:
    grade_plan(plan(cast), "Good", "Clear", **signed(cast))
    changed(cast)
    shown = text(signed_in("marcia").get(page(cast)))
    assert "an earlier version, number 1" in shown and "Version 2 · Agreed" in shown
    grade_plan(plan(cast), "Outstanding", "Clearer", **signed(cast))
    shown = text(signed_in("marcia").get(page(cast)))
    assert shown.index("this version, number 2") < shown.index("an earlier version, number 1")


def test_whether_the_plan_was_there_in_time_stands_beside_how_good_it_is(cast: Cast, signed_in) -> None:
    cast.authority.pack = "slough"
    cast.authority.save()
    shown = text(signed_in("helen").get(page(cast)))
    titles = [said for said in shown.split("<p>") if "hw-st--" in said and "plan" in said.lower()]
    assert titles, "no date of the policy about the main plan is said"


def test_who_judges_a_plan_that_a_colleague_changed_meanwhile_reads_it_first(cast: Cast, signed_in) -> None:
    helen, began = signed_in("helen"), judge(cast)
    changed(cast)
    answer = helen.post(began, GOOD)
    assert answer.status_code == 409 and "The plan was changed while you read it" in text(answer)
    assert "It says what Maya wants." in text(answer) and "Her aunt is assessed" in text(answer)
    assert not Grade.objects.exists()
    assert helen.get(began)["Location"] == judge(cast)
    assert helen.post(judge(cast), GOOD).status_code == 302


def test_a_report_is_judged_before_the_panel_that_it_is_for(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    assert "No report about Maya has been judged." in text(helen.get(page(cast)))
    answer = helen.post(f"{page(cast)}/add", GOOD | REPORT | {"report": ""})
    assert answer.status_code == 400 and "Enter which report it is" in text(answer)
    assert helen.post(f"{page(cast)}/add", GOOD | REPORT).status_code == 302
    shown = text(helen.get(page(cast)))
    assert REPORT["report"] in shown and "Judged 9 days before 3 December 2026" in shown
    grade_report(cast.children["Maya"], "Report late", date(2026, 11, 1), "Good", "Late", **signed(cast))
    grade_report(cast.children["Maya"], "Report undated", None, "Good", "No day", **signed(cast))
    shown = text(helen.get(page(cast)))
    assert "Judged 24 days after 1 November 2026" in shown and "No day is recorded" in shown


def test_a_judgement_is_corrected_with_a_reason_or_taken_back_and_a_stale_one_is_shown(
    cast: Cast, signed_in
) -> None:
    grade_report(cast.children["Maya"], "CPR", None, "Good", "Clear", **signed(cast))
    fact = Grade.current.get()
    marcia, path = signed_in("marcia"), f"{page(cast)}/{fact.uid}"
    again = GOOD | REPORT | {"grade": "Inadequate", "says": "The chronology is missing"}
    assert marcia.post(path, again).status_code == 400
    assert marcia.post(path, again | {"reason": "I read the annexes"}).status_code == 302
    fact = Grade.current.get()
    assert (fact.grade, fact.by_name, fact.by_role) == ("Inadequate", "Marcia Bennett", "head_of_service")
    shown = text(marcia.get(page(cast)))
    assert "Corrected 1 time" in shown and "Good – Helen Ward" in shown
    stale = signed_in("helen").post(path, again | {"reason": "Mine"})
    assert stale.status_code == 409 and "I read the annexes" in text(stale)
    path = f"{page(cast)}/{fact.uid}"
    assert marcia.post(path, again | {"reason": "Another child’s", "withdraw": "1"}).status_code == 302
    assert not Grade.current.exists()


def test_a_judged_plan_is_corrected_without_asking_for_a_report(cast: Cast, signed_in) -> None:
    grade_plan(plan(cast), "Good", "Clear", **signed(cast))
    path = f"{page(cast)}/{Grade.current.get().uid}"
    marcia = signed_in("marcia")
    assert "Which report" not in text(marcia.get(path))
    assert marcia.post(path, GOOD | {"says": "Clearer", "reason": "Said better"}).status_code == 302
    assert Grade.current.get().plan == plan(cast)


def test_a_social_worker_reads_how_good_a_plan_is_and_does_not_judge_it(cast: Cast, signed_in) -> None:
    grade_plan(plan(cast), "Inadequate", "No views", **signed(cast))
    priya = signed_in("priya")
    shown = text(priya.get(page(cast)))
    assert "Inadequate" in shown and "Judge" not in shown.replace("Judged", "")
    for path in (judge(cast), f"{page(cast)}/add", f"{page(cast)}/{Grade.current.get().uid}"):
        assert priya.get(path).status_code == 404 and priya.post(path, GOOD | REPORT).status_code == 404


def test_who_is_not_shown_the_history_finds_no_judgement(cast: Cast, signed_in) -> None:
    grade_plan(plan(cast, "Theo"), "Inadequate", "No views", **signed(cast))
    with_agency(cast)
    share(cast, "core")
    teresa = signed_in("teresa")
    assert teresa.get(page(cast, "Theo")).status_code == 404
    card = text(teresa.get(f"/child/{cast.children['Theo'].public_id}/plans"))
    assert "Inadequate" not in card and "How good" not in card


def test_the_grades_are_the_councils_own_words(cast: Cast, signed_in, monkeypatch) -> None:
    assert all(len(packs.setting(name, "quality_grades")) == 4 for name in PACKS)
    said = {"value": ["Strong", "Growing"], "says": "How good something is"}
    monkeypatch.setitem(packs.pack("merton").settings, "quality_grades", said)
    helen = signed_in("helen")
    assert "Growing" in text(helen.get(judge(cast))) and "Outstanding" not in text(helen.get(judge(cast)))
    assert helen.post(judge(cast), GOOD).status_code == 400
    assert helen.post(judge(cast), GOOD | {"grade": "Strong"}).status_code == 302


def test_oversight_counts_reports_and_plans_by_team_and_opens_the_children(cast: Cast, signed_in) -> None:
    grade_plan(plan(cast), "Good", "Clear", **signed(cast))
    grade_plan(plan(cast, "Kai"), "Inadequate", "No views", **signed(cast))
    changed(cast)
    grade_report(cast.children["Theo"], "CPR, panel", date(2026, 12, 3), "Good", "Clear", **signed(cast))
    completed = {"kind": "child_permanence_report_completed", "on": date(2026, 11, 9)}
    for child in ("Maya", "Theo"):
        priya = cast.people["priya"]
        record_fact(cast.children[child], "DatedEvent", completed, start=completed["on"], by=priya, now=NOW)
    marcia = signed_in("marcia")
    assert "2" in text(marcia.get("/oversight/quality"))

    def opened(of: str, word: str) -> str:
        shown = text(marcia.get(f"/oversight/quality?of={of}&what={word}"))
        return shown[shown.index('id="behind"') : shown.index("Main plans that stand")]

    assert "Maya" in opened("plans", "Only an earlier one judged")
    assert "Theo" in opened("plans", "Not judged") and "Kai" in opened("plans", "Inadequate")
    assert "judged 8 days before" in opened("reports", "Good")
    waiting = opened("reports", "Not judged")
    assert "Maya" in waiting and "completed on 9 November 2026" in waiting and "Theo" not in waiting
    assert AuditEntry.objects.latest("pk").children == {"oversight": [cast.children["Maya"].pk]}


@pytest.mark.parametrize("who", ["priya", "lindsay"])
def test_only_oversight_sees_how_good_plans_are_by_team(cast: Cast, signed_in, who: str) -> None:
    assert signed_in(who).get("/oversight/quality").status_code == 404
