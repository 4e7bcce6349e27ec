"""A child's record as its pages need it: where the child stands, what happened, every date, every fact."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from homeward.domain import codes
from homeward.domain.events import Event
from homeward.domain.policy import load
from homeward.domain.standing import ROUTE_WORDS, Standing, standing
from homeward.domain.timescales import judge
from homeward.domain.wording import day_words
from homeward.records.access import children_visible_to
from homeward.records.history import history_of
from homeward.records.models import (
    Child,
    Home,
    LegalStatus,
    PermanencePlan,
    Person,
    SocialWorkerSpell,
)
from homeward.records.queries.said import OPEN, Said, beside_the_law, said

VERSIONS = 5  # earlier states of the record that a date is compared with


class Stretch(NamedTuple):
    """A run of days with a code."""

    code: str
    start: date
    end: date | None


@dataclass(slots=True)
class ChildPage:
    """A child's record read as at a day."""

    child: Child
    as_at: date
    events: list[Event]
    standing: Standing
    dates: list[Said]
    statuses: list[Stretch] = field(default_factory=list)
    homes: list[Stretch] = field(default_factory=list)
    plans: list[PermanencePlan] = field(default_factory=list)
    worker: str = ""

    @property
    def name(self) -> str:
        return self.child.name

    @property
    def initial(self) -> str:
        return self.child.called[:1].upper() if self.child.called else "–"

    @property
    def code(self) -> str:
        return self.child.code

    @property
    def born_on(self) -> date | None:
        return self.child.born_on

    @property
    def expected_on(self) -> date | None:
        return self.child.expected_on

    def plan(self, position: str) -> PermanencePlan | None:
        """The plan that stands on the day; an undated one of the case system when there is no other."""
        mine = [plan for plan in self.plans if plan.position == position and not _over(plan, self.as_at)]
        return max(mine, key=lambda plan: _began(plan) or date.min, default=None)

    def plans_of(self, position: str) -> list[Stretch]:
        """Plans over time, each until it ended or the next began."""
        dated = [p for p in self.plans if p.position == position and _began(p) and _began(p) <= self.as_at]
        dated.sort(key=_began)
        ends = [_began(later) for later in dated[1:]] + [None]
        return [Stretch(p.route, _began(p), p.ended_on or end) for p, end in zip(dated, ends, strict=True)]


def _began(plan: PermanencePlan) -> date | None:
    return min((on for on in (plan.recorded_on, plan.agreed_on, plan.confirmed_on) if on), default=None)


def _over(plan: PermanencePlan, on: date) -> bool:
    began = _began(plan)
    return bool((plan.ended_on and plan.ended_on <= on) or (began and began > on))
