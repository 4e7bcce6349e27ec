"""What the reviewing service oversees: every child in care with the plan, the next date and the last look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeward.records.access import Actor
from homeward.records.models import Authority
from homeward.records.queries import challenge_page, scrutiny_page
from homeward.records.queries.said import Said
from homeward.records.queries.tracker_page import Tracker, TrackerChild


@dataclass(slots=True)
class Line:
    """A child in care; `looked_on` is the day of the last scrutiny entry."""

    child: TrackerChild
    next: Said | None
    late: Said | None
    looked_on: date | None
    as_at: date
    matters: int = 0
    advocate: str = ""  # of operations.scrutiny.ADVOCATE, by the newest check

    @property
    def days(self) -> int | None:
        return (self.as_at - self.looked_on).days if self.looked_on else None


SORTS: dict[str, Any] = {
    "child": lambda line: line.child.name.casefold(),
    "plan": lambda line: (not line.child.main_plan, line.child.main_plan),
    "next": lambda line: line.child.next_due or date.max,
    "late": lambda line: line.child.oldest_due or date.max,
    "looked": lambda line: line.looked_on or date.min,
    "matters": lambda line: -line.matters,
    "officer": lambda line: (not line.child.officer, line.child.officer),
}


def lines(actor: Actor, authority: Authority, tracker: Tracker) -> list[Line]:
    """Of the tracker's children in care whose history this person is shown; three queries."""
    children = [each for each in tracker.children if each.in_care and "work" in each.fields]
    pks = [each.pk for each in children]
    on = tracker.as_at
    looked = scrutiny_page.last_looked(pks, on)
    checked = scrutiny_page.advocacy_of(pks, on)
    found = challenge_page.open_on(challenge_page.in_reach(actor, authority), on)
    open_of = Counter(found.values_list("child_id", flat=True))
    return [
        Line(
            each,
            tracker.next_of(each),
            tracker.holding_up(each),
            looked.get(each.pk),
            on,
            open_of[each.pk],
            checked[each.pk].advocate if each.pk in checked else "",
        )
        for each in children
    ]


def in_order(found: Sequence[Line], sort: str, *, reverse: bool) -> list[Line]:
    """By a column; without one, whoever was looked at longest ago first."""
    key = SORTS.get(sort, SORTS["looked"])
    return sorted(sorted(found, key=SORTS["child"]), key=key, reverse=reverse)
