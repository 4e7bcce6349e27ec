"""Tables that the first pages of several roles share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from homeward.domain.delay import cause_words
from homeward.domain.standing import STAGES
from homeward.domain.wording import days_words
from homeward.records.models import Decision, Meeting, PermanencePlan
from homeward.records.queries import returning_oversight
from homeward.records.queries.challenge_page import Matter
from homeward.records.queries.decisions_page import DecisionLine
from homeward.records.queries.home import council, dates, reviews
from homeward.records.queries.home.reviews import Due
from homeward.records.queries.meetings_page import Line
from homeward.records.queries.said import Said
from homeward.records.queries.tracker_page import TrackerChild
from homeward.reports import words
from homeward.web.home.doing import meeting_way
from homeward.web.home.parts import Cell, Desk, Table, counted

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Tone:
    """A status that is not a date's: a word with its colour."""

    status: str
    words: str


def by_cause(desk: Desk) -> Table:
    rows = [
        [Cell(line.words), counted(line.children, desk.tracked(f"cause={line.key}&state=late"), line.words)]
        for line in dates.cause_lines(desk.tracker)
    ]
    more = (
        ("All of what delays children", reverse("oversight_delay")) if desk.may("see_oversight") else ("", "")
    )
    return Table(
        "causes",
        "What holds children up",
        ("Cause", "Children"),
        rows,
        "Nothing is overdue.",
        more=more,
        lead="Children with something overdue, by the cause that was recorded.",
        summary=True,
    )


def returns(desk: Desk) -> list[Table]:
    """Returns home that wait for something, for who sees oversight; of today alone."""
    if not desk.may("see_oversight") or desk.on != desk.read.today:
        return []
    held = returning_oversight.returns(desk.actor, desk.authority, desk.on)
    page = reverse("oversight_returns")
    rows = [
        [Cell(group.title), counted(number, f"{page}?group={group.key}#listed", group.title)]
        for group in map(returning_oversight.GROUPS.__getitem__, returning_oversight.NOW)
        if (number := held.count(group.key))
    ]
    return [
        Table(
            "returns",
            "Returns home",
            ("Which", "Children"),
            rows,
            "No child is on the way home, and return home is no child’s plan.",
            more=("Every return home", page),
            summary=True,
        )
    ]


def without_plan(desk: Desk, children: Sequence[TrackerChild]) -> Table:
    rows = [
        [
            desk.child(c, "child_plans"),
            Cell(words.age_words(c.born_on, c.expected_on, desk.on)),
            _late(desk, c),
        ]
        for c in children[:SHOWN]
    ]
    return Table(
        "no-plan",
        "No plan by the second review",
        ("Child", "Age", "Overdue longest"),
        rows,
        "Every child has a plan by the second review.",
        len(children),
        _all_of(desk, rows, "cohort=no_plan_by_second_review"),
    )


def _all_of(desk: Desk, rows: Sequence[Any], query: str) -> tuple[str, str]:
    return ("All of them in the tracker", desk.tracked(query)) if rows else ("", "")


def _late(desk: Desk, child: TrackerChild) -> Cell:
    said = desk.tracker.holding_up(child)
    return Cell(said.title if said else "Nothing overdue", status=said)


def date_rows(desk: Desk, lines: Iterable[tuple[TrackerChild, Said]]) -> list[list[Cell]]:
    return [
        [
            desk.child(child),
            Cell(said.title, status=said),
            desk.linked(
                "Why this date?",
                "child_dates",
                child.public_id,
                of=f"{said.title} for {child.name}",
                query=f"{desk.read.keep}#{said.anchor}",
            ),
        ]
        for child, said in lines
    ]


def late_children(desk: Desk, children: Sequence[TrackerChild], title: str, none: str, query: str) -> Table:
    found = sorted((c for c in children if c.oldest_due), key=lambda c: (c.oldest_due, c.name))
    rows = [
        [desk.child(c), _late(desk, c), Cell(words.route(c.main_plan) or "No plan recorded"), Cell(_cause(c))]
        for c in found[:SHOWN]
    ]
    return Table(
        "late",
        title,
        ("Child", "Overdue longest", "Main plan", "What holds things up"),
        rows,
        none,
        len(found),
        _all_of(desk, rows, query),
    )


def _cause(child: TrackerChild) -> str:
    return cause_words(child.cause) if child.cause else "Nobody has said"


def longest_waiting(desk: Desk) -> Table:
    found = council.longest_waiting(desk.tracker)
    rows = [
        [
            desk.child(c, quiet=words.age_words(c.born_on, c.expected_on, desk.on)),
            Cell(words.day(c.in_care_since) or "Before the record begins"),
            Cell(words.route(c.main_plan) or "No plan recorded"),
            Cell(STAGES[c.stage]),
            Cell(_cause(c) if c.overdue else "Nothing overdue"),
        ]
        for c in found[:SHOWN]
    ]
    return Table(
        "longest",
        "Worth your attention: waiting longest for a permanent home",
        ("Child", "In our care since", "Main plan", "Stage", "What holds things up"),
        rows,
        "Every child in our care has a permanent home.",
        len(found),
        ("See them in the tracker", desk.tracked("care=in&sort=since")),
    )


def reviews_due(desk: Desk, lines: Sequence[Due], key: str, title: str, none: str, shown: int = 25) -> Table:
    rows = []
    for line in lines[:shown]:
        said, link = meeting_way(desk, line.child, line.series, line.item)
        held = line.meeting
        when = f"{words.day(held.on)}" if held else "Not arranged"
        papers = reviews.papers_words(desk.authority, line.item)
        rows.append(
            [
                desk.child(line.child),
                Cell(line.said.title, status=line.said),
                Cell(when, quiet=papers),
                Cell(said, link, of=f"{line.said.title} for {line.child.name}"),
            ]
        )
    return Table(key, title, ("Child", "Due", "Meeting and papers", "Do it"), rows, none, len(lines))


def meetings(desk: Desk, lines: Sequence[Line], key: str, title: str, none: str) -> Table:
    """Meetings, each leading to its page: its agenda before, its minutes after."""
    rows = [
        [
            Cell(
                line.name,
                reverse("meeting", args=[line.meeting.public_id]),
                _about(desk, line),
                of=words.day(line.meeting.on),
            ),
            Cell(words.weekday(line.meeting.on), quiet=_at(line.meeting), status=_waits(desk, line.meeting)),
        ]
        for line in lines[:SHOWN]
    ]
    more = ("All meetings", reverse("meetings"))
    return Table(key, title, ("Meeting", "Day"), rows, none, len(lines), more)


def _about(desk: Desk, line: Line) -> str:
    names = [str(desk.child(child).words) for child in line.children[:3]]
    more = len(line.children) - 3
    return ", ".join(names) + (f" and {more} more" if more > 0 else "") if names else "No child yet"


def _at(held: Meeting) -> str:
    return ", ".join(part for part in (words.clock(held.starts_at), held.room) if part)


def _waits(desk: Desk, held: Meeting) -> Tone | None:
    days = (desk.on - held.on).days
    return Tone("overdue", f"Not signed, {days_words(days)} on") if days > 0 else None


def plans(desk: Desk, found: Sequence[PermanencePlan], key: str, title: str, none: str, do: str) -> Table:
    """Plans that wait for somebody; `do` names the act and leads to it where the reader records."""
    rows = []
    for plan in found[:SHOWN]:
        act, child = ("confirm" if plan.agreed_on else "agree"), plan.child
        link = reverse("child_plans", args=[child.public_id])
        if desk.may("record"):
            link = reverse("child_plan_act", args=[child.public_id, plan.uid, act])
        since = plan.agreed_on or plan.recorded_on
        rows.append(
            [
                desk.child(child, "child_plans"),
                Cell(words.route(plan.route), quiet=words.POSITIONS[plan.position]),
                Cell(words.day(since), quiet=days_words((desk.on - since).days) + " ago" if since else ""),
                Cell(do, link, of=f"{words.route(plan.route)} for {child.name}"),
            ]
        )
    heading = "Agreed" if "confirm" in key else "Proposed"
    return Table(key, title, ("Child", "Plan", heading, "Do it"), rows, none, len(found))


def decisions_not_told(desk: Desk, found: Sequence[Decision]) -> Table:
    rows = []
    for fact in found[:SHOWN]:
        line = DecisionLine(fact, desk.on)
        link = reverse("child_decisions", args=[fact.child.public_id])
        rows.append(
            [
                desk.child(fact.child),
                Cell(line.kind, quiet=words.day(fact.decided_on)),
                Cell(status=Tone("due_soon", line.words)),
                Cell("Read the decision", link, of=f"{line.kind} for {fact.child.name}"),
            ]
        )
    return Table(
        "not-told",
        "Decisions of which the child has not been told",
        ("Child", "Decision", "Told", "Do it"),
        rows,
        "Every child has been told what was decided.",
        len(found),
        ("All of them in the register", reverse("decisions") + "?told=no") if rows else ("", ""),
    )


def matters(desk: Desk, found: Sequence[Matter], key: str, title: str, none: str) -> Table:
    """Matters raised, each leading to its place on the child's page."""
    rows = []
    for matter in found[:SHOWN]:
        page = reverse("child_challenge", args=[matter.child.public_id])
        rows.append(
            [
                desk.child(matter.child),
                Cell(
                    matter.theme,
                    f"{page}#matter-{matter.uid}",
                    f"raised by {matter.fact.raised_by}",
                    of=f"about {matter.child.name}",
                ),
                Cell(matter.stage.name, quiet=f"to {matter.now.to}", status=matter.formal_short),
                Cell(status=matter.answer_short),
            ]
        )
    more = ("All matters raised", reverse("oversight_matters")) if desk.may("see_oversight") else ("", "")
    headings = ("Child", "About", "Stage", "Answer")
    return Table(key, title, headings, rows, none, len(found), more)


def lines_of(desk: Desk, found: Sequence[tuple[Any, Said]], key: str, title: str, none: str) -> Table:
    rows = date_rows(desk, found[:SHOWN])
    return Table(key, title, ("Child", "Date", "Why"), rows, none, len(found))
