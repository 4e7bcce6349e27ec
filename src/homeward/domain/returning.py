"""The way home: when it is looked at next, what is still missing, and whether a return held.

The law that stands before a return: Care Planning, Placement and Case Review (England) Regulations 2010,
regulations 15 to 20 (home under an order) and 39 (ceasing to look after a child accommodated under
section 20 of the Children Act 1989).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from homeward.domain.policy import Duration
from homeward.domain.wording import day_words, days_words

HELP, MILESTONE = "help", "milestone"
KINDS = {HELP: "Help", MILESTONE: "Milestone"}
STATES = {"done": "Done", "not_needed": "No longer needed"}
LASTED, BROKE_DOWN, STOPPED = "lasted", "broke_down", "stopped"
OUTCOMES = {
    LASTED: "The return has lasted, and needs no more checks",
    BROKE_DOWN: "The return broke down",
    STOPPED: "It was stopped before the child went home",
}
OUTCOME_WORDS = {LASTED: "Lasted", BROKE_DOWN: "Broke down", STOPPED: "Stopped before the return"}
MET = {"all": "All of them", "some": "Some of them", "none": "None of them"}
SOCIAL_WORK = {"none": "None", "little": "Little", "much": "Much"}
AT_HOME = {"yes": "Yes", "no": "No"}
SAFEST = 10  # of the child's own answer; 0 is not at all
# What has to be written before a manager can agree that the return is the best plan.
WEIGHED = {
    "risks": "the risks",
    "strengths": "the strengths",
    "family_needs": "what those who come forward need",
    "conditions": "what must be true before going home",
    "realistic": "why the way is realistic and in the child’s time",
    "target_on": "a target date",
}
NEAR = 28  # days before a target in which it is near
SOON = 7  # days before a review or a check in which it is due soon
WITH_PARENTS = "P1"  # SSDA903 code of a home
# SSDA903: returned home, planned and not; left to live with a person without parental responsibility.
WENT_HOME = ("E4A", "E4B", "E13")
UNDER_AN_ORDER = frozenset({"C1", "C2", "D1", "E1"})
ACCOMMODATED = "V2"  # section 20


class Held(NamedTuple):
    """A review or check that was held, and the day agreed there for the next."""

    held_on: date
    next_on: date | None


class Due(NamedTuple):
    """A day by which something is to happen, as a page says it; `status` as for every date."""

    what: str
    on: date | None
    as_at: date
    soon: int = SOON

    @property
    def status(self) -> str:
        if self.on is None:
            return "undated"
        if self.on < self.as_at:
            return "overdue"
        return "due_soon" if self.on <= self.as_at + timedelta(days=self.soon) else "on_track"

    @property
    def late(self) -> bool:
        return self.status == "overdue"

    @property
    def words(self) -> str:
        if self.on is None:
            return f"{self.what}: no day is agreed" if self.what else "No day is agreed"
        due = f"{self.what} due" if self.what else "Due"
        days = (self.on - self.as_at).days
        if days < 0:
            return f"{due} by {day_words(self.on)}, late by {days_words(-days)}"
        if days == 0:
            return f"{due} today"
        near = f", in {days_words(days)}" if self.status == "due_soon" else ""
        return f"{due} by {day_words(self.on)}{near}"


def next_on(begun_on: date, agreed: date | None, held: Sequence[Held], every: Duration | None) -> date | None:
    """The day by which it is looked at next: the day agreed last, and no later than the council's interval.

    `agreed` is the day that was agreed when it began; None comes back where neither gives a day.
    """
    last = max(held, key=lambda each: each.held_on, default=None)
    said = last.next_on if last else agreed
    by = every.after(last.held_on if last else begun_on) if every else None
    return min((day for day in (said, by) if day is not None), default=None)


class Back(NamedTuple):
    """That a child who had gone home came into care again, or left home for another place."""

    on: date
    into_care: bool
    returned_on: date

    @property
    def words(self) -> str:
        what = "Came into care again" if self.into_care else "Moved from home to another placement"
        after = days_words((self.on - self.returned_on).days)
        return f"{what} on {day_words(self.on)}, {after} after going home"


def went_back(returned_on: date, came: Iterable[date], moves: Iterable[tuple[date, str]]) -> Back | None:
    """The first time after a return; `came` are days of coming into care, `moves` homes with their codes.

    A home with parents and a temporary one (codes T) are no going back.
    """
    backs = [Back(on, True, returned_on) for on in came if on > returned_on]
    backs += [
        Back(on, False, returned_on)
        for on, code in moves
        if on > returned_on and code != WITH_PARENTS and not code.startswith("T")
    ]
    return min(backs, key=lambda back: (back.on, not back.into_care), default=None)
