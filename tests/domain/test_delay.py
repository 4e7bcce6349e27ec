"""Days of delay: every overdue day has one cause, and what a cause is changes no day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.domain.delay import (
    CAUSES,
    NONE,
    Piece,
    Span,
    Stands,
    by_cause,
    days_by_cause,
    overdue,
    together,
    within,
)

FIRST = date(2026, 1, 1)


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def span(first: int, last: int) -> Span:
    return Span(on(first), on(last))


spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda s: span(s[0], s[0] + s[1])), max_size=6
)
causes = st.lists(
    st.builds(
        lambda cause, first, more: Stands(cause, on(first), None if more is None else on(first + more)),
        st.sampled_from([*CAUSES]),
        st.integers(0, 70),
        st.none() | st.integers(0, 20),
    ),
    max_size=5,
)


def days_of(found: list[Span]) -> list[date]:
    return [one.first + timedelta(days=n) for one in found for n in range(one.days)]


@given(spans, causes)
def test_the_days_by_cause_add_up_to_the_overdue_days_each_counted_once(
    late: list[Span], told: list[Stands]
) -> None:
    overdue_days = set(days_of(late))
    pieces = by_cause(late, told)
    assert sum(days_by_cause(pieces).values()) == len(overdue_days)
    assert sorted(days_of([piece.span for piece in pieces])) == sorted(overdue_days)


@given(spans, causes)
def test_a_day_belongs_to_a_cause_that_stands_on_it_or_to_none(late: list[Span], told: list[Stands]) -> None:
    for cause, days in by_cause(late, told):
        for day in days_of([days]):
            standing = {c.cause for c in told if c.first <= day and (c.last is None or day <= c.last)}
            assert cause in standing if standing else cause == NONE


@given(spans, causes, causes)
def test_another_cause_changes_no_overdue_day(
    late: list[Span], before: list[Stands], after: list[Stands]
) -> None:
    one, other = by_cause(late, before), by_cause(late, after)
    assert sum(days_by_cause(one).values()) == sum(days_by_cause(other).values())
    assert together([p.span for p in one]) == together([p.span for p in other]) == together(late)


@given(spans, st.integers(0, 60), st.integers(0, 30))
def test_what_lies_within_some_weeks_is_what_each_day_says(late: list[Span], first: int, more: int) -> None:
    room = span(first, first + more)
    inside = [day for day in sorted(set(days_of(late))) if room.first <= day <= room.last]
    assert days_of(within(together(late), room)) == inside


@pytest.mark.parametrize(
    ("due", "met", "ended", "found"),
    [
        (10, None, None, span(11, 40)),  # still open on day 40
        (10, 13, None, span(11, 13)),  # done three days late
        (10, 10, None, None),  # done on the day
        (10, 5, None, None),
        (10, None, 20, span(11, 20)),  # fell away
        (10, None, 8, None),
        (40, None, None, None),  # due today
        (39, None, None, span(40, 40)),
        (10, 50, None, span(11, 40)),  # met after the day it is read at
    ],
)
def test_a_date_is_overdue_from_the_day_after_it_was_due(due, met, ended, found) -> None:
    days = [None if day is None else on(day) for day in (due, met, ended)]
    assert overdue(*days, on(40)) == found


def test_a_date_without_a_day_is_never_overdue() -> None:
    assert overdue(None, None, None, on(40)) is None


def test_looking_for_a_family_ends_when_the_panel_is_waited_for() -> None:
    told = [
        Stands("family_finding", on(0), on(19)),
        Stands("decision_maker_capacity", on(20), None),
    ]
    assert by_cause([span(10, 25), span(22, 30)], told) == [
        Piece("family_finding", span(10, 19)),
        Piece("decision_maker_capacity", span(20, 30)),
    ]


def test_of_two_causes_recorded_for_a_day_the_later_one_counts() -> None:
    told = [Stands("assessment", on(0), None), Stands("health_report", on(5), on(6))]
    assert days_by_cause(by_cause([span(0, 9)], told)) == {"assessment": 8, "health_report": 2}
