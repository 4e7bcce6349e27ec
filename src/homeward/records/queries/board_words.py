"""What was written for the board: the commentary that stands, its earlier versions, and the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from homeward.domain.quarters import Quarter
from homeward.domain.wording import status_words
from homeward.records.models import Authority, BoardAction, BoardCommentary
from homeward.records.operations.board import doer_words

SOON = 14  # days before an action is due in which it is called so


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as it stands, read on a day; its status in the words of a date."""

    fact: BoardAction
    today: date

    @property
    def doer(self) -> str:
        return doer_words(self.fact.who)

    @property
    def status(self) -> str:
        done, due = self.fact.done_on, self.fact.by_on
        if done:
            return "done_late" if due and done > due else "done_on_time"
        if due is None:
            return "undated"
        return (
            "overdue" if due < self.today else "due_soon" if (due - self.today).days <= SOON else "on_track"
        )

    @property
    def words(self) -> str:
        due, day = self.fact.by_on, self.fact.done_on or self.today
        return status_words(self.status, due, (day - due).days if due else 0)


def commentary_of(authority: Authority, quarter: Quarter) -> dict[str, BoardCommentary]:
    """{section: the version that stands}."""
    found = BoardCommentary.objects.filter(authority=authority, quarter=quarter.first, replaced_by=None)
    return {one.section: one for one in found.select_related("written_by")}


def versions_of(authority: Authority, quarter: Quarter, section: str) -> list[BoardCommentary]:
    """The newest first."""
    found = BoardCommentary.objects.filter(authority=authority, quarter=quarter.first, section=section)
    return list(found.select_related("written_by").order_by("-written_at", "-pk"))


def actions_of(authority: Authority, quarter: Quarter, today: date) -> list[ActionLine]:
    """Those open now and those done since the quarter began, by the day they are due."""
    recent = Q(done_on=None) | Q(done_on__gte=quarter.first)
    found = BoardAction.objects.filter(recent, authority=authority, replaced_by=None)
    lines = [ActionLine(one, today) for one in found]
    return sorted(
        lines, key=lambda line: (line.fact.done_on is not None, line.fact.by_on or date.max, line.fact.pk)
    )


def action_of(authority: Authority, pk: int) -> BoardAction | None:
    return BoardAction.objects.filter(authority=authority, pk=pk).select_related("written_by").first()


def newer_than(action: BoardAction) -> BoardAction | None:
    """The version that replaced it and that stands, if one did."""
    newest = None
    while (later := BoardAction.objects.filter(replaces=newest or action).first()) is not None:
        newest = later
    return newest
