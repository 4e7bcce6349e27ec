"""What was agreed and decided for children, and what holds things up: as each child's record has it.

After the load: a child who waits for a match waits for a family, and one with the adopters already may wait
because that is best for the child. For some nobody has said why, as in any council.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from homeward.demo.agreed_words import ACTIONS, CAUSE_OF, DECISIONS, DOING, PARTNERS, PURPOSEFUL, VIEWS
from homeward.domain.delay import IN_CHILDS_INTEREST, Span, overdue, together
from homeward.domain.standing import ROUTE_WORDS

SAID, AGREED, DECIDED, TOLD, REVIEWED = 0.68, 0.55, 0.6, 0.7, 0.6  # of children or decisions, how many
_DAY = timedelta(days=1)


@dataclass
class Standing:
    """A child of the council with what the words are chosen by."""

    child: Any
    stage: str
    worker: Any
    rng: Random
    late: list[tuple[str, Span, bool]] = field(default_factory=list)  # rule, days, whether still open
    plans: list[Any] = field(default_factory=list)

    def age(self, on: date) -> int:
        return (on - self.child.born_on).days // 365 if self.child.born_on else 0


def agree_and_decide(authority: Any, day: date, seed: int = 1) -> None:
    """Needs the council's people and children; the days are counted from the day of the demonstration."""
    from homeward.records.models import Action, Decision, Delay, GateAnswer

    holders = holders_of(authority)
    everyone = _standings(authority, day, holders, seed)
    Delay.objects.bulk_create([fact for one in everyone for fact in _delays(one, day, holders)])
    Action.objects.bulk_create([fact for one in everyone for fact in _actions(one, day, holders)])
    Decision.objects.bulk_create([fact for one in everyone for fact in _decisions(one, day, holders)])
    GateAnswer.objects.bulk_create(_gone_past(authority, everyone, day, holders))


def holders_of(authority: Any) -> dict[str, Any]:
    """Role -> somebody who holds it."""
    roles = authority.roles.filter(person__left_on=None).select_related("person").order_by("-pk")
    return {role.key: role.person for role in roles}


def _standings(authority: Any, day: date, holders: dict[str, Any], seed: int) -> list[Standing]:
    from homeward.records.models import Child, KeptDeadline, PermanencePlan

    workers = workers_of(authority)
    found: dict[int, Standing] = {}
    children = Child.objects.filter(authority=authority, standing__in_scope=True).select_related("standing")
    for child in children.order_by("pk"):
        rng = Random(f"{authority.slug} {seed} {child.code} agreed")
        worker = workers.get(child.pk, holders["team_manager"])
        found[child.pk] = Standing(child, child.standing.stage, worker, rng)
    dated = KeptDeadline.objects.filter(child__in=found, due_on__lt=day, cannot_say="")
    for pk, rule, due, met, ended in dated.values_list("child_id", "rule", "due_on", "met_on", "ended_on"):
        span = overdue(due, met, ended, day)
        if span is not None and span.last > day - timedelta(days=365):
            found[pk].late.append((rule, span, met is None and ended is None))
    for plan in PermanencePlan.current.filter(child__in=found, position="main", agreed_on__isnull=False):
        found[plan.child_id].plans.append(plan)
    return list(found.values())


def workers_of(authority: Any) -> dict[int, Any]:
    """Child -> the person whose id the return names as the social worker."""
    from homeward.records.models import SocialWorkerSpell

    roles = authority.roles.filter(key="social_worker", person__left_on=None).select_related("person")
    people = {worker: role.person for role in roles for worker in role.workers}
    spells = SocialWorkerSpell.current.filter(child__authority=authority, ended_on=None).order_by(
        "started_on"
    )
    pairs = spells.values_list("child_id", "worker")
    return {child: people[worker] for child, worker in pairs if worker in people}


def _made(one: Standing, on: date, /, **values: Any) -> dict[str, Any]:
    """What every fact has; written down in the afternoon of its day by who works with the child."""
    from django.utils import timezone

    at = timezone.make_aware(datetime.combine(on, time(15, 30)))
    shared = {"child": one.child, "source": "person", "start": on, "recorded_at": at}
    return shared | {"recorded_by": one.worker} | values


# ---- What holds things up ----


def _delays(one: Standing, day: date, holders: dict[str, Any]) -> Iterator[Any]:
    """A cause for most stretches of overdue days; one after another, so that a day has one cause."""
    from homeward.records.models import Delay

    for stretch in together(span for _, span, _ in one.late):
        inside = [
            late for late in one.late if late[1].first <= stretch.last and late[1].last >= stretch.first
        ]
        if one.rng.random() > SAID:
            continue
        rule = max(inside, key=lambda late: late[1].days)[0]
        still = any(is_open for *_, is_open in inside)
        yield Delay(**_delay(one, rule, stretch, holders), until_on=None if still else stretch.last)


def _delay(one: Standing, rule: str, stretch: Span, holders: dict[str, Any]) -> dict[str, Any]:
    causes = CAUSE_OF.get((rule, one.stage)) or CAUSE_OF.get((rule, "")) or ("assessment",)
    cause = one.rng.choice(causes)
    values: dict[str, Any] = {"cause": cause, "from_on": stretch.first}
    if cause == IN_CHILDS_INTEREST:
        values |= {"why": one.rng.choice(PURPOSEFUL), "judged_role": "iro"}
        values["judged_by"] = holders["iro"].name
        values["responsible"] = one.worker.name
        return _made(one, stretch.first, **values)
    who, doing = one.rng.choice(DOING[cause])
    values["responsible"] = f"{holders[who].name}" if who in holders else who or one.worker.name
    return _made(one, stretch.first, **values, doing=doing)


# ---- Actions ----


def _actions(one: Standing, day: date, holders: dict[str, Any]) -> Iterator[Any]:
    from homeward.records.models import Action

    if one.rng.random() > AGREED:
        return
    lines = ACTIONS.get(one.stage, ()) + ACTIONS[""]
    for what, who, outcome in one.rng.sample(lines, one.rng.choice((1, 2, 2, 3))):
        agreed = day - timedelta(days=one.rng.randint(8, 75))
        by = min(agreed + timedelta(days=one.rng.choice((14, 21, 28, 42))), day + timedelta(days=35))
        values: dict[str, Any] = {"what": what, "agreed_on": agreed, "by_on": by}
        if who in PARTNERS:
            values["owner_name"] = one.rng.choice(PARTNERS[who])
        else:
            values["owner"] = holders.get(who, one.worker)
        if by < day and one.rng.random() < 0.8:
            closed = min(day, by + timedelta(days=one.rng.randint(-9, 6)))
            values |= {"state": Action.DONE, "closed_on": max(agreed, closed), "outcome": outcome}
        yield Action(**_made(one, agreed, **values))


# ---- Decisions ----


def _decisions(one: Standing, day: date, holders: dict[str, Any]) -> Iterator[Any]:
    from homeward.records.models import Decision

    if one.rng.random() > DECIDED:
        return
    told_from = day - timedelta(days=300)
    for plan in one.plans[-1:]:
        if plan.agreed_on > told_from:
            route = ROUTE_WORDS.get(plan.route, plan.route).lower()
            what = f"The main plan is {route}."
            said = (
                "plan_agreed",
                what,
                "iro",
                "The assessments and the views of the family, heard at the review.",
                "",
            )
            yield Decision(**_decision(one, said, plan.agreed_on, day, holders))
    lines = DECISIONS.get(one.stage, ()) + DECISIONS[""]
    on = day - timedelta(days=one.rng.randint(2, 150))
    yield Decision(**_decision(one, one.rng.choice(lines), on, day, holders))


def _decision(
    one: Standing, said: tuple[str, str, str, str, str], on: date, day: date, holders: dict[str, Any]
) -> dict[str, Any]:
    kind, what, role, basis, alternatives = said
    age = one.age(on)
    values: dict[str, Any] = {
        "kind": kind,
        "what": what,
        "decided_on": on,
        "maker": holders[role].name,
        "maker_role": role,
        "basis": basis,
        "alternatives": alternatives,
        "child_view": one.rng.choice(VIEWS[0 if age < 3 else 1 if age < 9 else 2]),
    }
    if age < 3:
        values["told_how"] = "Too young to be told; kept for the life story book."
    elif one.rng.random() < TOLD:
        told = min(day, on + timedelta(days=one.rng.randint(0, 12)))
        values |= {"told_on": told, "told_how": f"By {one.worker.name}, at home, with the carer there"}
    if kind in ("family_time", "support", "home") and one.rng.random() < REVIEWED:
        values["review_on"] = on + timedelta(days=one.rng.choice((84, 112, 168)))
        values["review_by"] = f"{holders['iro'].name}, at the review"
    return _made(one, on, **values)


# ---- Rules gone past ----


def _gone_past(authority: Any, everyone: Iterable[Standing], day: date, holders: dict[str, Any]) -> list[Any]:
    """A handful: reasons given where the pack asks, and a stop that the head of service overrode."""
    from homeward.domain.gates import said
    from homeward.domain.packs import gates
    from homeward.records.models import GateAnswer

    rng = Random(f"{authority.slug} gone past")
    known = [gate for gate in gates(authority.pack) if "missing" not in gate.says]
    groups: dict[str, list[Any]] = defaultdict(list)
    for gate in known:
        groups[gate.effect].append(gate)
    children = [one for one in everyone if one.stage not in ("permanence_achieved", "gateway_held")]
    found = []
    for at, one in enumerate(rng.sample(children, min(7, len(children)))):
        stops = at % 3 == 0 and bool(groups["stop"])
        gate = rng.choice(groups["stop" if stops else "ask"] or known)
        by = "head_of_service" if gate.effect == "stop" else "team_manager"
        values = {
            "gate": gate.key,
            "answer": GateAnswer.OVERRIDDEN if gate.effect == "stop" else GateAnswer.ASKED,
            "on": day - timedelta(days=rng.randint(3, 160)),
            "says": said(authority.pack, gate),
            "reason": rng.choice(
                (
                    "The chair was ill and waiting three weeks would have cost more.",
                    "The family could come on this day only.",
                )
            ),
            "by_name": holders[by].name,
            "by_role": by,
        }
        found.append(GateAnswer(**_made(one, values["on"], **values)))
    return found
