"""How often a child is visited and reviewed: what the law asks at the least, and what was agreed in words.

A council may agree that a child is seen more often than the law asks, never less often (CPPCR 28 and 33: the
Care Planning, Placement and Case Review (England) Regulations 2010).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from homeward.domain.chains import visit_due
from homeward.domain.life import Life

_AGREED = re.compile(r"Visits at least every (\d+) weeks?; reviews at least every (\d+) months?\.")

_LONGEST_IN_WEEKS = 42  # days: what is longer is the three months of a home that is meant to last


class Limit(NamedTuple):
    """The longest that the law lets pass between two visits, in days, and between two reviews, in months."""

    days: int
    months: int


class Agreed(NamedTuple):
    weeks: int
    months: int

    @property
    def words(self) -> str:
        """How a decision says it; `agreed` reads it again."""
        weeks, months = _count(self.weeks, "week"), _count(self.months, "month")
        return f"Visits at least every {weeks}; reviews at least every {months}."


def agreed(words: str) -> Agreed | None:
    """What a decision in these words agreed."""
    found = _AGREED.fullmatch(words)
    return Agreed(int(found[1]), int(found[2])) if found else None


def limit(life: Life) -> Limit | None:
    """For a child in care who is not placed for adoption, from the home and plan of the day; else None.

    Visits (regulation 28): weekly while a placement with parents or under temporary approval waits for its
    first review, otherwise six or four weeks by the kind of home, and three months after a year in a home
    that is meant to last. Reviews (regulation 33): three months until two were held, then six.
    """
    period = life.period_on(life.as_at)
    due = visit_due(life, life.as_at)
    if period is None or not life.looked_after_on(life.as_at) or due is None:
        return None
    held = sum(period.holds(review.on) for review in life.all("review_held"))
    early = period.start_known and held < 2
    return Limit((due - life.as_at).days, 3 if early else 6)


def too_seldom(asked: Agreed, law: Limit) -> list[str]:
    """What is less often than the law asks: "visits" or "reviews"."""
    return [
        *(["visits"] if asked.weeks * 7 > law.days else []),
        *(["reviews"] if asked.months > law.months else []),
    ]


def law_words(law: Limit) -> str:
    """ "Visits at least every 6 weeks; reviews at least every 6 months." """
    visits = "3 months" if law.days > _LONGEST_IN_WEEKS else _count(law.days // 7, "week")
    return f"Visits at least every {visits}; reviews at least every {_count(law.months, 'month')}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
