"""The first page of a reviewing officer or child protection chair: reviews, matters, whom to see."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from homeward.domain import packs
from homeward.records.operations.scrutiny import ADVOCATE
from homeward.records.queries.home import dates, matters, needs, reviews, team
from homeward.records.queries.home.reviews import Changed
from homeward.records.queries.tracker_page import Tracker, name_key
from homeward.reports import words
from homeward.web.home import tables
from homeward.web.home.managing import ahead
from homeward.web.home.parts import Button, Cell, Desk, Home, Table


def page(desk: Desk) -> Home:
    mine = needs.of_mine(desk.actor, desk.tracker)
    if not desk.may("meet"):
        return _chairs_page(desk, mine)
    due = reviews.due(desk.authority, mine, team.REVIEWS)
    midway = reviews.due(desk.authority, mine, reviews.MIDWAY)
    whose = "of yours" if mine is not desk.tracker else "of the council’s children"
    home = Home(_heading(len(due), len(dates.late_children(mine))), _buttons(desk))
    home.lead = f"{words.count(len(mine.children), 'child', 'children')} {whose} are on the tracker."
    none = "No review is late or due in the next four weeks."
    home.blocks = [tables.reviews_due(desk, due, "reviews", "Reviews late, or due in four weeks", none)]
    if midway:
        home.blocks.append(tables.reviews_due(desk, midway, "midway", "Midway checks due", ""))
    home.blocks.insert(1, _raised(desk, mine))
    home.blocks += [_not_judged(desk, mine), _without_advocate(desk, mine)]
    home.blocks.append(_changed(desk, reviews.plans_changed(desk.actor, mine.children, settings.NOW())))
    query = "state=late" + (f"&officer={_key(desk)}" if mine is not desk.tracker else "")
    late = "Children with a date overdue"
    home.blocks.append(tables.late_children(desk, mine.children, late, "Nothing is overdue.", query))
    home.beside = [*ahead(desk)]
    return home


def _chairs_page(desk: Desk, mine: Tracker) -> Home:
    """Of a child protection chair, who looks at children before they come into care."""
    late = len(dates.late_children(mine))
    raised = _raised(desk, mine)
    home = Home(
        f"{words.count(raised.count or 0, 'matter')} open; "
        f"{words.count(late, 'child', 'children')} before care with a date overdue."
    )
    number = words.count(len(mine.children), "child", "children")
    home.lead = f"{number} on the tracker who {'is' if len(mine.children) == 1 else 'are'} not in care."
    home.buttons = [
        Button("See the children before care", desk.tracked("care=out")),
        Button("See every matter raised", reverse("oversight_matters")),
    ]
    late_title, none = "Children before care with a date overdue", "Nothing is overdue."
    home.blocks = [
        raised,
        tables.late_children(desk, mine.children, late_title, none, "care=out&state=late"),
    ]
    return home


def _raised(desk: Desk, mine: Tracker) -> Table:
    found = matters.raised(desk.actor, desk.authority, [child.pk for child in mine.children], desk.on)
    title = "Matters raised: answers awaited or late first"
    return tables.matters(desk, found, "raised", title, "No matter is open about these children.")


def _not_judged(desk: Desk, mine: Tracker) -> Table:
    found = matters.not_judged(mine.children, desk.on)
    rows = [
        [
            desk.child(child, "child_challenge"),
            Cell(words.day(held)),
            Cell(
                "Record your judgement",
                reverse("child_scrutiny_add", args=[child.public_id, "review"]),
                of=f"at the review of {child.name}",
            ),
        ]
        for child, held in found[: tables.SHOWN]
    ]
    none = "Every review of the last eight weeks has a judgement."
    headings = ("Child", "Review held", "Do it")
    return Table("not-judged", "Reviews without a judgement", headings, rows, none, len(found))


def _without_advocate(desk: Desk, mine: Tracker) -> Table:
    found = matters.without_advocate(mine.children, desk.on)
    rows = [
        [
            desk.child(child, "child_challenge"),
            Cell(ADVOCATE.get(state, "Not checked yet")),
            Cell(
                "Record an advocacy check",
                reverse("child_scrutiny_add", args=[child.public_id, "advocacy"]),
                of=f"for {child.name}",
            ),
        ]
        for child, state in found[: tables.SHOWN]
    ]
    title = "Advocacy: not checked yet, or not offered"
    none = "Every child in care has, or was offered, an independent advocate."
    return Table("advocacy", title, ("Child", "Advocate", "Do it"), rows, none, len(found))


def _heading(due: int, late: int) -> str:
    said = f"{words.count(due, 'review')} late or due in the next 4 weeks"
    over = f"{words.count(late, 'child', 'children')} with a date overdue"
    return f"{said}; {over}." if due else f"No review is due in the next 4 weeks; {over}."


def _key(desk: Desk) -> str:
    return name_key(desk.actor.person.name)


def _buttons(desk: Desk) -> list[Button]:
    arrange = reverse("meeting_arrange")
    series = {one.kind: one.key for one in reversed(packs.meetings(desk.authority.pack))}
    return [
        Button("Arrange a review", f"{arrange}?series={series['review_held']}"),
        Button("Record a midway check", f"{arrange}?series={series['midway_review_held']}"),
        Button("See my children in the tracker", desk.tracked(f"officer={_key(desk)}")),
    ]


def _changed(desk: Desk, found: list[Changed]) -> Table:
    rows = []
    for line in found[: tables.SHOWN]:
        plan, child = line.plan, line.child
        by = plan.recorded_by.name if plan.recorded_by else ""
        rows.append(
            [
                desk.child(child, "child_plans"),
                Cell(words.route(plan.route), quiet=words.POSITIONS[plan.position]),
                Cell(words.day(plan.recorded_at.date()), quiet=f"by {by}" if by else ""),
                desk.linked("Read it", "child_plans", child.public_id, of=f"the plans of {child.name}"),
            ]
        )
    return Table(
        "changed",
        "Plans changed since you last looked",
        ("Child", "Plan", "Changed", "Do it"),
        rows,
        "No plan has changed in the last four weeks since you last looked.",
        len(found),
    )
