"""Days of delay: the days on which a child's dates were overdue, and the one cause each belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from homeward.domain.calendar import DAY

IN_CHILDS_INTEREST = "in_childs_interest"
CAUSES: dict[str, str] = {
    "assessment": "Waiting for an assessment",
    "court_listing": "Waiting for a court date",
    "family_finding": "Looking for a family",
    "decision_maker_capacity": "Waiting for the decision maker or a panel",
    "health_report": "Waiting for a health report",
    "immigration": "Waiting for an immigration decision",
    "legal_advice": "Waiting for legal advice or papers",
    "family_taking_part": "The family could not take part yet",
    "change_of_worker": "A change of social worker",
    "home_or_placement": "Waiting for a home that meets the child’s needs",
    "support_or_funding": "Waiting for support or funding to be agreed",
    "late_recording": "Done, but not yet recorded",
    IN_CHILDS_INTEREST: "Delay is in the child’s interest",
}
NOT_SAID = "No cause has been recorded"
NONE = "none"  # the key under which days without a cause are counted


class Span(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Stands(NamedTuple):
    """A cause and the days on which it stands; `last` is None while it goes on."""

    cause: str
    first: date
    last: date | None


class Piece(NamedTuple):
    """Overdue days that belong to one cause; NONE where nobody said why."""

    cause: str
    span: Span


def overdue(due_on: date | None, met_on: date | None, ended_on: date | None, as_at: date) -> Span | None:
    """The days on which a date was overdue: from the day after it was due until it was met or fell away.

    The day on which it was met late still counts, as in "Done 3 days late".
    """
    if due_on is None:
        return None
    last = min(day for day in (met_on, ended_on, as_at) if day is not None)
    return Span(due_on + DAY, last) if last > due_on else None


def together(spans: Iterable[Span]) -> list[Span]:
    """The same days, each of them once, as spans that neither touch nor overlap, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= found[-1].last + DAY:
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last))
        else:
            found.append(span)
    return found


def within(spans: Iterable[Span], room: Span) -> list[Span]:
    """The part of the days that lies in `room`."""
    cut = (Span(max(span.first, room.first), min(span.last, room.last)) for span in spans)
    return [span for span in cut if span.first <= span.last]


def by_cause(spans: Iterable[Span], causes: Sequence[Stands]) -> list[Piece]:
    """The overdue days, each with the one cause that stood on it.

    A day belongs to the cause that began last of those that stand on it, so that it is counted once even
    where two were recorded for it.
    """
    turns = sorted({c.first for c in causes} | {c.last + DAY for c in causes if c.last is not None})
    return [Piece(_on(part.first, causes), part) for span in together(spans) for part in _cut(span, turns)]


def _cut(span: Span, turns: Sequence[date]) -> Iterator[Span]:
    first = span.first
    for turn in turns:
        if first < turn <= span.last:
            yield Span(first, turn - DAY)
            first = turn
    yield Span(first, span.last)


def _on(day: date, causes: Sequence[Stands]) -> str:
    standing = [c for c in causes if c.first <= day and (c.last is None or day <= c.last)]
    return max(standing, key=lambda c: c.first).cause if standing else NONE


def days_by_cause(pieces: Iterable[Piece]) -> dict[str, int]:
    """{cause: days}; their sum is the number of overdue days, whatever the causes are."""
    found: dict[str, int] = {}
    for cause, span in pieces:
        found[cause] = found.get(cause, 0) + span.days
    return found


def cause_words(cause: str) -> str:
    """A cause as people read it; NONE too."""
    return CAUSES.get(cause, NOT_SAID)
