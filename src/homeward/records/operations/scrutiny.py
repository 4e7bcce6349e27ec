"""What a reviewing officer or child protection chair heard from a child, saw of the work, and judged."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from homeward.records.models import Child, Meeting, Person, Scrutiny
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.refused import Refused

KINDS: dict[str, str] = {
    "conversation": "Conversation with the child between reviews",
    "monitoring": "Judgement on how promptly the work is done",
    "review": "Judgement at a review",
    "advocacy": "Advocacy check",
}
ADVOCATE: dict[str, str] = {
    "has": "Has an independent advocate",
    "declined": "Was offered an advocate and declined",
    "not_offered": "Has not been offered an advocate",
}
JUDGEMENTS: dict[str, str] = {
    "timely": "The work is done in time",
    "fits_needs": "The care plan fits the child’s present needs",
    "lawful": "What is done is lawful",
}
JUDGED_IN = {"monitoring": ("timely",), "review": ("fits_needs", "lawful")}
ANSWERS = ("yes", "no")


def record_scrutiny(
    child: Child, kind: str, values: dict[str, Any], *, role: str, by: Person, now: datetime
) -> Scrutiny:
    """An entry of one of KINDS; `values` are held_on and the fields that the kind asks for.

    A judgement at a review belongs to the meeting of that day, where one is recorded here. Raises Refused,
    NotYet.
    """
    _complete(kind, values)
    meeting = _review_on(child, values["held_on"]) if kind == "review" else None
    said = values | {"kind": kind, "by_name": by.name, "by_role": role, "meeting": meeting}
    fact = record_fact(child, "Scrutiny", said, start=values["held_on"], by=by, now=now)
    assert isinstance(fact, Scrutiny)
    return fact


def correct_scrutiny(
    entry: Scrutiny, values: dict[str, Any], *, reason: str, by: Person, now: datetime
) -> Scrutiny:
    """What stands in the place of an entry, with the reason. Raises Refused, AlreadyReplaced, NotYet."""
    if not reason.strip():
        raise Refused("reason", "Say why it is corrected")
    _complete(entry.kind, values)
    fact = correct_fact(entry, values, by=by, now=now, reason=reason.strip())
    assert isinstance(fact, Scrutiny)
    return fact


def _complete(kind: str, values: dict[str, Any]) -> None:
    if kind not in KINDS:
        raise Refused("", "There is no such entry")
    if kind == "conversation" and not (_text(values, "wished_home") or _text(values, "says")):
        raise Refused("wished_home", "Enter what the child said")
    if kind == "advocacy":
        if values.get("advocate") not in ADVOCATE:
            raise Refused("advocate", "Choose how it stands with an advocate")
        if values["advocate"] == "not_offered" and not _text(values, "advocate_says"):
            raise Refused("advocate_says", "Say why none was offered, and who offers one by when")
    for name in JUDGED_IN.get(kind, ()):
        if values.get(name) not in ANSWERS:
            raise Refused(name, "Choose yes or no")
        if not _text(values, f"{name}_why"):
            raise Refused(f"{name}_why", "Say why you judge so")


def _text(values: dict[str, Any], name: str) -> str:
    return str(values.get(name, "")).strip()


def _review_on(child: Child, on: date) -> Meeting | None:
    from homeward.domain import packs

    series = [one.key for one in packs.meetings(child.authority.pack) if one.kind == "review_held"]
    held = Meeting.objects.filter(items__child=child, on=on, series__in=series)
    return held.exclude(state=Meeting.CANCELLED).first()
