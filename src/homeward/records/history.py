"""The only place where facts become events: the history of one child, or of many in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from homeward.domain.events import Event, History
from homeward.records.models import (
    AdoptionDecision,
    AdoptionRecord,
    Child,
    DatedEvent,
    Fact,
    Home,
    LegalStatus,
    MeetingHeld,
    Minute,
    MissingEpisode,
    OptionAnswer,
    PeriodOfCare,
    PermanencePlan,
    Review,
    ReviewingOfficer,
    SocialWorkerSpell,
    Visit,
)

Events = list[Event]

# The end of care that secures permanence: the order's event and the route (EVENTS.md; never E4A).
ORDER_AT_END = {
    **dict.fromkeys(("E11", "E12"), ("adoption_order_made", "adoption")),
    "E41": ("child_arrangements_order_made", "child_arrangements"),
    **dict.fromkeys(
        ("E43", "E44", "E45", "E46", "E47", "E48"),
        ("special_guardianship_order_made", "special_guardianship"),
    ),
}
_STATUS_EVENTS = {
    "V2": ("section_20_started", "section_20_ended"),
    "V3": ("short_breaks_started", "short_breaks_ended"),
    "V4": ("short_breaks_started", "short_breaks_ended"),
    "C1": ("interim_care_order_made", "interim_care_order_ended"),
    "C2": ("care_order_made", "care_order_ended"),
    "E1": ("placement_order_made", "placement_order_revoked"),
    "L1": ("police_protection_taken", ""),
    "L2": ("emergency_protection_order_made", ""),
    "J1": ("remanded", ""),
}
_HOME_EVENTS = {
    **dict.fromkeys(("U1", "U2", "U3"), ("placed_with_connected_person",)),
    **dict.fromkeys(("A3", "A4", "A5", "A6"), ("placed_for_adoption",)),
    **dict.fromkeys(("K1", "K2", "R1", "S1"), ("residential_placement_started",)),
    "U5": ("early_permanence_placement_started",),
    "U2": ("placed_with_connected_person", "early_permanence_placement_started"),
}
_UNDER_AN_ORDER = frozenset({"C1", "C2", "D1", "E1"})
_BECAME = {
    "adoption": "adoption_became_the_plan",
    "long_term_fostering": "long_term_fostering_became_the_plan",
    "return_home": "return_home_became_the_plan",
    "special_guardianship": "special_guardianship_became_the_plan",
    "child_arrangements": "child_arrangements_became_the_plan",
    "residential": "residential_became_the_plan",
}
_ENDED = {
    "main": "main_plan_ended",
    "parallel": "parallel_plan_ended",
    "contingency": "contingency_plan_ended",
}


class Gathered:
    """What is read of one child before it becomes a History."""

    __slots__ = ("answered", "care_ends", "events", "homes", "statuses", "unknown")

    def __init__(self) -> None:
        self.events: Events = []
        self.unknown: list[tuple[date, date | None]] = []
        self.statuses: list[tuple[str, date, date | None]] = []
        self.homes: list[tuple[str, date, date | None]] = []
        self.care_ends: set[date] = set()
        self.answered: set[str] = set()


def _care(into: Gathered, started: date | None, known: date | None, ended: date | None, reason: str) -> None:
    add = into.events.append
    if started:
        add(Event(started, "became_looked_after"))
    elif known:
        into.unknown.append((known, ended))
    if not ended:
        return
    into.care_ends.add(ended)
    if reason in ORDER_AT_END:
        order, route = ORDER_AT_END[reason]
        add(Event(ended, order))
        add(Event(ended, "permanence_achieved", route))
    add(Event(ended, "ceased_looked_after", reason))


def _status(into: Gathered, code: str, started: date, known: bool, ended: date | None) -> None:
    if code not in ("V3", "V4"):
        into.statuses.append((code, started, ended))
    made, over = _STATUS_EVENTS.get(code, ("", ""))
    if made and known:
        into.events.append(Event(started, made))
    # A placement order that ends with care was overtaken by adoption or age. One that is followed by another
    # status in care was revoked, and the care order it had suspended revives (ACA 2002 s.29(1)).
    if over and ended and not (code == "E1" and ended in into.care_ends):
        into.events.append(Event(ended, over))


def _home(
    into: Gathered, place: str, started: date, known: bool, ended: date | None, types: list[list[str]]
) -> None:
    turns = [(started, place), *((date.fromisoformat(on), code) for on, code in types)]
    for (on, code), (until, _) in zip(turns, [*turns[1:], (ended, "")], strict=True):
        into.homes.append((code, on, until))
    if known:
        into.events.append(Event(started, "placement_started", place))
    before: tuple[str, ...] = ()
    for turn, (on, code) in enumerate(turns):
        if turn:
            into.events.append(Event(on, "placement_changed", code))
        kinds = _HOME_EVENTS.get(code, ())
        if turn or known:
            into.events.extend(Event(on, kind) for kind in kinds if kind not in before)
        before = kinds
    if ended:
        into.events.append(Event(ended, "placement_ended"))


def _at_home_under_an_order(gathered: Gathered) -> None:
    """Home under a care order or interim care order: from the later of the move and the order."""
    for place, moved, left in gathered.homes:
        if place == "P1":
            orders = [
                max(moved, made)
                for code, made, over in gathered.statuses
                if code in _UNDER_AN_ORDER
                and (over is None or over > moved)
                and (left is None or made < left)
            ]
            if orders:
                gathered.events.append(Event(min(orders), "placed_with_parents"))


def _plan(
    into: Gathered,
    position: str,
    route: str,
    recorded: date | None,
    agreed: date | None,
    confirmed: date | None,
    ended: date | None,
    outcome: str,
) -> None:
    add = into.events.append
    first = min((day for day in (recorded, agreed, confirmed) if day), default=None)
    if first is None:
        return
    if ended and outcome != "achieved":
        add(Event(ended, _ENDED[position], route))
    if position != "main":
        add(Event(first, f"{position}_plan_recorded", route))
        return
    for day, kind in ((recorded, "recorded"), (agreed, "agreed"), (confirmed, "confirmed")):
        if day:
            add(Event(day, f"permanence_plan_{kind}", route))
    if route in _BECAME:
        add(Event(agreed or first, _BECAME[route]))
    else:
        add(Event(agreed or first, "other_route_became_the_plan", route))


def _decision(into: Gathered, decided: date, reversed_on: date | None, reason: str) -> None:
    into.events.append(Event(decided, "adoption_decision_made"))
    if reversed_on:
        into.events.append(Event(reversed_on, "adoption_decision_reversed", reason))


def _match(into: Gathered, matched: date | None) -> None:
    if matched:
        into.events.append(Event(matched, "matched_with_adopters"))


def _missing(into: Gathered, started: date, ended: date | None) -> None:
    into.events.append(Event(started, "went_missing"))
    if ended:
        into.events.append(Event(ended, "found"))


def _dated(into: Gathered, kind: str, on: date, detail: str) -> None:
    into.events.append(Event(on, kind, detail))
    if kind == "long_term_match_agreed":
        into.events.append(Event(on, "permanence_achieved", "long_term_fostering"))


def _answer(into: Gathered, route: str, answer: str, on: date) -> None:
    """What is said of a route: ruling it out is an event of its own, and each answer is a consideration.

    Return home is looked at again with its second answer, or when it is ruled out: saying for the first time
    that it is the hope is not looking at it again.
    """
    ruled_out = answer == OptionAnswer.RULED_OUT
    if ruled_out:
        into.events.append(Event(on, "option_ruled_out", route))
    if route == "return_home" and (ruled_out or route in into.answered):
        into.events.append(Event(on, "return_home_reviewed"))
    if route == "special_guardianship":
        into.events.append(Event(on, "special_guardianship_considered"))
    into.answered.add(route)


def _minute(into: Gathered, on: date, child_says: str) -> None:
    """The meeting itself is a fact of its own; the minute gives what the child said there."""
    if child_says:
        into.events.append(Event(on, "child_views_recorded"))


def _at(kind: str) -> Callable[..., None]:
    def give(into: Gathered, on: date, detail: str = "") -> None:
        into.events.append(Event(on, kind, detail))

    return give


# Each model with the fields that its events are made of. PeriodOfCare comes first: statuses look at its ends.
GIVES: tuple[tuple[type[Fact], tuple[str, ...], Callable[..., None]], ...] = (
    (PeriodOfCare, ("started_on", "known_from", "ended_on", "end_reason"), _care),
    (LegalStatus, ("code", "started_on", "start_known", "ended_on"), _status),
    (Home, ("place", "started_on", "start_known", "ended_on", "types"), _home),
    (Review, ("held_on",), _at("review_held")),
    (Visit, ("on",), _at("child_visited")),
    (
        PermanencePlan,
        ("position", "route", "recorded_on", "agreed_on", "confirmed_on", "ended_on", "outcome"),
        _plan,
    ),
    (MeetingHeld, ("kind", "held_on"), lambda into, kind, on: into.events.append(Event(on, kind))),
    (AdoptionDecision, ("decided_on", "reversed_on", "reversal_reason"), _decision),
    (AdoptionRecord, ("matched_on",), _match),
    (MissingEpisode, ("started_on", "ended_on"), _missing),
    (SocialWorkerSpell, ("started_on", "worker"), _at("social_worker_changed")),
    (ReviewingOfficer, ("started_on",), _at("iro_appointed")),
    (DatedEvent, ("kind", "on", "detail"), _dated),
    (OptionAnswer, ("route", "answer", "answered_on"), _answer),
    (Minute, ("held_on", "child_says"), _minute),
)


def standing_at(model: type[Fact], known_at: datetime | None) -> QuerySet[Any]:
    """Facts of a model that stand now, or stood at a moment."""
    if known_at is None:
        return model.current.all()
    then = Q(superseded_at=None) | Q(superseded_at__gt=known_at)
    return model.objects.filter(then, recorded_at__lte=known_at, withdrawn=False)


def history_of(child: Child, known_at: datetime | None = None) -> History:
    """A child's history as it is known, or as it was known at a moment."""
    ((_, history),) = histories([child.pk], known_at)
    return history


def histories(
    children: QuerySet[Child] | Iterable[int], known_at: datetime | None = None
) -> Iterator[tuple[int, History]]:
    """(child's pk, History) for many children; as many queries as there are models, plus one."""
    wanted: Any
    if isinstance(children, QuerySet):
        own_rows, wanted = children, children.values("pk")
    else:  # by their numbers: one child's page asks fourteen times
        wanted = list(children)
        own_rows = Child.objects.filter(pk__in=wanted)
    people = list(own_rows.values_list("pk", "code", "born_on", "expected_on", "died_on"))
    gathered: dict[int, Gathered] = defaultdict(Gathered)
    for model, fields, give in GIVES:
        facts = standing_at(model, known_at).filter(child__in=wanted)
        for pk, *values in facts.order_by("pk").values_list("child_id", *fields):
            give(gathered[pk], *values)
    for pk, code, born, expected, died in people:
        own = gathered[pk]
        _at_home_under_an_order(own)
        for day, kind in ((born, "born"), (None if born else expected, "birth_expected"), (died, "died")):
            if day:
                own.events.append(Event(day, kind))
        yield pk, History(code, own.events, own.unknown, own.statuses, own.homes)
