"""Days, weeks, months and working days as the law and the five councils count them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import NamedTuple

DAY = timedelta(days=1)
_FIRST = date(1989, 1, 1)
_LAST = date(2100, 12, 31)


class SchoolHoliday(NamedTuple):
    """Days on which a council's schools are closed. They are working days all the same."""

    name: str
    first_on: date
    last_on: date


@cache
def bank_holidays() -> dict[date, str]:
    """Bank holidays in England (Banking and Financial Dealings Act 1971) by day, from the policy folder."""
    text = resources.files("homeward.policy").joinpath("england/bank_holidays.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {date.fromisoformat(line[:10]): line[11:] for line in lines}


def school_holiday_on(day: date, holidays: Iterable[SchoolHoliday]) -> str:
    """The name of the school holiday that a day is in; empty when it is in none that is recorded."""
    return next((one.name for one in holidays if one.first_on <= day <= one.last_on), "")


def is_working_day(day: date) -> bool:
    """Not a Saturday, a Sunday or a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays()


@cache
def _working_days() -> list[date]:
    count = (_LAST - _FIRST).days + 1
    return [day for day in (_FIRST + timedelta(days=n) for n in range(count)) if is_working_day(day)]


@cache
def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself is day 0 and need not be a working day."""
    if not _FIRST <= day <= date(2099, 1, 1):
        raise ValueError(f"working days are known from {_FIRST} to {_LAST}, not for {day}")
    working = _working_days()
    return working[bisect_right(working, day) + count - 1]


def working_days_between(first: date, last: date) -> int:
    """Working days after `first` up to and with `last`; 0 when there is none or `last` is not later."""
    working = _working_days()
    return max(0, bisect_right(working, last) - bisect_right(working, first))


_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@cache
def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day (31 January + 1 month = 28 or 29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    number = day.day
    if number > 28 and number > _LENGTHS[month]:
        leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        number = 29 if leap and number >= 29 else _LENGTHS[month]
    return date(year, month + 1, number)


def birthday(born: date, years: int) -> date:
    """The day a person reaches an age; for 29 February, 1 March in a common year."""
    try:
        return date(born.year + years, born.month, born.day)
    except ValueError:
        return date(born.year + years, 3, 1)


def age(born: date, on: date) -> int:
    """Whole years on a day (negative before birth)."""
    years = on.year - born.year
    return years if on >= birthday(born, years) else years - 1
