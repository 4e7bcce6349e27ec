"""Core meetings and actions of some days, by team: in time, late or not yet; who is behind each figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from homeward.domain.wording import day_words, days_words
from homeward.records.access import Actor, children_shown_to
from homeward.records.fields import is_shown
from homeward.records.models import (
    Action,
    Allocation,
    Authority,
    Child,
    KeptDeadline,
    Role,
    SocialWorkerSpell,
)
from homeward.records.operations.people import not_over
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.people import spells_on

CORE = "permanence_meeting_held"
FIGURES: dict[str, str] = {
    "in_time": "Meetings held in time",
    "late": "Meetings held late",
    "not_held": "Meetings due and not held",
    "done": "Actions done in time",
    "done_late": "Actions done late",
    "not_done": "Actions overdue",
}
NO_TEAM = "No team recorded"


class Behind(NamedTuple):
    """One meeting or action that a figure counts."""

    child: int
    words: str


@dataclass(slots=True)
class Line:
    team: str
    behind: dict[str, list[Behind]] = field(default_factory=lambda: {key: [] for key in FIGURES})


def lines(actor: Actor, authority: Authority, first: date, last: date) -> list[Line]:
    """A line a team, by name, of the children whom the actor sees; those without a team come last."""
    children = children_shown_to(actor, "history").filter(authority=authority)
    found = [*_meetings(actor, authority, children, first, last), *_actions(children, first, last)]
    teams = teams_of({behind.child for _, behind in found}, authority, last)
    by_team: dict[str, Line] = {}
    for key, behind in found:
        team = teams.get(behind.child, NO_TEAM)
        by_team.setdefault(team, Line(team)).behind[key].append(behind)
    return sorted(by_team.values(), key=lambda line: (line.team == NO_TEAM, line.team))


Found = Iterable[tuple[str, Behind]]


def _meetings(
    actor: Actor, authority: Authority, children: QuerySet[Child], first: date, last: date
) -> Found:
    """Dates that a core meeting of these days met, and those that it has not met by the last of them."""
    fields = actor.meaning.fields
    rules = [rule for rule in policy_of(authority).rules if CORE in rule.met_by and is_shown(rule, fields)]
    dates = KeptDeadline.objects.filter(child__in=children, rule__in=[rule.key for rule in rules])
    held = dates.filter(met_kind=CORE, met_on__range=(first, last)).exclude(due_on=None)
    for pk, due, met in held.values_list("child_id", "due_on", "met_on"):
        assert due is not None and met is not None
        late = (met - due).days
        over = f", {days_words(late)} late" if late > 0 else ""
        yield (
            "late" if late > 0 else "in_time",
            Behind(pk, f"due {day_words(due)}, held {day_words(met)}{over}"),
        )
    still = (Q(met_on=None) | Q(met_on__gt=last)) & (Q(ended_on=None) | Q(ended_on__gt=last))
    for pk, due in dates.filter(still, due_on__lt=last).values_list("child_id", "due_on"):
        assert due is not None
        yield "not_held", Behind(pk, f"due {day_words(due)}")


def _actions(children: QuerySet[Child], first: date, last: date) -> Found:
    actions = Action.current.filter(child__in=children, agreed_on__lte=last)
    done = actions.filter(state=Action.DONE, closed_on__range=(first, last))
    for pk, what, by_on, closed in done.values_list("child_id", "what", "by_on", "closed_on"):
        late = by_on is not None and closed > by_on
        agreed = f", agreed by {day_words(by_on)}" if by_on else ""
        yield (
            "done_late" if late else "done",
            Behind(pk, f"{what}: done {day_words(closed)}{agreed}"),
        )
    still = Q(state=Action.OPEN) | Q(closed_on__gt=last)
    for pk, what, by_on in actions.filter(still, by_on__lt=last).values_list("child_id", "what", "by_on"):
        yield "not_done", Behind(pk, f"{what}: agreed by {day_words(by_on)}")


def teams_of(children: Collection[int], authority: Authority, on: date) -> dict[int, str]:
    """The team of who works with each child on a day: by an allocation made here, or by the files' worker."""
    roles = Role.objects.filter(authority=authority).exclude(team=None).select_related("team").order_by("pk")
    of_worker: dict[str, str] = {}
    of_person: dict[int, str] = {}
    for role in roles:
        assert role.team is not None
        of_person.setdefault(role.person_id, role.team.name)
        for worker in role.workers:
            of_worker.setdefault(worker, role.team.name)
    found: dict[int, str] = {}
    spells = spells_on(SocialWorkerSpell, on).filter(child__among=children)
    for pk, worker in spells.values_list("child_id", "worker"):
        if worker in of_worker:
            found[pk] = of_worker[worker]
    made = Q(child__among=children, basis="allocated", started_on__lte=on) & not_over(on)
    allocated = Allocation.objects.filter(made).order_by("started_on", "pk")
    for pk, person in allocated.values_list("child_id", "person"):
        if person in of_person:
            found[pk] = of_person[person]
    return found


def behind(found: Iterable[Line], team: str, key: str) -> dict[int, list[str]]:
    """Child -> what the figure counts, of one team or, with "", of all."""
    told: dict[int, list[str]] = defaultdict(list)
    for line in found:
        if team in ("", line.team):
            for one in line.behind[key]:
                told[one.child].append(one.words)
    return dict(told)
