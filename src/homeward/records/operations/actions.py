"""Actions agreed for a child: who does what by when, what became of it, and who does it instead."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from homeward.records import access
from homeward.records.models import Action, Authority, Child, Meeting, Person, Restriction
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.refused import Refused

# What an action is beside something to do; the lists of drift follow these (web/drift).
RECRUITMENT, SHORT_NOTICE = "recruitment", "short_notice"
KINDS: dict[str, str] = {
    "": "Something to do for the child",
    RECRUITMENT: "A carer to recruit",
    SHORT_NOTICE: "Agreement to a change at short notice",
}
BY_HAND = {key: KINDS[key] for key in ("", RECRUITMENT)}  # the third comes from its own form


def agree_action(
    child: Child,
    what: str,
    *,
    owner: Person | None,
    owner_name: str = "",
    by_on: date | None,
    on: date,
    meeting: Meeting | None = None,
    kind: str = "",
    need: UUID | None = None,
    by: Person,
    now: datetime,
) -> Action:
    """An action with its owner: a person who signs in, or somebody named in words; raises Refused without.

    `need` is the thread of what the child needs that the action answers, if it does.
    """
    if not what.strip():
        raise Refused("what", "Enter what is to be done")
    if owner is None and not owner_name.strip():
        raise Refused("owner", "Enter who does it")
    if by_on is not None and by_on < on:
        raise Refused("by_on", "The day by which it is done must not be before it was agreed")
    values = {
        "what": what.strip(),
        "owner": owner,
        "owner_name": "" if owner else owner_name.strip(),
        "agreed_on": on,
        "by_on": by_on,
        "meeting": meeting,
        "kind": kind,
        "need": need,
    }
    return _action(record_fact(child, "Action", values, start=on, by=by, now=now))


def close_action(action: Action, state: str, *, on: date, outcome: str, by: Person, now: datetime) -> Action:
    """Done, or no longer needed; what came of it is written down. Raises Refused, AlreadyReplaced, NotYet."""
    if state not in (Action.DONE, Action.NOT_NEEDED):
        raise Refused("state", "Choose whether it is done or no longer needed")
    if not outcome.strip():
        raise Refused("outcome", "Enter what came of it")
    if on < action.agreed_on:
        raise Refused("on", "This day is before the action was agreed")
    closed = {"state": state, "closed_on": on, "outcome": outcome.strip()}
    return _action(correct_fact(action, closed, by=by, now=now, reason=outcome.strip()))


def change_action(
    action: Action, values: dict[str, Any], *, reason: str, by: Person, now: datetime
) -> Action:
    """Another owner or another day, with the reason; the earlier version stays. Raises AlreadyReplaced."""
    if action.state != Action.OPEN:
        raise Refused("", "This action is closed.")
    if not reason.strip():
        raise Refused("reason", "Say why it is changed")
    return _action(correct_fact(action, values, by=by, now=now, reason=reason.strip()))


def open_actions(authority: Authority, person: Person) -> QuerySet[Action]:
    """What somebody has still to do for the children of a council; nothing is told of a sealed record."""
    sealed = Restriction.objects.filter(ended_at=None, level=Restriction.SEALED).values("child")
    mine: QuerySet[Action] = Action.current.filter(owner=person, state=Action.OPEN)
    return mine.filter(child__authority=authority).exclude(child__in=sealed)


def hand_over(
    authority: Authority, person: Person, to: Person, *, reason: str, by: Person, now: datetime
) -> list[Action]:
    """The open actions of somebody who leaves go to another, for the children whom the other sees.

    The rest stays in the name of who left, and the children's managers are shown it as such: nothing is lost.
    """
    mine = list(open_actions(authority, person))
    seen = access.seen_by(to, authority, {action.child_id for action in mine})
    return [
        change_action(action, {"owner": to}, reason=reason, by=by, now=now)
        for action in mine
        if action.child_id in seen
    ]


def _action(fact: Any) -> Action:
    assert isinstance(fact, Action)
    return fact
