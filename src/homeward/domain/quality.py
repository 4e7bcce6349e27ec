"""How good the work is and how often it is looked at: the council's words, the next day, and quarters."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from homeward.domain import packs
from homeward.domain.calendar import add_months
from homeward.domain.policy import duration
from homeward.domain.wording import status_words

SUPERVISIONS: dict[str, str] = {
    "supervision": "Supervision",
    "oversight": "Management oversight",
}
SOON = timedelta(days=14)


def grades(pack: str) -> list[str]:
    """The council's words for how good something is, the best first."""
    return list(packs.setting(pack, "quality_grades"))


def frequency(pack: str, kind: str) -> str:
    """How often the council has set supervision or oversight, such as "4 weeks"; empty where it has not."""
    return str(packs.setting(pack, f"{kind}_every") or "")


def next_due(every: str, held_on: date, agreed_on: date | None) -> date | None:
    """The day by which the next is due: by the council's setting, else the day agreed at the last one."""
    return duration(every).after(held_on) if every else agreed_on


class Next(NamedTuple):
    """When the next supervision is due, in the words of a date."""

    status: str
    words: str
    due_on: date | None


def next_one(due_on: date | None, followed_on: date | None, as_at: date, *, ended: bool) -> Next:
    """`followed_on` is the day of the one that came next, if one did; `ended` once nobody needs it."""
    if due_on is None:
        if followed_on is None and not ended:
            return Next("undated", "No next day was agreed", None)
        return Next("ended", "No next day was agreed", None)
    days = ((followed_on or as_at) - due_on).days
    if followed_on is not None:
        status = "done_late" if days > 0 else "done_on_time"
    elif ended:
        status = "ended"
    else:
        status = "overdue" if days > 0 else "due_soon" if due_on <= as_at + SOON else "on_track"
    return Next(status, status_words(status, due_on, days), due_on)


class Quarter(NamedTuple):
    """Three months; `key` is the first of them, as an address says it."""

    first: date
    last: date

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def words(self) -> str:
        return f"{self.first:%B} to {self.last:%B %Y}"

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def quarters(today: date, number: int) -> list[Quarter]:
    """The last `number` quarters of the calendar that are over, the oldest first."""
    running = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    begun = [add_months(running, -3 * back) for back in range(number, -1, -1)]
    return [Quarter(first, after - timedelta(days=1)) for first, after in pairwise(begun)]
