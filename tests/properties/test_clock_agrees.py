"""Two clocks written apart from one contract must tell the same of every child.

HOMEWARD_LONG=1 runs many more histories; HOMEWARD_SEARCH=n chooses how many.
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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.histories import CHILD, Row, histories, readings
from tests.slow_clock import PACKS, slow_deadlines

from homeward.domain.events import IN_ADVANCE, Event, History
from homeward.domain.policy import Policy, load
from homeward.domain.timescales import Deadline, judge

LONG = bool(os.environ.get("HOMEWARD_LONG"))
COLUMNS = ("rule", "ids", "counted_from", "due_on", "met_on", "met_by", "status", "days")


def often(ordinarily: int) -> Callable[..., Callable[..., None]]:
    """How many histories are told: `ordinarily`, or many more in a long run."""
    many = int(os.environ.get("HOMEWARD_SEARCH", ordinarily * 50 if LONG else ordinarily))
    return settings(
        max_examples=many,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@cache
def policy(*packs: str) -> Policy:
    return load(list(packs))


def clock(packs: Iterable[str], rows: Iterable[Row], as_at: date) -> list[Deadline]:
    return judge(
        policy(*packs), History(CHILD, [Event(on, kind, detail) for _, kind, on, detail in rows]), as_at
    )


def said(deadlines: Iterable[Deadline], as_at: date) -> Counter[str]:
    rows = (deadline.as_json(CHILD, as_at) for deadline in deadlines)
    return Counter(json.dumps({column: row[column] for column in COLUMNS}) for row in rows)


def said_slowly(packs: Iterable[str], rows: Iterable[Row], as_at: date) -> Counter[str]:
    return Counter(json.dumps(row) for row in slow_deadlines(packs, rows, as_at))


def assert_agree(packs: Iterable[str], rows: list[Row], as_at: date) -> None:
    quick, slow = said(clock(packs, rows, as_at), as_at), said_slowly(packs, rows, as_at)
    only_quick, only_slow = sorted((quick - slow).elements()), sorted((slow - quick).elements())
    told = "\n".join(f"  {on} {kind} {detail}" for _, kind, on, detail in rows)
    assert not only_quick and not only_slow, (
        f"as at {as_at}\n{told}\nonly the clock says:\n  "
        + "\n  ".join(only_quick)
        + "\nonly the slow clock says:\n  "
        + "\n  ".join(only_slow)
    )


@given(readings)
@often(500)
def test_both_clocks_say_the_same_of_every_child(reading: tuple[list[Row], date]) -> None:
    rows, as_at = reading
    assert_agree(PACKS, rows, as_at)


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_alone_says_what_it_says_in_company(pack: str) -> None:
    @given(readings)
    @often(20)
    def agree(reading: tuple[list[Row], date]) -> None:
        assert_agree([pack], *reading)

    agree()


@given(readings, st.randoms(use_true_random=False))
@often(150)
def test_the_order_of_recording_never_matters(reading: tuple[list[Row], date], shuffled: Random) -> None:
    rows, as_at = reading
    set_ahead = [row for row in rows if row[1] in IN_ADVANCE]
    others = [row for row in rows if row[1] not in IN_ADVANCE]
    shuffled.shuffle(others)
    again = list(others)
    places = sorted(shuffled.randrange(len(others) + 1) for _ in set_ahead)
    for row, place in zip(reversed(set_ahead), reversed(places), strict=True):
        again.insert(place, row)
    assert said(clock(PACKS, rows, as_at), as_at) == said(clock(PACKS, again, as_at), as_at)


def near_or_far(
    deadlines: Iterable[Deadline], as_at: date
) -> dict[tuple[str, tuple[str, ...], str, date], str]:
    return {
        (d.rule.key, tuple(d.ids), d.counted_from[1], d.counted_from[0]): d.status(as_at) for d in deadlines
    }


@given(histories, st.integers(0, 900), st.integers(1, 900))
@often(150)
def test_time_passing_never_turns_overdue_back_to_on_track(rows: list[Row], first: int, then: int) -> None:
    last = max(row[2] for row in rows)
    sooner, later = last + timedelta(days=first), last + timedelta(days=first + then)
    before, after = (near_or_far(clock(PACKS, rows, day), day) for day in (sooner, later))
    for which, status in before.items():
        if status == "overdue":
            assert after[which] == "overdue", which
