"""The first page of a director: the whole service, what awaits an answer, what was decided and overridden."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from homeward.domain.calendar import DAY
from homeward.records.operations.decisions import KINDS, decider_words
from homeward.records.queries.home import director, matters
from homeward.reports import words
from homeward.web.home import council, tables
from homeward.web.home.parts import Button, Cell, Desk, Home, Table, counted


def page(desk: Desk) -> Home:
    """As a head of service finds it, with what only the director answers for before and beside it."""
    home = council.page(desk)
    home.buttons = [
        Button("Oversight on one page", reverse("oversight")),
        Button("Report for the board", reverse("board_report")),
        Button("What delays children", reverse("oversight_delay")),
    ]
    log, by_role = _senior(desk)
    desk.request.trail.field_sets.add("history")
    home.blocks = [_waiting(desk), log, *home.blocks]
    home.beside = [by_role, *home.beside]
    return home


def _waiting(desk: Desk) -> Table:
    found = matters.awaited(desk.actor, desk.authority, desk.on)
    none = "No matter that was raised waits for an answer."
    return tables.matters(desk, found, "waiting", "Matters raised that await an answer", none)


def _senior(desk: Desk) -> tuple[Table, Table]:
    newest, by_role = director.senior_decisions(desk.actor, desk.authority, desk.on)
    rows = [
        [
            desk.child(fact.child, "child_decisions"),
            Cell(KINDS.get(fact.kind, fact.kind), quiet=fact.what),
            Cell(fact.maker, quiet=decider_words(fact.maker_role)),
            Cell(words.short_day(fact.decided_on)),
        ]
        for fact in newest
    ]
    log = Table(
        "senior",
        "Decided at senior level, the newest first",
        ("Child", "Decision", "Who", "When"),
        rows,
        "No decision was taken at senior level in the last year.",
        sum(by_role.values()),
        ("The register of decisions", reverse("decisions")),
    )
    return log, _by_role(desk, by_role)


def _by_role(desk: Desk, by_role: Mapping[str, int]) -> Table:
    since = (desk.on - director.YEAR + DAY).isoformat()
    roles = [
        [
            Cell(decider_words(role)),
            counted(
                by_role[role],
                f"{reverse('decisions')}?maker_role={role}&since={since}&until={desk.on.isoformat()}",
                decider_words(role),
            ),
        ]
        for role in director.SENIOR
        if by_role.get(role)
    ]
    return Table(
        "senior-roles",
        "Decisions of a year, by senior role",
        ("Role", "Decisions"),
        roles,
        "No decision was taken at senior level in the last year.",
        summary=True,
    )
