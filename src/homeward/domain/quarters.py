"""Quarters of the council's year, which begins on 1 April."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from homeward.domain.calendar import DAY, add_months


class Quarter(NamedTuple):
    """Three months from the first day to the last, both included."""

    first: date

    @property
    def last(self) -> date:
        return add_months(self.first, 3) - DAY

    @property
    def key(self) -> str:
        """What stands for it in an address: 2026-07."""
        return f"{self.first:%Y-%m}"

    @property
    def words(self) -> str:
        """July to September 2026."""
        return f"{self.first:%B} to {self.last:%B %Y}"

    @property
    def short(self) -> str:
        """Jul–Sep 2026."""
        return f"{self.first:%b}–{self.last:%b %Y}"

    def before(self, number: int = 1) -> Quarter:
        return Quarter(add_months(self.first, -3 * number))

    def until(self, today: date) -> date:
        """The last day of which anything can be said: its own, or yesterday while it runs."""
        return min(self.last, today - DAY)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1))


def quarter_named(key: str) -> Quarter | None:
    """The quarter that a key names; None for what is no quarter."""
    found = re.fullmatch(r"(\d{4})-(01|04|07|10)", key)
    return Quarter(date(int(found[1]), int(found[2]), 1)) if found and int(found[1]) >= 1990 else None
