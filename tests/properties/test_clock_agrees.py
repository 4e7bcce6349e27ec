"""Two clocks written apart from one contract must tell the same of every child.

HOMEWARD_LONG=1 tells many more stories, and other ones each time; without it they are the same every time.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests import slow_clock
from tests.properties.histories import CHILD, Row, histories, readings
from tests.slow_clock import PACKS, slow_deadlines

from homeward.domain import calendar
from homeward.domain.events import IN_ADVANCE, Event, History
from homeward.domain.policy import Policy, load
from homeward.domain.timescales import Deadline, judge

LONG = bool(os.environ.get("HOMEWARD_LONG"))
COLUMNS = ("rule", "ids", "counted_from", "due_on", "met_on", "met_by", "status", "days")


def often(ordinarily: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """How many stories are told: so many ordinarily, fifty times as many in a long run."""
    return settings(
        max_examples=ordinarily * 50 if LONG else ordinarily,
        derandomize=not LONG,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],  # `smallest` shortens a story faster than shrinking does
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@cache
def policy(*packs: str) -> Policy:
    return load(list(packs))


def history(rows: Iterable[Row], unknown_starts: Iterable[tuple[date, date | None]] = ()) -> History:
    return History(CHILD, [Event(on, kind, detail) for _, kind, on, detail in rows], list(unknown_starts))


def clock(packs: Iterable[str], rows: Iterable[Row], as_at: date) -> list[Deadline]:
    return judge(policy(*packs), history(rows), as_at)


def said(deadlines: Iterable[Deadline], as_at: date) -> Counter[str]:
    rows = (deadline.as_json(CHILD, as_at) for deadline in deadlines)
    return Counter(json.dumps({column: row[column] for column in COLUMNS}) for row in rows)


def differences(packs: Iterable[str], rows: list[Row], as_at: date) -> tuple[list[str], list[str]]:
    """What only the clock says, and what only the slow clock says."""
    quick = said(clock(packs, rows, as_at), as_at)
    slow = Counter(json.dumps(row) for row in slow_deadlines(packs, rows, as_at))
    return sorted((quick - slow).elements()), sorted((slow - quick).elements())


def smallest(packs: Iterable[str], rows: list[Row], as_at: date) -> list[Row]:
    """The story without every event that the disagreement can do without."""
    for place in range(len(rows)):
        shorter = rows[:place] + rows[place + 1 :]
        if shorter and any(differences(packs, shorter, as_at)):
            return smallest(packs, shorter, as_at)
    return rows


def assert_agree(packs: Iterable[str], rows: list[Row], as_at: date) -> None:
    if any(differences(packs, rows, as_at)):
        rows = smallest(packs, rows, as_at)
        only_quick, only_slow = differences(packs, rows, as_at)
        story = [f"{on} {kind} {detail}" for _, kind, on, detail in rows]
        parts = [f"as at {as_at}", *story, "only the clock says", *only_quick]
        pytest.fail("\n  ".join([*parts, "only the slow clock says", *only_slow]))


@given(readings)
@often(1200)
def test_both_clocks_say_the_same_of_every_child(reading: tuple[list[Row], date]) -> None:
    assert_agree(PACKS, *reading)


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_alone_says_what_it_says_in_company(pack: str) -> None:
    @given(readings)
    @often(60)
    def agree(reading: tuple[list[Row], date]) -> None:
        assert_agree([pack], *reading)

    agree()


@given(readings, st.randoms(use_true_random=False))
@often(300)
def test_the_order_of_recording_never_matters(reading: tuple[list[Row], date], shuffled: Random) -> None:
    """Except for dates set in advance: of those the last row recorded counts."""
    rows, as_at = reading
    others = [row for row in rows if row[1] not in IN_ADVANCE]
    set_ahead = [row for row in rows if row[1] in IN_ADVANCE]
    shuffled.shuffle(others)
    places = sorted(shuffled.randrange(len(others) + 1) for _ in set_ahead)
    for row, place in zip(reversed(set_ahead), reversed(places), strict=True):
        others.insert(place, row)
    assert said(clock(PACKS, rows, as_at), as_at) == said(clock(PACKS, others, as_at), as_at)


def statuses(deadlines: Iterable[Deadline], as_at: date) -> dict[str, str]:
    rows = (deadline.as_json(CHILD, as_at) for deadline in deadlines)
    return {json.dumps([row[c] for c in ("rule", "ids", "counted_from")]): str(row["status"]) for row in rows}


@given(histories, st.integers(0, 900), st.integers(1, 900))
@often(300)
def test_time_passing_never_turns_overdue_back_to_on_track(rows: list[Row], first: int, more: int) -> None:
    last = max(row[2] for row in rows)
    sooner, later = last + timedelta(days=first), last + timedelta(days=first + more)
    before, after = (statuses(clock(PACKS, rows, day), day) for day in (sooner, later))
    for which, status in before.items():
        if status == "overdue":
            assert after[which] == "overdue", which


@given(readings)
@often(300)
def test_what_has_not_happened_yet_is_not_known(reading: tuple[list[Row], date]) -> None:
    rows, as_at = reading
    known = [row for row in rows if row[2] <= as_at or row[1] in IN_ADVANCE]
    assert said(clock(PACKS, rows, as_at), as_at) == said(clock(PACKS, known, as_at), as_at)


@given(readings)
@often(200)
def test_no_date_is_made_up_where_the_start_of_care_is_not_known(reading: tuple[list[Row], date]) -> None:
    rows, as_at = reading
    rows = [row for row in rows if row[1] not in ("became_looked_after", "ceased_looked_after")]
    first = min((row[2] for row in rows), default=as_at)
    for deadline in judge(policy(*PACKS), history(rows, [(first, None)]), as_at):
        row = deadline.as_json(CHILD, as_at)
        if row["counted_from"]["kind"] == "became_looked_after":
            assert row["status"] in ("cannot_say", "ended"), row
            assert row["due_on"] is None and row["days"] is None, row


DAYS = st.dates(date(1995, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(1, 25))
@often(200)
def test_both_calendars_count_the_same_working_days(day: date, count: int) -> None:
    assert calendar.add_working_days(day, count) == slow_clock.add_working_days(day, count)


@given(st.one_of(DAYS, st.just(date(2024, 2, 29))), st.integers(0, 18))
@often(200)
def test_both_calendars_count_the_same_months_and_birthdays(day: date, count: int) -> None:
    assert calendar.add_months(day, count) == slow_clock.add_months(day, count)
    assert calendar.birthday(day, count) == slow_clock.birthday(day, count)
