"""Child-days of delay in a person's reach: by cause and month, by rule, by role; and who is behind a figure.

Causes are counted and never workers. The number of queries does not grow with the children.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet

from homeward.domain import delay
from homeward.domain.calendar import DAY, add_months
from homeward.domain.delay import CAUSES, NONE, Piece, Span, Stands
from homeward.domain.policy import OWNERS, Policy
from homeward.records.access import Actor, children_shown_to
from homeward.records.fields import is_shown
from homeward.records.models import Authority, Child, Delay, KeptDeadline
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.delay_page import MONTHS, last_year


@dataclass(slots=True)
class Held:
    """A child with the days, of the last twelve months, on which something was overdue."""

    child: int
    late: list[tuple[str, Span]] = field(default_factory=list)  # a rule's key and its overdue days
    causes: list[Stands] = field(default_factory=list)
    open: dict[str, date] = field(default_factory=dict)  # a rule overdue now -> the day it was due

    def pieces(self, rules: Collection[str] | None = None) -> list[Piece]:
        """Every overdue day with its cause; of some rules, or of all."""
        spans = (span for rule, span in self.late if rules is None or rule in rules)
        return delay.by_cause(spans, self.causes)

    @property
    def overdue_since(self) -> date | None:
        return min(self.open.values(), default=None)

    def cause_on(self, day: date) -> str:
        return delay.by_cause([Span(day, day)], self.causes)[0].cause


@dataclass(frozen=True, slots=True)
class Figure:
    """Child-days and the number of children behind them; `months` where they are shown over time."""

    key: str
    words: str
    days: int
    children: int
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The figure whose children are asked for: of now, or days of a cause, month, rule or role."""

    now: bool = False
    cause: str = ""
    month: str = ""
    rule: str = ""
    owner: str = ""


@dataclass(slots=True)
class Ledger:
    held: list[Held]
    policy: Policy
    year: Span
    in_scope: frozenset[int]

    @property
    def months(self) -> list[Span]:
        first = [add_months(self.year.first, n) for n in range(MONTHS)]
        return [Span(day, min(add_months(day, 1) - DAY, self.year.last)) for day in first]

    def by_cause(self) -> list[Figure]:
        """The causes that any day belongs to, most days first; the days without one come last."""
        days: dict[str, list[int]] = defaultdict(lambda: [0] * MONTHS)
        children: dict[str, set[int]] = defaultdict(set)
        months = self.months
        for held in self.held:
            for cause, span in held.pieces():
                children[cause].add(held.child)
                for at in range(self._month(span.first), self._month(span.last) + 1):
                    first, last = months[at]
                    days[cause][at] += (min(span.last, last) - max(span.first, first)).days + 1
        figures = [
            Figure(cause, delay.cause_words(cause), sum(own), len(children[cause]), tuple(own))
            for cause, own in days.items()
        ]
        return sorted(figures, key=lambda figure: (figure.key == NONE, -figure.days))

    def _month(self, day: date) -> int:
        """The place of a day's month among the twelve."""
        return (day.year - self.year.first.year) * 12 + day.month - self.year.first.month

    def by_rule(self) -> list[Figure]:
        """Days on which each rule was overdue; a day of two rules counts for both."""
        titles = {rule.key: rule.title for rule in self.policy.rules}
        return self._grouped({key: key for key in titles}, titles)

    def by_owner(self) -> list[Figure]:
        """By the role that sees to the date; a day of two roles counts for both."""
        owners = {rule.key: rule.owner for rule in self.policy.rules}
        return self._grouped(owners, {key: words.capitalize() for key, words in OWNERS.items()})

    def _grouped(self, group_of: Mapping[str, str], titles: Mapping[str, str]) -> list[Figure]:
        days, children = Counter[str](), Counter[str]()
        for held in self.held:
            groups: dict[str, list[Span]] = defaultdict(list)
            for rule, span in held.late:
                groups[group_of[rule]].append(span)
            for key, spans in groups.items():
                days[key] += sum(span.days for span in delay.together(spans))
                children[key] += 1
        return [Figure(key, titles[key], number, children[key]) for key, number in days.most_common()]

    def now(self) -> list[Figure]:
        """Children of the tracker with something overdue today, by what holds them up."""
        numbers: dict[str, int] = defaultdict(int)
        for held in self._overdue_now():
            numbers[held.cause_on(self.year.last)] += 1
        figures = [Figure(key, delay.cause_words(key), 0, number) for key, number in numbers.items()]
        return sorted(figures, key=lambda figure: (figure.key == NONE, -figure.children))

    def _overdue_now(self) -> list[Held]:
        return [held for held in self.held if held.open and held.child in self.in_scope]

    def behind(self, asked: Asked) -> list[tuple[Held, int]]:
        """The children behind a figure with their days, most first; of now, the longest wait first."""
        if asked.now:
            today = self.year.last
            found = [h for h in self._overdue_now() if not asked.cause or h.cause_on(today) == asked.cause]
            waits = [(held, (today - (held.overdue_since or today)).days) for held in found]
            return sorted(waits, key=lambda each: -each[1])
        counted = ((held, self._days(held, asked)) for held in self.held)
        return sorted(((held, days) for held, days in counted if days), key=lambda each: -each[1])

    def _days(self, held: Held, asked: Asked) -> int:
        rules = None
        if asked.rule:
            rules = {asked.rule}
        elif asked.owner:
            rules = {rule.key for rule in self.policy.rules if rule.owner == asked.owner}
        month = next((m for m in self.months if f"{m.first:%Y-%m}" == asked.month), self.year)
        mine = (p.span for p in held.pieces(rules) if not asked.cause or p.cause == asked.cause)
        return sum(part.days for part in delay.within(mine, month))


def ledger(
    actor: Actor, authority: Authority, today: date, aside: Collection[str], year: Span | None = None
) -> Ledger:
    """Of the children whom the person sees, in four queries; `aside` are rules left out of every count.

    `year` are other days than the last twelve months to count over; they end with `today`.
    """
    policy = policy_of(authority)
    shown = {
        rule.key: rule.owner
        for rule in policy.rules
        if rule.key not in aside and is_shown(rule, actor.meaning.fields)
    }
    children = children_shown_to(actor, "core").filter(authority=authority)
    year = year or last_year(today)
    held: dict[int, Held] = {}
    for pk, rule, due_on, met_on, ended_on in _late(children, year):
        span = delay.overdue(due_on, met_on, ended_on, today)
        if rule not in shown or due_on is None or span is None:
            continue
        own = held.setdefault(pk, Held(pk))
        own.late += [(rule, part) for part in delay.within([span], year)]
        if met_on is None and ended_on is None:
            own.open[rule] = min(due_on, own.open.get(rule, due_on))
    told = Delay.current.filter(child__in=children, from_on__lte=today).order_by("from_on", "pk")
    for pk, *cause in told.values_list("child_id", "cause", "from_on", "until_on"):
        if pk in held:
            held[pk].causes.append(Stands(*cause))
    in_scope = children.filter(standing__in_scope=True).values_list("pk", flat=True)
    return Ledger(list(held.values()), policy, year, frozenset(in_scope))


def _late(
    children: QuerySet[Child], year: Span
) -> Iterable[tuple[int, str, date | None, date | None, date | None]]:
    """Dates overdue on some day of the year: not met nor fallen away by their day, nor before the year."""
    late = Q()
    for end in ("met_on", "ended_on"):
        late &= Q(**{end: None}) | Q(**{f"{end}__gt": F("due_on"), f"{end}__gte": year.first})
    rows = KeptDeadline.objects.filter(late, child__in=children, due_on__lt=year.last, cannot_say="")
    return rows.values_list("child_id", "rule", "due_on", "met_on", "ended_on")


def children_of(actor: Actor, authority: Authority, pks: Iterable[int]) -> dict[int, Child]:
    """Those of one page, through the door."""
    found = children_shown_to(actor, "core").filter(authority=authority, pk__in=list(pks))
    return {child.pk: child for child in found.select_related("standing")}


def cause_choices() -> list[tuple[str, str]]:
    return [*CAUSES.items(), (NONE, delay.NOT_SAID)]
