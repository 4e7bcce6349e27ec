"""First pages of the office: who keeps the data, who arranges meetings, and who sees no child."""

from __future__ import annotations

from itertools import groupby

from django.urls import reverse

from homeward.domain import packs
from homeward.records.queries import actions_page, quality_page
from homeward.records.queries.actions_page import Wanted
from homeward.records.queries.home import data, reviews
from homeward.reports import words
from homeward.web.home import tables
from homeward.web.home.managing import figures
from homeward.web.home.parts import Button, Cell, Desk, Home, Table


def data_page(desk: Desk) -> Home:
    imports = data.imports_of(desk.authority)
    quality = quality_page.page_of(desk.actor, desk.authority, by="kind", kind="")
    home = Home(_data_heading(desk, imports, quality.problems), figures=figures(desk))
    home.buttons = [
        Button("Import a return", reverse("import_upload")),
        Button("Open the fix list", reverse("data_quality")),
        Button("Open the tracker to export it", reverse("tracker")),
    ]
    home.blocks = [_imports(imports), _problems(quality), _unclear(desk), _unrecorded(desk)]
    return home


def _data_heading(desk: Desk, imports: data.Imports, problems: int) -> str:
    if imports.applied is None:
        return "Nothing has been imported yet."
    said = f"Last import {words.day(imports.applied.made_at.date())}"
    return f"{said}: {words.count(problems, 'problem')} to mend." if problems else f"{said}: no problem."


def _imports(imports: data.Imports) -> Table:
    rows = []
    for load, said in ((imports.applied, "Took effect"), (imports.tried, "Tried, not applied")):
        if load is None:
            continue
        files = ", ".join(sorted({_file_name(file) for file in load.files}))
        who = load.person.name if load.person else "at the machine"
        rows.append(
            [
                Cell(words.day(load.made_at.date()), quiet=who),
                Cell(said),
                Cell(words.count(len(load.files), "file"), quiet=files[:120]),
                Cell(
                    "Differences and problems",
                    reverse("import_show", args=[load.pk]),
                    of=words.day(load.made_at.date()),
                ),
            ]
        )
    return Table(
        "imports",
        "Imports",
        ("When", "State", "Files", "Do it"),
        rows,
        "Nothing has been imported yet.",
        more=("All imports", reverse("import_upload")),
    )


def _file_name(file: object) -> str:
    return str(file.get("name", "")) if isinstance(file, dict) else str(file)


def _problems(quality: quality_page.QualityPage) -> Table:
    rows = [
        [
            Cell(group.title, quiet=group.mend),
            Cell(group.severity_words.capitalize()),
            Cell(f"{group.total:,}", number=True),
            Cell("See them", f"{reverse('data_quality')}?kind={group.kind}", of=group.title),
        ]
        for group in quality.groups[: tables.SHOWN]
    ]
    return Table(
        "problems",
        "What the last import found",
        ("What is wrong", "Sort", "How many", "Do it"),
        rows,
        "The last import found nothing wrong.",
        len(quality.groups),
    )


def _unclear(desk: Desk) -> Table:
    rows = [
        [Cell(line.title), Cell(line.why[:1].upper() + line.why[1:]), Cell(f"{line.dates:,}", number=True)]
        for line in data.cannot_say(desk.actor, desk.authority)[: tables.SHOWN]
    ]
    return Table(
        "unclear",
        "Dates that cannot be worked out, by rule",
        ("Rule", "Most often because", "Dates"),
        rows,
        "Every date can be worked out.",
    )


def _unrecorded(desk: Desk) -> Table:
    rows = [
        [Cell(rule.title), Cell(words.begun(quality_page.missing_words([rule])))]
        for rule in desk.read.unrecorded
    ]
    return Table(
        "unrecorded",
        "Rules that nothing recorded can meet",
        ("Rule", "What the record holds nothing of"),
        rows,
        "The record holds something for every rule.",
        more=("Data quality", reverse("data_quality")),
    )


# ---- Meetings ----


def meetings_page(desk: Desk) -> Home:
    kinds = frozenset(one.kind for one in packs.meetings(desk.authority.pack) if one.scope == "child")
    due = [line for line in reviews.due(desk.authority, desk.tracker, kinds) if line.item is None]
    home = Home(_meetings_heading(len(due), len(desk.meetings.unsigned)))
    home.buttons = [
        Button("Arrange a meeting", reverse("meeting_arrange")),
        Button("See all meetings", reverse("meetings")),
        Button("See all actions", reverse("actions") + "?whose=all"),
    ]
    home.blocks = [
        tables.reviews_due(
            desk, due, "to-arrange", "Meetings to arrange", "Every meeting due in four weeks is arranged."
        ),
        tables.meetings(
            desk,
            desk.meetings.unsigned,
            "unsigned",
            "Minutes not yet signed",
            "No minutes wait for a signature.",
        ),
        tables.meetings(
            desk,
            desk.meetings.ahead,
            "ahead",
            "Meetings to come",
            "No meeting is arranged in the next eight weeks.",
        ),
        _partners(desk),
    ]
    return home


def _meetings_heading(due: int, unsigned: int) -> str:
    if not due and not unsigned:
        return "No meeting is to be arranged and no minutes wait."
    parts = [f"{words.count(due, 'meeting')} to arrange"] if due else []
    parts += [f"{words.count(unsigned, 'meeting')} to be signed"] if unsigned else []
    return f"{', '.join(parts)}."


def _partners(desk: Desk) -> Table:
    """Whoever has no account gets what they agreed to do on paper."""
    found = actions_page.wanted(desk.actor, desk.authority, Wanted("all", "open"), desk.on)
    lines = actions_page.lines(
        desk.authority, actions_page.in_order(found.filter(owner=None), "owner"), desk.on
    )
    rows = []
    for key, group in groupby(lines, key=lambda line: line.owner_key):
        own = list(group)
        late = sum(line.status == "overdue" for line in own)
        rows.append(
            [
                Cell(own[0].owner),
                Cell(f"{len(own):,}", number=True),
                Cell(f"{late:,}", number=True),
                Cell("Print the list", f"{reverse('actions_print')}?who={key}", of=f"for {own[0].owner}"),
            ]
        )
    return Table(
        "partners",
        "Actions of partners and carers, to print",
        ("Who", "Open", "Overdue", "Do it"),
        rows,
        "No partner or carer has an open action.",
    )


def no_child_page(desk: Desk) -> Home:
    """Of who looks after Homeward itself, or audits it."""
    places = (
        ("manage_people", "Manage people and roles", "people"),
        ("review_break_glass", "Review emergency access", "emergency_reviews"),
        ("see_who_looked", "See who has looked at a record", "looked_at"),
        ("see_policy", "Read the policy", "policy_ledger"),
    )
    home = Home(
        "Welcome to Homeward.", [Button(said, reverse(to)) for may, said, to in places if desk.may(may)]
    )
    home.lead = "You look after Homeward itself: no child’s record is open to you."
    return home
