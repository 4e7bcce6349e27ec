"""When a return home is looked at next, and whether a child who had gone home went back."""

from __future__ import annotations

from datetime import date

import pytest

from homeward.domain.policy import duration
from homeward.domain.returning import Back, Due, Held, next_on, went_back

OPENED = date(2026, 1, 31)
MONTH = duration("1 month")


@pytest.mark.parametrize(
    ("agreed", "held", "every", "due"),
    [
        (None, [], MONTH, date(2026, 2, 28)),  # a month from the day it was opened
        (date(2026, 2, 14), [], MONTH, date(2026, 2, 14)),  # sooner, where that was agreed
        (date(2026, 5, 1), [], MONTH, date(2026, 2, 28)),  # and never later
        (date(2026, 2, 14), [], None, date(2026, 2, 14)),
        (None, [], None, None),  # nobody agreed a day, and the policy gives no number
        (None, [Held(date(2026, 2, 10), None)], MONTH, date(2026, 3, 10)),
        (date(2026, 2, 14), [Held(date(2026, 2, 14), None)], None, None),  # the first day has been kept
        (
            None,
            [Held(date(2026, 3, 2), date(2026, 4, 20)), Held(date(2026, 2, 10), date(2026, 3, 1))],
            None,
            date(2026, 4, 20),
        ),
    ],
)
def test_it_is_looked_at_by_the_day_agreed_last_and_no_later_than_the_council_says(
    agreed, held, every, due
) -> None:
    assert next_on(OPENED, agreed, held, every) == due


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 3, 1), "Review due by 1 March 2026, late by 9 days"),
        (date(2026, 3, 9), "Review due by 9 March 2026, late by 1 day"),
        (date(2026, 3, 10), "Review due today"),
        (date(2026, 3, 17), "Review due by 17 March 2026, in 7 days"),
        (date(2026, 3, 18), "Review due by 18 March 2026"),
        (None, "Review: no day is agreed"),
    ],
)
def test_a_day_is_said_in_words_with_how_late_it_is(on, words) -> None:
    assert Due("Review", on, date(2026, 3, 10)).words == words


HOME = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("came", "moves", "back"),
    [
        ([date(2025, 9, 1)], [(HOME, "P1")], None),
        ([HOME], [(HOME, "P1")], None),  # care that began on the very day is no going back
        ([], [(date(2026, 4, 1), "T1"), (date(2026, 4, 9), "P1")], None),  # a stay in hospital
        ([], [(date(2026, 4, 1), "U6")], Back(date(2026, 4, 1), False, HOME)),
        ([date(2026, 5, 1)], [(date(2026, 5, 1), "U6")], Back(date(2026, 5, 1), True, HOME)),
    ],
)
def test_coming_into_care_again_or_moving_from_home_is_going_back(came, moves, back) -> None:
    assert went_back(HOME, came, moves) == back
