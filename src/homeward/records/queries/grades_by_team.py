"""How good plans and reports are, by team: counts in the council's words, and who is behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from homeward.domain.calendar import add_months
from homeward.domain.standing import ROUTE_WORDS
from homeward.domain.wording import day_words
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Authority, Child, DatedEvent, Grade, PermanencePlan
from homeward.records.operations.grades import PLAN, REPORT
from homeward.records.queries.grades_page import in_time
from homeward.records.queries.meetings_by_team import NO_TEAM, teams_of

MONTHS = 12  # how far back reports are listed
EARLIER, NONE = "Only an earlier one judged", "Not judged"
COMPLETED = "child_permanence_report_completed"


@dataclass(slots=True)
class TeamLine:
    """A team with the children of each word: {word: {child: [what is counted]}}."""

    team: str
    behind: dict[str, dict[int, list[str]]] = field(default_factory=lambda: defaultdict(dict))

    def count(self, word: str) -> int:
        """How many plans or reports, of however many children."""
        return sum(len(words) for words in self.behind.get(word, {}).values())


def plans(actor: Actor, authority: Authority, today: date) -> list[TeamLine]:
    """Main plans that stand of children on the tracker, by what was last said of the version that stands."""
    children = children_shown_to(actor, "work").filter(authority=authority, standing__in_scope=True)
    standing = PermanencePlan.current.filter(child__in=children, position="main", ended_on=None)
    newest: dict[int, tuple[int, str]] = {}
    for child, pk, route in standing.order_by("recorded_on", "pk").values_list("child_id", "pk", "route"):
        newest[child] = (pk, ROUTE_WORDS.get(route, route))
    of_version: dict[int, Grade] = {}
    judged: set[int] = set()
    graded = Grade.current.filter(child__in=children, subject=PLAN, plan__position="main")
    graded = graded.filter(graded_on__lte=today)
    for fact in graded.order_by("graded_on", "pk"):
        judged.add(fact.child_id)
        of_version[fact.plan_id or 0] = fact
    found = []
    for child, (pk, route) in newest.items():
        fact = of_version.get(pk)
        word = fact.grade if fact else EARLIER if child in judged else NONE
        said = f", {fact.by_name}, {day_words(fact.graded_on)}" if fact else ""
        found.append((word, child, f"{route}{said}"))
    return _by_team(found, authority, today)


def reports(actor: Actor, authority: Authority, today: date) -> list[TeamLine]:
    """Reports judged in the last twelve months, and those completed in them that nobody has judged since."""
    children = children_shown_to(actor, "work").filter(authority=authority)
    since = add_months(today, -MONTHS)
    found = []
    newest: dict[int, date] = {}
    graded = Grade.current.filter(child__in=children, subject=REPORT, graded_on__range=(since, today))
    for fact in graded.order_by("graded_on", "pk"):
        newest[fact.child_id] = fact.graded_on
        said = in_time(fact.for_on, fact.graded_on).lower()
        found.append((fact.grade, fact.child_id, f"{fact.report}: {said}, by {fact.by_name}"))
    for child, on in _completed(children, since, today):
        if newest.get(child, date.min) < on:
            found.append((NONE, child, f"child’s permanence report completed on {day_words(on)}"))
    return _by_team(found, authority, today)


def _completed(children: QuerySet[Child], since: date, today: date) -> Iterable[tuple[int, date]]:
    events = DatedEvent.current.filter(child__in=children, kind=COMPLETED, on__range=(since, today))
    return dict(events.order_by("on").values_list("child_id", "on")).items()


def _by_team(found: list[tuple[str, int, str]], authority: Authority, today: date) -> list[TeamLine]:
    teams = teams_of({child for _, child, _ in found}, authority, today)
    lines: dict[str, TeamLine] = {}
    for word, child, said in found:
        team = teams.get(child, NO_TEAM)
        lines.setdefault(team, TeamLine(team)).behind[word].setdefault(child, []).append(said)
    return sorted(lines.values(), key=lambda line: (line.team == NO_TEAM, line.team))


def behind(lines: Iterable[TeamLine], team: str, word: str) -> dict[int, list[str]]:
    """Child -> what is counted under a word, of one team or, with "", of all."""
    told: dict[int, list[str]] = {}
    for line in lines:
        if team in ("", line.team):
            told |= line.behind.get(word, {})
    return told
