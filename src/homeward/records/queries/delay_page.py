"""What holds things up for a child: the causes recorded, and the days of delay that belong to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from homeward.domain import delay
from homeward.domain.calendar import add_months
from homeward.domain.delay import IN_CHILDS_INTEREST, Piece, Span, Stands
from homeward.domain.wording import day_words
from homeward.records.fields import cause_is_shown
from homeward.records.models import Child, Delay
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.said import Said

MONTHS = 12
HIDDEN = "hidden"  # the days of a cause that tells of proceedings, for who is not shown it


def last_year(as_at: date) -> Span:
    """Twelve months by the calendar, the one of the day included: what every page of delay counts over."""
    return Span(add_months(as_at.replace(day=1), 1 - MONTHS), as_at)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a cause said before it was changed: by whom, when and why it was."""

    words: str
    by: str
    at: datetime
    why: str


@dataclass(slots=True)
class DelayLine:
    """A cause of a child, read on a day; `hidden` when it tells of proceedings not shown to the reader."""

    fact: Delay
    as_at: date
    hidden: bool = False
    days: int = 0  # overdue days of the last twelve months that belong to it
    earlier: list[Earlier] = field(default_factory=list)

    @property
    def cause(self) -> str:
        return delay.cause_words(self.fact.cause)

    @property
    def purposeful(self) -> bool:
        return self.fact.cause == IN_CHILDS_INTEREST

    @property
    def stands(self) -> bool:
        until = self.fact.until_on
        return self.fact.from_on <= self.as_at and (until is None or until >= self.as_at)

    @property
    def since_days(self) -> int:
        return (self.as_at - self.fact.from_on).days + 1


@dataclass(frozen=True, slots=True)
class Days:
    """Days of delay of one cause."""

    cause: str
    days: int

    @property
    def words(self) -> str:
        return "Not shown to you" if self.cause == HIDDEN else delay.cause_words(self.cause)


@dataclass(slots=True)
class DelayPage:
    """The causes of a child, the newest first, and the days of delay of the last twelve months."""

    lines: list[DelayLine]
    year: Span
    by_cause: list[Days]
    total: int

    @property
    def standing(self) -> DelayLine | None:
        return next((line for line in self.lines if line.stands), None)

    @property
    def ended(self) -> list[DelayLine]:
        return [line for line in self.lines if not line.stands]

    @property
    def purposeful(self) -> int:
        return sum(each.days for each in self.by_cause if each.cause == IN_CHILDS_INTEREST)


def page_of(page: ChildPage, dates: Iterable[Said]) -> DelayPage:
    """`dates` are the child's dates that count on this page, read as at its day."""
    lines = _lines(page.child, page.as_at, page.fields)
    year = last_year(page.as_at)
    pieces = _pieces(dates, [_stands(line.fact) for line in lines], page.as_at, year)
    for line in lines:
        own = [Span(line.fact.from_on, line.fact.until_on or page.as_at)]
        mine = [piece.span for piece in pieces if piece.cause == line.fact.cause]
        line.days = sum(s.days for span in mine for s in delay.within(own, span))
    counted = delay.days_by_cause(_shown(pieces, page.fields))
    ordered = sorted(counted.items(), key=lambda each: -each[1])
    return DelayPage(lines, year, [Days(*each) for each in ordered], sum(counted.values()))


def _pieces(dates: Iterable[Said], causes: Sequence[Stands], as_at: date, year: Span) -> list[Piece]:
    late = [
        span
        for said in dates
        if not said.cannot_say
        and (span := delay.overdue(said.due_on, said.met_on, said.ended_on, as_at)) is not None
    ]
    return delay.by_cause(delay.within(late, year), causes)


def _shown(pieces: Iterable[Piece], fields: frozenset[str]) -> list[Piece]:
    return [
        piece if cause_is_shown(piece.cause, fields) else piece._replace(cause=HIDDEN) for piece in pieces
    ]


def _stands(fact: Delay) -> Stands:
    return Stands(fact.cause, fact.from_on, fact.until_on)


def _lines(child: Child, as_at: date, fields: frozenset[str]) -> list[DelayLine]:
    everything = list(Delay.objects.filter(child=child).select_related("recorded_by"))
    by_pk = {fact.pk: fact for fact in everything}
    lines = []
    for fact in everything:
        if fact.superseded_at is None and not fact.withdrawn and fact.from_on <= as_at:
            line = DelayLine(fact, as_at, not cause_is_shown(fact.cause, fields))
            line.earlier = [] if line.hidden else _earlier(fact, by_pk, fields)
            lines.append(line)
    return sorted(lines, key=lambda line: (line.fact.from_on, line.fact.pk), reverse=True)


def _earlier(fact: Delay, by_pk: dict[int, Delay], fields: frozenset[str]) -> list[Earlier]:
    found = []
    while fact.replaces_id is not None and fact.replaces_id in by_pk:
        before = by_pk[fact.replaces_id]
        who = fact.recorded_by.name if fact.recorded_by else ""
        if cause_is_shown(before.cause, fields):
            found.append(Earlier(said_words(before), who, fact.recorded_at, fact.reason_recorded))
        fact = before
    return found


def said_words(fact: Delay) -> str:
    """A cause with its days and people, as it was recorded."""
    until = f"to {day_words(fact.until_on)}" if fact.until_on else "still so"
    who = fact.judged_by if fact.cause == IN_CHILDS_INTEREST else fact.responsible
    parts = [
        f"{delay.cause_words(fact.cause)}, from {day_words(fact.from_on)}, {until}",
        who,
        fact.why,
        fact.doing,
    ]
    return " – ".join(part for part in parts if part)


def delay_of(child: Child, uid: str) -> Delay | None:
    return Delay.objects.filter(child=child, uid=uid).select_related("child").first()


def standing_causes(children: Iterable[int], as_at: date) -> dict[int, tuple[str, date]]:
    """{child: (cause, since)} of what holds things up on a day, in one query."""
    on = Q(until_on=None) | Q(until_on__gte=as_at)
    rows = Delay.current.filter(on, child__in=list(children), from_on__lte=as_at).order_by("from_on", "pk")
    return {pk: (cause, since) for pk, cause, since in rows.values_list("child_id", "cause", "from_on")}


def standing_cause(page: ChildPage) -> DelayLine | None:
    """What holds things up for one child on the day of the page."""
    return next((line for line in _lines(page.child, page.as_at, page.fields) if line.stands), None)
