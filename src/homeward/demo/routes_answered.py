"""What was said of each route to permanence for the children of the demonstration, and who signed it off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from homeward.demo.plan_words import RULED_OUT, TESTING
from homeward.domain.packs import pack
from homeward.domain.routes import options

ANSWERED, IN_PART, BEFORE_THE_CHANGE = 0.7, 0.18, 0.15  # of children, how many
SIGNERS = ("team_manager", "iro", "permanence_lead", "head_of_service")
_UNTIL = {"residential": 9, "supported_independence": 15}  # ruled out for who is younger
_FROM = {"adoption": 9}  # ruled out for who is older


def answer_routes(authority: Any, day: date, seed: int = 1) -> None:
    """Needs the council's people and children with their plans; dates that an answer meets are kept anew."""
    from homeward.records import keep
    from homeward.records.models import OptionAnswer

    listed = [option.route for option in options(pack(authority.pack))]
    signers = _signers(authority)
    made = []
    for child, plans in _with_plans(authority):
        rng = Random(f"{authority.slug} {seed} {child.code} routes")
        for values in _answers(child, plans, listed, day, rng):
            who = signers[rng.choice(SIGNERS)]
            made.append(OptionAnswer(**_fact(child, values, who)))
    OptionAnswer.objects.bulk_create(made)
    keep.refresh(authority, {fact.child_id for fact in made})


def _signers(authority: Any) -> dict[str, Any]:
    """Role -> the first who holds it, with the key."""
    roles = authority.roles.filter(key__in=SIGNERS, person__left_on=None).select_related("person")
    return {role.key: role for role in roles.order_by("-pk")}


def _with_plans(authority: Any) -> list[tuple[Any, list[Any]]]:
    """Children in scope with their plans, the oldest first; none of a child without a main plan."""
    from homeward.records.models import Child, PermanencePlan

    children = Child.objects.filter(authority=authority, standing__in_scope=True).order_by("pk")
    plans: dict[int, list[Any]] = defaultdict(list)
    for plan in PermanencePlan.current.filter(child__in=children).order_by("recorded_on", "pk"):
        plans[plan.child_id].append(plan)
    return [
        (child, plans[child.pk])
        for child in children
        if any(plan.position == "main" and plan.ended_on is None for plan in plans[child.pk])
    ]


def _answers(
    child: Any, plans: list[Any], listed: list[str], day: date, rng: Random
) -> Iterator[dict[str, Any]]:
    """An answer for most routes of most children; for some only a few, and for some from before a change."""
    chance = rng.random()
    if chance > ANSWERED + IN_PART:
        return
    mains = [plan for plan in plans if plan.position == "main"]
    now = mains[-1]
    on = now.agreed_on or now.recorded_on
    if len(mains) > 1 and rng.random() < BEFORE_THE_CHANGE:
        on = mains[-2].agreed_on or mains[-2].recorded_on  # nobody has looked again since
    standing = {plan.route: plan.position for plan in plans if plan.ended_on is None}
    ruled_out = {plan.route: plan.ended_on for plan in plans if plan.outcome == "ruled_out"}
    for route in listed:
        if chance > ANSWERED and rng.random() < 0.5:
            continue
        yield _answer(route, standing, ruled_out, _age(child, on), on, rng)


def _answer(
    route: str, standing: dict[str, str], ruled_out: dict[str, date], years: int, on: date, rng: Random
) -> dict[str, Any]:
    if route in standing:
        answer = "viable" if standing[route] == "main" else "testing"
        return {"route": route, "answer": answer, "answered_on": on, "reason": ""}
    too_early = years < _UNTIL.get(route, 0) or years >= _FROM.get(route, 99)
    if route in ruled_out or too_early or rng.random() < 0.6:
        when = max(on, ruled_out.get(route, on))
        return {
            "route": route,
            "answer": "ruled_out",
            "answered_on": when,
            "reason": rng.choice(RULED_OUT[route]),
        }
    return {"route": route, "answer": "testing", "answered_on": on, "reason": TESTING[route]}


def _age(child: Any, on: date) -> int:
    return (on - child.born_on).days // 365 if child.born_on else 0


def _fact(child: Any, values: dict[str, Any], signer: Any) -> dict[str, Any]:
    from django.utils import timezone

    on = values["answered_on"]
    at = timezone.make_aware(datetime.combine(on, time(16)) + timedelta(minutes=5))
    if values["answer"] == "ruled_out":
        values = values | {"signed_by": signer.person.name, "signed_role": signer.key}
    shared = {"child": child, "source": "person", "start": on, "recorded_at": at}
    return shared | {"recorded_by": signer.person} | values
