"""A team: what waits for its manager, who has how much to do, and when a child was last heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from homeward.records.access import Actor
from homeward.records.models import Action, Authority, DatedEvent, Minute
from homeward.records.queries.actions_page import in_reach
from homeward.records.queries.tracker_page import NEAR_DAYS, Tracker, TrackerChild, name_key

REVIEWS = frozenset({"review_held", "adoption_review_held"})
NOBODY = "Nobody recorded"


@dataclass(slots=True)
class Load:
    """What one worker has to do; shown by name, never in an order of who has most."""

    worker: str
    children: int
    actions: int
    reviews: int

    @property
    def key(self) -> str:
        return name_key(self.worker)


def workload(actor: Actor, authority: Authority, tracker: Tracker) -> list[Load]:
    """Children, open actions, and reviews late or due in four weeks of each worker, by name."""
    until = tracker.as_at + timedelta(days=NEAR_DAYS)
    rules = review_rules(tracker)
    children, reviews = Counter[str](), Counter[str]()
    for child in tracker.children:
        worker = child.worker or NOBODY
        children[worker] += 1
        reviews[worker] += any(
            each.rule in rules and each.due_on is not None and each.due_on <= until for each in child.open
        )
    owned = in_reach(actor, authority).filter(state=Action.OPEN, owner__isnull=False).order_by()
    actions = Counter(owned.values_list("owner__name", flat=True))
    return [
        Load(worker, children[worker], actions[worker], reviews[worker])
        for worker in sorted(children, key=lambda name: (name == NOBODY, name.casefold()))
    ]


def review_rules(tracker: Tracker) -> frozenset[str]:
    return frozenset(rule.key for rule in tracker.policy.rules if REVIEWS.intersection(rule.met_by))


def last_heard(children: Iterable[TrackerChild], as_at: date) -> dict[int, date]:
    """The newest day on which what the child says was recorded, for who is shown the child's voice."""
    pks = [child.pk for child in children if "voice" in child.fields]
    return _newest(pks, as_at)


def _newest(pks: Collection[int], as_at: date) -> dict[int, date]:
    found: dict[int, date] = {}
    views = DatedEvent.current.filter(child__in=pks, kind="child_views_recorded", on__lte=as_at)
    said = Minute.current.filter(child__in=pks, held_on__lte=as_at).exclude(child_says="")
    for rows in (
        views.values_list("child_id").annotate(newest=Max("on")),
        said.values_list("child_id").annotate(newest=Max("held_on")),
    ):
        for pk, on in rows.order_by():
            found[pk] = max(on, found.get(pk, on))
    return found
