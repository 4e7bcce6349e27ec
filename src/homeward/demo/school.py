"""The invented school holidays of the demonstration councils."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from homeward.domain.calendar import bank_holidays

_DAY = timedelta(days=1)


def school_year(day: date) -> Iterator[tuple[str, date, date]]:
    """The invented holidays of the school year that a day is in."""
    year = day.year if day.month >= 9 else day.year - 1
    autumn = _monday(date(year, 10, 26))
    yield "Autumn half term", autumn, autumn + 4 * _DAY
    christmas = _monday(date(year, 12, 22))
    yield "Christmas", christmas, christmas + 11 * _DAY
    spring = _monday(date(year + 1, 2, 17))
    yield "Spring half term", spring, spring + 4 * _DAY
    good_friday = next(
        on for on, name in bank_holidays().items() if on.year == year + 1 and name == "Good Friday"
    )
    yield "Easter", good_friday - 4 * _DAY, good_friday + 7 * _DAY
    late_may = next(
        on for on, name in bank_holidays().items() if on.year == year + 1 and name.startswith("Spring")
    )
    yield "Summer half term", late_may, late_may + 4 * _DAY
    yield "Summer", date(year + 1, 7, 22), date(year + 1, 8, 31)


def _monday(on: date) -> date:
    """The Monday of the week of a day."""
    return on - timedelta(days=on.weekday())
