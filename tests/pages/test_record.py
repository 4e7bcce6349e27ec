"""Recording and correcting by hand: clear errors, one effect, drafts, and two people at the same line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.cast import NOW, Cast

from homeward.records.models import AuditEntry, Draft, KeptDeadline, PermanencePlan, Review, Visit
from homeward.records.operations import facts

# What the policy asks before a plan outside the family, and before another main plan.
GONE_PAST = {
    "gate_family_before_strangers": "The review answers it on Monday",
    "gate_change_considered_at_review": "The review considers it on Monday",
}


def at(cast: Cast, name: str, what: str) -> str:
    return f"/child/{cast.children[name].public_id}/record?what={what}"


def test_a_visit_is_recorded_and_the_next_one_is_due_at_once(cast: Cast, signed_in) -> None:
    priya, maya = signed_in("priya"), cast.children["Maya"]
    due = set(KeptDeadline.objects.filter(child=maya, met_on=None).values_list("rule", "due_on"))
    answer = priya.post(at(cast, "Maya", "visit"), {"on": "2026-11-24"})
    assert answer.status_code == 302
    visit = Visit.current.get(child=maya, on="2026-11-24")
    assert (visit.source, visit.recorded_by) == ("person", cast.people["priya"])
    assert due != set(KeptDeadline.objects.filter(child=maya, met_on=None).values_list("rule", "due_on"))
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.about) == ("write", {"fact": str(visit.uid)})
    assert entry.children == {"allocated": [maya.pk]}


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        ("visit", {"on": ""}, "Enter the day"),
        ("visit", {"on": "31/02/2026"}, "Enter a real day"),
        ("visit", {"on": "2026-11-26"}, "This day is still to come"),
        ("visit", {"on": "2020-01-01"}, "born on 10 September 2022"),
        ("meeting", {"kind": "", "held_on": "2026-11-24"}, "Choose which meeting"),
        ("meeting", {"kind": "nonsense", "held_on": "2026-11-24"}, "Select a valid choice"),
        ("plan", {"position": "main", "route": "adoption"}, "recorded, agreed or confirmed"),
        (
            "plan",
            {"position": "main", "route": "adoption", "agreed_on": "2026-11-02", "ended_on": "2026-11-01"},
            "The plan began on 2 November 2026",
        ),
    ],
)
def test_what_cannot_be_recorded_is_said_at_its_field_and_nothing_is_saved(
    cast: Cast, signed_in, what: str, typed: dict[str, str], said: str
) -> None:
    before = (Visit.objects.count(), PermanencePlan.objects.count())
    answer = signed_in("priya").post(at(cast, "Maya", what), typed)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page and "Nothing was saved" in page
    assert (Visit.objects.count(), PermanencePlan.objects.count()) == before


def test_a_plan_keeps_why(cast: Cast, signed_in) -> None:
    typed = {
        "position": "contingency",
        "route": "long_term_fostering",
        "recorded_on": "2026-11-20",
        "reason": "If the aunt is not approved",
        **GONE_PAST,
    }
    signed_in("priya").post(at(cast, "Maya", "plan"), typed)
    page = signed_in("priya").get(f"/child/{cast.children['Maya'].public_id}").content.decode()
    assert "If the aunt is not approved" in page


@pytest.mark.parametrize("who", ["lindsay", "priya"])
def test_nobody_records_about_a_child_out_of_reach(cast: Cast, signed_in, who: str) -> None:
    assert signed_in(who).post(at(cast, "Ruby", "visit"), {"on": "2026-11-24"}).status_code == 404
    assert not Visit.objects.filter(on="2026-11-24").exists()


def the_review(cast: Cast) -> Review:
    return Review.current.get(child=cast.children["Maya"], held_on="2026-09-28")


def correcting(cast: Cast, fact) -> str:
    return reverse("correct", args=[cast.children["Maya"].public_id, fact.uid])


def test_a_correction_replaces_the_line_and_keeps_it_readable(cast: Cast, signed_in) -> None:
    priya, old = signed_in("priya"), the_review(cast)
    page = priya.get(correcting(cast, old)).content.decode()
    assert 'value="2026-09-28"' in page
    typed = {"held_on": "2026-09-29", "participation": "PN1", "why": "The minutes say Tuesday"}
    assert priya.post(correcting(cast, old), typed).status_code == 302
    now = Review.current.get(replaces=old)
    assert str(now.held_on) == "2026-09-29"
    history = priya.get(f"/child/{cast.children['Maya'].public_id}/history").content.decode()
    assert "The minutes say Tuesday" in history and "replaced on 25 November 2026" in history


def test_a_plan_that_is_corrected_keeps_its_own_reason(cast: Cast, signed_in) -> None:
    maya = cast.children["Maya"]
    plan = {"position": "contingency", "route": "long_term_fostering", "recorded_on": "2026-11-20"}
    signed_in("priya").post(
        at(cast, "Maya", "plan"), plan | GONE_PAST | {"reason": "If the aunt is not approved"}
    )
    old = PermanencePlan.current.get(child=maya, position="contingency")
    typed = plan | {"recorded_on": "2026-11-19", "reason": old.reason, "why": "It was the day before"}
    assert signed_in("priya").post(correcting(cast, old), typed).status_code == 302
    now = PermanencePlan.current.get(replaces=old)
    assert (now.reason, now.reason_recorded) == ("If the aunt is not approved", "It was the day before")


def test_a_correction_needs_its_reason(cast: Cast, signed_in) -> None:
    answer = signed_in("priya").post(correcting(cast, the_review(cast)), {"held_on": "2026-09-29"})
    assert answer.status_code == 400
    assert "Say why it is corrected" in answer.content.decode()


def test_what_was_recorded_in_error_is_withdrawn_and_stays_readable(cast: Cast, signed_in) -> None:
    old = the_review(cast)
    signed_in("priya").post(correcting(cast, old), {"withdraw": "1", "why": "Another child’s review"})
    assert not Review.current.filter(child=old.child, held_on="2026-09-28").exists()
    history = signed_in("priya").get(f"/child/{old.child.public_id}/history").content.decode()
    assert "Another child’s review" in history


def test_of_two_who_correct_the_same_line_the_second_sees_both_and_keeps_her_text(cast, signed_in) -> None:
    helen, old = signed_in("helen"), the_review(cast)
    assert helen.get(correcting(cast, old)).status_code == 200
    mine = {"held_on": "2026-09-30", "participation": "PN2", "why": "My note of the day says Wednesday"}
    facts.correct_fact(old, {"held_on": NOW.date()}, by=cast.people["priya"], now=NOW, reason="A mistake")
    theirs = Review.current.get(replaces=old)
    answer = helen.post(correcting(cast, old), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this while you worked" in page and "25 November 2026" in page
    assert 'value="2026-09-30"' in page and "My note of the day says Wednesday" in page
    assert Review.current.filter(child=old.child, held_on="2026-09-30").count() == 0
    assert correcting(cast, theirs) in page
    assert helen.post(correcting(cast, theirs), mine).status_code == 302
    assert Review.current.get(replaces=theirs).held_on.isoformat() == "2026-09-30"


def test_a_line_of_another_child_is_not_found_under_this_childs_address(cast: Cast, signed_in) -> None:
    other = Review.current.filter(child=cast.children["Theo"]).first()
    assert signed_in("priya").get(correcting(cast, other)).status_code == 404


def test_a_draft_is_kept_sealed_shown_on_home_and_gone_when_it_is_sent(cast: Cast, signed_in) -> None:
    priya, maya = signed_in("priya"), cast.children["Maya"]
    typed = {"position": "main", "route": "adoption", "reason": "Because of the assessment"}
    assert priya.post(at(cast, "Maya", "plan"), typed | {"keep": "1"}).status_code == 302
    assert b"assessment" not in bytes(Draft.objects.get().sealed)
    assert not PermanencePlan.current.filter(child=maya, reason__contains="assessment").exists()
    home = priya.get("/").content.decode()
    assert "Drafts you have not finished" in home and "Maya: a permanence plan" in home
    page = priya.get(at(cast, "Maya", "plan")).content.decode()
    assert "Because of the assessment" in page and "stays until 9 December 2026" in page
    assert "Because of" not in signed_in("helen").get(at(cast, "Maya", "plan")).content.decode()
    priya.post(at(cast, "Maya", "plan"), typed | GONE_PAST | {"recorded_on": "2026-11-20"})
    assert not Draft.objects.exists()


def test_the_page_keeps_a_draft_by_itself(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    address = reverse("draft", args=[cast.children["Maya"].public_id])
    typed = {"form_name": "record:plan", "reason": "half a sen"}
    assert priya.post(address, typed).status_code == 204
    assert priya.post(address, typed | {"reason": "half a sentence"}).status_code == 204
    assert "half a sentence" in priya.get(at(cast, "Maya", "plan")).content.decode()
    assert priya.post(address, {"form_name": "nonsense", "reason": "x"}).status_code == 404


def test_a_draft_ends_after_fourteen_days_and_with_the_reach_of_the_child(cast, signed_in, settings) -> None:
    from homeward.records.models import Exclusion

    priya = signed_in("priya")
    priya.post(at(cast, "Maya", "plan"), {"reason": "Mine", "keep": "1"})
    exclusion = Exclusion.objects.create(
        child=cast.children["Maya"],
        person=cast.people["priya"],
        reason="An aunt",
        made_by=cast.people["helen"],
        made_at=NOW,
    )
    assert "You began" not in priya.get("/").content.decode()
    exclusion.delete()
    settings.NOW = lambda: NOW + timedelta(days=14)
    assert "You began" not in priya.get("/").content.decode()
    assert not Draft.objects.exists()


def test_a_draft_can_be_thrown_away(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    priya.post(at(cast, "Maya", "plan"), {"reason": "Mine", "keep": "1"})
    address = reverse("draft_drop", args=[cast.children["Maya"].public_id])
    priya.post(address, {"form_name": "record:plan"})
    assert not Draft.objects.exists()


def test_a_colleague_neither_reads_nor_throws_away_what_somebody_typed(cast: Cast, signed_in) -> None:
    priya, helen = signed_in("priya"), signed_in("helen")
    drop = reverse("draft_drop", args=[cast.children["Maya"].public_id])
    priya.post(at(cast, "Maya", "plan"), {"reason": "Mine", "keep": "1"})
    helen.post(at(cast, "Maya", "plan"), {"reason": "Hers", "keep": "1"})
    assert "Hers" in helen.get(at(cast, "Maya", "plan")).content.decode()
    assert helen.post(drop, {"form_name": "record:plan"}).status_code == 302
    assert Draft.objects.get().person == cast.people["priya"]
    assert "Mine" in priya.get(at(cast, "Maya", "plan")).content.decode()
    assert helen.get("/").content.decode().count("You began") == 0


def test_who_no_longer_records_keeps_and_drops_no_draft(cast: Cast, signed_in) -> None:
    from homeward.records.models import Role

    priya, child = signed_in("priya"), cast.children["Maya"].public_id
    priya.post(at(cast, "Maya", "plan"), {"reason": "Mine", "keep": "1"})
    Role.objects.filter(person=cast.people["priya"]).update(key="supervising_social_worker")
    assert priya.get(f"/child/{child}").status_code == 200
    for name in ("draft", "draft_drop"):
        sent = {"form_name": "record:plan", "reason": "More"}
        assert priya.post(reverse(name, args=[child]), sent).status_code == 404
    assert Draft.objects.count() == 1
