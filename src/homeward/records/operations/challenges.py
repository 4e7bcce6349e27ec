"""Matters raised about a child: each step is a correction of the last, so that the versions are the path."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from homeward.domain import packs
from homeward.domain.challenge import ADDRESSED, OUTCOMES, THEMES
from homeward.records.models import Challenge, Child, Person
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.refused import Refused


def raise_matter(
    child: Child, values: dict[str, Any], *, on: date, stage: str, role: str, by: Person, now: datetime
) -> Challenge:
    """A matter raised by a person in a role, at any stage: the earlier ones may be bypassed.

    `values` are theme, handbook, says, wants, addressed_kind, addressed_person, addressed_to and answer_by.
    Raises Refused, NotYet.
    """
    stage = stage or packs.stages(child.authority.pack)[0].key
    _known_stage(child, stage)
    said = _addressed(values) | {
        "raised_on": on,
        "raised_by": by.name,
        "raised_role": role,
        "stage": stage,
        "stage_on": on,
        "formal_on": on if packs.stage(child.authority.pack, stage).formal else None,
    }
    _complete(said)
    return _challenge(record_fact(child, "Challenge", said, start=on, by=by, now=now))


def take_further(
    matter: Challenge, stage: str, values: dict[str, Any], *, on: date, by: Person, now: datetime
) -> Challenge:
    """To another stage, with whom it is addressed to there and by when; the answer there is still to come.

    `values` are addressed_kind, addressed_person, addressed_to and answer_by. Raises Refused,
    AlreadyReplaced, NotYet.
    """
    _open(matter)
    pack = matter.child.authority.pack
    _known_stage(matter.child, stage)
    if stage == matter.stage:
        raise Refused("stage", "The matter is at this stage already")
    if on < matter.stage_on:
        raise Refused("stage_on", "This day is before the stage that it is at")
    said = _addressed(values) | {"stage": stage, "stage_on": on, "answered_on": None, "answer": ""}
    if packs.stage(pack, stage).formal and matter.formal_on is None:
        said["formal_on"] = on
    _complete(_said(matter) | said)
    reason = f"Taken to: {packs.stage(pack, stage).name}"
    return _challenge(correct_fact(matter, said, by=by, now=now, reason=reason))


def answer_matter(matter: Challenge, answer: str, *, on: date, by: Person, now: datetime) -> Challenge:
    """What was answered at this stage. Raises Refused, AlreadyReplaced, NotYet."""
    _open(matter)
    if not answer.strip():
        raise Refused("answer", "Enter what was answered")
    if on < matter.stage_on:
        raise Refused("answered_on", "This day is before the matter came to this stage")
    said = {"answered_on": on, "answer": answer.strip()}
    return _challenge(correct_fact(matter, said, by=by, now=now, reason="It was answered"))


def settle_matter(
    matter: Challenge, outcome_kind: str, outcome: str, *, on: date, by: Person, now: datetime
) -> Challenge:
    """What came of it, and what it means for the child. Raises Refused, AlreadyReplaced, NotYet."""
    _open(matter)
    if outcome_kind not in OUTCOMES:
        raise Refused("outcome_kind", "Choose how it was settled")
    if not outcome.strip():
        raise Refused("outcome", "Enter what came of it for the child")
    if on < matter.stage_on or (matter.answered_on is not None and on < matter.answered_on):
        raise Refused("settled_on", "This day is before the last step of the matter")
    said = {"settled_on": on, "outcome_kind": outcome_kind, "outcome": outcome.strip()}
    return _challenge(correct_fact(matter, said, by=by, now=now, reason="It was settled"))


def correct_matter(
    matter: Challenge, values: dict[str, Any], *, reason: str, by: Person, now: datetime
) -> Challenge:
    """Other words, days or addressee for what was recorded wrongly, with the reason.

    Raises Refused, AlreadyReplaced, NotYet.
    """
    if not reason.strip():
        raise Refused("reason", "Say why it is corrected")
    said = _addressed(values)
    _complete(_said(matter) | said)
    return _challenge(correct_fact(matter, said, by=by, now=now, reason=reason.strip()))


_SAID = ("theme", "says", "raised_on", "stage_on", "addressed_kind", "addressed_to", "answer_by")


def _said(matter: Challenge) -> dict[str, Any]:
    return {name: getattr(matter, name) for name in _SAID}


def _addressed(values: dict[str, Any]) -> dict[str, Any]:
    """The values with whom the matter is addressed to also in words."""
    kind, person = values.get("addressed_kind", ""), values.get("addressed_person")
    named = str(values.get("addressed_to", "")).strip()
    if kind not in ADDRESSED:
        raise Refused("addressed_kind", "Choose whom it is addressed to")
    if kind in ("worker", "partner") and person is None and not named:
        who = "Choose the worker, or name them" if kind == "worker" else "Name the partner"
        raise Refused("addressed_to", who)
    return values | {"addressed_to": person.name if person else named or ADDRESSED[kind]}


def _complete(said: dict[str, Any]) -> None:
    if said.get("theme") not in THEMES:
        raise Refused("theme", "Choose what it is about")
    if not str(said.get("says", "")).strip():
        raise Refused("says", "Enter what the matter is")
    answer_by = said.get("answer_by")
    if answer_by is not None and answer_by < said["stage_on"]:
        raise Refused("answer_by", "The day of the answer is before the matter came to this stage")


def _open(matter: Challenge) -> None:
    if matter.settled_on is not None:
        raise Refused("", "This matter is settled")


def _known_stage(child: Child, stage: str) -> None:
    if stage not in {each.key for each in packs.stages(child.authority.pack)}:
        raise Refused("stage", "Choose a stage from the list")


def _challenge(fact: Any) -> Challenge:
    assert isinstance(fact, Challenge)
    return fact
