"""Supervision and management oversight of the work for a child: recorded, corrected, judged."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from homeward.domain.quality import SUPERVISIONS, grades
from homeward.records.models import Child, Person, Supervision
from homeward.records.operations.facts import correct_fact, record_fact, withdraw_fact
from homeward.records.operations.refused import Refused


def record_supervision(child: Child, values: dict[str, Any], *, by: Person, now: datetime) -> Supervision:
    """Records one; raises Refused when something it needs is missing, NotYet for a day still to come.

    `values` are the fields of Supervision: held_on, kind, by_name, by_role, worker, says, decided, next_on.
    """
    _complete(values)
    return _made(record_fact(child, "Supervision", values, start=values["held_on"], by=by, now=now))


def correct_supervision(
    fact: Supervision, values: dict[str, Any], *, reason: str, by: Person, now: datetime
) -> Supervision:
    """What stands in its place, with the reason. A grade was of what was said: where that changes, it goes.

    Raises Refused, AlreadyReplaced, NotYet.
    """
    if not reason.strip():
        raise Refused("reason", "Say why it is corrected")
    _complete({name: getattr(fact, name) for name in _SAID} | values)
    if any(name in values and values[name] != getattr(fact, name) for name in ("says", "decided")):
        values = values | {"grade": "", "grade_why": "", "graded_by": "", "graded_on": None}
    return _made(correct_fact(fact, values, by=by, now=now, reason=reason.strip()))


def withdraw_supervision(fact: Supervision, *, reason: str, by: Person, now: datetime) -> Supervision:
    """Marks it as recorded in error; raises AlreadyReplaced."""
    return _made(withdraw_fact(fact, by=by, now=now, reason=reason))


def grade_supervision(
    fact: Supervision, grade: str, why: str, *, on: date, by: Person, now: datetime
) -> Supervision:
    """How good it was, by another manager than held it. Raises Refused, AlreadyReplaced, NotYet."""
    if by.name == fact.by_name:
        raise Refused("", "Another manager judges it: this supervision was yours.")
    if grade not in grades(fact.child.authority.pack):
        raise Refused("grade", "Choose how good it was")
    if not why.strip():
        raise Refused("grade_why", "Say why")
    if on < fact.held_on:
        raise Refused("graded_on", "This day is before the supervision")
    judged = {"grade": grade, "grade_why": why.strip(), "graded_by": by.name, "graded_on": on}
    return _made(correct_fact(fact, judged, by=by, now=now, reason="Its quality was judged"))


_SAID = ("kind", "by_name", "says", "held_on", "next_on")


def _complete(values: dict[str, Any]) -> None:
    if values.get("kind") not in SUPERVISIONS:
        raise Refused("kind", "Choose what it was")
    for name, sentence in (("by_name", "Enter who held it"), ("says", "Enter what was thought about")):
        if not str(values.get(name, "")).strip():
            raise Refused(name, sentence)
    next_on = values.get("next_on")
    if next_on is not None and next_on <= values["held_on"]:
        raise Refused("next_on", "The next day must be after this one")


def _made(fact: Any) -> Supervision:
    assert isinstance(fact, Supervision)
    return fact
