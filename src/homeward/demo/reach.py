"""Who works with which child beside the return: a leaver, hand-over, acting for a colleague, windows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from homeward.demo.councils import CARE_1, workers

PANEL, LIFE_STORY = timedelta(days=8), timedelta(days=90)


def give_reach(authority: Any, day: date) -> None:
    """Needs the council's people and children; the days are counted from the day of the demonstration."""
    from homeward.records.models import Person, Role
    from homeward.records.operations.allocations import allocate
    from homeward.records.operations.covers import make_cover
    from homeward.records.operations.people import leave

    def holder(key: str) -> Role:
        return Role.objects.select_related("person").get(authority=authority, key=key)

    def work(children: list[Any], role: Role, since: int, until: date | None, why: str) -> None:
        for child in children:
            allocate(child, role, started_on=day - _days(since), ended_on=until, reason=why, by=manager)

    manager: Person = holder("team_manager").person
    team = [worker.id for worker in workers(authority.slug) if worker.team == CARE_1]
    first, leaver, third, fourth, fifth, sixth = (_role(authority, worker) for worker in team)

    left = _children_of(authority, team[1])
    leave(authority, leaver.person, day - _days(11), holder("system_manager").person)
    work(left[::2], third, 8, None, f"{leaver.person.name} left")
    work(_children_of(authority, team[2])[:1], first, 60, day - _days(3), "The family knows her")
    for covered, acts, since, until, by in (
        (sixth, fifth, day - _days(2), day + _days(10), manager),
        (first, fourth, day + _days(19), day + _days(30), first.person),
    ):
        people = {"covered": covered.person, "acts": acts.person, "by": by}
        make_cover(authority, started_on=since, ended_on=until, reason="Annual leave", **people)
    waiting = _in_care(authority, main_plan="adoption")
    for key in ("panel_chair", "panel_member"):
        work(waiting[:2], holder(key), 4, day + PANEL, "Adoption panel")
    work(waiting[2:4], holder("life_story_worker"), 20, day + LIFE_STORY, "Life story book")
    work(waiting[:5], holder("family_finder"), 30, None, "Family finding")
    fostered = _in_care(authority, placement__startswith="U")
    work(fostered[:6], holder("supervising_social_worker"), 120, None, "Supervises the foster home")


def _days(number: int) -> timedelta:
    return timedelta(days=number)


def _role(authority: Any, worker: str) -> Any:
    roles = authority.roles.filter(key="social_worker").select_related("person")
    return next(role for role in roles if worker in role.workers)


def _children_of(authority: Any, worker: str) -> list[Any]:
    from homeward.records.models import Child, SocialWorkerSpell

    spells = SocialWorkerSpell.current.filter(worker=worker, ended_on=None, child__authority=authority)
    return list(Child.objects.filter(pk__in=spells.values("child"), standing__in_care=True).order_by("pk"))


def _in_care(authority: Any, **standing: str) -> list[Any]:
    from homeward.records.models import Child

    wanted = {f"standing__{name}": value for name, value in standing.items()}
    return list(Child.objects.filter(authority=authority, standing__in_care=True, **wanted).order_by("pk"))
