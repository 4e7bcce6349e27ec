"""From the day on which a return home was ruled out to the day on which another main plan was agreed."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import date

from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Authority, OptionAnswer, PermanencePlan


@dataclass(frozen=True, slots=True)
class Since:
    """A child whose return home is ruled out; `agreed_on` is None while no other main plan is agreed."""

    child: int
    ruled_out_on: date
    agreed_on: date | None

    def days(self, on: date) -> int:
        return max(0, ((self.agreed_on or on) - self.ruled_out_on).days)


@dataclass(frozen=True, slots=True)
class RuledOut:
    """Children on the tracker: those who wait, the longest first, and those for whom a plan was agreed."""

    waiting: list[Since]
    settled: list[Since]
    today: date

    @property
    def longest(self) -> int:
        return self.waiting[0].days(self.today) if self.waiting else 0

    @property
    def usual(self) -> int:
        """The days in the middle of those settled."""
        return round(statistics.median(each.days(self.today) for each in self.settled)) if self.settled else 0


def ruled_out(actor: Actor, authority: Authority, today: date) -> RuledOut:
    """Of the children whom the person sees, in two queries."""
    children = children_shown_to(actor, "core").filter(authority=authority, standing__in_scope=True)
    since: dict[int, date] = {}
    answers = OptionAnswer.current.filter(child__in=children, route="return_home", answered_on__lte=today)
    told = answers.order_by("answered_on", "pk").values_list("child_id", "answer", "answered_on")
    for child, answer, on in told:
        if answer == OptionAnswer.RULED_OUT:
            since.setdefault(child, on)
        else:
            since.pop(child, None)  # opened again
    agreed: dict[int, date] = {}
    plans = PermanencePlan.current.filter(child__in=list(since), position="main", agreed_on__lte=today)
    dated = plans.exclude(route="return_home").order_by("agreed_on")
    for child, on, ended in dated.values_list("child_id", "agreed_on", "ended_on"):
        if on is not None and (ended is None or ended > since[child]):
            agreed.setdefault(child, on)
    found = sorted(
        (Since(child, on, agreed.get(child)) for child, on in since.items()),
        key=lambda each: each.ruled_out_on,
    )
    waiting = [each for each in found if each.agreed_on is None]
    return RuledOut(waiting, [each for each in found if each.agreed_on is not None], today)
