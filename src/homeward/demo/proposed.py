"""Plans that workers have proposed and nobody has agreed yet: what a team manager finds on the first page."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from homeward.demo.councils import CARE_1, workers

# route, what it is alongside, since how many days, and why.
PROPOSALS = (
    ("special_guardianship", "long_term_fostering", 9, "Her aunt has asked to look after her for good."),
    ("long_term_fostering", "return_home", 4, "If the assessment of his parents says that home is not safe."),
    ("special_guardianship", "adoption", 2, "The grandparents came forward and are to be assessed."),
)


def propose_some(authority: Any, day: date, now: datetime) -> None:
    """Needs the council's people, children and plans; the days are counted from the demonstration's."""
    from homeward.records.operations.plans import propose_plan

    free = _without_plan_alongside(authority)
    by = {
        worker: role.person for role in authority.roles.filter(key="social_worker") for worker in role.workers
    }
    for route, main, days, why in PROPOSALS:
        child, worker = next(((c, w) for c, w in free if c.standing.main_plan == main), (None, ""))
        if child is not None:
            free.remove((child, worker))
            on = day - timedelta(days=days)
            propose_plan(child, "parallel", route, {"reason": why}, on=on, by=by[worker], now=now)


def _without_plan_alongside(authority: Any) -> list[tuple[Any, str]]:
    """Children in care of the demonstration's team with one plan only, and their worker's id."""
    from homeward.records.models import Child, PermanencePlan, SocialWorkerSpell

    team = [worker.id for worker in workers(authority.slug) if worker.team == CARE_1]
    spells = dict(
        SocialWorkerSpell.current.filter(
            worker__in=team, ended_on=None, child__authority=authority
        ).values_list("child_id", "worker")
    )
    planned = PermanencePlan.current.filter(child__in=spells, ended_on=None).exclude(position="main")
    waiting = Child.objects.filter(pk__in=spells, standing__in_care=True).exclude(
        pk__in=planned.values("child")
    )
    waiting = waiting.exclude(standing__stage="permanence_achieved").select_related("standing", "authority")
    return [(child, spells[child.pk]) for child in waiting.order_by("pk")]
