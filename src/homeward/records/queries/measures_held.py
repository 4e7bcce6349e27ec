"""What measures are counted from: everything that is held of a council, read once for several quarters.

It is held of the children whom the reader sees, as it is known now. The number of queries grows with neither
children nor quarters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from homeward.domain.measures import Measure
from homeward.domain.policy import Policy
from homeward.domain.quarters import Quarter, quarter_of
from homeward.records.access import Actor, children_shown_to
from homeward.records.fields import is_shown
from homeward.records.models import Authority, Child, Home, KeptDeadline, PeriodOfCare
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.home.council import permanence_between

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


# Measures counted of what reviewing officers judge and raise, by the name of their way of counting.
OF_THE_WORK = frozenset(("judged_timely", "judged_fitting", "matters_not_settled"))


class Due(NamedTuple):
    """A date that fell due and had not fallen away by its day."""

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

    @property
    def watched(self) -> QuerySet[Child]:
        """Of whom the reader is shown how the council watches its own work."""
        shown = children_shown_to(self.actor, "core", "history", "work")
        return shown.filter(authority=self.authority)

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

    @cached_property
    def _due(self) -> dict[Quarter, list[Due]]:
        found: dict[Quarter, list[Due]] = defaultdict(list)
        for each in self.dates:
            found[quarter_of(each.due_on)].append(each)
        return found

    def due_in(self, quarter: Quarter) -> list[Due]:
        return self._due.get(quarter, [])

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

    def is_kept(self, measure: Measure) -> bool:
        """Whether the reader is shown what it counts, and any date that it looks at is kept here."""
        if measure.counts in OF_THE_WORK and "work" not in self.actor.meaning.fields:
            return False
        return not measure.rules or not self.rules.isdisjoint(measure.rules)
