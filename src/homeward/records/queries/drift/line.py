"""What the lists of drift share: who asks, a line about a child, and the newest decision of a sort."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from homeward.domain.wording import day_words, status_words
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Authority, Child, Decision
from homeward.records.operations.decisions import decider_words

NEAR_DAYS = 28


class Told(NamedTuple):
    """A status in words: overdue, due_soon, on_track, done_on_time or ended."""

    status: str
    words: str


Cell = str | date | Told | tuple[str, ...] | None  # several words stand one on each line


class Line(NamedTuple):
    """One child on a list; `cells` follow the list's headings. `act` is an open action that is meant."""

    child: Child
    cells: tuple[Cell, ...]
    act: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose list it is, and of which day; `aside` are rules left out of every count."""

    actor: Actor
    authority: Authority
    today: date
    aside: frozenset[str] = frozenset()

    def children(self, *needs: str) -> QuerySet[Child]:
        """Through the door: those whose field sets hold what the list tells of."""
        return children_shown_to(self.actor, *needs).filter(authority=self.authority)

    def due(self, on: date) -> Told:
        """A day that is still to be met, in the words of a date."""
        late = (self.today - on).days
        status = "overdue" if late > 0 else "due_soon" if late >= -NEAR_DAYS else "on_track"
        return Told(status, status_words(status, on, late))


def named(children: QuerySet[Child], pks: Iterable[int]) -> dict[int, Child]:
    """Those of a list with where they stand, by number and in the order of their names."""
    found = children.filter(pk__in=list(pks)).select_related("standing")
    return {child.pk: child for child in sorted(found, key=lambda child: child.name.casefold())}


def decisions(children: Collection[int], kind: str) -> dict[int, Decision]:
    """The newest decision of a sort about each child; a later one takes its place."""
    found = Decision.current.filter(child__in=children, kind=kind).order_by("decided_on", "pk")
    return {decision.child_id: decision for decision in found}


def by_whom(decision: Decision) -> str:
    """Who decided, in which role and when."""
    role = decider_words(decision.maker_role)
    maker = f"{decision.maker}, {role[:1].lower()}{role[1:]}" if role else decision.maker
    return f"{maker}, {day_words(decision.decided_on)}"


def again(asking: Asking, decision: Decision) -> Told:
    """When a decision is looked at again."""
    if decision.review_on is None:
        return Told("due_soon", "No day set")
    return asking.due(decision.review_on)
