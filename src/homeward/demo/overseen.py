"""Supervision, judgements, needs and checks of the demonstration: as each child's record has it.

After everything else. As in any council some supervision is late, some plans nobody has judged, and some
needs have no action.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from homeward.demo.agreed import holders_of, workers_of
from homeward.demo.overseen_words import (
    NEEDS,
    READ,
    REPORTS,
    THOUGHT,
    UNMET,
    WHY_PLAN,
    WHY_REPORT,
    WHY_SUPERVISION,
)

SUPERVISED, JUDGED, NEEDING, ANSWERED, CHECKED = 0.75, 0.5, 0.5, 0.7, 0.7  # of children, how many
BACK = 410  # days, so that four quarters have something to tell


@dataclass
class Looked:
    """A child of the council with who works with it and who looks at that work."""

    child: Any
    worker: Any
    rng: Random
    day: date
    holders: dict[str, Any]

    @property
    def since(self) -> date:
        """From when there was work to look at."""
        began = self.child.standing.in_care_since or self.day - timedelta(days=110)
        return max(began, self.day - timedelta(days=BACK))

    def age(self) -> int:
        return (self.day - self.child.born_on).days // 365 if self.child.born_on else 0

    def made(self, by: Any, on: date, **values: Any) -> dict[str, Any]:
        """What every fact has; written down in the afternoon of its day."""
        from django.utils import timezone

        at = timezone.make_aware(datetime.combine(on, time(16, 15)))
        shared = {"child": self.child, "source": "person", "start": on, "recorded_at": at}
        return shared | {"recorded_by": by} | values


def look_at_the_work(authority: Any, day: date, seed: int = 1) -> None:
    """Needs the council's people, children and plans; the days are counted from that of the demonstration."""
    from homeward.records.models import Action, Grade, Need, Supervision

    everyone = _everyone(authority, day, seed)
    Supervision.objects.bulk_create([fact for one in everyone for fact in _supervision(one)])
    grades = [fact for one in everyone for fact in (*_reports(one), *_checks(one, authority.pack))]
    Grade.objects.bulk_create([*_plans(authority, everyone), *grades])
    needs = [pair for one in everyone for pair in _needs(one)]
    Need.objects.bulk_create([need for need, _ in needs])
    Action.objects.bulk_create([action for _, action in needs if action is not None])


def _everyone(authority: Any, day: date, seed: int) -> list[Looked]:
    from homeward.records.models import Child

    holders, workers = holders_of(authority), workers_of(authority)
    children = Child.objects.filter(authority=authority, standing__in_scope=True).select_related("standing")
    return [
        Looked(
            child,
            workers.get(child.pk, holders["team_manager"]),
            Random(f"{authority.slug} {seed} {child.code} overseen"),
            day,
            holders,
        )
        for child in children.order_by("pk")
    ]


# ---- Supervision ----


def _supervision(one: Looked) -> Iterator[Any]:
    """One after another until today; a few weeks apart, some late, and now and then the last is overdue."""
    from homeward.records.models import Supervision

    if one.rng.random() > SUPERVISED:
        return
    manager, head = one.holders["team_manager"], one.holders["head_of_service"]
    on = one.since + timedelta(days=one.rng.randint(7, 28))
    words = _thoughts(one)
    while on <= one.day:
        says, decided = next(words)
        next_on = on + timedelta(days=one.rng.choice((35, 42, 42, 49, 56)))
        values: dict[str, Any] = {"kind": "supervision", "held_on": on, "worker": one.worker.name}
        values |= {"by_name": manager.name, "by_role": "team_manager", "says": says, "decided": decided}
        values |= {"next_on": next_on} | _judged(one, WHY_SUPERVISION, on, head, 0.2)
        yield Supervision(**one.made(manager, on, **values))
        late = one.rng.random() < 0.2
        on = next_on + timedelta(days=one.rng.randint(3, 24) if late else -one.rng.randint(0, 4))
    if one.rng.random() < 0.12:
        says, decided = one.rng.choice(READ)
        read = one.day - timedelta(days=one.rng.randint(5, 90))
        values = {"kind": "oversight", "held_on": read, "by_name": head.name, "by_role": "head_of_service"}
        yield Supervision(**one.made(head, read, **values, says=says, decided=decided))


def _thoughts(one: Looked) -> Iterator[tuple[str, str]]:
    """What is thought about, never twice in a row; the newest are of where the child stands now."""
    own = [*THOUGHT.get(one.child.standing.stage, ()), *THOUGHT[""]]
    while True:
        for says, decided in one.rng.sample(own, len(own)):
            yield says.format(name=one.child.name), decided.format(name=one.child.name)


def _judged(
    one: Looked, words: tuple[tuple[int, str], ...], on: date, by: Any, share: float
) -> dict[str, Any]:
    if one.rng.random() > share or on + timedelta(days=9) > one.day:
        return {}
    rank, why = one.rng.choice(words)
    judged_on = on + timedelta(days=one.rng.randint(2, 9))
    return {
        "grade": _grades(one)[rank],
        "grade_why": why,
        "graded_by": by.name,
        "graded_on": judged_on,
    }


def _grades(one: Looked) -> list[str]:
    from homeward.domain.quality import grades

    return grades(one.child.authority.pack)


# ---- Plans and reports ----


def _plans(authority: Any, everyone: list[Looked]) -> list[Any]:
    """Main plans that stand, each judged as it stands by a manager some weeks after it was recorded."""
    from homeward.records.models import Grade, PermanencePlan

    by_child = {one.child.pk: one for one in everyone}
    plans = PermanencePlan.current.filter(child__in=by_child, position="main", ended_on=None)
    found = []
    for plan in plans.exclude(recorded_on=None).order_by("pk"):
        one = by_child[plan.child_id]
        first = max(plan.recorded_on, plan.agreed_on or plan.recorded_on, one.day - timedelta(days=330))
        if one.rng.random() > JUDGED or first >= one.day:
            continue
        on = first + timedelta(days=one.rng.randint(1, min(60, (one.day - first).days)))
        rank, why = one.rng.choice(WHY_PLAN)
        found.append(Grade(**_signed(one, on, subject="plan", plan=plan, grade=_grades(one)[rank], says=why)))
    return found


def _reports(one: Looked) -> Iterator[Any]:
    from homeward.records.models import Grade

    report = REPORTS.get(one.child.standing.stage)
    if report is None or one.rng.random() > JUDGED:
        return
    on = one.day - timedelta(days=one.rng.randint(1, 200))
    rank, why = one.rng.choice(WHY_REPORT)
    panel = on + timedelta(days=one.rng.choice((5, 8, 10, 14, 14, -2)))
    yield Grade(
        **_signed(one, on, subject="report", report=report, for_on=panel, grade=_grades(one)[rank], says=why)
    )


def _signed(one: Looked, on: date, **values: Any) -> dict[str, Any]:
    by = one.holders["team_manager"]
    signed = {"graded_on": on, "by_name": by.name, "by_role": "team_manager"}
    return one.made(by, on, **signed, **values)


def _checks(one: Looked, pack: str) -> Iterator[Any]:
    """The plans of children in pre-proceedings, held against the council's standards."""
    from homeward.domain.packs import standards
    from homeward.records.models import Grade

    if not one.child.standing.in_pre_proceedings or one.rng.random() > CHECKED:
        return
    keys = [standard["key"] for standard in standards(pack)]
    older = {"early_permanence"} if one.age() >= 3 else set()  # asked for the youngest alone
    unmet = set(one.rng.sample([key for key in keys if key not in older], one.rng.choice((0, 1, 1, 2))))
    on = one.day - timedelta(days=one.rng.randint(2, 40))
    yield Grade(
        **_signed(
            one,
            on,
            subject="standards",
            standards={key: "na" if key in older else "not" if key in unmet else "met" for key in keys},
            says=one.rng.choice(UNMET) if unmet else "",
            for_on=on + timedelta(days=one.rng.choice((28, 42))),
        )
    )


# ---- Needs ----


def _needs(one: Looked) -> Iterator[tuple[Any, Any]]:
    """(need, the action that answers it or None)."""
    if one.rng.random() > NEEDING:
        return
    age = one.age()
    fitting = [need for need in NEEDS if age >= need[-1]]
    for told in one.rng.sample(fitting, min(len(fitting), one.rng.choice((1, 2, 2, 3)))):
        yield _need(one, told)


def _need(one: Looked, told: tuple[str, str, str, int, str, str, int]) -> tuple[Any, Any]:
    from homeward.records.models import Action, Need

    area, what, found_in, within, action, outcome, _ = told
    found = one.day - timedelta(days=one.rng.randint(10, max(11, min(200, (one.day - one.since).days))))
    by = found + timedelta(days=within)
    values: dict[str, Any] = {
        "area": area,
        "what": what,
        "found_in": found_in,
        "found_on": found,
        "by_on": by,
    }
    need = Need(**one.made(one.worker, found, **values))
    if one.rng.random() > ANSWERED:
        return need, None
    agreed = min(one.day, found + timedelta(days=one.rng.randint(0, 12)))
    doing: dict[str, Any] = {"what": action, "owner": one.worker, "agreed_on": agreed, "need": need.thread}
    doing["by_on"] = by
    if by < one.day and one.rng.random() < 0.8:
        done = max(agreed, min(one.day, by + timedelta(days=one.rng.randint(-12, 5))))
        doing |= {"state": Action.DONE, "closed_on": done, "outcome": outcome}
        need.closed_as, need.closed_on, need.closed_says = "met", done, f"{outcome}."
    return need, Action(**one.made(one.worker, agreed, **doing))
