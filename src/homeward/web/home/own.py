"""The first page of who works with children: what needs them, and their own children."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from homeward.records.queries.home import team
from homeward.records.queries.home.needs import AHEAD, OVERDUE, WEEK, Need, date_needs, owners
from homeward.records.queries.tracker_page import in_order
from homeward.reports import words
from homeward.web.home.doing import Ways
from homeward.web.home.parts import Block, Button, Cell, Desk, Home, Table

SHOWN = 15
GROUPS = (
    (OVERDUE, "Overdue", "Nothing is overdue."),
    (WEEK, "This week", "Nothing falls due this week."),
    (AHEAD, "Coming up", "Nothing falls due in the four weeks after."),
)


def page(desk: Desk) -> Home:
    if not desk.tracker.children:
        return Home("No child is with you yet.", buttons=_buttons(desk))
    home = Home(_heading(desk.needs), _buttons(desk))
    home.blocks = [needs_block(desk), my_children(desk)]
    others = _others(desk)
    if others is not None:
        home.blocks.insert(1, others)
    return home


def _heading(needs: list[Need]) -> str:
    week = sum(need.when != AHEAD for need in needs)
    if not week:
        return "Nothing needs you this week."
    return f"{words.count(week, 'thing')} {'needs' if week == 1 else 'need'} you this week."


def _buttons(desk: Desk) -> list[Button]:
    found = []
    if desk.may("record") and desk.tracker.children:
        found = [
            Button("Record what a child said", "#my-children"),
            Button("Start an update", "#my-children"),
        ]
    if desk.may("meet"):
        found.append(Button("Prepare for a meeting", reverse("meetings")))
    return found


def needs_block(desk: Desk) -> Block:
    """What needs this person, grouped by how pressing it is, each with the way to where it is done."""
    groups = [(each, [need for need in desk.needs if need.when == each[0]]) for each in GROUPS]
    ways = Ways(desk, [need for _, found in groups for need in found[:SHOWN]])
    told = []
    for (key, title, none), found in groups:
        shown = found[:SHOWN]
        desk.shown.update(need.child.pk for need in shown if need.child)
        told.append(
            {
                "key": key,
                "title": title,
                "none": none,
                "total": len(found),
                "lines": [ways.doing(need) for need in shown],
                "more": desk.tracked("state=late" if key == OVERDUE else "state=soon"),
            }
        )
    return Block("home/needs.html", "needs", "", {"groups": told})


def _others(desk: Desk) -> Block | None:
    """Late dates of these children that another role sees to: to know of, not to do."""
    mine = owners(desk.actor)
    of = frozenset(rule.owner for rule in desk.tracker.policy.rules) - mine
    found = [need for need in date_needs(desk.tracker, of) if need.when != AHEAD]
    if not found:
        return None
    desk.shown.update(need.child.pk for need in found[:SHOWN] if need.child)
    dates = [{"child": need.child, "said": need.subject} for need in found[:SHOWN]]
    given = {"dates": dates, "total": len(found), "tracker": desk.tracked("state=late")}
    return Block("home/others.html", "others", "", given)


def my_children(desk: Desk) -> Table:
    children = in_order(desk.tracker.children, "child", reverse=False)
    heard = team.last_heard(children, desk.on)
    rows = []
    for child in children:
        ahead = desk.tracker.next_of(child)
        rows.append(
            [
                desk.child(child, quiet=words.age_words(child.born_on, child.expected_on, desk.on)),
                Cell(words.route(child.main_plan) or "No plan recorded", quiet=_alongside(child)),
                Cell(ahead.title if ahead else "No date ahead", status=ahead),
                _heard(desk, child, heard),
                _update(desk, child),
            ]
        )
    if not desk.may("record"):
        rows = [row[:-1] for row in rows]
    headings = ("Child", "Main plan", "Next date", "Last heard from", "Write")
    return Table(
        "my-children",
        "My children",
        headings if desk.may("record") else headings[:-1],
        rows,
    )


def _alongside(child: Any) -> str:
    return f"alongside: {words.route(child.alongside)}" if child.alongside else ""


def _heard(desk: Desk, child: Any, heard: dict[int, Any]) -> Cell:
    if "voice" not in child.fields:
        return Cell(words.NOT_SHOWN)
    on = heard.get(child.pk)
    if on is None:
        return Cell("Nothing recorded yet")
    return Cell(words.day(on), quiet=words.ago(on, desk.on) if (desk.on - on).days < 60 else "")


def _update(desk: Desk, child: Any) -> Cell:
    link = reverse("record", args=[child.public_id])
    return Cell("What they said", f"{link}?what=event&kind=child_views_recorded", of=f"about {child.name}")
