"""A calendar file read again: its hours on the days when the clocks change, its days, and its silence."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from homeward.config.today import LONDON
from homeward.reports.calendar_file import Entry, as_feed, as_ics, ics_name

NOW = datetime(2026, 3, 1, 10, 30, tzinfo=LONDON)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # when the clocks change


def entry(**changed: Any) -> Entry:
    given = {"uid": "4f1c@homeward", "meeting_name": "Permanency Planning Meeting", "on": date(2026, 4, 7)}
    return Entry(**given | changed)


def event(given: Entry) -> Any:
    return Calendar.from_ical(as_ics(given, NOW)).walk("VEVENT")[0]


def begins(given: Entry) -> datetime:
    """The moment as a program without a list of zones of its own finds it: by the rule in the file."""
    calendar = Calendar.from_ical(as_ics(given, NOW))
    local = calendar.walk("VEVENT")[0]["dtstart"].dt.replace(tzinfo=None)
    zone = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    return local.replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("on", "at", "moment"),
    [
        (date(2026, 3, 28), time(9), datetime(2026, 3, 28, 9)),
        (SPRING, time(0), datetime(2026, 3, 29, 0)),
        (SPRING, time(0, 59), datetime(2026, 3, 29, 0, 59)),
        (SPRING, time(2), datetime(2026, 3, 29, 1)),
        (SPRING, time(9), datetime(2026, 3, 29, 8)),
        (date(2026, 7, 1), time(0), datetime(2026, 6, 30, 23)),
        (AUTUMN, time(0), datetime(2026, 10, 24, 23)),
        (AUTUMN, time(0, 59), datetime(2026, 10, 24, 23, 59)),
        (AUTUMN, time(2), datetime(2026, 10, 25, 2)),
        (AUTUMN, time(9), datetime(2026, 10, 25, 9)),
        (date(2040, 6, 1), time(9), datetime(2040, 6, 1, 8)),
    ],
)
def test_an_hour_in_london_is_the_same_moment_everywhere(on: date, at: time, moment: datetime) -> None:
    assert begins(entry(on=on, at=at)) == moment.replace(tzinfo=UTC)


def test_the_rule_in_the_file_agrees_with_the_clocks_at_noon_on_every_day_until_2040() -> None:
    zone = Calendar.from_ical(as_ics(entry(at=time(9)), NOW)).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    day = datetime(2026, 1, 1, 12)
    while day.year < 2040:
        assert day.replace(tzinfo=zone).utcoffset() == day.replace(tzinfo=LONDON).utcoffset(), day
        day += timedelta(days=1)


@pytest.mark.parametrize("on", [SPRING, AUTUMN])
def test_a_meeting_across_the_change_lasts_as_long_as_it_lasts(on: date) -> None:
    found = event(entry(on=on, at=time(0, 30), minutes=90))
    assert found["duration"].dt == timedelta(minutes=90)
    assert "dtend" not in found


@pytest.mark.parametrize("on", [SPRING, AUTUMN, date(2026, 12, 31)])
def test_a_meeting_without_an_hour_is_that_day_and_blocks_nobody(on: date) -> None:
    content = as_ics(entry(on=on), NOW)
    assert f"DTSTART;VALUE=DATE:{on:%Y%m%d}".encode() in content
    assert f"DTEND;VALUE=DATE:{on + timedelta(days=1):%Y%m%d}".encode() in content
    assert b"VTIMEZONE" not in content
    assert event(entry(on=on))["transp"] == "TRANSPARENT"


def test_a_title_says_the_kind_of_meeting_and_how_many_children_and_no_more() -> None:
    assert event(entry())["summary"] == "Permanency Planning Meeting"
    assert event(entry(children=1))["summary"] == "Permanency Planning Meeting (1 child)"
    assert event(entry(children=3))["summary"] == "Permanency Planning Meeting (3 children)"
    # There is nowhere to put a name.
    assert {field.name for field in fields(Entry)} == {
        "uid",
        "meeting_name",
        "on",
        "children",
        "at",
        "minutes",
        "room",
        "sequence",
        "cancelled",
        "address",
    }


def test_an_entry_is_private_and_carries_what_a_change_needs() -> None:
    found = event(
        entry(at=time(14), sequence=3, room="Room 3", address="https://homeward.example/meeting/4f1c")
    )
    assert found["class"] == "PRIVATE"
    assert found["uid"] == "4f1c@homeward"
    assert found["sequence"] == 3
    assert found["dtstamp"].dt == datetime(2026, 3, 1, 10, 30, tzinfo=UTC)
    assert found["status"] == "CONFIRMED"
    assert (found["location"], found["url"]) == ("Room 3", "https://homeward.example/meeting/4f1c")
    assert event(entry(cancelled=True))["status"] == "CANCELLED"
    assert not {"attendee", "organizer", "description", "location", "url"} & set(event(entry()))


def test_the_same_meeting_written_twice_is_the_same_file() -> None:
    assert as_ics(entry(at=time(14)), NOW) == as_ics(entry(at=time(14)), NOW)
    assert ics_name(entry()) == "meeting-2026-04-07.ics"


def test_a_feed_holds_many_with_one_rule_for_the_hours() -> None:
    many = [entry(uid=f"{number}@homeward", at=time(9) if number % 2 else None) for number in range(40)]
    content = as_feed(iter(many), NOW, "Homeward meetings")
    calendar = Calendar.from_ical(content)
    assert [str(found["uid"]) for found in calendar.walk("VEVENT")] == [one.uid for one in many]
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert (calendar["method"], calendar["version"]) == ("PUBLISH", "2.0")
    assert calendar["x-wr-calname"] == "Homeward meetings"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not content.replace(b"\r\n", b"").count(b"\n")


def test_an_empty_feed_is_a_calendar_still() -> None:
    assert Calendar.from_ical(as_feed([], NOW, "Homeward meetings")).walk("VEVENT") == []


def test_no_line_can_be_smuggled_in() -> None:
    given = entry(
        uid="1\r\nATTENDEE:mailto:x@y.example",
        meeting_name="Review\r\nDESCRIPTION:a child; with, signs",
        room="Room\nATTACH:file:///etc/passwd",
        address="https://homeward.example/\r\nATTACH:x",
    )
    found = event(given)
    assert not {"attendee", "description", "attach"} & set(found)
    assert found["summary"] == "Review DESCRIPTION:a child; with, signs"
