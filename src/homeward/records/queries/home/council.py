"""The figures of a whole council: plans in time, waiting, delay, moves, and permanence by route."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from homeward.domain.calendar import DAY, add_months
from homeward.domain.delay import Span
from homeward.domain.standing import STAGES
from homeward.records.access import Actor, children_shown_to
from homeward.records.history import ORDER_AT_END
from homeward.records.models import (
    Authority,
    Child,
    DatedEvent,
    Decision,
    Fact,
    Home,
    KeptDeadline,
    LegalStatus,
    Meeting,
    MeetingHeld,
    OptionAnswer,
    PeriodOfCare,
    PermanencePlan,
)
from homeward.records.queries.tracker_page import Tracker, TrackerChild

SETTLED = "permanence_achieved"
OVERSIGHT = "permanence_tracked"
_SETTLES = (SETTLED, "long_term_match_agreed")
_CHANGES: tuple[type[Fact], ...] = (PermanencePlan, LegalStatus, Home, OptionAnswer, Decision)


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the dates that fell due in some days: how many there were, and how many were met by their day."""

    due: int
    met: int

    @property
    def percent(self) -> int:
        return round(100 * self.met / self.due) if self.due else 0


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which dates fell due: those of `rules` only, or with `other` of every other rule."""

    first: date
    last: date
    rules: frozenset[str]
    other: bool = False


def kept(actor: Actor, authority: Authority, windows: Sequence[Window]) -> list[Kept]:
    """For each window, the dates that fell due in it and did not fall away by their day; one query."""
    counts, any_of = {}, Q()
    for number, window in enumerate(windows):
        within = Q(due_on__range=(window.first, window.last))
        within &= ~Q(rule__in=window.rules) if window.other else Q(rule__in=window.rules)
        any_of |= within
        counts[f"due_{number}"] = Count("pk", filter=within)
        counts[f"met_{number}"] = Count("pk", filter=within & Q(met_on__lte=F("due_on")))
    stands = Q(ended_on=None) | Q(ended_on__gt=F("due_on")) | Q(met_on__isnull=False)
    rows = KeptDeadline.objects.filter(stands, child__in=_children(actor, authority), cannot_say="")
    found = rows.filter(any_of).aggregate(**counts)
    return [Kept(found[f"due_{number}"], found[f"met_{number}"]) for number in range(len(windows))]


def _children(actor: Actor, authority: Authority) -> QuerySet[Child]:
    return children_shown_to(actor, "core").filter(authority=authority)


@dataclass(frozen=True, slots=True)
class Stage:
    """How many children in care have got to a stage, and how long half of them have been in care."""

    key: str
    children: int
    days: int

    @property
    def words(self) -> str:
        return STAGES[self.key]


def stages(tracker: Tracker) -> list[Stage]:
    """Children in care without permanence yet, by stage in the order of the stages."""
    days: dict[str, list[int]] = defaultdict(list)
    for child in waiting(tracker):
        if child.in_care_since:
            days[child.stage].append((tracker.as_at - child.in_care_since).days)
    return [Stage(key, len(days[key]), round(median(days[key]))) for key in STAGES if key in days]


def waiting(tracker: Tracker) -> list[TrackerChild]:
    """Children in care for whom permanence is not achieved."""
    return [child for child in tracker.children if child.in_care and child.stage != SETTLED]


def longest_waiting(tracker: Tracker) -> list[TrackerChild]:
    """The longest in care without permanence first."""
    return sorted(waiting(tracker), key=lambda child: (child.in_care_since or date.max, child.name))


def days_waiting(tracker: Tracker) -> int | None:
    """The days in care of half of the children without permanence."""
    days = [(tracker.as_at - c.in_care_since).days for c in waiting(tracker) if c.in_care_since]
    return round(median(days)) if days else None


def achieved(actor: Actor, authority: Authority, years: Sequence[Span]) -> list[Counter[str]]:
    """For each span {route: children} whose permanence was secured in it; each child once."""
    first, last = min(span.first for span in years), max(span.last for span in years)
    found = permanence_between(_children(actor, authority), first, last)
    return [
        Counter({pk: route for pk, on, route in found if span.first <= on <= span.last}.values())
        for span in years
    ]


def permanence_between(children: QuerySet[Child], first: date, last: date) -> list[tuple[int, date, str]]:
    """(child, day, route) of every permanence that was secured from the first day to the last."""
    room = (first, last)
    events = DatedEvent.current.filter(child__in=children, kind__in=_SETTLES, on__range=room)
    ended = PeriodOfCare.current.filter(child__in=children, ended_on__range=room)
    found = [
        (pk, on, "long_term_fostering" if kind != SETTLED else detail)
        for pk, on, kind, detail in events.values_list("child_id", "on", "kind", "detail")
    ]
    return found + [
        (pk, on, ORDER_AT_END[reason][1])
        for pk, on, reason in ended.values_list("child_id", "ended_on", "end_reason")
        if on and reason in ORDER_AT_END
    ]


def moved_twice_before(actor: Actor, authority: Authority, as_at: date) -> int:
    """Children with two moves in the twelve months that ended a year ago, counted as the tracker does."""
    children = _children(actor, authority)
    year = Q(started_on__gt=add_months(as_at, -24), started_on__lte=add_months(as_at, -12))
    began = defaultdict(set)
    periods = PeriodOfCare.current.filter(year, child__in=children)
    for pk, on in periods.values_list("child_id", "started_on"):
        began[pk].add(on)
    homes = Home.current.filter(year, child__in=children).exclude(place__startswith="T")
    moves = Counter(pk for pk, on in homes.values_list("child_id", "started_on") if on not in began[pk])
    return sum(number >= 2 for number in moves.values())


# ---- Since the last oversight meeting ----


@dataclass(frozen=True, slots=True)
class LastHeard:
    """The last oversight meeting: its day, and the moment from which a change is news to it."""

    on: date
    at: datetime


def last_oversight(
    actor: Actor, authority: Authority, series: Collection[str], as_at: date
) -> LastHeard | None:
    """From the meetings signed here; else from what the council's files say was held."""
    signed = Meeting.objects.filter(
        authority=authority, series__in=series, state=Meeting.SIGNED, on__lte=as_at
    )
    newest = signed.order_by("-on", "-pk").values_list("on", "signed_at").first()
    if newest and newest[1]:
        return LastHeard(newest[0], newest[1])
    held = MeetingHeld.current.filter(
        child__in=_children(actor, authority), kind=OVERSIGHT, held_on__lte=as_at
    )
    on = held.order_by("-held_on").values_list("held_on", flat=True).first()
    if on is None:
        return None
    return LastHeard(on, datetime.combine(on + DAY, time(), settings.NOW().tzinfo))


def changed_since(tracker: Tracker, authority: Authority, last: LastHeard) -> set[int]:
    """Children for whom a plan, status, home, route or decision began or was recorded after the meeting."""
    ours = {child.pk for child in tracker.children}
    news = Q(start__gt=last.on, start__lte=tracker.as_at) | Q(source="person", recorded_at__gt=last.at)
    found: set[int] = set()
    for model in _CHANGES:
        facts = model.current.filter(news, child__authority=authority).order_by()
        found |= ours.intersection(facts.values_list("child_id", flat=True))
    return found


def stuck(tracker: Tracker, last: LastHeard | None) -> list[TrackerChild]:
    """Something was overdue at the last oversight meeting and still is; without one, for four weeks."""
    before = last.on if last else tracker.as_at - timedelta(days=28)
    return [child for child in tracker.children if child.oldest_due and child.oldest_due < before]
