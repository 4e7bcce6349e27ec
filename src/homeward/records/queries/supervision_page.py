"""Supervision of the work for a child as its page needs it, the newest first, with when the next is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from homeward.domain.quality import SUPERVISIONS, Next, frequency, next_due, next_one
from homeward.domain.wording import day_words
from homeward.records.models import Child, Supervision
from homeward.records.operations.decisions import decider_words
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.earlier import Earlier, versions


@dataclass(slots=True)
class Line:
    """One supervision or management oversight, and what came of the day agreed at it."""

    fact: Supervision
    next: Next
    followed: bool
    earlier: list[Earlier] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return str(self.fact.uid)

    @property
    def kind(self) -> str:
        return SUPERVISIONS.get(self.fact.kind, self.fact.kind)

    @property
    def role(self) -> str:
        return decider_words(self.fact.by_role)


def of_child(page: ChildPage) -> list[Line]:
    """What was held by the day of the page, each with its earlier versions."""
    everything = list(_read(Supervision.objects.filter(child=page.child)))
    by_pk = {fact.pk: fact for fact in everything}
    standing = [
        fact
        for fact in everything
        if fact.superseded_at is None and not fact.withdrawn and fact.held_on <= page.as_at
    ]
    found = lines(standing, page.child.authority.pack, page.as_at, ended=not page.standing.in_scope)
    for line in found:
        line.earlier = versions(line.fact, by_pk, said_words)
    return found


def lines(facts: Iterable[Supervision], pack: str, as_at: date, *, ended: bool) -> list[Line]:
    """Those of one child, the newest first; each is followed by the next of its kind."""
    found: list[Line] = []
    after: dict[str, date] = {}
    for fact in sorted(facts, key=lambda each: (each.held_on, each.pk), reverse=True):
        due = next_due(frequency(pack, fact.kind), fact.held_on, fact.next_on)
        followed = after.get(fact.kind)
        found.append(Line(fact, next_one(due, followed, as_at, ended=ended), followed is not None))
        after[fact.kind] = fact.held_on
    return found


def supervision_of(child: Child, uid: str) -> Supervision | None:
    return _read(Supervision.objects.filter(child=child, uid=uid)).first()


def said_words(fact: Supervision) -> str:
    """A supervision in a line."""
    kind = SUPERVISIONS.get(fact.kind, fact.kind)
    until = f" Next on {day_words(fact.next_on)}." if fact.next_on else ""
    judged = f" Judged: {fact.grade}." if fact.grade else ""
    return f"{kind} by {fact.by_name}, {day_words(fact.held_on)}: {fact.says} {fact.decided}{until}{judged}"


def _read(found: QuerySet[Supervision]) -> QuerySet[Supervision]:
    return found.select_related("child__authority", "recorded_by")
