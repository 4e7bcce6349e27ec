"""Permanence plans: proposed, changed, agreed, confirmed, made the main plan, and ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction

from homeward.domain.events import ROUTES
from homeward.domain.packs import pack
from homeward.domain.plans import (
    ACHIEVED,
    CHANGED,
    OUTCOME_WORDS,
    POSITION_WORDS,
    RULED_OUT,
    Confirmers,
    confirmers,
)
from homeward.domain.standing import ROUTE_WORDS, standing
from homeward.domain.wording import day_words
from homeward.records.history import history_of
from homeward.records.models import Child, Decision, OptionAnswer, PermanencePlan, Person
from homeward.records.operations.answers import answer_option
from homeward.records.operations.decisions import record_decision
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.refused import Refused

# What is said of a plan and may be changed while it stands.
DETAILS = (
    *("reason", "stands_if", "waits_for", "timescale", "timescale_why", "target_on"),
    *("switch_rule", "switch_on", "least_intervention"),
)
BECAME_MAIN = "Became the main plan"


class Decider(NamedTuple):
    """Who decided, in which role (a key of roles.toml, or empty for a meeting)."""

    name: str
    role: str = ""


class Approval(NamedTuple):
    """A senior's approval of a route that the policy asks to be approved."""

    who: Decider
    why: str


@transaction.atomic
def propose_plan(
    child: Child,
    position: str,
    route: str,
    details: dict[str, Any],
    *,
    on: date,
    by: Person,
    now: datetime,
    approved: Approval | None = None,
) -> PermanencePlan:
    """Proposes a plan; a new plan if all fail takes the place of the old one, which ends as changed.

    The main plan changes only by `make_main`. Raises Refused for a position or route that is taken.
    """
    _refuse_proposal(child, position, route, details, on, now)
    for old in standing_plans(child):
        if position == "contingency" and old.position == position:
            _end(old, CHANGED, on, f"Another plan took its place: {ROUTE_WORDS[route]}", by, now)
    values = {"position": position, "route": route, "recorded_on": on, **_only(details)}
    fact = record_fact(child, "PermanencePlan", values, start=on, by=by, now=now)
    assert isinstance(fact, PermanencePlan)
    if approved:
        what = f"{_named(fact)} approved as a plan"
        _decided(fact, "plan_approved", on, what, approved.who, approved.why, by, now)
    return fact


def _refuse_proposal(
    child: Child, position: str, route: str, details: dict[str, Any], on: date, now: datetime
) -> None:
    _been(on, now)
    if position not in POSITION_WORDS or route not in ROUTES:
        raise Refused("route", "Choose the route")
    if not str(details.get("reason", "")).strip():
        raise Refused("reason", "Say why this is the plan")
    open_ones = standing_plans(child)
    if position == "main" and any(plan.position == "main" for plan in open_ones):
        raise Refused("route", "There is a main plan. Propose this one alongside, then make it the main plan")
    if taken := next((plan for plan in open_ones if plan.route == route), None):
        raise Refused("route", f"{ROUTE_WORDS[route]} is already the {POSITION_WORDS[taken.position]}")


def change_plan(
    plan: PermanencePlan, details: dict[str, Any], *, why: str, by: Person, now: datetime
) -> PermanencePlan:
    """Changes what is said of a plan that stands; raises AlreadyReplaced when somebody was quicker."""
    _stands(plan)
    if not why.strip():
        raise Refused("why", "Say why the plan is changed, so that whoever reads it later understands")
    return _corrected(plan, _only(details), why.strip(), by, now)


@transaction.atomic
def agree_plan(
    plan: PermanencePlan, *, on: date, at: str, basis: str, by: Person, now: datetime
) -> PermanencePlan:
    """The plan was agreed at a meeting or review of the council; a decision is recorded with it."""
    _stands(plan)
    _from(plan, on, now)
    if not at.strip():
        raise Refused("at", "Choose the meeting or review at which it was agreed")
    changed = _corrected(plan, {"agreed_on": on, "agreed_at": at}, f"Agreed at the {at}", by, now)
    _decided(plan, "plan_agreed", on, f"{_named(plan)} agreed", Decider(at), basis, by, now)
    return changed


@transaction.atomic
def confirm_plan(
    plan: PermanencePlan, *, on: date, who: Decider, basis: str, by: Person, now: datetime
) -> PermanencePlan:
    """The plan was confirmed by somebody whose role may; the decision is recorded with it."""
    _stands(plan)
    _from(plan, on, now)
    if plan.agreed_on and on < plan.agreed_on:
        raise Refused("on", f"The plan was agreed later, on {day_words(plan.agreed_on)}")
    if who.role not in who_confirms(plan, on).roles or not who.name.strip():
        raise Refused("who", "Choose who confirmed it")
    values = {"confirmed_on": on, "confirmed_by": who.name, "confirmed_role": who.role}
    changed = _corrected(plan, values, "Confirmed", by, now)
    _decided(plan, "plan_confirmed", on, f"{_named(plan)} confirmed", who, basis, by, now)
    return changed


def who_confirms(plan: PermanencePlan, on: date) -> Confirmers:
    """The roles that may confirm this plan under the council's policy, and why these."""
    now = standing(history_of(plan.child), on)
    return confirmers(pack(plan.child.authority.pack), plan.route, now.legal_status)


@transaction.atomic
def make_main(
    plan: PermanencePlan, *, on: date, at: str, who: Decider, reason: str, by: Person, now: datetime
) -> PermanencePlan:
    """The switch, in one step: the old main plan ends as changed and this one becomes the main plan.

    The plan as it stood alongside ends too, so that the record shows how long it did.
    """
    _stands(plan)
    _from(plan, on, now)
    reason = reason.strip()
    if plan.position == "main":
        raise Refused("", "This is the main plan already")
    if not reason:
        raise Refused("reason", "Say why this becomes the main plan")
    old = [each for each in standing_plans(plan.child) if each.position == "main"]
    for each in old:
        _from(each, on, now)
        _end(each, CHANGED, on, reason, by, now)
    _end(plan, CHANGED, on, BECAME_MAIN, by, now)
    values = {name: getattr(plan, name) for name in DETAILS} | {
        "position": "main",
        "route": plan.route,
        "recorded_on": on,
        "agreed_on": on if at else None,
        "agreed_at": at,
        "switch_rule": "",
        "switch_on": None,
    }
    fact = record_fact(plan.child, "PermanencePlan", values, start=on, by=by, now=now)
    what = f"{ROUTE_WORDS[plan.route]} became the main plan"
    if old:
        what += f", in the place of {ROUTE_WORDS[old[0].route].lower()}"
    _decided(plan, "plan_changed", on, what, who, reason, by, now)
    assert isinstance(fact, PermanencePlan)
    return fact


@transaction.atomic
def end_plan(
    plan: PermanencePlan, outcome: str, *, on: date, who: Decider, reason: str, by: Person, now: datetime
) -> PermanencePlan:
    """Ends a plan as achieved, changed or ruled out; ruling out answers the route, and needs a signature.

    A main plan that is achieved says that the child's permanence is secured.
    """
    _stands(plan)
    _from(plan, on, now)
    if outcome not in OUTCOME_WORDS:
        raise Refused("outcome", "Choose how the plan ended")
    if not reason.strip():
        raise Refused("reason", "Say why the plan ended")
    ended = _end(plan, outcome, on, reason.strip(), by, now)
    if outcome == RULED_OUT:
        rule_out_route(plan.child, plan.route, on=on, who=who, reason=reason, by=by, now=now)
    elif outcome == ACHIEVED and plan.position == "main":
        _secured(plan, on, by, now)
    return ended


@transaction.atomic
def rule_out_route(
    child: Child, route: str, *, on: date, who: Decider, reason: str, by: Person, now: datetime
) -> OptionAnswer:
    """Signs a route off as no longer viable, with the decision that says so."""
    _been(on, now)
    answer = answer_option(
        child,
        route,
        OptionAnswer.RULED_OUT,
        on=on,
        reason=reason,
        signed_by=who.name,
        signed_role=who.role,
        by=by,
        now=now,
    )
    what = f"{ROUTE_WORDS[route]} is ruled out"
    _record(child, "option_ruled_out", on, what, who, reason, by, now)
    return answer


@transaction.atomic
def answer_route(
    child: Child, route: str, answer: str, *, on: date, who: Decider, reason: str, by: Person, now: datetime
) -> OptionAnswer:
    """What is said of a route now; ruling out is signed, and opening again is a decision too."""
    _been(on, now)
    if answer == OptionAnswer.RULED_OUT:
        return rule_out_route(child, route, on=on, who=who, reason=reason, by=by, now=now)
    before = OptionAnswer.current.filter(child=child, route=route).order_by("answered_on", "pk").last()
    fact = answer_option(child, route, answer, on=on, reason=reason, by=by, now=now)
    if before is not None and before.answer == OptionAnswer.RULED_OUT:
        what = f"{ROUTE_WORDS[route]} is opened again"
        maker = who if who.name else Decider(by.name)
        _record(child, "option_reopened", on, what, maker, reason, by, now)
    return fact


def say_why_no_plan(
    child: Child, position: str, *, on: date, who: Decider, reason: str, by: Person, now: datetime
) -> Decision:
    """Records why no plan stands alongside, or none if these fail; refused when one does."""
    _been(on, now)
    if position not in ("parallel", "contingency"):
        raise Refused("reason", "Only a plan alongside, or one if these fail, can be left out")
    if any(plan.position == position for plan in standing_plans(child)):
        raise Refused("reason", f"There is a {POSITION_WORDS[position]}")
    if not reason.strip():
        raise Refused("reason", f"Say why there is no {POSITION_WORDS[position]}")
    what = f"No {POSITION_WORDS[position]}"
    return _record(child, f"no_{position}_plan", on, what, who, reason.strip(), by, now)


def standing_plans(child: Child) -> list[PermanencePlan]:
    """Plans that have not ended; one alongside that has the main plan's route has become it."""
    open_ones = list(PermanencePlan.current.filter(child=child, ended_on=None).order_by("pk"))
    main = {plan.route for plan in open_ones if plan.position == "main"}
    return [plan for plan in open_ones if plan.position == "main" or plan.route not in main]


def _secured(plan: PermanencePlan, on: date, by: Person, now: datetime) -> None:
    """Says that permanence was secured, unless an order or a match has said it since the plan began."""
    began = min(filter(None, (plan.recorded_on, plan.agreed_on, plan.confirmed_on)), default=date.min)
    said = history_of(plan.child).recorded
    if any(event.kind == "permanence_achieved" and event.on >= began for event in said):
        return
    values = {"kind": "permanence_achieved", "on": on, "detail": plan.route}
    record_fact(plan.child, "DatedEvent", values, start=on, by=by, now=now)


def _end(plan: PermanencePlan, outcome: str, on: date, why: str, by: Person, now: datetime) -> PermanencePlan:
    return _corrected(plan, {"ended_on": on, "outcome": outcome}, why, by, now)


def _corrected(
    plan: PermanencePlan, values: dict[str, Any], why: str, by: Person, now: datetime
) -> PermanencePlan:
    fact = correct_fact(plan, values, by=by, now=now, reason=why)
    assert isinstance(fact, PermanencePlan)
    return fact


def _decided(
    plan: PermanencePlan,
    kind: str,
    on: date,
    what: str,
    who: Decider,
    basis: str,
    by: Person,
    now: datetime,
) -> None:
    _record(plan.child, kind, on, what, who, basis.strip() or plan.reason, by, now)


def _record(
    child: Child, kind: str, on: date, what: str, who: Decider, basis: str, by: Person, now: datetime
) -> Decision:
    values = {
        "kind": kind,
        "decided_on": on,
        "what": what,
        "maker": who.name,
        "maker_role": who.role,
        "basis": basis,
    }
    return record_decision(child, values, by=by, now=now)


def _named(plan: PermanencePlan) -> str:
    words = POSITION_WORDS[plan.position]
    return f"{words[:1].upper()}{words[1:]}: {ROUTE_WORDS[plan.route]}"


def _only(details: dict[str, Any]) -> dict[str, Any]:
    return {name: details[name] for name in DETAILS if name in details}


def _been(on: date, now: datetime) -> None:
    if on > now.date():
        raise Refused("on", "This day is still to come. Record it when it has happened")


def _from(plan: PermanencePlan, on: date, now: datetime) -> None:
    _been(on, now)
    if plan.recorded_on and on < plan.recorded_on:
        raise Refused("on", f"The plan was proposed later, on {day_words(plan.recorded_on)}")


def _stands(plan: PermanencePlan) -> None:
    if plan.ended_on or plan.withdrawn:
        raise Refused("", "This plan has ended. Propose a new one instead")
