"""Decisions about a child: who decided what, on what basis, and what the child thinks of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from homeward.records.models import Child, Decision, Person
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.refused import Refused
from homeward.records.roles import ROLES

KINDS: dict[str, str] = {
    "plan_approved": "Permanence plan approved",
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
    "move": "Move to another carer",
    "family_finding": "Begin to look for a family",
    "family_time": "Family time",
    "apart": "Brothers and sisters live apart",
    "group": "Brothers and sisters: nobody’s plan waits for another’s",
    "outside_family": "Home outside a family, and the way back to one",
    "order_at_home": "At home under an order: the assessment and the reason",
    "start_pre_proceedings": "Start pre-proceedings",
    "file_final_plan": "Final care plan to be filed at court",
    "legal": "Other legal steps",
    "match": "Match with a family",
    "frequency": "How often the child is visited and reviewed",
    "support": "Support",
    "support_after_order": "Support after an order",
    "support_ended": "Support after an order ends",
    "other": "Another decision",
}

# Who decides, beside the roles of those who work here (records/roles.toml).
DECIDERS: dict[str, str] = {
    "court": "The court",
    "review": "The looked-after review",
    "panel": "A panel",
    "parent": "Somebody with parental responsibility",
    "agency": "The regional adoption agency",
    "partner": "Another service (health, school, police)",
}

FREQUENCY = "frequency"  # has its own form, which refuses less than the law asks
BY_HAND = {key: title for key, title in KINDS.items() if key != FREQUENCY}


def record_decision(child: Child, values: dict[str, Any], *, by: Person, now: datetime) -> Decision:
    """Records a decision; raises Refused when nobody is named, or what it needs is missing.

    `values` are the fields of Decision: kind, decided_on, what, maker, maker_role, basis, alternatives,
    child_view, why_not_followed, told_on, told_how, review_on, review_by, meeting.
    """
    _complete(values)
    fact = record_fact(child, "Decision", values, start=values["decided_on"], by=by, now=now)
    assert isinstance(fact, Decision)
    return fact


def correct_decision(
    decision: Decision, values: dict[str, Any], *, reason: str, by: Person, now: datetime
) -> Decision:
    """What stands in the place of a decision, with the reason; what was recorded first stays readable.

    Raises Refused, AlreadyReplaced, NotYet.
    """
    if not reason.strip():
        raise Refused("reason", "Say why it is corrected")
    said = {name: values.get(name, getattr(decision, name)) for name in ("kind", "what")}
    if FREQUENCY in (decision.kind, said["kind"]) and said != {"kind": FREQUENCY, "what": decision.what}:
        raise Refused("what", "How often the child is visited and reviewed is agreed anew, on its own page")
    _complete({name: getattr(decision, name) for name in _SAID} | values)
    fact = correct_fact(decision, values, by=by, now=now, reason=reason.strip())
    assert isinstance(fact, Decision)
    return fact


def look_again(
    decision: Decision, on: date, says: str, next_on: date | None, next_by: str, *, by: Person, now: datetime
) -> Decision:
    """What came of looking at a decision again, and when it is looked at next, if it is.

    Raises Refused, AlreadyReplaced, NotYet.
    """
    if not says.strip():
        raise Refused("review_says", "Say what came of it: whether the decision still stands, and why")
    if on < decision.decided_on:
        raise Refused("reviewed_on", "This day is before the decision was made")
    if next_on is not None and next_on <= on:
        raise Refused("review_on", "The next day must be after this one")
    looked = {
        "reviewed_on": on,
        "review_says": says.strip(),
        "review_on": next_on,
        "review_by": next_by.strip() if next_on else "",
    }
    fact = correct_fact(decision, looked, by=by, now=now, reason="It was looked at again")
    assert isinstance(fact, Decision)
    return fact


def tell_child(decision: Decision, on: date | None, how: str, *, by: Person, now: datetime) -> Decision:
    """The day on which the child was told and how; without a day, why the child was not told yet.

    Raises Refused, AlreadyReplaced, NotYet.
    """
    if not how.strip():
        raise Refused("told_how", "Say how the child was told, or why not yet")
    if on is not None and on < decision.decided_on:
        raise Refused("told_on", "This day is before the decision was made")
    told = {"told_on": on, "told_how": how.strip()}
    reason = "The child was told" if on else "Why the child was not told yet"
    fact = correct_fact(decision, told, by=by, now=now, reason=reason)
    assert isinstance(fact, Decision)
    return fact


_SAID = ("kind", "what", "maker", "basis", "decided_on", "told_on", "review_on", "review_by")


def _complete(values: dict[str, Any]) -> None:
    if values.get("kind") not in KINDS:
        raise Refused("kind", "Choose what sort of decision it is")
    for name, sentence in (
        ("what", "Enter what was decided"),
        ("maker", "Enter who decided"),
        ("basis", "Enter on what basis it was decided"),
    ):
        if not str(values.get(name, "")).strip():
            raise Refused(name, sentence)
    review_on = values.get("review_on")
    if review_on is not None and review_on <= values["decided_on"]:
        raise Refused("review_on", "The day must be after the decision was made")
    if review_on is not None and not str(values.get("review_by", "")).strip():
        raise Refused("review_by", "Enter who looks at it again")
    told_on = values.get("told_on")
    if told_on is not None and told_on < values["decided_on"]:
        raise Refused("told_on", "This day is before the decision was made")


def decider_choices() -> list[tuple[str, str]]:
    """In which role somebody decides: those who work here, then courts, reviews, panels and others."""
    own = [(key, meaning.title) for key, meaning in ROLES.items() if meaning.actions]
    return [*own, *DECIDERS.items()]


def decider_words(role: str) -> str:
    """A role as people read it; what is no key stands as it was written."""
    return ROLES[role].title if role in ROLES else DECIDERS.get(role, role)
