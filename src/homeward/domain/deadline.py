"""One promise dated for one child, and what is said of it on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from homeward.domain.calendar import DAY
from homeward.domain.events import Event
from homeward.domain.policy import Rule

STATUSES = (
    "on_track",
    "due_soon",
    "overdue",
    "done_on_time",
    "done_late",
    "ended",
    "undated",
    "cannot_say",
)


class Deadline:
    """One promise dated for one child; nothing in it depends on today, its answers take `as_at`.

    `counted_from` is None when the return does not hold the day; `cannot_say` names the fact that is missing.
    """

    __slots__ = ("cannot_say", "counted_from", "due_on", "ended_on", "ids", "met", "rule")

    def __init__(
        self,
        rule: Rule,
        ids: tuple[str, ...],
        counted_from: Event | None,
        due_on: date | None,
        met: Event | None,
        ended_on: date | None,
        cannot_say: str = "",
    ) -> None:
        self.rule = rule
        self.ids = ids
        self.counted_from = counted_from
        self.due_on = due_on
        self.met = met
        self.ended_on = ended_on
        self.cannot_say = cannot_say

    @property
    def met_on(self) -> date | None:
        return self.met[0] if self.met else None

    def status(self, as_at: date) -> str:
        """One of STATUSES (CLOCK.md, "What is said of each child and rule")."""
        met_on = self.met_on
        if met_on is not None:
            return "done_late" if self.due_on is not None and met_on > self.due_on else "done_on_time"
        if self.ended_on is not None:
            return "ended"
        if self.cannot_say:
            return "cannot_say"
        if self.due_on is None:
            return "undated"
        return open_status(self.due_on, self.soon_from, as_at, before=bool(self.rule.before))

    @property
    def soon_from(self) -> date | None:
        """The first day on which an open date is due soon."""
        if self.due_on is None or self.counted_from is None:
            return None
        window = self.rule.amber
        if window is None:
            window = max(7, (self.due_on - self.counted_from[0]).days // 5)
        return self.due_on - DAY * window

    def days(self, as_at: date) -> int | None:
        """Days over (above 0) or left (below 0); for what fell away, the day it ended minus due."""
        if self.due_on is None:
            return None
        return ((self.met_on or self.ended_on or as_at) - self.due_on).days

    def as_json(self, child: str, as_at: date) -> dict[str, Any]:
        """The object that `homeward deadlines` prints for a child and a deadline (CLOCK.md)."""
        rule, counted = self.rule, self.counted_from
        source = rule.source
        return {
            "child": child,
            "rule": rule.key,
            "title": rule.title,
            "force": rule.force,
            "promises": list(rule.promises),
            "ids": list(self.ids),
            "counted_from": {
                "kind": counted.kind if counted else "became_looked_after",
                "on": counted.on.isoformat() if counted else None,
            },
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "met_on": self.met_on.isoformat() if self.met_on else None,
            "met_by": self.met.kind if self.met else None,
            "status": self.status(as_at),
            "days": self.days(as_at),
            "owner": rule.owner,
            "source": {"document": source.document, "section": source.section, "url": source.url},
            "why": self.why(as_at),
        }

    def why(self, as_at: date) -> str:
        """The date explained in a sentence or two."""
        from homeward.domain.wording import why

        return why(self, as_at)


def open_status(due_on: date, soon_from: date | None, as_at: date, *, before: bool = False) -> str:
    """What is said of an open date: a step taken without what must come first is late from its own day."""
    if before or as_at > due_on:
        return "overdue"
    return "due_soon" if soon_from is not None and as_at >= soon_from else "on_track"
