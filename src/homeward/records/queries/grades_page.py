"""How good a child's plans and reports were judged, and by which version of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from homeward.domain.wording import day_words, days_words
from homeward.records.models import Child, Grade, PermanencePlan
from homeward.records.operations.decisions import decider_words
from homeward.records.operations.grades import PLAN, REPORT
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.earlier import Earlier, versions
from homeward.records.queries.said import Said

# What the policy's dates about the main plan are met by: the plan was there in time, or not.
_PLAN_EVENTS = frozenset({"permanence_plan_recorded", "permanence_plan_agreed", "permanence_plan_confirmed"})


@dataclass(slots=True)
class Line:
    """A judgement of a plan or a report."""

    fact: Grade
    version: int = 0  # of the plan, the first being 1
    this_version: bool = False
    earlier: list[Earlier] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return str(self.fact.uid)

    @property
    def role(self) -> str:
        return decider_words(self.fact.by_role)

    @property
    def version_words(self) -> str:
        return f"{'this version' if self.this_version else 'an earlier version'}, number {self.version}"

    @property
    def in_time(self) -> str:
        """Whether a report was judged before the panel or meeting that it is for."""
        return in_time(self.fact.for_on, self.fact.graded_on)


def in_time(for_on: date | None, graded_on: date) -> str:
    if for_on is None:
        return "No day is recorded for which it was needed"
    days = (for_on - graded_on).days
    if days > 0:
        return f"Judged {days_words(days)} before {day_words(for_on)}"
    return "Judged on the day" if days == 0 else f"Judged {days_words(-days)} after {day_words(for_on)}"


@dataclass(slots=True)
class Judged:
    """Of a child: each plan's judgements by the pk of its standing version, and those of reports."""

    plans: dict[int, list[Line]]
    versions: dict[int, int]  # how many versions a standing plan has had
    reports: list[Line]


def judged(page: ChildPage) -> Judged:
    """Everything judged by the day of the page, the newest first; two queries."""
    everything = list(_read(Grade.objects.filter(child=page.child, subject__in=(PLAN, REPORT))))
    by_pk = {fact.pk: fact for fact in everything}
    standing = [
        fact
        for fact in everything
        if fact.superseded_at is None and not fact.withdrawn and fact.graded_on <= page.as_at
    ]
    standing.sort(key=lambda fact: (fact.graded_on, fact.pk), reverse=True)
    number, newest = _numbers(PermanencePlan.objects.filter(child=page.child))
    found = Judged(defaultdict(list), {newest[pk]: number[newest[pk]] for pk in newest}, [])
    for fact in standing:
        line = Line(fact, earlier=versions(fact, by_pk, said_words))
        if fact.plan_id is None:
            found.reports.append(line)
            continue
        line.version = number[fact.plan_id]
        line.this_version = newest[fact.plan_id] == fact.plan_id
        found.plans[newest[fact.plan_id]].append(line)
    return found


def _numbers(plans: QuerySet[PermanencePlan]) -> tuple[dict[int, int], dict[int, int]]:
    """(version -> its number, version -> the version that stands in its place)."""
    replaced = dict(plans.order_by("pk").values_list("pk", "replaces_id"))
    number: dict[int, int] = {}
    first: dict[int, int] = {}
    newest: dict[int, int] = {}
    for pk, before in replaced.items():  # a version is recorded after the one that it replaces
        number[pk] = number.get(before, 0) + 1 if before else 1
        first[pk] = first.get(before, pk) if before else pk
        newest[first[pk]] = pk
    return number, {pk: newest[first[pk]] for pk in replaced}


def timeliness(dates: Iterable[Said]) -> list[Said]:
    """What the policy's dates say of whether the main plan was there in time."""
    return [said for said in dates if _PLAN_EVENTS.intersection(said.rule.met_by)]


def grade_of(child: Child, uid: str) -> Grade | None:
    """A judgement of a plan or a report by its stable id."""
    found = Grade.objects.filter(child=child, uid=uid, subject__in=(PLAN, REPORT))
    return _read(found).first()


def said_words(fact: Grade) -> str:
    """A judgement in a line."""
    role = decider_words(fact.by_role)
    by = f"{fact.by_name}, {role}" if role else fact.by_name
    of = f"{fact.report}: " if fact.report else ""
    return f"{of}{fact.grade} – {by}, {day_words(fact.graded_on)}. {fact.says}"


def _read(found: QuerySet[Grade]) -> QuerySet[Grade]:
    return found.select_related("child__authority", "recorded_by", "plan")
