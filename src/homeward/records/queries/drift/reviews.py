"""Reviews held without a care planning meeting beside them (SLO-026).

Beside a review is a meeting since the review before it, or since the child came into care, up to its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from homeward.domain import packs
from homeward.domain.calendar import add_months
from homeward.domain.wording import day_words
from homeward.records.models import MeetingHeld, Review
from homeward.records.queries.drift.line import Asking, Line, Told, named

MEETING = "care_planning_meeting_held"
HEADINGS = ("Reviews without one", "Reviews in twelve months", "Last care planning meeting")


def asked_for(pack: str) -> bool:
    """Whether the council has such a meeting of its own."""
    return any(one.kind == MEETING and not one.default for one in packs.pack(pack).meetings)


def lines(asking: Asking) -> list[Line]:
    """Children in care with such a review in the last twelve months, the latest review first."""
    children = asking.children("core", "history").filter(standing__in_care=True)
    pks = list(children.values_list("pk", flat=True))
    reviews = _days(Review.current.filter(child__in=pks, held_on__lte=asking.today), "held_on")
    meetings = _days(MeetingHeld.current.filter(child__in=pks, kind=MEETING), "held_on")
    year = add_months(asking.today, -12)
    without = {
        pk: missing
        for pk, held in reviews.items()
        if (missing := [on for on in _without(held, meetings.get(pk, [])) if on > year])
    }
    found = []
    for pk, child in named(children, without).items():
        met = [on for on in meetings.get(pk, []) if on <= asking.today]
        last = Told("done_on_time", day_words(met[-1])) if met else Told("overdue", "None recorded")
        days = tuple(day_words(on) for on in reversed(without[pk]))
        number = str(sum(on > year for on in reviews[pk]))
        found.append((without[pk][-1], Line(child, (days, number, last))))
    return [line for _, line in sorted(found, key=lambda each: each[0], reverse=True)]


def _without(reviews: list[date], meetings: list[date]) -> Iterable[date]:
    for before, on in pairwise([date.min, *reviews]):
        if not any(before < met <= on for met in meetings):
            yield on


def _days(found: QuerySet[Any], name: str) -> dict[int, list[date]]:
    days: dict[int, list[date]] = defaultdict(list)
    for pk, on in found.order_by(name).values_list("child_id", name):
        days[pk].append(on)
    return days
