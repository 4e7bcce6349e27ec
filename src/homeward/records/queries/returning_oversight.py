"""Returns home in a person's reach: plans that wait, children without one, and what became of returns.

The number of queries does not grow with the children.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from homeward.domain.calendar import add_months
from homeward.domain.packs import pack
from homeward.domain.returning import BROKE_DOWN, LASTED, OUTCOME_WORDS, WITH_PARENTS, Back, Due, went_back
from homeward.domain.wording import day_words
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import (
    Authority,
    Home,
    KeptStanding,
    PeriodOfCare,
    ReturnPlan,
    ReturnReview,
)
from homeward.records.queries.returning_page import due_of, target_of

MONTHS = 24  # the returns that are counted


@dataclass(slots=True)
class Way:
    """A child's plan for return as the lists need it; `fact` is None for a child who has none open."""

    child: int
    today: date
    fact: ReturnPlan | None = None
    due: Due | None = None
    target: Due | None = None
    back: Back | None = None
    since: date | None = None  # in care, of a child without a plan

    @property
    def returned_on(self) -> date | None:
        """The day of going home, of the last two years."""
        on = self.fact.returned_on if self.fact else None
        return on if on is not None and on > add_months(self.today, -MONTHS) else None

    @property
    def open(self) -> bool:
        return self.fact is not None and self.fact.ended_on is None

    @property
    def waits(self) -> bool:
        """Open, and the child is not home yet."""
        return self.open and self.fact is not None and self.fact.returned_on is None

    @property
    def home(self) -> bool:
        return self.open and self.fact is not None and self.fact.returned_on is not None

    @property
    def late(self) -> bool:
        return self.open and self.due is not None and self.due.late

    @property
    def outcome(self) -> str:
        return self.fact.outcome if self.fact else ""

    @property
    def says(self) -> list[str]:
        """What a list says of it."""
        if self.fact is None:
            since = f", in our care since {day_words(self.since)}" if self.since else ""
            return [f"No plan for return home is open{since}"]
        found = [f"Home since {day_words(self.fact.returned_on)}"] if self.fact.returned_on else []
        if self.outcome:
            found.append(OUTCOME_WORDS[self.outcome])
        if self.open and self.fact.best_on is None:
            found.append("Not agreed as the best plan")
        return [*found, self.back.words] if self.back else found

    @property
    def dates(self) -> list[Due]:
        return [due for due in (self.target, self.due) if due is not None] if self.open else []

    @property
    def first_day(self) -> date:
        days = [due.on for due in self.dates if due.on]
        return min(days, default=self.since or (self.fact.opened_on if self.fact else self.today))


@dataclass(frozen=True, slots=True)
class Group:
    """Children who are asked for together: a title, what it means, and whether a way belongs to it."""

    key: str
    title: str
    meaning: str
    holds: Callable[[Way], bool]


GROUPS = {
    group.key: group
    for group in (
        Group(
            "none",
            "Return home is the plan, and no return plan is open",
            "The main plan or one alongside is return home, and the child does not live at home yet",
            lambda way: way.fact is None,
        ),
        Group("waits", "On the way home", "A plan for return is open", lambda way: way.waits),
        Group(
            "late",
            "Review late",
            "The way home was to be looked at before today",
            lambda way: way.waits and way.late,
        ),
        Group(
            "target",
            "Target passed, or within four weeks",
            "The day by which the child should be home",
            lambda way: way.waits and way.target is not None and way.target.status in ("overdue", "due_soon"),
        ),
        Group(
            "not_agreed",
            "Not yet agreed as the best plan",
            "No manager has agreed to it",
            lambda way: way.waits and way.fact is not None and way.fact.best_on is None,
        ),
        Group("home", "Home, and still checked", "Gone home; the plan is open", lambda way: way.home),
        Group(
            "check_late",
            "Check late",
            "How it goes at home was to be looked at before today",
            lambda way: way.home and way.late,
        ),
        Group("returned", "Went home", "With a plan for return", lambda way: way.returned_on is not None),
        Group(
            "lasted",
            "Lasted",
            "Ended as lasted, and not back in care since",
            lambda way: way.returned_on is not None and way.outcome == LASTED and way.back is None,
        ),
        Group(
            "broke_down",
            "Broke down",
            "Ended as broken down",
            lambda way: way.returned_on is not None and way.outcome == BROKE_DOWN,
        ),
        Group(
            "back",
            "In care again, or moved from home to another placement",
            "By the record of care and homes, whatever the plan says",
            lambda way: way.returned_on is not None and way.back is not None,
        ),
    )
}
NOW = ("none", "waits", "late", "target", "not_agreed", "home", "check_late")
YEARS = ("returned", "lasted", "broke_down", "back")


@dataclass(slots=True)
class Returns:
    ways: list[Way] = field(default_factory=list)

    def of(self, group: str) -> list[Way]:
        found = (way for way in self.ways if GROUPS[group].holds(way))
        return sorted(found, key=lambda way: (way.first_day, way.child))

    def count(self, group: str) -> int:
        return sum(GROUPS[group].holds(way) for way in self.ways)


def returns(actor: Actor, authority: Authority, today: date) -> Returns:
    """Of the children whose `history` the person is shown."""
    children = children_shown_to(actor, "history").filter(authority=authority)
    own = pack(authority.pack)
    plans = list(ReturnPlan.current.filter(child__in=children, opened_on__lte=today))
    reviews: dict[object, list[ReturnReview]] = defaultdict(list)
    returning = {plan.child_id for plan in plans}
    for review in ReturnReview.current.filter(child__among=returning, held_on__lte=today):
        reviews[review.plan].append(review)
    back = _back([plan for plan in plans if plan.returned_on], today)
    found = [
        Way(
            plan.child_id,
            today,
            plan,
            due_of(plan, reviews[plan.thread], own, today),
            target_of(plan, today),
            back.get(plan.pk),
        )
        for plan in plans
    ]
    has = {way.child for way in found if way.open}
    going = Q(main_plan="return_home") | Q(parallel_plan="return_home")
    away = KeptStanding.objects.filter(going, child__in=children, in_care=True).exclude(
        placement=WITH_PARENTS
    )
    found += [
        Way(child, today, since=since)
        for child, since in away.values_list("child_id", "in_care_since")
        if child not in has
    ]
    return Returns(found)


def _back(plans: Iterable[ReturnPlan], today: date) -> dict[int, Back]:
    """Plan -> when the child came into care again or left home, in two queries."""
    came: dict[int, list[date]] = defaultdict(list)
    moves: dict[int, list[tuple[date, str]]] = defaultdict(list)
    children = [plan.child_id for plan in plans]
    begun = PeriodOfCare.current.filter(child__in=children, started_on__lte=today)
    for child, on in begun.values_list("child_id", "started_on"):
        if on is not None:
            came[child].append(on)
    lived = Home.current.filter(child__in=children, started_on__lte=today)
    for child, on, place in lived.values_list("child_id", "started_on", "place"):
        moves[child].append((on, place))
    found = {
        plan.pk: went_back(plan.returned_on, came[plan.child_id], moves[plan.child_id])
        for plan in plans
        if plan.returned_on is not None
    }
    return {pk: back for pk, back in found.items() if back is not None}
