"""Plans of children in pre-proceedings are held against the council's standards."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import NOW, TODAY, Cast, share, with_agency

from homeward.domain import packs
from homeward.domain.policy import PACKS
from homeward.records.access import acting
from homeward.records.models import AuditEntry, Grade, PermanencePlan
from homeward.records.operations.facts import record_fact
from homeward.records.operations.grades import grade_plan
from homeward.records.queries import standards_page


def page(cast: Cast, child: str = "Ruby") -> str:
    return f"/child/{cast.children[child].public_id}/standards"


def text(answer) -> str:
    return answer.content.decode()


def asked(pack: str = "merton", **more: str) -> dict[str, str]:
    answers = {one["key"]: "met" for one in packs.standards(pack)}
    return answers | {"says": "", "graded_on": "2026-11-20", "for_on": "2026-12-04"} | more


@pytest.fixture
def before_court(cast: Cast) -> Cast:
    values = {"kind": "pre_proceedings_started", "on": date(2026, 10, 5)}
    for child in ("Ruby", "Theo"):
        record_fact(
            cast.children[child],
            "DatedEvent",
            values,
            start=values["on"],
            by=cast.people["helen"],
            now=NOW,
        )
    return cast


def test_every_standard_has_its_source_and_croydons_are_its_own() -> None:
    for name in PACKS:
        for one in packs.standards(name):
            assert one["source"]["document"], (name, one)
    croydon = {one["source"]["document"] for one in packs.standards("croydon")}
    assert croydon == {"Croydon Permanence Strategy 2024-2027"}
    assert packs.standards("merton") == packs.standards("england")


def test_a_plan_in_pre_proceedings_is_checked_against_every_standard_and_signed(
    before_court: Cast, signed_in
) -> None:
    helen, add = signed_in("helen"), f"{page(before_court)}/check"
    assert "Ruby’s plan has not been checked." in text(helen.get(page(before_court)))
    form = text(helen.get(add))
    assert "Children Act 1989, section 22(4)" in form
    for wrong, said in (
        ({"voice": ""}, "Answer: What the child wishes"),
        ({"voice": "perhaps"}, "Choose an answer"),
        ({"voice": "not"}, "Say what is done about what is not met"),
        ({"for_on": "2026-11-20"}, "The next check must be after this one"),
        ({"graded_on": "2026-11-26"}, "This day is still to come"),
    ):
        answer = helen.post(add, asked() | wrong)
        assert answer.status_code == 400 and said in text(answer)
    assert not Grade.objects.exists()
    assert helen.post(add, asked(voice="not", says="Priya sees Ruby on Friday.")).status_code == 302
    shown = text(helen.get(page(before_court)))
    for said in ("1 not met", "<b>Not met</b>", "Priya sees Ruby on Friday.", "Due in 9 days"):
        assert said in shown
    assert "Signed: Helen Ward, Team manager" in shown


def test_a_child_who_is_not_in_pre_proceedings_is_not_checked(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    assert "Maya is not in pre-proceedings now." in text(helen.get(page(cast, "Maya")))
    assert helen.get(f"{page(cast, 'Maya')}/check").status_code == 404
    assert helen.post(f"{page(cast, 'Maya')}/check", asked()).status_code == 404
    assert not Grade.objects.exists()


def test_who_is_not_shown_legal_steps_sees_no_check_anywhere(before_court: Cast, signed_in) -> None:
    signed_in("helen").post(f"{page(before_court, 'Theo')}/check", asked(says="A word of it"))
    with_agency(before_court)
    share(before_court, "core", "history")
    teresa = signed_in("teresa")
    assert teresa.get(page(before_court, "Theo")).status_code == 404
    theo = f"/child/{before_court.children['Theo'].public_id}"
    history = text(teresa.get(f"{theo}/history"))
    assert "History of this record" in history and "against the standards" not in history
    assert "against the standards" in text(signed_in("helen").get(f"{theo}/history"))
    agency = acting(before_court.people["teresa"])
    assert standards_page.in_pre_proceedings(agency, before_court.authority, TODAY) == []
    assert "Standards before court" not in text(teresa.get(f"{theo}/plans"))


def test_the_child_s_social_worker_reads_a_check_and_does_not_sign_one(before_court: Cast, signed_in) -> None:
    priya = signed_in("priya")
    assert priya.get(page(before_court, "Theo")).status_code == 200
    assert priya.get(f"{page(before_court, 'Theo')}/check").status_code == 404


def test_oversight_lists_who_is_in_pre_proceedings_with_check_quality_and_next_date(
    before_court: Cast, signed_in
) -> None:
    cast, helen = before_court, signed_in("helen")
    plan = PermanencePlan.current.get(child=cast.children["Theo"], position="main")
    said = {"on": date(2026, 11, 20), "by": cast.people["helen"], "role": "team_manager", "now": NOW}
    grade_plan(plan, "Good", "Clear", **said)
    helen.post(f"{page(cast, 'Theo')}/check", asked(heritage="not", says="Ask his grandmother."))
    shown = text(signed_in("marcia").get("/oversight/pre-proceedings"))
    assert "Maya" not in shown
    assert shown.index("Ruby") < shown.index("Theo")  # who was never checked stands first
    assert "Never checked" in shown and "culture and language are considered" in shown
    line = shown[shown.index("Theo") :]
    assert "20 November 2026" in line and ">Good<" in line and "Due in 9 days" in line
    audit = AuditEntry.objects.latest("pk")
    assert "legal" in audit.field_sets and len(audit.children["oversight"]) == 2
    assert signed_in("priya").get("/oversight/pre-proceedings").status_code == 404
