"""What a child needs: from an assessment, until it is met; each change is a correction of the need."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from homeward.records.models import Child, Need, Person
from homeward.records.operations.facts import correct_fact, record_fact, withdraw_fact
from homeward.records.operations.refused import Refused

AREAS: dict[str, str] = {
    "health": "Health",
    "education": "Education",
    "identity": "Identity",
    "emotional": "Feelings and behaviour",
    "family_time": "Family time",
    "siblings": "Brothers and sisters",
    "home": "Home",
    "culture": "Culture and language",
    "other": "Something else",
}
MET, NOT_NEEDED = "met", "not_needed"
ENDS = {MET: "It is met", NOT_NEEDED: "It is no longer needed"}


def record_need(child: Child, values: dict[str, Any], *, by: Person, now: datetime) -> Need:
    """Records one; raises Refused when something is missing, NotYet for an assessment still to come.

    `values` are the fields of Need: what, area, found_in, found_on, by_on.
    """
    _complete(values)
    return _need(record_fact(child, "Need", values, start=values["found_on"], by=by, now=now))


def correct_need(need: Need, values: dict[str, Any], *, reason: str, by: Person, now: datetime) -> Need:
    """What stands in its place, with the reason; what answers the need goes on answering it.

    Raises Refused, AlreadyReplaced, NotYet.
    """
    if not reason.strip():
        raise Refused("reason", "Say why it is changed")
    _complete({name: getattr(need, name) for name in _SAID} | values)
    return _need(correct_fact(need, values, by=by, now=now, reason=reason.strip()))


def withdraw_need(need: Need, *, reason: str, by: Person, now: datetime) -> Need:
    """Marks it as recorded in error; raises AlreadyReplaced."""
    return _need(withdraw_fact(need, by=by, now=now, reason=reason))


def close_need(need: Need, closed_as: str, on: date, says: str, *, by: Person, now: datetime) -> Need:
    """Met, or no longer needed, with how one knows. Raises Refused, AlreadyReplaced, NotYet."""
    if closed_as not in ENDS:
        raise Refused("closed_as", "Choose whether it is met or no longer needed")
    if not says.strip():
        raise Refused("closed_says", "Say how you know, or why it is no longer needed")
    if on < need.found_on:
        raise Refused("closed_on", "This day is before the need was found")
    closed = {"closed_as": closed_as, "closed_on": on, "closed_says": says.strip()}
    return _need(correct_fact(need, closed, by=by, now=now, reason=says.strip()))


_SAID = ("what", "area", "found_in", "found_on", "by_on")


def _complete(values: dict[str, Any]) -> None:
    if values.get("area") not in AREAS:
        raise Refused("area", "Choose which part of life it is about")
    for name, sentence in (
        ("what", "Enter what the child needs"),
        ("found_in", "Enter which assessment it comes from"),
    ):
        if not str(values.get(name, "")).strip():
            raise Refused(name, sentence)
    by_on = values.get("by_on")
    if by_on is not None and by_on < values["found_on"]:
        raise Refused("by_on", "The day by which it must be met is before it was found")


def _need(fact: Any) -> Need:
    assert isinstance(fact, Need)
    return fact
