"""A child's permanence plans and routes as their pages need them, read as at a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings

from homeward.domain import plans, routes
from homeward.domain.events import ROUTES
from homeward.domain.packs import NEEDS, meetings, pack
from homeward.domain.policy import OWNERS
from homeward.domain.standing import ROUTE_WORDS
from homeward.domain.steps import Situation
from homeward.domain.wording import day_words
from homeward.records.history import history_of
from homeward.records.models import (
    Authority,
    Child,
    DatedEvent,
    Decision,
    Minute,
    OptionAnswer,
    PermanencePlan,
    Role,
)
from homeward.records.operations.people import live, present
from homeward.records.queries.child_page import ChildPage, standing_version
from homeward.records.roles import ROLES

POSITIONS = ("main", "parallel", "contingency")
# Kinds of meeting at which a family agrees and not the council.
_FAMILYS = ("family_network_meeting_held", "family_group_conference_held")


class Step(NamedTuple):
    """One state of a plan, in words, with the day it was reached."""

    word: str
    on: date | None
    words: str


@dataclass(slots=True)
class Plan:
    """A plan for its page: the fact, the states it has been through up to the day, and how it ended."""

    fact: PermanencePlan
    steps: list[Step]
    why_ended: str = ""

    @property
    def state(self) -> Step:
        """The furthest that the plan has got."""
        return self.steps[-1]

    @property
    def agreed(self) -> bool:
        return any(step.word in ("Agreed", "Confirmed") for step in self.steps)

    @property
    def confirmed(self) -> bool:
        return any(step.word == "Confirmed" for step in self.steps)

    @property
    def ended(self) -> bool:
        return self.fact.ended_on is not None and self.steps[-1].word in _ENDED


_ENDED = {"Achieved", "Changed", "Ruled out", "Ended"}


@dataclass(slots=True)
class Position:
    """One of the three cards: the plans that stand there, or why there is none."""

    key: str
    plans: list[Plan]
    none_because: Decision | None = None


@dataclass(slots=True)
class PlansPage:
    positions: list[Position]
    earlier: list[Plan]

    @property
    def main(self) -> Plan | None:
        return next((plan for position in self.positions[:1] for plan in position.plans), None)


def plans_of(page: ChildPage) -> PlansPage:
    """The plans as they stood on the day the page is read at, and those that had ended by then."""
    found = [told(fact, page.as_at) for fact in page.plans if _began(fact) <= page.as_at]
    found.sort(key=lambda plan: (_began(plan.fact), plan.fact.pk))
    main = {plan.fact.route for plan in found if plan.fact.position == "main" and not plan.ended}
    standing: dict[str, list[Plan]] = {position: [] for position in POSITIONS}
    earlier = []
    for plan in found:
        became = plan.fact.position != "main" and plan.fact.route in main
        if plan.ended or became or plan.fact.position not in standing:
            earlier.append(plan)
        else:
            standing[plan.fact.position].append(plan)
    for position in ("main", "contingency"):  # of several that nobody ended, the newest stands
        earlier += standing[position][:-1]
        standing[position] = standing[position][-1:]
    earlier.sort(key=lambda plan: (plan.fact.ended_on or page.as_at, plan.fact.pk), reverse=True)
    because = _none_because(page)
    cards = [Position(key, standing[key], because.get(key)) for key in POSITIONS]
    return PlansPage(cards, earlier)


def assessed_alone(page: ChildPage, found: PlansPage) -> str:
    """Assessments that are unfinished while no plan runs alongside, in words; empty when none are.

    Not said of a child who left care, nor where somebody said why there is no plan alongside.
    """
    alongside = next(position for position in found.positions if position.key == "parallel")
    if alongside.plans or alongside.none_because or page.standing.left_care_on:
        return ""
    waits = found.main.fact.waits_for if found.main else []
    situation = Situation(history_of(page.child), page.as_at, given={"open_assessments": waits})
    missing = NEEDS["parallel_plan_while_assessing"](situation)
    return "" if missing is True else str(missing)


def plan_of(child: Child, uid: Any) -> PermanencePlan | None:
    """A plan of this child by its stable id, whether or not it still stands."""
    return PermanencePlan.objects.filter(child=child, uid=uid).select_related("child__authority").first()


def newest_version(plan: PermanencePlan) -> PermanencePlan:
    """The plan as it stands now, after every later change."""
    found = standing_version(plan)
    assert isinstance(found, PermanencePlan)
    return found


def meeting_names(authority: Authority) -> list[str]:
    """The council's meetings and reviews at which a plan may be agreed, in its own words."""
    return list(
        dict.fromkeys(
            meeting.name
            for meeting in meetings(authority.pack)
            if meeting.records_event and meeting.kind not in _FAMILYS
        )
    )


def review_names(authority: Authority) -> set[str]:
    """The council's names for its statutory reviews."""
    return {
        one.name for one in meetings(authority.pack) if one.kind in ("review_held", "adoption_review_held")
    }


def deciders(authority: Authority, roles: Collection[str]) -> list[tuple[int, str]]:
    """[(role's pk, "Marcia Bennett, head of service")] of those who hold one of these roles today."""
    today = settings.TODAY()
    held = Role.objects.filter(live(today), present(today, "person__"), authority=authority, key__in=roles)
    found = [
        (role.pk, f"{role.person.name}, {ROLES[role.key].title.lower()}", role)
        for role in held.select_related("person")
    ]
    order = list(ROLES)
    found.sort(key=lambda one: (order.index(one[2].key), one[1]))
    return [(pk, words) for pk, words, _ in found]


def role_words(role: str) -> str:
    """A role in which somebody decided, in words."""
    if role in ROLES:
        return ROLES[role].title.lower()
    return OWNERS.get(role, role.replace("_", " "))


class Said(NamedTuple):
    """One answer to a route: which, when, why and who signed it."""

    answer: str
    on: date
    reason: str
    signed: str


@dataclass(slots=True)
class RouteLine:
    """A route of the policy's catalogue with what was said of it, the newest first."""

    option: routes.Option
    said: list[Said]
    plans: list[Plan]  # those that stand and follow this route
    first_on: date | None = None  # the first day on which it was thought of
    main_on: date | None = None  # the first day on which it was the main plan
    again: str = ""  # why the newest answer is to be given again
    stays_open: str = ""  # of return home: why it cannot be closed for good

    @property
    def now(self) -> Said | None:
        return self.said[0] if self.said else None

    @property
    def unanswered(self) -> bool:
        """Nothing was said of it and no plan follows it: a route that is planned is answered by its plan."""
        return self.now is None and not self.plans


def routes_of(page: ChildPage) -> list[RouteLine]:
    """Every route of the council's policy in its order, and any other of which something was said."""
    own = pack(page.child.authority.pack)
    said = _answers(page)
    standing = plans_of(page)
    history = history_of(page.child)
    again = plans.reopened(history, page.as_at)
    home = plans.return_home(history, page.as_at)
    listed = routes.options(own)
    named = {option.route for option in listed}
    used = {plan.fact.route for position in standing.positions for plan in position.plans} | said.keys()
    listed += [routes.option(own, route) for route in ROUTES if route in used and route not in named]
    lines = []
    for option in listed:
        line = RouteLine(option, said.get(option.route, []), _following(standing, option.route))
        line.first_on, line.main_on = _first(page, line)
        if again and line.now and line.now.on < again.since:
            line.again = f"{again.why} on {day_words(again.since)}"
        if option.route == "return_home" and home.open:
            line.stays_open = home.why
        lines.append(line)
    return lines


def _first(page: ChildPage, line: RouteLine) -> tuple[date | None, date | None]:
    """When a route was first thought of, and when it first became the main plan."""
    planned = [(_began(plan), plan.position) for plan in page.plans if plan.route == line.option.route]
    begun = [(on, position) for on, position in planned if date.min < on <= page.as_at]
    thought = [on for on, _ in begun] + [said.on for said in line.said]
    return min(thought, default=None), min((on for on, position in begun if position == "main"), default=None)


def _following(standing: PlansPage, route: str) -> list[Plan]:
    return [plan for position in standing.positions for plan in position.plans if plan.fact.route == route]


def _answers(page: ChildPage) -> dict[str, list[Said]]:
    """Answers given here, and the routes that the council's tables say were ruled out."""
    found: dict[str, list[tuple[date, int, Said]]] = {}
    for fact in OptionAnswer.current.filter(child=page.child, answered_on__lte=page.as_at):
        signed = ", ".join(
            filter(None, (fact.signed_by, role_words(fact.signed_role) if fact.signed_role else ""))
        )
        said = Said(fact.answer, fact.answered_on, fact.reason, signed)
        found.setdefault(fact.route, []).append((fact.answered_on, fact.pk, said))
    ruled_out = DatedEvent.current.filter(child=page.child, kind="option_ruled_out", on__lte=page.as_at)
    for fact in ruled_out.filter(detail__in=ROUTES):
        if any(on == fact.on for on, *_ in found.get(fact.detail, ())):
            continue  # answered here on the day, with who signed it
        said = Said(OptionAnswer.RULED_OUT, fact.on, "", "")
        found.setdefault(fact.detail, []).append((fact.on, 0, said))
    return {
        route: [said for _, _, said in sorted(answers, key=lambda one: one[:2], reverse=True)]
        for route, answers in found.items()
    }


def child_says(page: ChildPage) -> Minute | None:
    """The newest minute in which the child says something, for a reader who is shown it."""
    if "voice" not in page.fields:
        return None
    said = Minute.current.filter(child=page.child, held_on__lte=page.as_at).exclude(child_says="")
    found: Minute | None = said.order_by("held_on", "pk").last()
    return found


def _none_because(page: ChildPage) -> dict[str, Decision]:
    """The newest reason why no plan stands in a position."""
    kinds = {f"no_{position}_plan": position for position in ("parallel", "contingency")}
    found = Decision.current.filter(child=page.child, kind__in=kinds, decided_on__lte=page.as_at)
    return {kinds[fact.kind]: fact for fact in found.order_by("decided_on", "pk")}


def _began(plan: PermanencePlan) -> date:
    return min((on for on in (plan.recorded_on, plan.agreed_on, plan.confirmed_on) if on), default=date.min)


def told(fact: PermanencePlan, as_at: date) -> Plan:
    """A plan with the states it had been through on a day."""
    steps = [
        step
        for step in (
            Step("Proposed", fact.recorded_on, ""),
            Step("Agreed", fact.agreed_on, f"at the {fact.agreed_at}" if fact.agreed_at else ""),
            Step("Confirmed", fact.confirmed_on, _confirmed_by(fact)),
            Step(*_ended(fact)),
        )
        if step.on and step.on <= min(as_at, fact.ended_on or as_at)
    ]
    if not steps:
        steps = [Step("In the case system", None, "without a date")]
    return Plan(fact, steps, fact.reason_recorded if steps[-1].word in _ENDED else "")


def _confirmed_by(fact: PermanencePlan) -> str:
    if not fact.confirmed_by:
        return ""
    return f"by {fact.confirmed_by}" + (f", {role_words(fact.confirmed_role)}" if fact.confirmed_role else "")


def _ended(fact: PermanencePlan) -> tuple[str, date | None, str]:
    words = plans.OUTCOME_WORDS.get(fact.outcome, "ended")
    return words[:1].upper() + words[1:], fact.ended_on, ""


def route_words(route: str) -> str:
    return ROUTE_WORDS.get(route, route)
