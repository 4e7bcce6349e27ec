"""What a rule means for one child: the deadlines that a policy gives a history, as at a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from homeward.domain.calendar import DAY, add_months
from homeward.domain.chains import CHAINS, cannot_say_start, first_start, unknown_start
from homeward.domain.conditions import CONDITIONS, COUNTS, DUE_DATES, ENDS, NO_CARE_START, NO_DATE_OF_BIRTH
from homeward.domain.deadline import STATUSES, Deadline, open_status
from homeward.domain.events import Event, History, Span
from homeward.domain.life import ALWAYS, Life, earliest
from homeward.domain.policy import Policy, Rule

__all__ = ["STATUSES", "Deadline", "judge", "open_status", "weeks"]

Shape = Callable[[list[Deadline], Rule, Life], None]


def judge(policy: Policy, history: History, as_at: date) -> list[Deadline]:
    """Every deadline that the policy gives this history on a day, rule by rule, each rule's by date."""
    life = Life(history, as_at)
    kinds = frozenset(life.found)
    if life.unknown_starts:
        kinds |= {"became_looked_after"}
    found: list[Deadline] = []
    for rule, judged_by in _rules_for(policy, kinds):
        judged_by(found, rule, life)
    return found


@lru_cache(maxsize=20_000)
def _rules_for(policy: Policy, kinds: frozenset[str]) -> list[tuple[Rule, Shape]]:
    """The rules that events of these kinds can start, in the policy's order."""
    places = {place for kind in kinds for place in policy.by_kind.get(kind, ())}
    return [(policy.rules[place], _shape(policy.rules[place])) for place in sorted(places)]


def _shape(rule: Rule) -> Shape:
    if rule.chain:
        return CHAINS[rule.chain]
    if rule.before:
        return _before
    if rule.counts:
        return _counts
    if rule.per == "period":
        return _each_period if _has_own_terms(rule) else _each_plain_period
    return _each_involvement if rule.per == "involvement" else _each_start


def _has_own_terms(rule: Rule) -> bool:
    """Whether more is asked of a rule about a period of care than its start, its length and its ends."""
    terms = (
        rule.from_age,
        rule.due,
        rule.when,
        rule.ends_when,
        rule.extended_by,
        rule.met_limit,
    )
    return any(terms) or rule.starts != ("became_looked_after",) or not rule.ends_at_death


def _each_plain_period(found: list[Deadline], rule: Rule, life: Life) -> None:
    """The most common rule, said shortly: so long from coming into care, until care or the rule's ends."""
    length = rule.within[0].after if rule.within else None
    for start, end, known in life.periods:
        if not rule.in_force <= start < rule.until:
            continue
        if rule.ends:
            event = life.first(rule.ends, start, end)
            end = event[0] if event else end
        if life.died:
            end = earliest(end, life.died)
        if not known:
            found.append(Deadline(rule, rule.ids, None, None, None, end, NO_CARE_START))
            continue
        came = life.came[start]
        met = _met(rule, life, came, end) if rule.earlier else life.first(rule.met_by, start, end)
        due = length(start) if length else None
        found.append(Deadline(rule, rule.ids, came, due, met, None if met else end))


def _each_period(found: list[Deadline], rule: Rule, life: Life) -> None:
    for period in life.periods:
        start = _start_in(rule, life, period)
        if start is None:
            continue
        if isinstance(start, str):
            if not rule.in_force <= period[0] < rule.until:
                continue
            counted = life.came[period[0]] if period[2] else None
            ended = earliest(period[1], life.died)
            found.append(Deadline(rule, rule.ids, counted, None, None, ended, start))
        else:
            _settle(found, rule, life, start, period)


def _start_in(rule: Rule, life: Life, period: Span) -> Event | str | None:
    """What starts the rule in a period of care; a sentence when the fact is missing; None if nothing does."""
    if rule.from_age:
        return _birthday_in(rule, life, period)
    if not period[2]:
        return NO_CARE_START
    if rule.starts[0] == "became_looked_after":
        return life.came[period[0]]
    first = life.first(rule.starts, period[0], period[1])
    # What happens on a day that ends one period and begins another belongs to the other.
    return first if first and (first[0] != period[1] or life.period_on(first[0]) == period) else None


def _birthday_in(rule: Rule, life: Life, period: Span) -> Event | str | None:
    """The later of the birthday and coming into care (CLOCK.md, agreements 16 and 26)."""
    if life.born and life.born.year + rule.from_age > life.as_at.year:
        return None
    birthday = life.birthday(rule.from_age)
    if birthday is None:
        return NO_DATE_OF_BIRTH
    if birthday > life.as_at or (period.end is not None and birthday >= period.end):
        return None
    if life.died is not None and birthday > life.died:
        return None
    grown = life.birthday(18)
    if grown is not None and period.start >= grown:
        return None
    if birthday > period.start:
        return Event(birthday, "born")
    return life.came[period.start] if period.start_known else NO_CARE_START


def _each_involvement(found: list[Deadline], rule: Rule, life: Life) -> None:
    for span in life.involvements:
        start = first_start(life, rule, span)
        if start is not None:
            _settle(found, rule, life, start, span)
        elif unknown_start(life, rule, span):
            found.append(cannot_say_start(rule, life, span))


def _each_start(found: list[Deadline], rule: Rule, life: Life) -> None:
    """A start while one is open starts nothing, unless the rule is judged for every start (agreement 2)."""
    free_from = date.min
    seen = None
    for start in life.of(rule.starts):
        on = start[0]
        if on == seen or (on < free_from and rule.per == "start"):
            continue
        deadline = _settle(found, rule, life, start, ALWAYS)
        if deadline:
            closed = deadline.met_on or deadline.ended_on
            free_from = max(closed, on) if closed else date.max
            seen = on


def _settle(found: list[Deadline], rule: Rule, life: Life, start: Event, span: Span) -> Deadline | None:
    """The deadline that a start gives: due, and met or ended, whichever came first (agreement 4)."""
    if not rule.in_force <= start[0] < rule.until:
        return None
    applies = CONDITIONS[rule.when](life, rule, start) if rule.when else True
    if applies is False:
        return None
    ended_on = _ended_on(rule, life, start, span)
    answer = _due(rule, life, start, ended_on) if applies is True else applies
    ids = _ids(rule, life, start) if rule.extended_to else rule.ids
    if isinstance(answer, str):
        deadline = Deadline(rule, ids, start, None, None, ended_on, answer)
    else:
        limit = earliest(ended_on, answer) if rule.met_limit else ended_on
        met = _met(rule, life, start, limit) if rule.earlier else life.first(rule.met_by, start[0], limit)
        deadline = Deadline(rule, ids, start, answer, met, None if met else ended_on)
    found.append(deadline)
    return deadline


def _due(rule: Rule, life: Life, start: Event, ended_on: date | None) -> date | str | None:
    if rule.due:
        return DUE_DATES[rule.due](life, start, ended_on)
    if not rule.within:
        return None
    due = rule.within[0].after(start[0])
    if rule.extended_by and rule.extended_by in life.found:
        if rule.extended_to:
            return rule.extended_to.after(start[0]) if _extended(rule, life, start) else due
        done = life.first(rule.met_by, start[0])
        until = done.on if done else date.max
        granted = [e for e in life.all(rule.extended_by) if start[0] <= e.on <= until]
        due += DAY * 7 * sum(weeks(e.detail) for e in granted)
    return due


def _extended(rule: Rule, life: Life, start: Event) -> bool:
    """An extension given by the last day of the first length (CLOCK.md, agreement 9)."""
    return life.first((rule.extended_by,), start[0], rule.within[0].after(start[0])) is not None


def weeks(detail: str) -> int:
    """Weeks of a court extension, written `8` or `8 weeks`; raises ValueError otherwise."""
    return int(detail.lower().removesuffix("weeks").removesuffix("week").strip())


def _ids(rule: Rule, life: Life, start: Event) -> tuple[str, ...]:
    """The row's own id: F1 for the first length, F2 once it is extended."""
    return rule.ids[1:] if _extended(rule, life, start) else rule.ids[:1]


def _ended_on(rule: Rule, life: Life, start: Event, span: Span) -> date | None:
    on = start[0]
    ended = span[1]
    if rule.ends:
        event = life.first(rule.ends, on, ended)
        if event:
            ended = event[0]
    if rule.in_care and rule.per != "period":
        left = life.care_end(on)
        if left is not None and (ended is None or left < ended):
            ended = left
    if rule.ends_when:
        ended = earliest(ended, ENDS[rule.ends_when](life, start))
    if life.died and rule.ends_at_death:
        ended = earliest(ended, life.died)
    return ended


def _met(rule: Rule, life: Life, start: Event, limit: date | None) -> Event | None:
    """What was done shortly before the start, or else from it on."""
    if life.found.keys().isdisjoint(rule.met_by):
        return None
    done = life.last(rule.met_by, _earlier_from(rule, life, start), start[0])
    return done or life.first(rule.met_by, start[0], limit)


def _earlier_from(rule: Rule, life: Life, start: Event) -> date:
    """From when something done before the start still counts (CLOCK.md, agreement 7)."""
    if rule.earlier == "ever":
        return date.min
    if rule.earlier == "involvement":
        return life.involvement_on(start[0]).start
    return add_months(start[0], -int(rule.earlier.split()[0]))


def _before(found: list[Deadline], rule: Rule, life: Life) -> None:
    """One row from the first such step of an involvement (CLOCK.md, agreement 6)."""
    for span in life.involvements:
        step = life.first(rule.before, span[0], span[1])
        if step is None or not rule.in_force <= step.on < rule.until:
            continue
        limit = earliest(span[1], life.died)
        met = life.first(rule.met_by, span[0], limit)
        found.append(Deadline(rule, rule.ids, step, step.on, met, None if met else limit))


def _counts(found: list[Deadline], rule: Rule, life: Life) -> None:
    for period in life.periods:
        event = COUNTS[rule.counts](life, period)
        if event is not None and rule.in_force <= event.on < rule.until:
            found.append(Deadline(rule, rule.ids, event, None, None, earliest(period.end, life.died)))
