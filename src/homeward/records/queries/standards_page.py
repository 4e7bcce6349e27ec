"""Early permanence standards: a child's checks, and every child in pre-proceedings with the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from homeward.domain.packs import standards
from homeward.domain.wording import status_words
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Authority, Child, Grade, KeptDeadline, PermanencePlan
from homeward.records.operations.decisions import decider_words
from homeward.records.operations.grades import PLAN, STANDARDS
from homeward.records.operations.standards import ANSWERS
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.child_page import ChildPage

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Check:
    """One check; `answers` are (standard, answer in words, its key), in the order of the council's list."""

    fact: Grade
    answers: list[tuple[str, str, str]]

    @property
    def role(self) -> str:
        return decider_words(self.fact.by_role)

    @property
    def not_met(self) -> list[str]:
        return [asks for asks, _, answer in self.answers if answer == "not"]


@dataclass(frozen=True, slots=True)
class Next:
    """A day ahead in the words of a date."""

    status: str
    words: str


@dataclass(slots=True)
class Line:
    """A child in pre-proceedings; what is None was never recorded."""

    child: Child
    check: Check | None = None
    grade: str = ""
    next_check: Next | None = None
    next_date: tuple[str, date] | None = None  # the first open date of the policy, by its title


def of_child(page: ChildPage) -> list[Check]:
    """The child's checks made by the day of the page, the newest first."""
    facts = Grade.current.filter(child=page.child, subject=STANDARDS, graded_on__lte=page.as_at)
    return [_check(fact, page.own.name) for fact in facts.order_by("-graded_on", "-pk")]


def in_pre_proceedings(actor: Actor, authority: Authority, today: date) -> list[Line]:
    """Every child in pre-proceedings whom the person sees; who was never checked first, then the oldest.

    That a child is in pre-proceedings tells of legal steps: who is not shown those sees none.
    """
    children = children_shown_to(actor, "history", "legal").filter(
        authority=authority, standing__in_pre_proceedings=True
    )
    found = {child.pk: Line(child) for child in children}
    made = Grade.current.filter(child__in=children, graded_on__lte=today).order_by("graded_on", "pk")
    for fact in made.filter(subject=STANDARDS):
        line = found[fact.child_id]
        line.check, line.next_check = _check(fact, authority.pack), next_words(fact.for_on, today)
    grades = {fact.plan_id: fact.grade for fact in made.filter(subject=PLAN)}
    plans = PermanencePlan.current.filter(child__in=children, position="main", ended_on=None)
    for pk, child in plans.order_by("recorded_on", "pk").values_list("pk", "child_id"):
        found[child].grade = grades.get(pk, "")
    titles = {rule.key: rule.title for rule in policy_of(authority).rules}
    dates = KeptDeadline.objects.filter(child__in=children, met_on=None, ended_on=None, counted_on__lte=today)
    dated = dates.exclude(due_on=None).order_by("-due_on", "-pk")
    for child, rule, due in dated.values_list("child_id", "rule", "due_on"):
        if due is not None and rule in titles:
            found[child].next_date = (titles[rule], due)
    never = date.min
    return sorted(
        found.values(), key=lambda line: (line.check.fact.graded_on if line.check else never, line.child.name)
    )


def next_words(on: date | None, today: date) -> Next | None:
    if on is None:
        return None
    status = "overdue" if on < today else "due_soon" if on <= today + SOON else "on_track"
    return Next(status, status_words(status, on, (today - on).days))


def _check(fact: Grade, pack: str) -> Check:
    """Answers to standards that the council asks no more are left out; they stay in the history."""
    own = [(one["asks"], fact.standards.get(one["key"], "")) for one in standards(pack)]
    return Check(fact, [(asks, ANSWERS.get(answer, "Not asked then"), answer) for asks, answer in own])
