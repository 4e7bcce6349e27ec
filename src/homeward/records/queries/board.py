"""The report for the corporate parenting board: measures of four quarters, and tables that add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeward.domain import delay
from homeward.domain.challenge import THEMES
from homeward.domain.delay import CAUSES, IN_CHILDS_INTEREST, NONE, Span
from homeward.domain.events import KINDS
from homeward.domain.measures import Measure, Section, Target, measures
from homeward.domain.packs import meetings, pack
from homeward.domain.policy import FORCES
from homeward.domain.quarters import Quarter, quarter_of
from homeward.domain.standing import ROUTE_WORDS
from homeward.records.access import Actor
from homeward.records.fields import LEGAL_EVENTS, cause_is_shown
from homeward.records.models import Authority, Challenge, Child, MeetingHeld, Review
from homeward.records.queries import delay_oversight
from homeward.records.queries.measures import counted
from homeward.records.queries.measures_held import Counted, Held, share

QUARTERS = 4  # the quarter of the report and the three before
FORCE_WORDS = {"must": "The law", "should": "Statutory guidance", "aim": "The council’s own strategy"}


@dataclass(frozen=True, slots=True)
class Line:
    """A measure with its figure in each quarter, the oldest first."""

    measure: Measure
    figures: tuple[Counted, ...]
    target: Target | None


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    words: str
    figures: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a section; `adds_up` where their sum stands below. `shows` as a measure's, or days."""

    key: str
    section: str
    title: str
    first: str
    shows: str
    rows: tuple[Row, ...]
    none: str
    adds_up: bool = False
    note: str = ""

    def total(self, at: int) -> Counted:
        """The sum of the rows in one quarter, and everybody behind it."""
        figures = [row.figures[at] for row in self.rows]
        everyone = frozenset(pk for figure in figures for pk in figure.children)
        return Counted(sum(figure.number or 0 for figure in figures), everyone)


@dataclass(frozen=True, slots=True)
class Report:
    authority: Authority
    quarters: tuple[Quarter, ...]
    until: date  # the last day that is counted
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]

    @property
    def quarter(self) -> Quarter:
        return self.quarters[-1]

    @property
    def is_over(self) -> bool:
        return self.until == self.quarter.last

    def lines_of(self, section: Section) -> list[Line]:
        return [line for line in self.lines if line.measure.section == section.key]

    def tables_of(self, section: Section) -> list[Table]:
        return [table for table in self.tables if table.section == section.key]

    def figure(self, what: str, row: str, quarter: Quarter) -> tuple[str, Counted] | None:
        """A figure by the keys that its address names, with what it is called."""
        if quarter not in self.quarters:
            return None
        at = self.quarters.index(quarter)
        for line in self.lines:
            if line.measure.key == what and not row:
                return line.measure.title, line.figures[at]
        for table in self.tables:
            if table.key == what and not row and table.adds_up:
                return table.title, table.total(at)
            for each in table.rows:
                if (table.key, each.key) == (what, row):
                    return f"{table.title}: {each.words}", each.figures[at]
        return None


def choices(today: date) -> list[Quarter]:
    """The quarters of which a report can be made, the newest first; the first is not over yet."""
    now = quarter_of(today)
    return [now.before(number) for number in range(9) if now.before(number).first < today]


def newest_complete(today: date) -> Quarter:
    return quarter_of(today).before()


def report(
    actor: Actor,
    authority: Authority,
    quarter: Quarter,
    today: date,
    aside: Collection[str],
    only: Collection[str] = (),
) -> Report:
    """Counted of the children whom the reader sees, from what is known now; a constant number of queries.

    `only` are the measures and tables that are asked for, by key; all when empty.
    """
    quarters = tuple(quarter.before(number) for number in reversed(range(QUARTERS)))
    held = Held(actor, authority, quarters, today, aside)
    told = measures()
    lines = tuple(
        Line(measure, tuple(counted(held, measure)), told.target(measure.key, authority.pack))
        for measure in told.measures
        if held.is_kept(measure) and (not only or measure.key in only)
    )
    tables = tuple(make(held) for key, make in TABLES.items() if not only or key in only)
    return Report(authority, quarters, held.last, lines, tables)


def children_behind(actor: Actor, authority: Authority, pks: Iterable[int]) -> list[Child]:
    """By name; those whom the reader sees now."""
    found = delay_oversight.children_of(actor, authority, pks).values()
    return sorted(found, key=lambda child: (child.name.casefold(), child.pk))


def _rows(
    words: dict[str, str], quarters: Sequence[Quarter], behind: dict[tuple[str, Quarter], Any]
) -> tuple[Row, ...]:
    """In the order of `words`, of those behind each (key, quarter); no row that is always empty."""
    return tuple(
        Row(key, said, tuple(_of(behind.get((key, quarter), ())) for quarter in quarters))
        for key, said in words.items()
        if any(behind.get((key, quarter)) for quarter in quarters)
    )


def _of(children: Iterable[int]) -> Counted:
    found = frozenset(children)
    return Counted(len(found), found)


def _routes(held: Held) -> Table:
    behind = defaultdict(set)
    for quarter in held.quarters:
        for pk, (_, route) in held.reached_in(quarter).items():
            behind[route if route in ROUTE_WORDS else "other", quarter].add(pk)
    return Table(
        "routes",
        "reached",
        "Children who reached permanence, by route",
        "Route",
        "count",
        _rows(ROUTE_WORDS, held.quarters, behind),
        "No child’s permanence was recorded in these quarters.",
        adds_up=True,
    )


def _promises(held: Held) -> Table:
    """Dates that fell due, by what asks for them; behind a figure is who had every one in time."""
    force = {rule.key: rule.force for rule in held.policy.rules}
    rows = []
    for key in FORCES:
        figures = []
        for quarter in held.quarters:
            due = [each for each in held.due_in(quarter) if force[each.rule] == key]
            late = {each.child for each in due if not each.in_time}
            children = share({each.child for each in due} - late, {each.child for each in due})
            figures.append(children._replace(number=sum(each.in_time for each in due), whole=len(due)))
        if any(figure.whole for figure in figures):
            rows.append(Row(key, FORCE_WORDS[key], tuple(figures)))
    return Table(
        "promises",
        "promises",
        "Dates met in time, by what asks for them",
        "Asked for by",
        "share",
        tuple(rows),
        "No date fell due in these quarters.",
        note="Of every date that fell due in the quarter.",
    )


def _causes(held: Held) -> Table:
    first, fields = held.quarters[0].first, held.actor.meaning.fields
    year = Span(first, held.last)
    ledger = delay_oversight.ledger(held.actor, held.authority, held.last, held.aside, year)
    days: dict[tuple[str, Quarter], int] = defaultdict(int)
    behind = defaultdict(set)
    for child in ledger.held:
        for cause, span in child.pieces():
            told = cause if cause_is_shown(cause, fields) else NONE
            for quarter in held.quarters:
                for part in delay.within([span], Span(quarter.first, held.day(quarter))):
                    days[told, quarter] += part.days
                    behind[told, quarter].add(child.child)
    order = [*(cause for cause in CAUSES if cause != IN_CHILDS_INTEREST), NONE, IN_CHILDS_INTEREST]
    rows = _rows({cause: delay.cause_words(cause) for cause in order}, held.quarters, behind)
    return Table(
        "causes",
        "delay",
        "Child-days of delay, by cause",
        "What held things up",
        "days",
        tuple(
            Row(
                row.key,
                row.words,
                tuple(
                    f._replace(number=days[row.key, q])
                    for f, q in zip(row.figures, held.quarters, strict=True)
                ),
            )
            for row in rows
        ),
        "On no day was anything overdue.",
        adds_up=True,
        note="A day on which something was overdue for a child belongs to one cause. "
        "Delay in the child’s interest was judged so by a named person, with a reason.",
    )


def _meetings(held: Held) -> Table:
    own = pack(held.authority.pack)
    behind = defaultdict(set)
    room = (held.quarters[0].first, held.last)
    facts = MeetingHeld.current.filter(child__in=held.shown, held_on__range=room)
    if "legal" not in held.actor.meaning.fields:
        facts = facts.exclude(kind__in=LEGAL_EVENTS)
    told = [*facts.values_list("child_id", "kind", "held_on")]
    reviews = Review.current.filter(child__in=held.shown, held_on__range=room)
    told += [(pk, "review_held", on) for pk, on in reviews.values_list("child_id", "held_on")]
    for pk, kind, on in told:
        behind[kind, quarter_of(on)].add(pk)
    names = {meeting.kind: meeting.name for meeting in meetings(held.authority.pack)}
    words = {kind: own.meeting(kind) or names.get(kind) or _begun(KINDS[kind]) for kind, _ in behind}
    words = dict(sorted(words.items(), key=lambda pair: pair[1].casefold()))
    return Table(
        "meetings",
        "meetings",
        "Children for whom a meeting was held",
        "Meeting",
        "count",
        _rows(words, held.quarters, behind),
        "No meeting was held in these quarters.",
    )


def _matters(held: Held) -> Table:
    """What reviewing officers and others raised, by theme."""
    behind, words = defaultdict(set), {}
    facts = Challenge.current.filter(child__in=held.watched, raised_on__lte=held.last)
    for pk, theme, on in facts.values_list("child_id", "theme", "raised_on"):
        words[theme] = THEMES.get(theme, _begun(theme.replace("_", " ")))
        behind[theme, quarter_of(on)].add(pk)
    return Table(
        "matters",
        "meetings",
        "Children about whom a matter was raised, by theme",
        "Theme",
        "count",
        _rows(dict(sorted(words.items(), key=lambda pair: pair[1])), held.quarters, behind),
        "No matter was raised in these quarters.",
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


TABLES: dict[str, Callable[[Held], Table]] = {
    "routes": _routes,
    "promises": _promises,
    "causes": _causes,
    "meetings": _meetings,
    "matters": _matters,
}
