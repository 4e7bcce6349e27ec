"""Supervision in a person's reach: what is late now by team, and by quarter what was in time and how good.

Three queries and those that name the teams, however many children there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from homeward.domain.quality import SUPERVISIONS, Quarter, quarters
from homeward.domain.wording import day_words
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Authority, Child, Supervision
from homeward.records.queries import supervision_page
from homeward.records.queries.meetings_by_team import NO_TEAM, teams_of
from homeward.records.queries.supervision_page import Line

NOW: dict[str, str] = {
    "late": "Supervision late",
    "soon": "Due in two weeks",
    "none": "None recorded",
}
TIMES: dict[str, str] = {
    "in_time": "Held in time",
    "held_late": "Held late",
    "not_held": "Due and not held",
}
NOT_JUDGED = "Not judged"
QUARTERS = 4


@dataclass(slots=True)
class TeamLine:
    """A team with the children of each figure: {figure: {child: [what is counted]}}."""

    team: str
    behind: dict[str, dict[int, list[str]]] = field(
        default_factory=lambda: {key: defaultdict(list) for key in NOW}
    )


@dataclass(slots=True)
class QuarterLine:
    """A quarter: when what fell due was held, and how good what was held in it was."""

    quarter: Quarter
    times: Counter[str] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> int | None:
        """Of what fell due, how many in a hundred were held in time; None where nothing fell due."""
        total = sum(self.times.values())
        return round(100 * self.times["in_time"] / total) if total else None


@dataclass(slots=True)
class ByTeam:
    teams: list[TeamLine]
    quarters: list[QuarterLine]

    def children(self, team: str, what: str) -> dict[int, list[str]]:
        """Child -> what the figure counts, of one team or, with "", of all."""
        found: dict[int, list[str]] = {}
        for line in self.teams:
            if team in ("", line.team):
                found |= line.behind.get(what, {})
        return found


def by_team(actor: Actor, authority: Authority, today: date) -> ByTeam:
    """Of the children whom the person sees; teams by name, the oldest quarter first."""
    children = children_shown_to(actor, "work").filter(authority=authority)
    scope = set(children.filter(standing__in_scope=True).values_list("pk", flat=True))
    lines = _lines(children, authority, scope, today)
    teams = teams_of(scope, authority, today)
    found: dict[str, TeamLine] = {}
    for pk in scope:
        team = teams.get(pk, NO_TEAM)
        line = found.setdefault(team, TeamLine(team))
        for what, words in _now(lines.get(pk, [])):
            line.behind[what][pk].append(words)
    whole = [line for each in lines.values() for line in each]
    return ByTeam(
        sorted(found.values(), key=lambda line: (line.team == NO_TEAM, line.team)),
        [_quarter(quarter, whole) for quarter in quarters(today, QUARTERS)],
    )


def late(actor: Actor, authority: Authority, today: date) -> list[tuple[Child, Line]]:
    """Children whose supervision is late, the longest first."""
    children = children_shown_to(actor, "work").filter(authority=authority, standing__in_scope=True)
    lines = _lines(children, authority, set(children.values_list("pk", flat=True)), today)
    found = [
        (line.fact.child, line) for each in lines.values() for line in each if line.next.status == "overdue"
    ]
    return sorted(found, key=lambda one: (one[1].next.due_on or today, one[0].name))


def _lines(children: object, authority: Authority, scope: set[int], today: date) -> dict[int, list[Line]]:
    facts = Supervision.current.filter(child__in=children, held_on__lte=today).select_related("child")
    of_child: dict[int, list[Supervision]] = defaultdict(list)
    for fact in facts.order_by("held_on", "pk"):
        of_child[fact.child_id].append(fact)
    return {
        pk: supervision_page.lines(own, authority.pack, today, ended=pk not in scope)
        for pk, own in of_child.items()
    }


def _now(lines: Iterable[Line]) -> Iterable[tuple[str, str]]:
    """(figure, what is counted) of one child as things stand."""
    found = list(lines)
    if not found:
        yield "none", "No supervision is recorded"
    for line in found:
        if line.next.due_on and line.next.status in ("overdue", "due_soon"):
            key = "late" if line.next.status == "overdue" else "soon"
            kind = SUPERVISIONS.get(line.fact.kind, line.fact.kind).lower()
            yield key, f"{kind} due {day_words(line.next.due_on)}, by {line.fact.by_name}"


_TIMES = {"done_on_time": "in_time", "done_late": "held_late", "overdue": "not_held"}


def _quarter(quarter: Quarter, lines: Iterable[Line]) -> QuarterLine:
    found = QuarterLine(quarter)
    for line in lines:
        if quarter.holds(line.next.due_on) and line.next.status in _TIMES:
            found.times[_TIMES[line.next.status]] += 1
        if quarter.holds(line.fact.held_on):
            found.grades[line.fact.grade or NOT_JUDGED] += 1
    return found
