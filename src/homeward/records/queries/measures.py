"""How each measure of policy/measures.toml is counted, with who is behind it.

One function a way of counting, by the name that the file gives it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from statistics import median

from django.db.models import Q

from homeward.domain.calendar import age
from homeward.domain.measures import Measure
from homeward.domain.quarters import Quarter
from homeward.records.models import Challenge, Decision, Review, Scrutiny
from homeward.records.queries.measures_held import Counted, Held, share
from homeward.records.queries.moves import moved_twice

EARLY_HOMES = ("U2", "U5")  # foster carers who are also approved adopters
FAMILY_HOMES = ("U1", "U2", "U3")
TOOK_PART = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6")


def counted(held: Held, measure: Measure) -> list[Counted]:
    """The measure in each quarter."""
    count = COUNTS[measure.counts]
    return [count(held, quarter, measure) for quarter in held.quarters]


def _usual(days: dict[int, int]) -> Counted:
    """The number of days that half of the children did not go over."""
    return Counted(round(median(days.values())) if days else None, frozenset(days))


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
    rows = Challenge.current.filter(open_then, child__in=held.watched, raised_on__lte=day)
    found = frozenset(rows.values_list("child_id", flat=True))
    return Counted(len(found), found)


def judged_timely(held: Held, quarter: Quarter, _: Measure) -> Counted:
    return _judged(held, quarter, "timely")


def judged_fitting(held: Held, quarter: Quarter, _: Measure) -> Counted:
    return _judged(held, quarter, "fits_needs")


def _judged(held: Held, quarter: Quarter, asked: str) -> Counted:
    """By the last judgement of the quarter; where it was not asked nothing is counted."""
    held_in = {"held_on__range": (quarter.first, held.day(quarter))}
    rows = Scrutiny.current.filter(child__in=held.watched, **held_in).exclude(**{asked: ""})
    last = dict(rows.order_by("held_on", "pk").values_list("child_id", asked))
    return share((pk for pk, answer in last.items() if answer == "yes"), last)


COUNTS: dict[str, Callable[[Held, Quarter, Measure], Counted]] = {
    each.__name__: each
    for each in (
        *(dates_kept, overdue, waiting, reached, time_to_permanence, early_homes, with_family),
        *(two_moves, took_part, views_in_decisions, judged_timely, judged_fitting, matters_not_settled),
    )
}
