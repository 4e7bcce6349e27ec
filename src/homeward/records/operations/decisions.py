"""Decisions about a child: who decided what, on what basis, and what the child thinks of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from homeward.records.models import Child, Decision, Person
from homeward.records.operations.facts import record_fact
from homeward.records.operations.refused import Refused

KINDS: dict[str, str] = {
    "plan_agreed": "Permanence plan agreed",
    "plan_confirmed": "Permanence plan confirmed",
    "plan_changed": "Permanence plan changed",
    "no_parallel_plan": "No plan alongside",
    "no_contingency_plan": "No plan if these fail",
    "option_ruled_out": "Route ruled out",
    "option_reopened": "Route opened again",
    "together_or_apart": "Brothers and sisters together or apart",
    "early_permanence": "Early permanence",
    "assessment": "Assessment to be made",
    "home": "Where the child lives",
    "family_time": "Family time",
    "legal": "Legal steps",
    "match": "Match with a family",
    "support": "Support",
    "other": "Another decision",
}


def record_decision(child: Child, values: dict[str, Any], *, by: Person, now: datetime) -> Decision:
    """Records a decision; raises Refused when nobody is named or the child was not followed without a reason.

    `values` are the fields of Decision: kind, decided_on, what, maker, maker_role, basis, alternatives,
    child_view, why_not_followed, told_on, told_how, meeting.
    """
    if values.get("kind") not in KINDS:
        raise Refused("kind", "Choose what sort of decision it is")
    for name, sentence in (
        ("what", "Enter what was decided"),
        ("maker", "Enter who decided"),
        ("basis", "Enter on what basis it was decided"),
    ):
        if not str(values.get(name, "")).strip():
            raise Refused(name, sentence)
    fact = record_fact(child, "Decision", values, start=values["decided_on"], by=by, now=now)
    assert isinstance(fact, Decision)
    return fact
