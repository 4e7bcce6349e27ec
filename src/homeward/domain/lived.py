"""Where a child has lived, and for how long: at home before and between times in care, and in each home."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from homeward.domain.calendar import DAY
from homeward.domain.events import History
from homeward.domain.life import Life


class Stay(NamedTuple):
    """`place` is an SSDA903 PLACE code, or empty while the child is not in care; `last` is None today."""

    place: str
    first: date
    last: date | None

    def days(self, as_at: date) -> int:
        return ((self.last or as_at) - self.first).days


def stays(history: History, as_at: date) -> list[Stay]:
    """Every stay that had begun by a day, in order; a day of moving counts for where the child went."""
    life = Life(history, as_at)
    homes = [
        Stay(place, first, last if last is not None and last <= as_at else None)
        for place, first, last in history.homes
        if first <= as_at
    ]
    return sorted([*homes, *_outside_care(life)], key=lambda stay: (stay.first, stay.last or date.max))


def _outside_care(life: Life) -> list[Stay]:
    found, since = [], life.born
    for period in life.periods:
        if since is not None and since < period.start:
            found.append(Stay("", since, period.start))
        since = period.end
        if since is None:
            return found
    if since is not None and since + DAY <= life.as_at and life.died is None:
        found.append(Stay("", since, None))
    return found
