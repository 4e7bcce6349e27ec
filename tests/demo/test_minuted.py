"""The calendar of the demonstration: what was minuted fits the files, and what is arranged fits the rules."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import Any

import pytest

from homeward.config.demonstration import _authorities, _people
from homeward.demo import minuted_words as said
from homeward.demo.child import Child
from homeward.demo.councils import Council
from homeward.demo.make import children
from homeward.demo.meetings import hold_and_arrange
from homeward.demo.minuted import FAMILIES, LOOKED_AT, choose
from homeward.demo.school import school_year
from homeward.domain import packs
from homeward.domain.calendar import is_working_day
from homeward.records.models import Child as Recorded
from homeward.records.models import Meeting, MeetingHeld, MeetingItem, Minute, SchoolHoliday
from homeward.records.queries.meeting_gates import in_the_way

TODAY = date(2026, 11, 25)


def test_each_council_has_meetings_that_are_minuted_here(lives: list[Child], council: str) -> None:
    held = choose(lives, council, TODAY)
    assert len(held) >= 4 and all(is_working_day(one.on) and one.on < TODAY for one in held)
    assert any(one.together for one in held)


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2026, 12, 3), date(2027, 1, 5), date(2027, 4, 9)])
def test_on_any_day_of_the_year_there_is_something_to_show(council: str, day: date) -> None:
    assert choose(children(council, day), council, day)


def test_what_is_minuted_here_is_in_no_file_and_everything_else_is(
    made: list[Council], everyone: dict[str, list[Child]], council: str
) -> None:
    (here,) = [one for one in made if one.slug == council]
    instead = {said for held in here.minuted for said in held.instead_of}
    with (here.bundle / "meetings.csv").open(encoding="utf-8", newline="") as file:
        rows = {
            (row["child"], row["meeting"], date.fromisoformat(row["held"])) for row in csv.DictReader(file)
        }
    assert instead and not instead & rows
    lived = {
        (c.code, kind, on)
        for c in everyone[council]
        for on, kind, _ in c.events
        if kind == "permanence_meeting_held" and c.born and on >= c.born
    }
    assert lived - rows == {one for one in instead if one in lived}


def test_brothers_and_sisters_are_heard_on_one_day_and_none_of_them_later_than_their_own(
    lives: list[Child],
) -> None:
    for held in choose(lives, "northmere", TODAY):
        assert all(held.on <= day for _, _, day in held.instead_of)


def test_every_story_that_is_minuted_has_its_words() -> None:
    stories = {story for families in FAMILIES.values() for story, *_ in families} | set(LOOKED_AT)
    assert stories <= set(said.SAYS)
    for council, families in FAMILIES.items():
        for story, _, series in families:
            found = packs.meeting({"northmere": "merton", "easterby": "slough"}[council], series)
            known = set(said.DEFAULT) | set(said.SECTIONS[story])
            assert found is not None
            assert set(found.considers) <= known, (story, set(found.considers) - known)


def test_the_school_year_has_six_holidays_in_their_order() -> None:
    found = list(school_year(TODAY))
    assert [name for name, *_ in found][1] == "Christmas" and len(found) == 6
    days = [day for _, first, last in found for day in (first, last)]
    assert days == sorted(days) and found[1][1] <= date(2026, 12, 24) and found[1][2] >= date(2027, 1, 1)


@pytest.fixture
def authority(db: None, made: list[Council], everyone: dict[str, list[Child]], council: str) -> Any:
    """The council with its people and the children who are heard, without the rest of the files."""
    found = _authorities(made)
    _people(found, TODAY)
    (here,) = [one for one in made if one.slug == council]
    lived = {c.code: c for c in everyone[council]}
    for code in {code for held in here.minuted for code, *_ in held.children}:
        Recorded.objects.create(
            authority=found[council], code=code, called=lived[code].called, born_on=lived[code].born
        )
    hold_and_arrange(found[council], here.minuted, TODAY)
    return found[council]


def test_past_meetings_are_signed_once_for_each_child_with_nothing_that_the_policy_stops(
    authority: Any, made: list[Council]
) -> None:
    (here,) = [one for one in made if one.slug == authority.slug]
    signed = Meeting.objects.filter(authority=authority, state=Meeting.SIGNED)
    assert sorted(signed.values_list("on", flat=True)) == sorted(held.on for held in here.minuted)
    items = MeetingItem.objects.filter(meeting__in=signed).select_related("meeting__authority", "child")
    assert items and all(item.state == MeetingItem.HEARD for item in items)
    for item in items:
        series = packs.meeting(authority.pack, item.meeting.series)
        assert series is not None
        assert not [unmet.sentence for unmet in in_the_way(item, series) if unmet.stops]
    assert Minute.current.count() == items.count()
    recorded = MeetingHeld.current.values_list("child", "kind", "held_on")
    assert len(recorded) == len(set(recorded)) == items.count()


def test_what_lies_ahead_is_arranged_on_working_days_with_a_chair_who_may(authority: Any) -> None:
    ahead = Meeting.objects.filter(authority=authority, state=Meeting.PLANNED, on__gte=TODAY)
    assert ahead.count() >= 2
    for meeting in ahead:
        series = packs.meeting(authority.pack, meeting.series)
        assert series is not None and series.may_chair(meeting.chair_role, meeting.on)
        assert is_working_day(meeting.on) and meeting.room and meeting.chair
        assert meeting.made_at.date() <= TODAY + timedelta(days=21)
    assert SchoolHoliday.objects.filter(authority=authority).count() == 6
