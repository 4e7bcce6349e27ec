"""What a council's policy stops or asks before a step that is recorded as an event or as a decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.urls import get_resolver
from tests.cast import NOW, Cast

from homeward.domain.packs import gates
from homeward.domain.policy import COUNCILS
from homeward.domain.step_answers import BY_DECISION, BY_EVENT
from homeward.records.models import (
    DatedEvent,
    Decision,
    GateAnswer,
    MeetingHeld,
    PermanencePlan,
    Person,
    Role,
)
from homeward.records.operations.decisions import KINDS
from homeward.records.operations.facts import correct_fact
from homeward.records.roles import ROLES

ON = "2026-11-24"
# The page, by the name of its address, on which the policy asks before each other step.
ASKED_BY = {
    "hold_meeting": ("meeting_item", "meeting_sign", "record"),
    "confirm_item": ("meeting_item", "meeting_sign"),
    "close_item": ("meeting_item", "meeting_sign"),
    "agree_plan": ("child_plan_act", "meeting_item", "record"),
    "set_route": ("child_plan_propose", "child_plan_act", "record"),
    "rule_out_route": ("child_route", "child_plan_act", "meeting_item"),
    **dict.fromkeys(BY_EVENT.values(), ("record",)),
    **dict.fromkeys(BY_DECISION.values(), ("child_decision_add", "meeting_item")),
}
GUARDED = [(council, gate.at) for council in COUNCILS for gate in gates(council) if gate.pack == council]


def under(cast: Cast, pack: str) -> None:
    cast.authority.pack = pack
    cast.authority.save()
    for child in cast.children.values():
        child.authority.refresh_from_db()


def records(client: Any, cast: Cast, kind: str, name: str = "Theo", **more: str) -> Any:
    typed = {"kind": kind, "on": ON, **more}
    return client.post(f"/child/{cast.children[name].public_id}/record?what=event", typed)


def decides(client: Any, cast: Cast, kind: str, name: str = "Theo", **more: str) -> Any:
    typed = {
        "kind": kind,
        "decided_on": ON,
        "what": "It is decided",
        "maker": "Helen Ward",
        "maker_role": "team_manager",
        "basis": "The assessment",
        "child_view": "Too small to say",
    }
    return client.post(f"/child/{cast.children[name].public_id}/decisions/add", typed | more)


def test_every_step_that_any_policy_guards_is_asked_about_by_a_page():
    asked = {at for _, at in GUARDED} | {gate.at for gate in gates("england")}
    assert asked <= ASKED_BY.keys()
    addresses = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {name for pages in ASKED_BY.values() for name in pages} <= addresses
    assert BY_DECISION.keys() <= KINDS.keys()


def test_whoever_may_let_a_stop_go_may_record_that():
    stops = [gate for council in COUNCILS for gate in gates(council) if gate.effect == "stop"]
    unable = {role for gate in stops for role in gate.may_override if "record" not in ROLES[role].actions}
    assert not unable


@pytest.mark.parametrize(
    ("council", "kind"),
    sorted({(c, kind) for c, at in GUARDED for kind, act in BY_EVENT.items() if act == at}),
)
def test_an_event_that_the_policy_guards_is_not_recorded_unasked(cast, signed_in, council, kind):
    under(cast, council)
    answer = records(signed_in("priya"), cast, kind)
    assert answer.status_code == 400 and "Your policy asks something first" in answer.content.decode()
    assert not DatedEvent.current.filter(kind=kind).exists() and not GateAnswer.current.exists()


@pytest.mark.parametrize(
    ("council", "kind"),
    sorted({(c, kind) for c, at in GUARDED for kind, act in BY_DECISION.items() if act == at}),
)
def test_a_decision_that_the_policy_guards_is_not_recorded_unasked(cast, signed_in, council, kind):
    under(cast, council)
    answer = decides(signed_in("priya"), cast, kind)
    assert answer.status_code == 400 and "Your policy asks something first" in answer.content.decode()
    assert not Decision.current.filter(kind=kind).exists()


def test_a_report_with_a_stale_chronology_is_stopped_and_with_a_current_one_recorded(cast, signed_in):
    priya, kind = signed_in("priya"), "child_permanence_report_completed"
    stale = records(priya, cast, kind, given_chronology_on="2026-05-03").content.decode()
    assert "The chronology is not kept to the child" in stale and "Only the head of service" in stale
    assert records(priya, cast, kind, given_chronology_on="2026-05-04").status_code == 302  # the order
    said = GateAnswer.current.get(child=cast.children["Theo"])
    assert (said.gate, said.answer, said.reason) == (
        "report_with_current_chronology",
        "answered",
        "4 May 2026",
    )
    history = priya.get(f"/child/{cast.children['Theo'].public_id}/history").content.decode()
    assert "Answered: Day to which the chronology is kept" in history


def test_what_stops_is_let_go_by_a_named_senior_alone_and_stands_under_oversight(cast, signed_in):
    under(cast, "slough")
    why = {"gate_conference_before_pre_proceedings": "The family is abroad until March"}
    assert records(signed_in("marcia"), cast, "pre_proceedings_started", **why).status_code == 400
    dora = Person.objects.create(email="dora@northmere.example", name="Dora Finch", is_demonstration=True)
    Role.objects.create(person=dora, authority=cast.authority, key="director")
    cast.people["dora"] = dora
    assert records(signed_in("dora"), cast, "pre_proceedings_started", **why).status_code == 302
    assert GateAnswer.current.get().answer == GateAnswer.OVERRIDDEN
    oversight = signed_in("marcia").get("/oversight/overrides").content.decode()
    assert "The family is abroad until March" in oversight and "Dora Finch" in oversight


def test_a_conference_that_was_offered_lets_pre_proceedings_start(cast, signed_in):
    under(cast, "slough")
    priya = signed_in("priya")
    assert records(priya, cast, "family_group_conference_offered").status_code == 302
    assert records(priya, cast, "pre_proceedings_started").status_code == 302
    assert not GateAnswer.current.exists()


def test_temporary_approval_is_the_head_of_services_with_what_is_exceptional(cast, signed_in):
    under(cast, "croydon")
    priya, kind = signed_in("priya"), "temporary_approval_given"
    form = records(priya, cast, kind).content.decode()
    assert "Marcia Bennett, head of service" in form and "Helen Ward, team manager" not in form
    head = str(Role.objects.get(person=cast.people["marcia"]).pk)
    given = {
        "given_approved_by": head,
        "given_exceptional_reason": "No other home for the three of them",
        "gate_options_with_relatives": "Each is answered at the review",
    }
    assert records(priya, cast, kind, **given).status_code == 302
    answers = {fact.gate: (fact.answer, fact.reason) for fact in GateAnswer.current.all()}
    assert answers["temporary_approval"] == ("answered", "Marcia Bennett, head of service")
    assert answers["options_with_relatives"] == ("asked", "Each is answered at the review")


@pytest.mark.parametrize("council", ["lambeth", "merton"])
def test_before_a_move_the_network_is_looked_at_and_others_asked_when_the_parents_decline(
    cast, signed_in, council
):
    under(cast, council)
    priya = signed_in("priya")
    assert "Record the check" in decides(priya, cast, "move").content.decode()
    checked = {"given_network_checked_on": ON, "given_parents_declined": "yes"}
    asks = decides(priya, cast, "move", **checked)
    assert asks.status_code == 400 and "The parents do not want the network involved" in asks.content.decode()
    assert decides(priya, cast, "move", **checked, given_consulted="The school").status_code == 302
    assert Decision.current.get(kind="move").what == "It is decided"
    reasons = {fact.gate: fact.reason for fact in GateAnswer.current.all()}
    assert reasons == {"network_first": "24 November 2026", "others_consulted": "Yes; The school"}


def test_proceedings_are_not_issued_unasked_while_an_assessment_is_open(cast, signed_in):
    under(cast, "slough")
    theo = cast.children["Theo"]
    plan = PermanencePlan.current.get(child=theo, position="main")
    waits = {"waits_for": ["Assessment of the aunt"]}
    correct_fact(plan, waits, by=cast.people["helen"], now=NOW, reason="She came forward")
    told = {"given_parents_told_on": ON}
    asks = records(signed_in("priya"), cast, "proceedings_issued", **told)
    assert asks.status_code == 400 and "Assessment of the aunt" in asks.content.decode()
    why = {"gate_assessments_before_issue": "The court lists it on Friday"}
    assert records(signed_in("priya"), cast, "proceedings_issued", **told, **why).status_code == 302


@pytest.mark.parametrize("kind", ["pre_proceedings_started", "proceedings_issued"])
def test_dudley_asks_who_represents_each_party_and_when_each_was_told(cast, signed_in, monkeypatch, kind):
    """DUD-054: before pre-proceedings and again before court; the answer stays on the child's record."""
    under(cast, "dudley")
    priya = signed_in("priya")
    asks = records(priya, cast, kind).content.decode()
    assert "when was each told of the legal advice?" in asks
    who = "Mother: Hart and Co, told 2 November. Child: her guardian’s solicitor, not told yet."
    assert records(priya, cast, kind, given_representation=who).status_code == 302
    said = GateAnswer.current.get(child=cast.children["Theo"])
    assert (said.answer, said.reason) == ("answered", who)
    history = priya.get(f"/child/{cast.children['Theo'].public_id}/history").content.decode()
    assert "Mother: Hart and Co, told 2 November" in history
    without = ROLES["social_worker"].fields - {"legal"}
    monkeypatch.setitem(ROLES, "social_worker", replace(ROLES["social_worker"], fields=without))
    history = priya.get(f"/child/{cast.children['Theo'].public_id}/history").content.decode()
    assert "Hart and Co" not in history


def test_a_day_that_cannot_be_read_is_said_at_its_field(cast, signed_in):
    kind = "child_permanence_report_completed"
    answer = records(signed_in("priya"), cast, kind, given_chronology_on="soon")
    assert answer.status_code == 400 and "Enter a real day" in answer.content.decode()


def test_a_correction_that_turns_an_event_into_a_guarded_one_is_asked_too(cast, signed_in):
    under(cast, "slough")
    priya = signed_in("priya")
    assert records(priya, cast, "letter_before_proceedings_sent").status_code == 302
    fact = DatedEvent.current.get(kind="letter_before_proceedings_sent")
    at = f"/child/{cast.children['Theo'].public_id}/facts/{fact.uid}"
    typed = {"kind": "pre_proceedings_started", "on": ON, "why": "It was the decision"}
    assert priya.post(at, typed).status_code == 400
    assert not DatedEvent.current.filter(kind="pre_proceedings_started").exists()
    same = {"kind": "letter_before_proceedings_sent", "on": "2026-11-23", "why": "It was Monday"}
    assert priya.post(at, same).status_code == 302


def test_an_event_that_no_policy_guards_is_recorded_at_once(cast, signed_in):
    assert records(signed_in("priya"), cast, "life_story_work_started").status_code == 302
    assert not GateAnswer.current.exists()


def meets(client: Any, cast: Cast, kind: str, **more: Any) -> Any:
    typed = {"kind": kind, "held_on": ON, **more}
    return client.post(f"/child/{cast.children['Theo'].public_id}/record?what=meeting", typed)


def test_a_meeting_recorded_by_hand_asks_who_chaired_and_who_was_invited_as_an_arranged_one_does(
    cast, signed_in
):
    priya, kind = signed_in("priya"), "permanence_meeting_held"
    asks = meets(priya, cast, kind)
    said = asks.content.decode()
    assert asks.status_code == 400 and "is chaired by the Social Work Team Manager" in said
    assert "Not yet invited: Social worker and Independent reviewing officer" in said
    assert not MeetingHeld.current.filter(held_on=ON).exists()
    known = {"given_chaired_as": "iro", "given_invited": ["Social worker"]}
    said = meets(priya, cast, kind, **known).content.decode()
    assert "is chaired by the Social Work Team Manager" in said and "Only the head of service" in said
    assert "Not yet invited: Independent reviewing officer" in said
    known = {"given_chaired_as": "team_manager", "given_invited": ["Social worker"]}
    why = {"gate_planning_meeting_attendance": "The reviewing officer was ill"}
    assert meets(priya, cast, kind, **known, **why).status_code == 302
    assert MeetingHeld.current.filter(held_on=ON, kind=kind).count() == 1
    answers = {fact.gate: (fact.answer, fact.reason) for fact in GateAnswer.current.all()}
    assert answers == {
        "planning_meeting_chair": ("answered", "Team manager"),
        "planning_meeting_attendance": ("asked", "The reviewing officer was ill"),
    }


def test_a_meeting_recorded_by_hand_that_no_policy_guards_is_recorded_at_once(cast, signed_in):
    assert meets(signed_in("priya"), cast, "stability_meeting_held").status_code == 302
    assert not GateAnswer.current.exists()


def test_another_day_of_a_meeting_recorded_by_hand_is_not_asked_about_again(cast, signed_in):
    priya = signed_in("priya")
    invited = ["Social worker", "Independent reviewing officer"]
    known = {"given_chaired_as": "team_manager", "given_invited": invited}
    assert meets(priya, cast, "permanence_meeting_held", **known).status_code == 302
    fact = MeetingHeld.current.get(held_on=ON)
    at = f"/child/{cast.children['Theo'].public_id}/facts/{fact.uid}"
    typed = {"kind": "permanence_meeting_held", "held_on": "2026-11-23", "why": "It was Monday"}
    assert priya.post(at, typed).status_code == 302
