"""Which field set an event, a date or a fact belongs to, so that no page says what is not to be shown.

Plans, reviews and their dates are `core`. Orders and proceedings are `legal`, and with them every date that
starts with or waits for one. What else happened, and every home, is `history`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from homeward.domain.codes import PLACED_FOR_ADOPTION
from homeward.domain.events import Event
from homeward.domain.packs import gates
from homeward.domain.policy import COUNCILS, Rule
from homeward.domain.standing import Standing

LEGAL_EVENTS = frozenset(
    {
        "legal_gateway_held",
        "legal_gateway_review_held",
        "pre_proceedings_started",
        "pre_proceedings_ended",
        "letter_before_proceedings_sent",
        "proceedings_issued",
        "proceedings_concluded",
        "issues_resolution_hearing",
        "court_extension_granted",
        "section_20_started",
        "section_20_ended",
        "interim_care_order_made",
        "interim_care_order_ended",
        "care_order_made",
        "care_order_ended",
        "placement_order_made",
        "placement_order_revoked",
        "emergency_protection_order_made",
        "police_protection_taken",
        "remanded",
        "supervision_order_made",
        "adoption_order_made",
        "special_guardianship_order_made",
        "child_arrangements_order_made",
        "short_breaks_started",
        "short_breaks_ended",
        "placed_with_parents",  # under a care order or interim care order
        "adoption_consent_given",
    }
)
# What the summary's key dates say.
CORE_EVENTS = frozenset(
    {
        "became_looked_after",
        "ceased_looked_after",
        "adoption_decision_made",
        "review_held",
        "adoption_review_held",
        "permanence_meeting_held",
        "permanence_tracked",
        "child_visited",
    }
)
LEGAL_STAGES = frozenset({"in_proceedings", "in_pre_proceedings", "gateway_held"})
LEGAL_FACTS = frozenset({"LegalStatus"})
# How the council watches its own work: for its own people, whatever it shares with an agency.
WORK_FACTS = frozenset({"Challenge", "Grade", "Scrutiny", "Supervision"})
# Causes of delay that tell of proceedings, and with them what is done about them.
LEGAL_CAUSES = frozenset({"court_listing", "legal_advice"})
# Decisions that tell of an order.
LEGAL_DECISIONS = frozenset({"legal", "order_at_home", "support_after_order", "support_ended"})
# What was asked before these steps, and how it was answered, tells of proceedings; what these needs look at
# is what the child says.
LEGAL_STEPS = frozenset({"start_pre_proceedings", "issue_proceedings", "file_final_plan"})
VOICE_NEEDS = frozenset({"child_heard", "child_and_family_say", "reason_when_not_followed"})


def of_event(kind: str) -> str:
    return "legal" if kind in LEGAL_EVENTS else "core" if kind in CORE_EVENTS else "history"


def is_told(model: str, fact: Any, fields: frozenset[str]) -> bool:
    """Whether the history of the record tells a fact to who is shown these field sets."""
    return of_fact(model, fact) in fields and (model not in WORK_FACTS or "work" in fields)


def of_fact(model: str, fact: Any) -> str:
    """Of a recorded fact; `history` is the least that the history of the record asks for."""
    if model in LEGAL_FACTS or (model == "DatedEvent" and fact.kind in LEGAL_EVENTS):
        return "legal"
    if model == "Grade" and fact.subject == "standards":  # only of children in pre-proceedings
        return "legal"
    if model == "Delay" and fact.cause in LEGAL_CAUSES:
        return "legal"
    if model == "Decision" and fact.kind in LEGAL_DECISIONS:
        return "legal"
    if model == "Challenge" and is_legal_matter(fact):
        return "legal"
    if model == "Scrutiny" and fact.kind == "conversation":
        return "voice"
    return _of_gates().get(fact.gate, "history") if model == "GateAnswer" else "history"


@cache
def _of_gates() -> dict[str, str]:
    """Gates of every council whose answers are not for all who are shown the history."""
    found = {}
    for gate in (gate for council in COUNCILS for gate in gates(council)):
        if gate.at in LEGAL_STEPS:
            found[gate.key] = "legal"
        elif gate.needs in VOICE_NEEDS:
            found[gate.key] = "voice"
    return found


def is_legal_matter(matter: Any) -> bool:
    """Whether a matter raised tells of orders or proceedings."""
    return bool(matter.theme == "legal" or matter.addressed_kind == "legal")


def is_shown(rule: Rule, fields: frozenset[str]) -> bool:
    """Whether the dates of a rule are shown: not those that tell of an order without `legal`."""
    return "legal" in fields or LEGAL_EVENTS.isdisjoint((*rule.starts, *rule.met_by))


def cause_is_shown(cause: str, fields: frozenset[str]) -> bool:
    """Whether a cause of delay is named: it is history, and one that tells of proceedings is `legal`."""
    return "history" in fields and ("legal" in fields or cause not in LEGAL_CAUSES)


def shown_place(code: str, fields: frozenset[str]) -> str:
    """The code of a home; one that names a placement order or consent says only what it is for."""
    return "Adoptive home" if code in PLACED_FOR_ADOPTION and "legal" not in fields else code


def shown_events(events: Iterable[Event], fields: frozenset[str]) -> list[Event]:
    """Events of these sets; why care ended names an order, so without `legal` it is left out."""
    shown = [event for event in events if of_event(event.kind) in fields]
    if "legal" in fields:
        return shown
    return [
        e._replace(detail="" if e.kind == "ceased_looked_after" else shown_place(e.detail, fields))
        for e in shown
    ]


def shown_standing(stands: Standing, fields: frozenset[str]) -> Standing:
    """Where the child stands, without what an order or proceedings would tell; no stage is then named."""
    if "legal" in fields:
        return stands
    return stands._replace(
        legal_status="",
        placement=shown_place(stands.placement, fields),
        in_proceedings=False,
        in_pre_proceedings=False,
        gateway_held=False,
        stage="" if stands.stage in LEGAL_STAGES else stands.stage,
    )
