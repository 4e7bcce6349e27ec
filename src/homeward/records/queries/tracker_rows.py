"""What stands in the rows of one page of the tracker, asked for the children on it alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Max, Value

from homeward.records.models import DatedEvent, Fact, Home, MeetingHeld, PermanencePlan, Review, Visit


def homes_of(children: Sequence[int]) -> dict[int, list[tuple[str, date, date | None]]]:
    """The homes of the children on a page, as (code, start, end)."""
    found: dict[int, list[tuple[str, date, date | None]]] = {pk: [] for pk in children}
    for pk, *home in Home.current.filter(child_id__in=children).values_list(
        "child_id", "place", "started_on", "ended_on"
    ):
        found[pk].append(tuple(home))
    return found


def main_plans_of(children: Sequence[int]) -> dict[int, tuple[date | None, list[str]]]:
    """{child: (target, what it waits for)} of the main plans that stand for the children on a page."""
    standing = PermanencePlan.current.filter(child_id__in=children, position="main", ended_on=None)
    rows = standing.order_by("recorded_on", "pk").values_list("child_id", "target_on", "waits_for")
    return {pk: (target, waits) for pk, target, waits in rows}


LATEST: tuple[tuple[type[Fact], str, Any], ...] = (
    (Review, "held_on", Value("review_held")),
    (Visit, "on", Value("child_visited")),
    (MeetingHeld, "held_on", F("kind")),
    (DatedEvent, "on", Value("")),
)


def latest_of(children: Sequence[int], as_at: date) -> dict[int, dict[str, date]]:
    """The newest day of each thing recorded of the children on a page: reviews, visits, meetings by kind."""
    found: dict[int, dict[str, date]] = {pk: {} for pk in children}
    for model, field_name, what in LATEST:
        facts = model.current.filter(child_id__in=children, **{f"{field_name}__lte": as_at})
        for pk, kind, on in facts.values_list("child_id", what).annotate(newest=Max(field_name)):
            found[pk][kind] = on
    return found
