"""What comes after a signed meeting: the day that was proposed, for whom, and whether it is arranged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from homeward.domain import packs
from homeward.domain.meetings import Meeting as Series
from homeward.records.models import Child, Meeting, MeetingItem, Minute
from homeward.records.queries.meetings_calendar import school_words
from homeward.records.queries.meetings_page import Line, Told, next_day, series_name, working_day_before


@dataclass(slots=True)
class Proposal:
    """The next meeting of a series: for these children, on this day if one was said that is still ahead."""

    after: Meeting
    name: str
    on: date | None
    school: str = ""  # the school holiday of the day, in words
    children: list[Child] = field(default_factory=list)


def proposals(meeting: Meeting, series: Series, items: Iterable[MeetingItem], today: date) -> list[Proposal]:
    """A proposal for each day, of those of the items whose child has no next meeting of the series yet."""
    if meeting.state != Meeting.SIGNED:
        return []
    found: dict[date | None, Proposal] = {}
    gone_on = _gone_on(meeting)
    for item in items:
        if item.child_id in gone_on:
            continue
        on = _day(_said(item), series, meeting.on, today)
        made = Proposal(meeting, series.name, on, school_words(meeting.authority, on))
        found.setdefault(on, made).children.append(item.child)
    return sorted(found.values(), key=lambda one: one.on or date.max)


def arranged(meeting: Meeting, items: Iterable[MeetingItem]) -> list[Line]:
    """Later meetings of the same series, not yet held, with a child of these items on the agenda."""
    pks = [item.child_id for item in items]
    later = MeetingItem.objects.filter(child__in=pks, meeting__in=_later(meeting)).select_related("meeting")
    held = {item.meeting_id: item.meeting for item in later}
    name = series_name(meeting.authority, meeting.series)
    return [Line(one, name) for one in sorted(held.values(), key=lambda one: one.on)]


def of_child(child: Child, minutes: Iterable[Told], ahead: Iterable[Line], today: date) -> list[Proposal]:
    """The next meeting of each series that heard the child and has none arranged; minutes newest first."""
    there = {line.meeting.series for line in ahead}
    found = []
    for told in minutes:
        series = packs.meeting(child.authority.pack, told.minute.series)
        if series is None or series.key in there:
            continue
        there.add(series.key)
        if told.minute.next_on or series.every:
            on = _day(told.minute.next_on, series, told.minute.held_on, today)
            school = school_words(child.authority, on)
            found.append(Proposal(told.minute.meeting, series.name, on, school, [child]))
    return found


def _gone_on(meeting: Meeting) -> set[int]:
    """Children who were heard since, or stand on the agenda of a later meeting of the series."""
    since = Minute.current.filter(series=meeting.series, held_on__gt=meeting.on)
    since = since.filter(child__authority=meeting.authority)
    there = MeetingItem.objects.filter(meeting__in=_later(meeting))
    return {*since.values_list("child_id", flat=True), *there.values_list("child_id", flat=True)}


def _later(meeting: Meeting) -> list[int]:
    planned = Meeting.objects.filter(
        authority=meeting.authority, series=meeting.series, state=Meeting.PLANNED, on__gt=meeting.on
    )
    return list(planned.values_list("pk", flat=True))


def _said(item: MeetingItem) -> date | None:
    """The day minuted for a child; who was put off is due with the others."""
    text = item.minute.get("next_on", "") if item.state == MeetingItem.HEARD else ""
    return date.fromisoformat(text) if text else None


def _day(said: date | None, series: Series, held_on: date, today: date) -> date | None:
    """The day that was said, else the working day on which the next one is still in time; None once past."""
    last = next_day(series, held_on)
    on = said or (working_day_before(last) if last else None)
    return on if on and on >= today else None
