"""What holds things up for a child: one cause at a time, from a day, and who deals with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from homeward.domain.delay import CAUSES, IN_CHILDS_INTEREST
from homeward.domain.wording import day_words
from homeward.records.models import Child, Delay, Person
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.refused import Refused


@transaction.atomic
def record_delay(
    child: Child,
    cause: str,
    *,
    from_on: date,
    responsible: str,
    doing: str,
    judged_by: str = "",
    judged_role: str = "",
    why: str = "",
    by: Person,
    now: datetime,
) -> Delay:
    """A new cause from a day; the cause that stood ends the day before, so that a day has one cause.

    A delay in the child's interest needs who judged so and why. Raises Refused.
    """
    _complete(cause, responsible=responsible, judged_by=judged_by, why=why)
    Child.objects.select_for_update().get(pk=child.pk)
    touching = Delay.current.filter(Q(until_on=None) | Q(until_on__gte=from_on), child=child)
    later = touching.filter(from_on__gte=from_on).order_by("from_on").first()
    if later is not None:
        raise Refused(
            "from_on", f"Another cause stands from {day_words(later.from_on)}. Correct that one first"
        )
    for standing in touching:
        before = {"until_on": from_on - timedelta(days=1)}
        correct_fact(standing, before, by=by, now=now, reason="Another cause follows")
    values = {
        "cause": cause,
        "from_on": from_on,
        "responsible": responsible.strip(),
        "doing": doing.strip(),
        "judged_by": judged_by.strip(),
        "judged_role": judged_role,
        "why": why.strip(),
    }
    fact = record_fact(child, "Delay", values, start=from_on, by=by, now=now)
    assert isinstance(fact, Delay)
    return fact


def end_delay(delay: Delay, until_on: date, *, reason: str, by: Person, now: datetime) -> Delay:
    """The last day that belongs to the cause. Raises Refused, AlreadyReplaced, NotYet."""
    if until_on < delay.from_on:
        raise Refused("until_on", "The last day must not be before the first")
    fact = correct_fact(delay, {"until_on": until_on}, by=by, now=now, reason=reason.strip())
    assert isinstance(fact, Delay)
    return fact


@transaction.atomic
def correct_delay(delay: Delay, values: dict[str, Any], *, reason: str, by: Person, now: datetime) -> Delay:
    """Another cause, day, person or step in the place of what was recorded; the earlier version stays.

    `values` are fields of Delay. Raises Refused, AlreadyReplaced, NotYet.
    """
    said = {name: getattr(delay, name) for name in _SAID} | values
    _complete(said["cause"], responsible=said["responsible"], judged_by=said["judged_by"], why=said["why"])
    if not reason.strip():
        raise Refused("reason", "Say why it is changed")
    first, last = said["from_on"], said["until_on"]
    if last is not None and last < first:
        raise Refused("until_on", "The last day must not be before the first")
    Child.objects.select_for_update().get(pk=delay.child_id)
    others = Delay.current.filter(Q(until_on=None) | Q(until_on__gte=first), child=delay.child_id)
    if last is not None:
        others = others.filter(from_on__lte=last)
    other = others.exclude(pk=delay.pk).order_by("from_on").first()
    if other is not None:
        until = f"until {day_words(other.until_on)}" if other.until_on else "and goes on"
        raise Refused(
            "from_on", f"Another cause stands from {day_words(other.from_on)} {until}. A day has one cause"
        )
    fact = correct_fact(delay, values, by=by, now=now, reason=reason.strip())
    assert isinstance(fact, Delay)
    return fact


_SAID = ("cause", "from_on", "until_on", "responsible", "judged_by", "why")


def _complete(cause: str, *, responsible: str, judged_by: str, why: str) -> None:
    if cause not in CAUSES:
        raise Refused("cause", "Choose what holds things up")
    if cause != IN_CHILDS_INTEREST:
        if not responsible.strip():
            raise Refused("responsible", "Enter who is dealing with it")
        return
    if not judged_by.strip():
        raise Refused("judged_by", "Enter who judged that the delay is in the child’s interest")
    if not why.strip():
        raise Refused("why", "Say why the delay is in the child’s interest")
