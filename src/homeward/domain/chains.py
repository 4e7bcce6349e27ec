"""Timescales that repeat, each interval counted from what was last done: reviews, visits, midway checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from homeward.domain.calendar import DAY, add_months
from homeward.domain.conditions import ENDS, NO_CARE_START, home_left
from homeward.domain.deadline import Deadline
from homeward.domain.events import Event, Span
from homeward.domain.life import Life, earliest
from homeward.domain.policy import Rule

Step = Callable[
    [Event, int], tuple[date, tuple[str, ...]]
]  # (counted from, turn) -> due date, ids of the row


def intervals(
    found: list[Deadline], rule: Rule, start: Event, done: Sequence[Event], stop: date | None, step: Step
) -> None:
    """Each turn from `start`: met by the next of `done` (by date) until `stop`; the last is open or ended."""
    counted, turn = start, 0
    for event in done:
        on = event[0]
        if on < counted[0] or (turn and on == counted[0]):
            continue
        if stop is not None and on > stop:
            break
        if rule.in_force <= counted[0] < rule.until:
            due, ids = step(counted, turn)
            found.append(Deadline(rule, ids, counted, due, event, None))
        counted = event
        turn += 1
    if rule.in_force <= counted[0] < rule.until:
        due, ids = step(counted, turn)
        found.append(Deadline(rule, ids, counted, due, None, stop))


@cache
def plain(rule: Rule, skip: int = 0) -> Step:
    """The lengths of `within` one after the other from the `skip`-th, the last again and again."""
    last = len(rule.within) - 1
    after = [length.after for length in rule.within]
    ids = [(row,) for row in rule.ids] if last else [rule.ids]

    def step(counted: Event, turn: int) -> tuple[date, tuple[str, ...]]:
        turn += skip
        if turn > last:
            turn = last
        return after[turn](counted[0]), ids[turn] if turn < len(ids) else ids[-1]

    return step


def looked_after_reviews(found: list[Deadline], rule: Rule, life: Life) -> None:
    """Reg 33: stop at placement for adoption, resume when the child returns (CLOCK.md, agreement 21)."""
    reviews = life.all("review_held")
    for period in life.periods:
        if period[2]:
            _reviews_in(found, rule, life, period, life.came[period[0]], reviews, 0)
            continue
        held = [review for review in reviews if period.holds(review[0])]
        if held:
            _reviews_in(found, rule, life, period, held[0], held[1:], 2)
        else:
            found.append(cannot_say_start(rule, life, period))


def _reviews_in(
    found: list[Deadline],
    rule: Rule,
    life: Life,
    period: Span,
    start: Event,
    reviews: Sequence[Event],
    skip: int,
) -> None:
    end = earliest(period[1], life.died)
    if "placed_for_adoption" not in life.found:
        intervals(found, rule, start, reviews, end, plain(rule, skip))
        return
    placed = [s for s in life.adoptive_spans if period.holds(s[0]) and s[0] >= start.on]
    intervals(found, rule, start, reviews, earliest(placed[0][0] if placed else None, end), plain(rule, skip))
    for here, (_, back) in enumerate(placed):
        if back is None or (end is not None and back >= end):
            continue
        held = life.last(("review_held", "adoption_review_held"), period.start, back)
        again = placed[here + 1][0] if here + 1 < len(placed) else None
        counted = held or Event(back, "placement_started")
        later = [r for r in reviews if r.on > max(counted.on, back - DAY)]
        intervals(found, rule, counted, later, earliest(again, end), plain(rule, 2))


def visits(found: list[Deadline], rule: Rule, life: Life) -> None:
    """Reg 28: a chain for every home but an adoptive one (CLOCK.md, agreement 22)."""
    seen = None
    adoptive = "placed_for_adoption" in life.found
    made = life.all("child_visited")
    for home in life.all("placement_started"):
        if home[2][:1] == "A" or home[0] == seen or (adoptive and life.in_adoptive_span(home[0])):
            continue
        seen = home[0]
        intervals(found, rule, home, made, _visits_stop(life, home), _visit_step(life, home))


def visit_due(life: Life, on: date) -> date | None:
    """When the next visit is due after one made on a day; None without a home, or with adopters."""
    homes = life.of(("placement_started",))
    if not homes or homes[-1][2][:1] == "A" or life.in_adoptive_span(on):
        return None
    return _visit_step(life, homes[-1])(Event(on, "child_visited"), 1)[0]


def _visits_stop(life: Life, home: Event) -> date | None:
    stop = earliest(home_left(life, home), life.care_end(home[0]), life.died)
    placed = life.first(("placed_for_adoption",), home[0], stop)
    return placed[0] if placed else stop


_VISITS = {row: timedelta(days=n) for row, n in {"V2": 42, "V4": 42, "V6": 42, "V7": 28, "V8": 42}.items()}
_ROW = {row: (row,) for row in ("V1", "V2", "V3", "V4", "V6", "V7", "V8")}
_WEEK = timedelta(days=7)
_SPECIAL = frozenset(
    {"temporary_approval_given", "placed_with_parents", "long_term_match_agreed", "placement_changed"}
)


def _visit_step(life: Life, home: Event) -> Step:
    simple = home[2] not in ("U1", "U4") and _SPECIAL.isdisjoint(life.found)

    def step(counted: Event, turn: int) -> tuple[date, tuple[str, ...]]:
        on = counted[0]
        if turn == 0:
            return on + _WEEK, _ROW["V1"]
        row = "" if simple else _special_visit(life, home, on)
        if not row:
            row = "V2" if on < add_months(home[0], 12) else "V4"
            if not simple and row == "V4" and _meant_to_last(life, home, on):
                return add_months(on, 3), _ROW["V3"]
        weekly = row in ("V6", "V7") and life.first(("review_held",), home.on, on) is None
        return on + (_WEEK if weekly else _VISITS[row]), _ROW[row]

    return step


def _special_visit(life: Life, home: Event, on: date) -> str:
    """V7 reg 24 or interim order at home, V6 reg 19 (not yet approved), V8 care order at home."""
    at_home = life.first(("placed_with_parents",), home.on, on)
    approval = life.last(("temporary_approval_given",), date.min, on)
    if approval and not life.first(
        ("connected_person_approved", "temporary_approval_ended"), approval.on, on
    ):
        return "V7"
    if not at_home:
        return ""
    if _in_force(life, "interim_care_order", on):
        return "V7"
    approved = life.last(("placement_with_parents_approved",), date.min, at_home.on)
    if approved is None:
        return "V6"
    return "V8" if _in_force(life, "care_order", on) else ""


def _in_force(life: Life, order: str, on: date) -> bool:
    made = life.last((f"{order}_made",), date.min, on)
    return made is not None and life.first((f"{order}_ended",), made.on, on) is None


def _meant_to_last(life: Life, home: Event, on: date) -> bool:
    """The placement is meant to last to 18: a long-term foster code, or a match under reg 22B."""
    changed = life.last(("placement_changed",), home.on, on)
    code = changed.detail if changed else home.detail
    return code in ("U1", "U4") or life.first(("long_term_match_agreed",), home.on, on) is not None


def midway_reviews(found: list[Deadline], rule: Rule, life: Life) -> None:
    """Half-way between a review held and the next one due (CLOCK.md, agreements 20 and 21)."""
    for period in life.periods:
        held = list({r[0]: r for r in life.all("review_held") if period.holds(r[0])}.values())
        for turn, review in enumerate(held):
            if _while_adoptive(life, period, review.on):
                continue
            back = any(period.start <= start < review.on for start, _ in life.adoptive_spans)
            first = turn == 0 and period.start_known and not back
            whole = (add_months(review.on, 3 if first else 6) - review.on).days
            following = held[turn + 1].on if turn + 1 < len(held) else None
            placed = life.first(("placed_for_adoption",), review.on)
            stop = earliest(following, placed.on if placed else None, period.end, life.died)
            met = life.first(rule.met_by, review.on, stop)
            due = review.on + timedelta(days=whole // 2)
            found.append(Deadline(rule, rule.ids, review, due, met, None if met else stop))


def _while_adoptive(life: Life, period: Span, on: date) -> bool:
    """Placed for adoption before the day, and not yet back (leaving care is no return)."""
    return any(
        start < on and (back is None or on < back or back == period.end)
        for start, back in life.adoptive_spans
    )


def core_meetings(found: list[Deadline], rule: Rule, life: Life) -> None:
    """Every N until permanence, once in each involvement (CLOCK.md, agreement 14)."""
    for span in life.involvements:
        start = first_start(life, rule, span)
        unknown = unknown_start(life, rule, span) if start is None else None
        if unknown:
            start = life.first(rule.met_by, unknown.start, span[1])
            if start is None:
                found.append(cannot_say_start(rule, life, span))
        if start is None:
            continue
        achieved = life.first(rule.ends, start[0], span[1])
        stop = earliest(achieved[0] if achieved else None, span[1], life.died)
        intervals(found, rule, start, _after(start, life.of(rule.met_by), rule), stop, plain(rule))


def _after(start: Event, held: Sequence[Event], rule: Rule) -> Sequence[Event]:
    """Where the meeting itself starts the clock, the next one is a later day's."""
    return [m for m in held if m.on > start.on] if start.kind in rule.met_by else held


def first_start(life: Life, rule: Rule, span: Span) -> Event | None:
    """The earliest start in an involvement; coming into care on its last day belongs to the next."""
    shared = span[1] is not None and any(s[0] == span[1] and s != span for s in life.involvements)
    if not shared and not rule.details:
        return life.first(rule.starts, span[0], span[1])
    best = None
    for kind in rule.starts:
        for event in life.all(kind):
            if (best is not None and event[0] >= best[0]) or not span.holds(event[0]):
                continue
            if rule.details and not _has_detail(event, rule):
                continue
            if not (shared and event[0] == span[1] and kind == "became_looked_after"):
                best = event
    return best


def unknown_start(life: Life, rule: Rule, span: Span) -> Span | None:
    """The period of care in an involvement whose start a rule needs and no return holds."""
    if not life.unknown_starts or "became_looked_after" not in rule.starts:
        return None
    return next((p for p in life.periods if not p.start_known and span.holds(p.start)), None)


def cannot_say_start(rule: Rule, life: Life, span: Span) -> Deadline:
    return Deadline(rule, rule.ids[:1], None, None, None, earliest(span[1], life.died), NO_CARE_START)


def _has_detail(event: Event, rule: Rule) -> bool:
    return event.kind not in ("placement_started", "placement_changed") or event.detail in rule.details


def adoption_reviews(found: list[Deadline], rule: Rule, life: Life) -> None:
    """AAR reg 36: from authority to place or from placement, until placed, ordered, moved or out of care."""
    free_from = date.min
    for start in life.of(rule.starts):
        if start.on < free_from:
            continue
        ended = life.first(rule.ends, start.on)
        left = ENDS[rule.ends_when](life, start) if rule.ends_when else None
        stop = earliest(ended.on if ended else None, left, life.care_end(start.on), life.died)
        intervals(found, rule, start, life.of(rule.met_by), stop, plain(rule))
        if stop is None:
            return
        free_from = stop if stop > start.on else start.on + DAY


def foster_homes(found: list[Deadline], rule: Rule, life: Life) -> None:
    """One turn for each foster home from its first day (CLOCK.md, agreement 18)."""
    for start, left in _foster_homes(life):
        achieved = life.first(rule.ends, start[0])
        stop = earliest(left, achieved[0] if achieved else None, life.care_end(start[0]), life.died)
        met = life.first(rule.met_by, start[0], stop)
        due = rule.within[0].after(start[0])
        found.append(Deadline(rule, rule.ids, start, due, met, None if met else stop))


_HOME_ORDER = {"placement_ended": 0, "placement_started": 1, "placement_changed": 2}


def _foster_homes(life: Life) -> Iterator[tuple[Event, date | None]]:
    home: Event | None = None
    for event in sorted(life.of(tuple(_HOME_ORDER)), key=lambda e: (e[0], _HOME_ORDER[e[1]])):
        fostered = event[2][:1] == "U" and event[1] != "placement_ended"
        if home and (event[1] != "placement_changed" or not fostered):
            yield home, event[0]
            home = None
        if fostered and home is None:
            home = event
    if home:
        yield home, None


CHAINS: dict[str, Callable[[list[Deadline], Rule, Life], None]] = {
    "looked_after_reviews": looked_after_reviews,
    "visits": visits,
    "midway_reviews": midway_reviews,
    "core_meetings": core_meetings,
    "adoption_reviews": adoption_reviews,
    "foster_homes": foster_homes,
}
