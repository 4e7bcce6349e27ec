"""The first page of an independent reviewing officer: reviews, midway checks, and plans that changed."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from homeward.domain import packs
from homeward.records.queries.home import dates, needs, reviews, team
from homeward.records.queries.home.reviews import Changed
from homeward.records.queries.tracker_page import name_key
from homeward.reports import words
from homeward.web.home import tables
from homeward.web.home.managing import ahead
from homeward.web.home.parts import Button, Cell, Desk, Home, Table


def page(desk: Desk) -> Home:
    mine = needs.of_mine(desk.actor, desk.tracker)
    due = reviews.due(desk.authority, mine, team.REVIEWS)
    midway = reviews.due(desk.authority, mine, reviews.MIDWAY)
    whose = "of yours" if mine is not desk.tracker else "of the council’s children"
    home = Home(_heading(len(due), len(dates.late_children(mine))), _buttons(desk))
    home.lead = f"{words.count(len(mine.children), 'child', 'children')} {whose} are on the tracker."
    none = "No review is late or due in the next four weeks."
    home.blocks = [tables.reviews_due(desk, due, "reviews", "Reviews late, or due in four weeks", none)]
    if midway:
        home.blocks.append(tables.reviews_due(desk, midway, "midway", "Midway checks due", ""))
    home.blocks.append(_changed(desk, reviews.plans_changed(desk.actor, mine.children, settings.NOW())))
    query = "state=late" + (f"&officer={_key(desk)}" if mine is not desk.tracker else "")
    late = "Children with a date overdue"
    home.blocks.append(tables.late_children(desk, mine.children, late, "Nothing is overdue.", query))
    home.beside = [*ahead(desk)]
    return home


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
