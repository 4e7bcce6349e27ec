"""What a director is answerable for: matters that await an answer, and decisions taken at senior level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F

from homeward.domain.wording import days_words, status_words
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Authority, Challenge, Child, Decision
from homeward.records.queries import decisions_page

# In which roles a decision is one of the leadership of the service (records/roles.toml).
SENIOR = ("director", "head_of_service", "agency_decision_maker", "nominated_officer")
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A matter raised that nobody has answered or settled, read on a day."""

    fact: Challenge
    on: date

    @property
    def child(self) -> Child:
        return self.fact.child

    @property
    def status(self) -> str:
        if self.fact.answer_by is None:
            return "undated"
        return "overdue" if self.fact.answer_by < self.on else "due_soon"

    @property
    def words(self) -> str:
        due = self.fact.answer_by
        if due is None:
            return f"No day set, raised {days_words((self.on - self.fact.raised_on).days)} ago"
        return status_words(self.status, due, (self.on - due).days)


def matters_waiting(actor: Actor, authority: Authority, on: date) -> list[Waiting]:
    """The longest wait for an answer first; those without a day come last."""
    children = children_shown_to(actor, "history").filter(authority=authority)
    found = Challenge.current.filter(child__in=children, raised_on__lte=on, answered_on=None, settled_on=None)
    if "legal" not in actor.meaning.fields:
        found = found.exclude(theme="legal")
    by_day = found.select_related("child").order_by(F("answer_by").asc(nulls_last=True), "raised_on", "pk")
    return [Waiting(fact, on) for fact in by_day]


def senior_decisions(actor: Actor, authority: Authority, on: date) -> tuple[list[Decision], dict[str, int]]:
    """The newest of a year, and how many were taken in each of the senior roles."""
    found = decisions_page.in_reach(actor, authority).filter(
        maker_role__in=SENIOR, decided_on__gt=on - YEAR, decided_on__lte=on
    )
    counted = found.order_by().values_list("maker_role").annotate(number=Count("pk"))
    return list(found.order_by("-decided_on", "-pk")[:10]), dict(counted)
