"""Reviews that are due with their meetings and papers, midway checks, and plans changed since one looked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q

from homeward.domain import packs
from homeward.domain.policy import Rule
from homeward.records.access import Actor
from homeward.records.models import AuditChild, Authority, Meeting, MeetingItem, PermanencePlan
from homeward.records.queries.home.meetings import arranged
from homeward.records.queries.said import Said
from homeward.records.queries.tracker_page import NEAR_DAYS, Tracker, TrackerChild

MIDWAY = frozenset({"midway_review_held"})
_PLANS_SEEN = ("child", "child_plans", "child_dates")


@dataclass(slots=True)
class Due:
    """A meeting about a child that is due by a day; `item` is the child's place on one already arranged."""

    child: TrackerChild
    said: Said
    series: str
    item: MeetingItem | None = None

    @property
    def meeting(self) -> Meeting | None:
        return self.item.meeting if self.item else None


def due(authority: Authority, tracker: Tracker, kinds: Collection[str], days: int = NEAR_DAYS) -> list[Due]:
    """Dates late or near that a meeting of these kinds meets, the longest overdue first; one query."""
    series = {one.kind: one.key for one in reversed(packs.meetings(authority.pack)) if one.kind in kinds}
    rules = {rule.key: kind for rule in tracker.policy.rules if (kind := _kind(rule, series))}
    until = tracker.as_at + timedelta(days=days)
    found = [
        Due(child, tracker.said(each), series[rules[each.rule]])
        for child in tracker.children
        for each in child.open
        if each.rule in rules and each.due_on is not None and each.due_on <= until
    ]
    items = arranged({line.child.pk for line in found}, authority)
    for line in found:
        line.item = items.get((line.child.pk, line.series))
    return sorted(found, key=lambda line: (line.said.due_on or date.max, line.child.name))


def _kind(rule: Rule, series: Collection[str]) -> str:
    return next((kind for kind in rule.met_by if kind in series), "")


def papers_words(authority: Authority, item: MeetingItem | None) -> str:
    """How many of the papers that the council asks for are there."""
    if item is None:
        return ""
    series = packs.meeting(authority.pack, item.meeting.series)
    wanted = [paper.key for paper in series.papers] if series else []
    if not wanted:
        return "No papers asked for"
    there = sum(bool(item.papers.get(key)) for key in wanted)
    return "All papers there" if there == len(wanted) else f"{there} of {len(wanted)} papers there"


@dataclass(slots=True)
class Changed:
    """A plan that somebody changed after this person last opened the child."""

    child: TrackerChild
    plan: PermanencePlan
    seen_at: datetime | None


def plans_changed(actor: Actor, children: Iterable[TrackerChild], now: datetime) -> list[Changed]:
    """Of the last four weeks, made here by somebody else; the newest first. Two queries."""
    by_pk = {child.pk: child for child in children if "history" in child.fields}
    since = now - timedelta(days=NEAR_DAYS)
    mine = Q(recorded_by=actor.person)
    made = PermanencePlan.current.filter(source="person", recorded_at__gt=since, recorded_at__lte=now)
    plans = [plan for plan in made.exclude(mine).order_by("-recorded_at", "-pk") if plan.child_id in by_pk]
    if not plans:
        return []
    looked = AuditChild.objects.filter(
        child__in={plan.child_id for plan in plans},
        entry__person=actor.person,
        entry__at__gt=since,
        entry__place__in=_PLANS_SEEN,
        entry__action="see",
    )
    seen = dict(looked.order_by().values_list("child").annotate(newest=Max("entry__at")))
    found = [Changed(by_pk[plan.child_id], plan, seen.get(plan.child_id)) for plan in plans]
    return [line for line in found if line.seen_at is None or line.seen_at < line.plan.recorded_at]
