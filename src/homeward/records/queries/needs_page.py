"""What a child needs: by when in the child's own time, and the actions that answer it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from homeward.domain.wording import day_words, status_words
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Action, Authority, Child, Need
from homeward.records.operations.needs import AREAS, ENDS, NOT_NEEDED
from homeward.records.queries import actions_page
from homeward.records.queries.actions_page import ActionLine
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.earlier import Earlier, versions
from homeward.records.queries.meetings_by_team import NO_TEAM, teams_of

SOON = timedelta(days=28)


@dataclass(slots=True)
class Line:
    """A need read on a day."""

    fact: Need
    as_at: date
    actions: list[ActionLine] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)
    team: str = ""

    @property
    def uid(self) -> str:
        return str(self.fact.uid)

    @property
    def answered(self) -> bool:
        """Whether an action answers it; one that is no longer needed answers nothing."""
        return any(action.fact.state != Action.NOT_NEEDED for action in self.actions)

    @property
    def area(self) -> str:
        return AREAS.get(self.fact.area, self.fact.area)

    @property
    def open(self) -> bool:
        closed = self.fact.closed_on
        return closed is None or closed > self.as_at

    @property
    def status(self) -> str:
        """In the words of a date: overdue, due_soon, on_track, undated, done_on_time, done_late or ended."""
        due = self.fact.by_on
        if not self.open:
            if self.fact.closed_as == NOT_NEEDED:
                return "ended"
            late = due is not None and self.fact.closed_on is not None and self.fact.closed_on > due
            return "done_late" if late else "done_on_time"
        if due is None:
            return "undated"
        return "overdue" if due < self.as_at else "due_soon" if due <= self.as_at + SOON else "on_track"

    @property
    def words(self) -> str:
        if self.status == "undated":
            return "No day in the child’s own time is set"
        due, until = self.fact.by_on, self.as_at if self.open else self.fact.closed_on or self.as_at
        return status_words(self.status, due, (until - due).days if due else None)


def of_child(page: ChildPage) -> list[Line]:
    """Needs found by the day of the page; those still open first, what must be met first, first."""
    everything = list(_read(Need.objects.filter(child=page.child)))
    by_pk = {fact.pk: fact for fact in everything}
    answers: dict[UUID | None, list[ActionLine]] = defaultdict(list)
    for action in actions_page.of_child(page.child, page.as_at):
        answers[action.fact.need].append(action)
    lines = [
        Line(fact, page.as_at, answers[fact.thread], versions(fact, by_pk, said_words))
        for fact in everything
        if fact.superseded_at is None and not fact.withdrawn and fact.found_on <= page.as_at
    ]
    return sorted(lines, key=lambda line: (not line.open, line.fact.by_on or date.max, line.fact.pk))


def open_needs(child: Child, held: str = "") -> list[tuple[str, str]]:
    """[(thread, words)] of what an action may be agreed for; and the need that it answers already."""
    return [
        (str(fact.thread), f"{AREAS.get(fact.area, fact.area)}: {fact.what}"[:200])
        for fact in Need.current.filter(child=child).order_by("found_on", "pk")
        if fact.closed_on is None or str(fact.thread) == held
    ]


def need_words(child: Child, threads: Iterable[UUID | None]) -> dict[UUID, str]:
    """thread -> what the child needs, of the needs that actions answer."""
    wanted = {thread for thread in threads if thread is not None}
    if not wanted:
        return {}
    return dict(Need.current.filter(child=child, thread__in=wanted).values_list("thread", "what"))


def need_of(child: Child, uid: str) -> Need | None:
    return _read(Need.objects.filter(child=child, uid=uid)).first()


def said_words(fact: Need) -> str:
    """A need in a line."""
    until = f", by {day_words(fact.by_on)}" if fact.by_on else ""
    ended = f" {ENDS.get(fact.closed_as, '')}: {fact.closed_says}" if fact.closed_on else ""
    found = f"{fact.found_in}, {day_words(fact.found_on)}"
    return f"{AREAS.get(fact.area, fact.area)}: {fact.what} ({found}){until}.{ended}"


def unanswered(actor: Actor, authority: Authority, today: date) -> list[Line]:
    """Open needs without an action, of children on the tracker whom the person sees; the first due first.

    An action that is no longer needed answers nothing; one that is done does.
    """
    children = children_shown_to(actor, "history").filter(authority=authority, standing__in_scope=True)
    answering = Action.current.filter(child__in=children, need__isnull=False)
    answered = set(answering.exclude(state=Action.NOT_NEEDED).values_list("need", flat=True))
    needs = Need.current.filter(child__in=children, closed_on=None, found_on__lte=today)
    found = [Line(fact, today) for fact in needs.select_related("child") if fact.thread not in answered]
    teams = teams_of({line.fact.child_id for line in found}, authority, today)
    for line in found:
        line.team = teams.get(line.fact.child_id, NO_TEAM)
    return sorted(found, key=lambda line: (line.fact.by_on or date.max, line.fact.child.name, line.fact.pk))


def _read(found: QuerySet[Need]) -> QuerySet[Need]:
    return found.select_related("child__authority", "recorded_by")
