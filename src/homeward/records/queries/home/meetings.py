"""Meetings on the first page: those ahead, those held and not signed, with how far each has got."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from homeward.records.access import Actor
from homeward.records.models import Authority, Meeting, MeetingItem
from homeward.records.queries import meetings_page
from homeward.records.queries.meetings_page import Line

AHEAD, BACK = timedelta(days=56), timedelta(days=120)


@dataclass(slots=True)
class Meetings:
    """`ahead` the next first, `unsigned` the one that has waited longest first."""

    ahead: list[Line]
    unsigned: list[Line]


def meetings_of(actor: Actor, authority: Authority, on: date) -> Meetings:
    """Of the next eight weeks, and of the last four months what was not signed; in four queries."""
    lines = [
        line
        for line in meetings_page.lines(actor, authority, on - BACK, on + AHEAD)
        if line.meeting.state == Meeting.PLANNED
    ]
    return Meetings(
        [line for line in lines if line.meeting.on >= on], [line for line in lines if line.meeting.on < on]
    )


def arranged(children: Collection[int], authority: Authority) -> dict[tuple[int, str], MeetingItem]:
    """(child, series) -> the child's place on the first meeting that is arranged and not signed."""
    items = MeetingItem.objects.filter(
        child__in=children, signed=False, meeting__state=Meeting.PLANNED, meeting__authority=authority
    ).exclude(state=MeetingItem.DEFERRED)
    found: dict[tuple[int, str], MeetingItem] = {}
    for item in items.select_related("meeting").order_by("-meeting__on", "-pk"):
        found[item.child_id, item.meeting.series] = item
    return found
