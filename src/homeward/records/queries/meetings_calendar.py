"""Meetings by day: the weeks of a month, whose meetings they are, and what gets in the way of what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from homeward.domain.calendar import (
    DAY,
    SchoolHoliday,
    add_months,
    bank_holidays,
    is_working_day,
    school_holiday_on,
)
from homeward.domain.wording import day_words as said_day
from homeward.records.access import Actor, own_children
from homeward.records.models import Authority, Meeting, ReviewingOfficer
from homeward.records.models import SchoolHoliday as Recorded
from homeward.records.queries.meetings_page import Line

WEEK = 7


@dataclass(slots=True)
class Day:
    """A day of the grid: what is said of it, and its meetings."""

    on: date
    in_month: bool
    words: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def free(self) -> bool:
        """Whether nothing need be said of it where there is little room."""
        return not self.lines and self.on not in bank_holidays()


def month_of(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, add_months(first, 1) - DAY


def shown_days(first: date, last: date) -> tuple[date, date]:
    """From the Monday before a month to the Sunday after it."""
    return first - timedelta(days=first.weekday()), last + timedelta(days=WEEK - 1 - last.weekday())


def weeks(first: date, last: date, found: Iterable[Line], holidays: list[SchoolHoliday]) -> list[list[Day]]:
    """The weeks of a month, each from Monday to Sunday."""
    on_day = _by_day(found)
    start, stop = shown_days(first, last)
    days = [start + timedelta(days=n) for n in range((stop - start).days + 1)]
    cells = [Day(on, first <= on <= last, day_words(on, holidays), on_day.get(on, [])) for on in days]
    return [cells[n : n + WEEK] for n in range(0, len(cells), WEEK)]


def day_words(on: date, holidays: list[SchoolHoliday]) -> list[str]:
    """Why a day is not like others: a weekend, a bank holiday by its name, a school holiday."""
    said = []
    if on in bank_holidays():
        said.append(f"Bank holiday: {bank_holidays()[on]}")
    elif not is_working_day(on):
        said.append("Weekend")
    if school := school_holiday_on(on, holidays):
        said.append(f"School holiday: {school}")
    return said


def school_holidays(authority: Authority) -> list[SchoolHoliday]:
    """Those that the council recorded, the earliest first."""
    return [SchoolHoliday(one.name, one.first_on, one.last_on) for one in recorded_holidays(authority)]


def school_words(authority: Authority, on: date | None) -> str:
    """That a day is in the school holidays, in words; empty when it is in none that is recorded."""
    name = school_holiday_on(on, school_holidays(authority)) if on else ""
    return f"{said_day(on)} is in the school holidays ({name})." if on and name else ""


def recorded_holidays(authority: Authority) -> list[Recorded]:
    return list(Recorded.objects.filter(authority=authority).order_by("first_on", "pk"))


def mine(actor: Actor, found: Iterable[Line]) -> list[Line]:
    """Meetings that the person chairs, or at which a child is heard who is with them."""
    own = own_children(actor)
    officer = ReviewingOfficer.current.filter(officer__iexact=actor.person.name, ended_on=None)
    own |= set(officer.values_list("child_id", flat=True))
    return [
        line
        for line in found
        if line.meeting.chair_id == actor.person.pk or any(child.pk in own for child in line.children)
    ]


def clashes(found: Iterable[Line]) -> dict[int, str]:
    """Meeting -> what it clashes with: the same chair, room or child at the same time of a day."""
    planned = [line for line in found if line.meeting.state == Meeting.PLANNED and line.meeting.starts_at]
    said: dict[int, str] = {}
    for lines in _by_day(planned).values():
        for line in lines:
            what = [words for other in lines if line is not other for words in _shared(line, other)]
            if what:
                said[line.meeting.pk] = ". ".join(what)
    return said


def _by_day(found: Iterable[Line]) -> dict[date, list[Line]]:
    days: dict[date, list[Line]] = defaultdict(list)
    for line in found:
        days[line.meeting.on].append(line)
    return days


def _shared(line: Line, other: Line) -> Iterator[str]:
    """What two meetings would need at one time."""
    one, two = line.meeting, other.meeting
    if not _overlap(one, two):
        return
    if one.chair_id and one.chair_id == two.chair_id:
        yield f"The chair is also at: {other.name}"
    if one.room and one.room.casefold() == two.room.casefold():
        yield f"The room is also taken by: {other.name}"
    there = {child.pk for child in other.children}
    both = [child.name for child in line.children if child.pk in there]
    if both:
        is_ = "is" if len(both) == 1 else "are"
        yield f"{' and '.join(both)} {is_} also on the agenda of: {other.name}"


def _overlap(one: Meeting, other: Meeting) -> bool:
    if one.on != other.on or one.starts_at is None or other.starts_at is None:
        return False
    ends = one.ends_at or one.starts_at
    other_ends = other.ends_at or other.starts_at
    return bool(one.starts_at == other.starts_at or (one.starts_at < other_ends and other.starts_at < ends))
