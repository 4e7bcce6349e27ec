"""First pages of who decides or advises: the next meeting, what waits, and what nobody told the child."""

from __future__ import annotations

from django.urls import reverse

from homeward.records.queries.home import dates, deciding, needs
from homeward.records.queries.tracker_page import in_order
from homeward.reports import words
from homeward.web.home import tables
from homeward.web.home.managing import ahead, figures
from homeward.web.home.own import my_children
from homeward.web.home.parts import Block, Button, Desk, Home, Table


def page(desk: Desk) -> Home:
    """Of the agency decision maker, the nominated officer and the panel adviser."""
    plans = deciding.plans_to_confirm(desk.actor, desk.authority, desk.tracker)
    own = dates.dates_of(desk.tracker, needs.owners(desk.actor))
    told = deciding.not_told(desk.actor, desk.authority)
    home = Home(_heading(len(plans) + len(own)), _buttons(desk), figures(desk))
    home.blocks = [
        *ahead(desk),
        tables.plans(
            desk,
            plans,
            "to-confirm",
            "Plans that wait for you to confirm",
            "No plan waits for you.",
            "Read the plan",
        ),
        tables.lines_of(
            desk, own, "own", "Decisions with the clock running", "No date that you see to is late or near."
        ),
        tables.decisions_not_told(desk, told),
    ]
    return home


def panel_page(desk: Desk) -> Home:
    """Of the panel's chair and members, who see the children of a panel for as long as it lasts."""
    children = in_order(desk.tracker.children, "child", reverse=False)
    number = words.count(len(children), "child", "children")
    home = Home(f"{number} on your panel." if children else "No child is on a panel of yours today.")
    home.buttons = [Button("Read the next meeting’s papers", reverse("meetings"))] if desk.may("meet") else []
    told = deciding.not_told(desk.actor, desk.authority)
    blocks: list[Table | Block] = [*ahead(desk)]
    if children:
        blocks += [my_children(desk), tables.decisions_not_told(desk, told)]
    home.blocks = blocks
    return home


def _heading(waiting: int) -> str:
    if not waiting:
        return "No decision waits for you."
    return f"{words.count(waiting, 'decision waits', 'decisions wait')} for you."


def _buttons(desk: Desk) -> list[Button]:
    found = [Button("See every decision", reverse("decisions"))]
    if desk.may("meet"):
        found.insert(0, Button("Read papers for a meeting", reverse("meetings")))
    return found
