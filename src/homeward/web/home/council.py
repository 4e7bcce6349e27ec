"""The first page of a head of service: is every child moving towards a permanent home?"""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from homeward.domain.calendar import DAY, add_months
from homeward.domain.delay import Span
from homeward.domain.standing import ROUTE_WORDS
from homeward.records.queries import overrides_page
from homeward.records.queries.cohorts import PLAN_BY_SECOND_REVIEW
from homeward.records.queries.home import council, dates
from homeward.records.queries.home.council import Kept, Window
from homeward.reports import words
from homeward.web.home import tables
from homeward.web.home.managing import of_cohort
from homeward.web.home.parts import Button, Cell, Desk, Figure, Home, Table

YEAR, QUARTER = 12, 3


def page(desk: Desk) -> Home:
    home = Home("Is every child moving towards a permanent home?", sentences=True)
    home.buttons = [
        Button("See every child in the tracker", desk.tracked("care=in")),
        Button("What delays children", reverse("oversight_delay")),
        Button("How we keep our policy", reverse("policy_ledger")),
    ]
    kept = _kept(desk)
    home.figures = [
        _plans(desk, *kept["plans"]),
        _waiting(desk),
        _delayed(desk, *kept["dates"]),
        _moves(desk),
        _achieved(desk),
    ]
    home.blocks = [tables.longest_waiting(desk), _overrides(desk)]
    home.beside = [_stages(desk), tables.by_cause(desk)]
    return home


def _kept(desk: Desk) -> dict[str, tuple[Kept, Kept]]:
    """Dates kept in the last months and in as many before: plans by the second review, and all dates."""
    last, plans = desk.on - DAY, frozenset(PLAN_BY_SECOND_REVIEW)
    windows = []
    for months, rules, other in ((YEAR, plans, False), (QUARTER, desk.read.aside, True)):
        middle, first = add_months(last, -months), add_months(last, -2 * months)
        windows += [
            Window(middle + DAY, last, rules, other),
            Window(first + DAY, middle, rules, other),
        ]
    found = council.kept(desk.actor, desk.authority, windows)
    return {"plans": (found[0], found[1]), "dates": (found[2], found[3])}


def _plans(desk: Desk, now: Kept, before: Kept) -> Figure:
    number = len(of_cohort(desk.tracker, "no_plan_by_second_review"))
    have = f"{words.count(number, 'child', 'children')} {'has' if number == 1 else 'have'}"
    return Figure(
        number,
        "without a plan by the second review",
        desk.tracked("cohort=no_plan_by_second_review"),
        late=number > 0,
        says=f"{have} had a second review and no permanence plan yet."
        if number
        else "Every child who has had a second review has a permanence plan.",
        trend=_in_time(now, before, "plans", "year"),
    )


def _in_time(now: Kept, before: Kept, what: str, span: str) -> str:
    if not now.due:
        return ""
    said = f"In the last {span} {now.percent}% of {what} were in time ({now.met:,} of {now.due:,})"
    return f"{said}; in the {span} before, {before.percent}%." if before.due else f"{said}."


def _waiting(desk: Desk) -> Figure:
    children, days = len(council.waiting(desk.tracker)), council.days_waiting(desk.tracker)
    return Figure(
        f"{days:,}" if days is not None else "–",
        "days in our care, for half of those who wait",
        desk.tracked("care=in&sort=since"),
        says=f"{words.count(children, 'child waits', 'children wait')} for a permanent home. "
        "Half of them have been in our care for longer than this."
        if children
        else "No child waits for a permanent home.",
    )


def _delayed(desk: Desk, now: Kept, before: Kept) -> Figure:
    late = dates.late_children(desk.tracker)
    causes = [line for line in dates.cause_lines(desk.tracker) if line.key != dates.NONE][:2]
    named = " and ".join(f"{line.words[:1].lower()}{line.words[1:]} ({line.children})" for line in causes)
    silent = sum(not child.cause for child in late)
    said = f"Most often: {named}. " if named else ""
    if silent:
        said += f"For {words.count(silent, 'child', 'children')} nobody has said why."
    return Figure(
        len(late),
        "with something overdue",
        desk.tracked("state=late"),
        late=bool(late),
        says=said or "Nothing is overdue.",
        trend=_in_time(now, before, "dates", "three months"),
    )


def _moves(desk: Desk) -> Figure:
    number = sum(child.moves >= 2 for child in desk.tracker.children)
    before = council.moved_twice_before(desk.actor, desk.authority, desk.on)
    return Figure(
        number,
        "moved twice or more in a year",
        desk.tracked("cohort=two_moves"),
        says=f"{words.count(number, 'child', 'children')} in our care moved home twice or more in 12 months.",
        trend=f"In the 12 months before: {before:,}.",
    )


def _achieved(desk: Desk) -> Figure:
    on, ago = desk.on, add_months(desk.on, -YEAR)
    years = (Span(ago + DAY, on), Span(add_months(on, -2 * YEAR) + DAY, ago))
    now, before = council.achieved(desk.actor, desk.authority, years)
    routes = ", ".join(
        f"{ROUTE_WORDS.get(route, 'another route').lower()} {n}" for route, n in now.most_common()
    )
    return Figure(
        now.total(),
        "reached permanence in a year",
        desk.tracked("stage=permanence_achieved"),
        says=f"By route: {routes}."
        if routes
        else "No child’s permanence was recorded in the last 12 months.",
        trend=f"In the 12 months before: {before.total():,}.",
    )


def _stages(desk: Desk) -> Table:
    rows = [
        [
            Cell(stage.words, desk.tracked(f"stage={stage.key}&care=in")),
            Cell(f"{stage.children:,}", number=True),
            Cell(f"{stage.days:,}", number=True),
        ]
        for stage in council.stages(desk.tracker)
    ]
    return Table(
        "stages",
        "How long they wait, by stage",
        ("Stage", "Children", "Days"),
        rows,
        "No child waits for a permanent home.",
        lead="Days in our care that half of the children of a stage have passed.",
        summary=True,
    )


def _overrides(desk: Desk) -> Table:
    since = desk.on - timedelta(days=365)
    found = overrides_page.of(desk.actor, desk.authority).filter(on__gt=since)
    rows = [
        [
            Cell(line["words"]),
            Cell(f"{line['asked']:,}", number=True),
            Cell(f"{line['overridden']:,}", number=True),
        ]
        for line in overrides_page.by_gate(found, desk.authority)[:5]
    ]
    return Table(
        "overrides",
        "Rules gone past in the last year",
        ("Rule", "With a reason", "Overridden"),
        rows,
        "No rule was gone past.",
        more=("Who, for whom and why", reverse("oversight_overrides")),
        summary=True,
    )
