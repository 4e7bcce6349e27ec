"""How each measure of policy/measures.toml is counted, for several quarters at once.

Everything is counted of the children whom the reader sees, from what is known now, and says which children
are behind it. What is held is read once: the number of queries grows with neither children nor quarters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from homeward.domain.calendar import age
from homeward.domain.measures import Measure
from homeward.domain.policy import Policy
from homeward.domain.quarters import Quarter
from homeward.records.access import Actor, children_shown_to
from homeward.records.fields import is_shown
from homeward.records.models import (
    Authority,
    Challenge,
    Child,
    Decision,
    Home,
    KeptDeadline,
    PeriodOfCare,
    Review,
    Scrutiny,
)
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.home.council import permanence_between
from homeward.records.queries.moves import moved_twice

EARLY_HOMES = ("U2", "U5")  # foster carers who are also approved adopters
FAMILY_HOMES = ("U1", "U2", "U3")
TOOK_PART = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6")
Pks = frozenset[int]
NOBODY: Pks = frozenset()


class Counted(NamedTuple):
    """A figure and who is behind it.

    `number` is of children, dates or days; `whole` is what it is a share of; `children` are behind the number
    and `rest` are the others of the whole.
    """

    number: int | None
    children: Pks = NOBODY
    whole: int | None = None
    rest: Pks = NOBODY

    @property
    def percent(self) -> int | None:
        """Whole; 0 and 100 only of none and all."""
        if not self.whole or self.number in (0, self.whole):
            return 100 * bool(self.number) if self.whole else None
        return min(99, max(1, round(100 * (self.number or 0) / self.whole)))


def share(children: Iterable[int], of: Iterable[int]) -> Counted:
    whole = frozenset(of)
    part = whole.intersection(children)
    return Counted(len(part), part, len(whole), whole - part)


def _usual(days: dict[int, int]) -> Counted:
    """The number of days that half of the children did not go over."""
    return Counted(round(median(days.values())) if days else None, frozenset(days))


class Due(NamedTuple):
    """A date that fell due; `standing` where it did not fall away by its day."""

    child: int
    rule: str
    due_on: date
    met_on: date | None
    ended_on: date | None

    @property
    def in_time(self) -> bool:
        return self.met_on is not None and self.met_on <= self.due_on

    def overdue_on(self, day: date) -> bool:
        return self.due_on < day and all(end is None or end > day for end in (self.met_on, self.ended_on))


@dataclass
class Held:
    """What is read of a council, once for all quarters (the oldest first)."""

    actor: Actor
    authority: Authority
    quarters: tuple[Quarter, ...]
    today: date
    aside: Collection[str] = frozenset()

    @cached_property
    def policy(self) -> Policy:
        return policy_of(self.authority)

    @cached_property
    def rules(self) -> set[str]:
        """Rules whose dates the reader is shown and that something recorded here can meet."""
        fields = self.actor.meaning.fields
        rules = (rule for rule in self.policy.rules if is_shown(rule, fields))
        return {rule.key for rule in rules if rule.key not in self.aside}

    @property
    def shown(self) -> QuerySet[Child]:
        return children_shown_to(self.actor, "core", "history").filter(authority=self.authority)

    @cached_property
    def born(self) -> dict[int, date | None]:
        return dict(self.shown.values_list("pk", "born_on"))

    def day(self, quarter: Quarter) -> date:
        return quarter.until(self.today)

    @property
    def last(self) -> date:
        return self.day(self.quarters[-1])

    @cached_property
    def periods(self) -> list[tuple[int, date | None, date | None]]:
        """Periods of care as (child, start, end) that lasted into the quarters."""
        lasted = Q(ended_on=None) | Q(ended_on__gte=self.quarters[0].first)
        found = PeriodOfCare.current.filter(lasted, child__in=self.shown)
        return list(found.values_list("child_id", "started_on", "ended_on"))

    def in_care(self, day: date) -> dict[int, date | None]:
        """Children in care on a day, and since when; the day of leaving care is not a day in care."""
        return {
            pk: start
            for pk, start, end in self.periods
            if (start is None or start <= day) and (end is None or day < end)
        }

    @cached_property
    def dates(self) -> list[Due]:
        """Every date that fell due in the quarters, and older ones that were still overdue in them."""
        first = self.quarters[0].first
        lasting = Q(met_on=None) | Q(met_on__gte=first)
        lasting &= Q(ended_on=None) | Q(ended_on__gte=first)
        stands = Q(ended_on=None) | Q(ended_on__gt=F("due_on")) | Q(met_on__isnull=False)
        rows = KeptDeadline.objects.filter(stands, child__in=self.shown, cannot_say="", due_on__lte=self.last)
        rows = rows.filter(Q(due_on__gte=first) | lasting)
        values = rows.values_list("child_id", "rule", "due_on", "met_on", "ended_on")
        return [
            Due(pk, rule, due_on, met_on, ended_on)
            for pk, rule, due_on, met_on, ended_on in values
            if due_on is not None and rule in self.rules
        ]

    def due_in(self, quarter: Quarter) -> list[Due]:
        day = self.day(quarter)
        return [each for each in self.dates if quarter.first <= each.due_on <= day]

    @cached_property
    def homes(self) -> list[tuple[int, str, date, date | None, list[list[str]]]]:
        lasted = Q(ended_on=None) | Q(ended_on__gte=self.quarters[0].first)
        recent = Q(started_on__gte=self.quarters[0].before(3).first)  # for the moves of a year
        found = Home.current.filter(lasted | recent, child__in=self.shown, started_on__lte=self.last)
        return list(found.values_list("child_id", "place", "started_on", "ended_on", "types"))

    @cached_property
    def reached(self) -> list[tuple[int, date, str]]:
        """(child, day, route) of every permanence up to the last day."""
        return permanence_between(self.shown, date.min, self.last)

    def reached_in(self, quarter: Quarter) -> dict[int, tuple[date, str]]:
        """Each child once, by the last of them."""
        day = self.day(quarter)
        found = sorted((on, pk, route) for pk, on, route in self.reached if quarter.first <= on <= day)
        return {pk: (on, route) for on, pk, route in found}

    def counted(self, measure: Measure) -> list[Counted]:
        """The measure in each quarter."""
        count = COUNTS[measure.counts]
        return [count(self, quarter, measure) for quarter in self.quarters]

    def is_kept(self, measure: Measure) -> bool:
        """Whether any of the dates that the measure looks at is kept here."""
        return not measure.rules or not self.rules.isdisjoint(measure.rules)


# ---- One function a way of counting, as policy/measures.toml names them ----


def dates_kept(held: Held, quarter: Quarter, measure: Measure) -> Counted:
    """Of the children with such a date in the quarter, those for whom every one was met in time."""
    kept: dict[int, bool] = {}
    for each in held.due_in(quarter):
        if each.rule in measure.rules:
            kept[each.child] = kept.get(each.child, True) and each.in_time
    return share((pk for pk, in_time in kept.items() if in_time), kept)


def overdue(held: Held, quarter: Quarter, _: Measure) -> Counted:
    day = held.day(quarter)
    late = {each.child for each in held.dates if each.overdue_on(day)}
    return share(late, held.in_care(day))


def waiting(held: Held, quarter: Quarter, _: Measure) -> Counted:
    """Children in care for whom permanence was not reached in this period of care."""
    day = held.day(quarter)
    newest: dict[int, date] = {}
    for pk, on, _route in held.reached:
        if on <= day:
            newest[pk] = max(on, newest.get(pk, on))
    days = {
        pk: (day - since).days
        for pk, since in held.in_care(day).items()
        if since and (pk not in newest or newest[pk] < since)
    }
    return _usual(days)


def reached(held: Held, quarter: Quarter, _: Measure) -> Counted:
    found = frozenset(held.reached_in(quarter))
    return Counted(len(found), found)


def time_to_permanence(held: Held, quarter: Quarter, _: Measure) -> Counted:
    """Days from the start of the period of care, where the record holds it."""
    began: dict[int, list[date]] = defaultdict(list)
    for pk, start, _end in held.periods:
        if start:
            began[pk].append(start)
    days = {}
    for pk, (on, _route) in held.reached_in(quarter).items():
        if before := [start for start in began[pk] if start <= on]:
            days[pk] = (on - max(before)).days
    return _usual(days)


def early_homes(held: Held, quarter: Quarter, _: Measure) -> Counted:
    day = held.day(quarter)
    moved = frozenset(
        pk
        for pk, place, start, _end, types in held.homes
        for on, code in _turns(place, start, types)
        if code in EARLY_HOMES and quarter.first <= on <= day
    )
    return Counted(len(moved), moved)


def with_family(held: Held, quarter: Quarter, _: Measure) -> Counted:
    day = held.day(quarter)
    living = set()
    for pk, place, start, end, types in held.homes:
        if start <= day and (end is None or day < end):
            code = [code for on, code in _turns(place, start, types) if on <= day][-1]
            if code in FAMILY_HOMES:
                living.add(pk)
    return share(living, held.in_care(day))


def _turns(place: str, start: date, types: list[list[str]]) -> list[tuple[date, str]]:
    """A home's kinds with the day from which each held."""
    return [(start, place), *((date.fromisoformat(on), code) for on, code in types)]


def two_moves(held: Held, quarter: Quarter, _: Measure) -> Counted:
    day = held.day(quarter)
    in_care = held.in_care(day)
    started = ((pk, place, start) for pk, place, start, *_ in held.homes)
    return share(moved_twice(started, in_care, day), in_care)


def took_part(held: Held, quarter: Quarter, _: Measure) -> Counted:
    """PN0 says that the child is under four; a review without a code is counted as not taken part."""
    if "voice" not in held.actor.meaning.fields:
        return Counted(None)
    held_in = {"held_on__range": (quarter.first, held.day(quarter))}
    rows = Review.current.filter(child__in=held.shown, **held_in).exclude(participation="PN0")
    every: dict[int, bool] = {}
    for pk, code, on in rows.values_list("child_id", "participation", "held_on"):
        born = held.born.get(pk)
        if born is None or age(born, on) >= 4:
            every[pk] = every.get(pk, True) and code in TOOK_PART
    return share((pk for pk, took in every.items() if took), every)


def views_in_decisions(held: Held, quarter: Quarter, _: Measure) -> Counted:
    if "voice" not in held.actor.meaning.fields:
        return Counted(None)
    made_in = {"decided_on__range": (quarter.first, held.day(quarter))}
    rows = Decision.current.filter(child__in=held.shown, **made_in)
    if "legal" not in held.actor.meaning.fields:
        rows = rows.exclude(kind="legal")
    every: dict[int, bool] = {}
    for pk, view in rows.values_list("child_id", "child_view"):
        every[pk] = every.get(pk, True) and bool(view.strip())
    return share((pk for pk, written in every.items() if written), every)


def matters_not_settled(held: Held, quarter: Quarter, _: Measure) -> Counted:
    day = held.day(quarter)
    open_then = Q(settled_on=None) | Q(settled_on__gt=day)
    rows = Challenge.current.filter(open_then, child__in=held.shown, raised_on__lte=day)
    found = frozenset(rows.values_list("child_id", flat=True))
    return Counted(len(found), found)


def judged_timely(held: Held, quarter: Quarter, _: Measure) -> Counted:
    return _judged(held, quarter, "timely")


def judged_fitting(held: Held, quarter: Quarter, _: Measure) -> Counted:
    return _judged(held, quarter, "fits_needs")


def _judged(held: Held, quarter: Quarter, asked: str) -> Counted:
    """By the last judgement of the quarter; where it was not asked nothing is counted."""
    held_in = {"held_on__range": (quarter.first, held.day(quarter))}
    rows = Scrutiny.current.filter(child__in=held.shown, **held_in).exclude(**{asked: ""})
    last = dict(rows.order_by("held_on", "pk").values_list("child_id", asked))
    return share((pk for pk, answer in last.items() if answer == "yes"), last)


COUNTS: dict[str, Callable[[Held, Quarter, Measure], Counted]] = {
    each.__name__: each
    for each in (
        *(dates_kept, overdue, waiting, reached, time_to_permanence, early_homes, with_family),
        *(two_moves, took_part, views_in_decisions, judged_timely, judged_fitting, matters_not_settled),
    )
}
