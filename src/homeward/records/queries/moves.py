"""Who moved home twice or more in twelve months, counted as the tracker counts moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from homeward.domain.calendar import add_months


def moved_twice(
    homes: Iterable[tuple[int, str, date]], in_care: Mapping[int, date | None], day: date
) -> set[int]:
    """Of children in care with the day since when; `homes` are (child, SSDA903 code, first day).

    The first home of the period of care is no move, and temporary T codes are set aside.
    """
    year = add_months(day, -12)
    moves = Counter(
        pk
        for pk, place, start in homes
        if pk in in_care and not place.startswith("T") and year < start <= day and _moved(start, in_care[pk])
    )
    return {pk for pk, number in moves.items() if number >= 2}


def _moved(start: date, since: date | None) -> bool:
    return since is None or start > since
