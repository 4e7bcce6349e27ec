"""Returns home of the demonstration: as each child's homes, plans and periods of care have them.

After the load. Children on the way home, children at home who are checked, returns that lasted, one that
broke down and whose child came into care again, and plans that were stopped when another way was chosen.
For some whose plan is return home nobody has opened one yet. Children who came into care together share
what is said of the family.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from homeward.demo import going_home_words as said
from homeward.domain.returning import BROKE_DOWN, HELP, LASTED, MILESTONE, STOPPED, WITH_PARENTS

PLANNED, AGREED, LATE, STOPPED_TOLD = 0.75, 0.7, 0.2, 0.2  # of children or plans, how many
_YEAR = timedelta(days=365)


@dataclass
class Going:
    """A child's way home: the days of its story, as far as the record gives them."""

    child: Any
    since: date  # in care
    need: str
    worker: Any
    manager: Any
    together: Random  # the same for children who came into care on one day
    rng: Random
    returned_on: date | None = None
    ended_on: date | None = None
    outcome: str = ""
    thread: UUID = field(init=False)
    opened_on: date = field(init=False)
    whom: str = field(init=False)

    def __post_init__(self) -> None:
        self.thread = UUID(int=self.rng.getrandbits(128), version=4)
        self.opened_on = self.since + timedelta(days=self.together.randint(8, 30))
        self.whom = self.together.choice(said.WHOM)

    @property
    def why(self) -> said.Why:
        why = said.WHY.get(self.need, said.STRESS)
        small = self.age(self.since) < said.YOUNG and why in (said.NEGLECT, said.BEHAVIOUR)
        return said.INFANT if small else why

    def words(self, text: str) -> str:
        worker = self.worker.name.split()[0]
        told = text.format(name=self.child.called, whom=f"the {self.whom.lower()}", worker=worker)
        return ". ".join(f"{part[:1].upper()}{part[1:]}" for part in told.split(". "))

    def age(self, on: date) -> int:
        return (on - self.child.born_on).days // 365 if self.child.born_on else 0


def plan_returns(authority: Any, day: date, seed: int = 1) -> None:
    """Needs the council's people and children; the days are counted from the day of the demonstration."""
    from homeward.records.models import ReturnReview, ReturnStep

    steps, reviews = [], []
    for going in _goings(authority, day, seed):
        if going.opened_on >= (going.returned_on or day) or going.opened_on >= (going.ended_on or day):
            continue
        _versions(going, day)
        steps += list(_steps(going, day))
        reviews += list(_reviews(going, day))
        reviews += list(_checks(going, day))
    ReturnStep.objects.bulk_create(steps)
    ReturnReview.objects.bulk_create(reviews)


# ---- Whose ----


def _goings(authority: Any, day: date, seed: int) -> Iterator[Going]:
    from homeward.records.models import Child, PeriodOfCare, PermanencePlan

    roles = authority.roles.filter(key="team_manager", person__left_on=None).select_related("person")
    manager = roles.order_by("pk")[0].person
    workers = _workers(authority, manager)
    periods: dict[int, list[Any]] = {}
    for period in PeriodOfCare.current.filter(child__authority=authority).order_by(
        "started_on", "known_from"
    ):
        periods.setdefault(period.child_id, []).append(period)
    plans = PermanencePlan.current.filter(child__authority=authority, route="return_home", position="main")
    stopped = {plan.child_id: plan.ended_on for plan in plans if plan.ended_on and plan.outcome != "achieved"}
    children = Child.objects.filter(authority=authority, pk__in=periods, called__gt="")
    for child in children.select_related("standing").order_by("pk"):
        for period in periods[child.pk]:
            since = period.started_on
            if since is None:
                continue
            together = Random(f"{authority.slug} {seed} {since} going home")
            rng = Random(f"{authority.slug} {seed} {child.code} going home")
            going = Going(
                child,
                since,
                period.category_of_need,
                workers.get(child.pk, manager),
                manager,
                together,
                rng,
            )
            if _story(going, period, periods[child.pk], stopped.get(child.pk), day):
                yield going


def _story(going: Going, period: Any, periods: list[Any], stopped_on: date | None, day: date) -> bool:
    """Whether there is a plan for this period of care, and with it what the record says became of it."""
    now, rng = going.child.standing, going.together
    if period.ended_on:
        back = next((p.started_on for p in periods if p.started_on and p.started_on > period.ended_on), None)
        if period.end_reason != "E4A" or period.ended_on < day - 2 * _YEAR:
            return False
        going.returned_on = period.ended_on
        if back:
            going.ended_on, going.outcome = back, BROKE_DOWN
        elif period.ended_on < day - timedelta(days=200):
            going.ended_on, going.outcome = period.ended_on + timedelta(days=190), LASTED
        return True
    if not now.in_care or rng.random() > PLANNED:
        return False
    if now.main_plan == "return_home" or now.parallel_plan == "return_home":
        if now.placement != WITH_PARENTS:
            return True
        going.returned_on = now.living_since
        if now.living_since < day - _YEAR - timedelta(days=30):
            going.ended_on, going.outcome = now.living_since + _YEAR, LASTED
        return bool(now.living_since > going.since)
    if stopped_on and stopped_on > day - _YEAR and rng.random() < STOPPED_TOLD:
        going.ended_on, going.outcome = stopped_on, STOPPED
        return True
    return False


def _workers(authority: Any, manager: Any) -> dict[int, Any]:
    """Child -> the person who works with the child, or who did so last."""
    from homeward.records.models import SocialWorkerSpell

    roles = authority.roles.filter(key="social_worker", person__left_on=None).select_related("person")
    people = {worker: role.person for role in roles for worker in role.workers}
    spells = SocialWorkerSpell.current.filter(child__authority=authority).order_by("started_on")
    return {child: people.get(worker, manager) for child, worker in spells.values_list("child_id", "worker")}


# ---- What ----


def _made(going: Going, on: date, by: Any = None, **values: Any) -> dict[str, Any]:
    """What every fact has; written down in the afternoon of its day."""
    from django.utils import timezone

    at = timezone.make_aware(datetime.combine(on, time(16, 10)))
    shared = {"child": going.child, "source": "person", "start": on, "recorded_at": at}
    return shared | {"recorded_by": by or going.worker} | values


def _versions(going: Going, day: date) -> None:
    """The plan as it was opened, and each act on it a version of its own."""
    from homeward.records.models import ReturnPlan

    why, last, acts = going.why, going.ended_on or day, _acts(going, day)
    target = going.opened_on + timedelta(days=going.together.randint(120, 230))
    values: dict[str, Any] = {
        "thread": going.thread,
        "opened_on": going.opened_on,
        "to_whom": going.whom,
        "reasons": going.words(why.reasons),
        "risks": going.words(why.risks),
        "strengths": going.words(why.strengths),
        "partners": why.partners,
        "family_needs": why.needs,
        "conditions": "\n".join(going.words(each) for each in why.conditions),
        "realistic": going.words(why.realistic),
        "target_on": max(target, last - timedelta(days=25)) if not going.returned_on else going.returned_on,
        "next_on": going.opened_on + timedelta(days=28),
    }
    before = None
    made = _made(going, going.opened_on)
    for on, by, reason, more in [*acts, (None, None, "", {})]:
        following = _made(going, on, by, **{"reason_recorded": reason}) if on else {}
        before = ReturnPlan.objects.create(
            **made | values, replaces=before, superseded_at=following.get("recorded_at")
        )
        made, values = following | {"start": going.opened_on}, values | more


def _acts(going: Going, day: date) -> list[tuple[date, Any, str, dict[str, Any]]]:
    """(day, who, reason, what changed) in order: agreed as the best plan, gone home, ended."""
    found: list[tuple[date, Any, str, dict[str, Any]]] = []
    until = min(going.returned_on or day, going.ended_on or day)
    agreed = going.opened_on + timedelta(days=going.together.randint(15, 45))
    if agreed < until and (going.returned_on or going.rng.random() < AGREED):
        best = {
            "best_by": going.manager.name,
            "best_role": "team_manager",
            "best_on": agreed,
            "best_says": going.words(going.together.choice(said.BEST)),
        }
        found.append((agreed, going.manager, "Agreed as the best plan", best))
    if going.returned_on:
        gone = {"returned_on": going.returned_on, "next_on": going.returned_on + timedelta(days=28)}
        found.append((going.returned_on, None, "The child went home", gone))
    if going.ended_on:
        texts = {
            LASTED: going.together.choice(said.LASTED),
            BROKE_DOWN: said.BROKE_DOWN,
            STOPPED: said.STOPPED,
        }
        says = going.words(texts[going.outcome])
        ended = {"ended_on": going.ended_on, "outcome": going.outcome, "outcome_says": says}
        found.append((going.ended_on, None, "The plan for return ended", ended))
    return found


def _steps(going: Going, day: date) -> Iterator[Any]:
    from homeward.records.models import ReturnStep

    until = min(going.returned_on or day, going.ended_on or day)
    for what, who in going.why.helps:
        values = {"kind": HELP, "what": going.words(what), "who": who, "agreed_on": going.opened_on}
        yield ReturnStep(**_made(going, going.opened_on, plan=going.thread, **values))
    behind = False  # once a milestone is late, those after it wait
    length = max((until - going.opened_on).days, 1) if going.returned_on else 150
    for number, what in enumerate(said.MILESTONES, 1):
        by_on = going.opened_on + timedelta(days=length * number // (len(said.MILESTONES) + 1))
        values = {"kind": MILESTONE, "what": going.words(what), "who": going.worker.name}
        values |= {"agreed_on": going.opened_on, "by_on": by_on}
        made = _made(going, going.opened_on, plan=going.thread, **values)
        behind = behind or not (by_on < until and (going.returned_on or going.rng.random() > LATE))
        if not behind:
            says = going.words(going.rng.choice(said.CAME_OF))
            closed = min(by_on + timedelta(days=going.rng.choice((-3, -1, 0, 0, 4))), until)
            made |= {"state": "done", "closed_on": max(closed, going.opened_on), "says": says}
        yield ReturnStep(**made)


def _reviews(going: Going, day: date) -> Iterator[Any]:
    """About once a month until the child is home; of a few the last is long ago."""
    from homeward.records.models import ReturnReview

    until = min(going.returned_on or day, going.ended_on or day)
    if until == day and going.rng.random() < LATE:
        until -= timedelta(days=going.rng.randint(12, 50))
    on = going.opened_on + timedelta(days=going.together.randint(20, 28))
    while on < until:
        following = on + timedelta(days=going.together.randint(24, 31))
        by, role = (
            (going.manager, "team_manager") if going.rng.random() < 0.4 else (going.worker, "social_worker")
        )
        values = {"by_name": by.name, "by_role": role, "says": going.words(going.rng.choice(said.GOES))}
        if on > until - timedelta(days=200):  # of a long way the last months are told
            yield ReturnReview(
                **_made(going, on, by, plan=going.thread, held_on=on, next_on=following, **values)
            )
        on = following


def _checks(going: Going, day: date) -> Iterator[Any]:
    from homeward.records.models import ReturnReview

    if not going.returned_on:
        return
    until = going.ended_on or day
    on, number = going.returned_on + timedelta(days=26), 0
    while on < until:
        following = on + timedelta(days=going.together.randint(50, 70))
        if following < until or going.ended_on or going.rng.random() > LATE / 2:
            values = _check(going, on, number, broken=going.outcome == BROKE_DOWN and following >= until)
            yield ReturnReview(**_made(going, on, plan=going.thread, held_on=on, next_on=following, **values))
        on, number = following, number + 1


def _check(going: Going, on: date, number: int, *, broken: bool) -> dict[str, Any]:
    rng, first = going.rng, number == 0
    says = said.BROKEN_CHECK if broken else rng.choice(said.FIRST_CHECK if first else said.LATER_CHECK)
    values: dict[str, Any] = {
        "by_name": going.worker.name,
        "by_role": "social_worker",
        "after_return": True,
        "at_home": "yes",
        "says": going.words(says),
        "milestones": "none" if broken else "some" if number < 2 else "all",
        "social_work": "much" if broken or first else "little" if number < 4 else "none",
        "community": "" if broken else going.together.choice(said.COMMUNITY),
    }
    if going.age(on) >= 5:
        words = said.BROKEN_SAYS if broken else rng.choice(said.FIRST_SAYS if first else said.LATER_SAYS)
        safe = 3 if broken else min(10, rng.randint(6, 8) + number)
        values |= {"feels_safe": safe, "child_says": words}
    return values
