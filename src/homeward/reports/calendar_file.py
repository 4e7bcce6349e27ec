"""Meetings for a calendar: titles that name no child and no person, and hours that are right all year.

A calendar is shown on telephones and to colleagues, so that an entry says only what kind of meeting it is,
how many children it is about, and where in Homeward to read on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from homeward.reports.paper import one_line
from homeward.reports.words import count

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Entry:
    """One meeting. It has no field for a title, so that nobody's name comes into one."""

    uid: str  # the same for ever, and without meaning
    meeting_name: str  # the council's word for this kind of meeting
    on: date
    children: int = 0  # how many it is about; 0: not said
    at: time | None = None  # in London; None: all day
    minutes: int = 60
    room: str = ""  # one of the council's own rooms; never where a child or a family lives
    sequence: int = 0  # grows with every change
    cancelled: bool = False
    address: str = ""  # of the meeting's page


def as_ics(entry: Entry, now: datetime) -> bytes:
    """One meeting's file."""
    return _written([entry], now)


def as_feed(entries: Iterable[Entry], now: datetime, name: str) -> bytes:
    """Many meetings, for a calendar that asks again."""
    return _written(entries, now, name)


def ics_name(entry: Entry) -> str:
    """A name for the file that says nothing of anybody: meeting-2026-04-07.ics."""
    return f"meeting-{entry.on.isoformat()}.ics"


def _written(entries: Iterable[Entry], now: datetime, name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Homeward//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", one_line(name))
    kept = list(entries)
    if any(entry.at for entry in kept):
        calendar.add_component(_london())
    for entry in kept:
        calendar.add_component(_event(entry, now))
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", one_line(entry.uid))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", _title(entry))
    _when(event, entry)
    if entry.room:
        event.add("location", one_line(entry.room))
    if entry.address:
        event.add("url", one_line(entry.address))
    event.add("class", "PRIVATE")
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _title(entry: Entry) -> str:
    name = one_line(entry.meeting_name)
    return f"{name} ({count(entry.children, 'child', 'children')})" if entry.children else name


def _when(event: Event, entry: Entry) -> None:
    """An hour of London and its length, which no change of the clocks alters; or a day, without a zone."""
    if entry.at is None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # a dated meeting without an hour does not fill the day
        return
    event.add("dtstart", datetime.combine(entry.on, entry.at.replace(tzinfo=None), LONDON))
    event.add("duration", timedelta(minutes=entry.minutes))
    event.add("transp", "OPAQUE")


def _london() -> Timezone:
    """From the last Sunday in March to the last in October, at 1am GMT (Summer Time Order 2002).

    A rule, not the library's list of days: a list ends, and its hours in spring are those after the change.
    """
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    for part, name, first, month, before, after in (
        (TimezoneDaylight(), "BST", datetime(2002, 3, 31, 1), 3, 0, 1),  # noqa: DTZ001 – local by definition
        (TimezoneStandard(), "GMT", datetime(2002, 10, 27, 2), 10, 1, 0),  # noqa: DTZ001
    ):
        part.add("dtstart", first)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("tzname", name)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        zone.add_component(part)
    return zone
