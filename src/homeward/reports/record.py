"""What a recipient may see of a meeting, of a plan in plain words and of a list of actions, and its order.

These are plain values. Whoever fills them has asked what the recipient may see: nothing is left out here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from homeward.reports.paper import (
    Block,
    Bullets,
    Facts,
    Heading,
    Notice,
    Paper,
    Paragraph,
    Said,
    Table,
)
from homeward.reports.words import clock, count, day, weekday

LEFT_OUT = "Some parts of this record are not shown to you."
ABOUT_ONE = "Confidential: about a child"
ABOUT_SEVERAL = "Confidential: about children"

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """A heading of the council's template and what was written under it."""

    heading: str
    text: str


@dataclass(frozen=True)
class View:
    """What somebody says ("Ava", "Ava's mother"), in their words, or why they did not say it."""

    who: str
    words: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class Decision:
    what: str
    who: str
    role: str
    basis: str = ""
    alternatives: str = ""
    childs_view: str = ""
    why_not_followed: str = ""
    told: str = ""  # when and how the child was told, or will be


@dataclass(frozen=True)
class Action:
    what: str
    who: str
    by: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class RuledOut:
    route: str
    why: str
    signed_off_by: str


@dataclass(frozen=True)
class Item:
    """One child of the record, or brothers and sisters who were minuted together."""

    child: str  # the label that the recipient is shown
    summary: Pairs = ()
    sections: tuple[Section, ...] = ()
    views: tuple[View, ...] = ()  # the child's first
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()
    ruled_out: tuple[RuledOut, ...] = ()
    next_on: date | None = None
    left_out: bool = False


@dataclass(frozen=True)
class Record:
    """A meeting's record as one recipient may see it."""

    title: str  # neutral: it is shown by the program that opens the file
    council: str
    meeting_name: str
    on: date
    for_whom: str  # the recipient's role in words: "the independent reviewing officer"
    items: tuple[Item, ...]
    at: time | None = None
    place: str = ""
    chaired_by: str = ""
    chair_role: str = ""
    attended: Pairs = ()  # name and role
    apologies: Pairs = ()
    signed_by: str = ""
    signed_on: date | None = None
    note: str = ""
    left_out: bool = False  # something besides what an item says of itself


@dataclass(frozen=True)
class PlainDocument:
    """A plan in plain words, printed large, for a child or for parents."""

    title: str
    council: str
    on: date
    parts: tuple[Heading | Paragraph | Bullets | Said, ...]
    for_whom: str = ""
    lang: str = "en-GB"
    marking: str = ABOUT_ONE


@dataclass(frozen=True)
class ListedAction:
    what: str
    by: date | None = None
    about: str = ""  # the label of the child
    agreed: str = ""  # "Permanency Planning Meeting, 7 April 2026"


@dataclass(frozen=True)
class ActionList:
    """What somebody without an account has agreed to do: printed, with no link."""

    title: str
    council: str
    on: date
    who: str
    actions: tuple[ListedAction, ...]
    note: str = ""  # whom to tell
    marking: str = ABOUT_ONE


Told = Record | PlainDocument | ActionList
Document = Told | Paper  # what was written as a paper stands as it is


def paper_of(document: Document) -> Paper:
    """The document as blocks, in the order in which they are read."""
    if isinstance(document, Paper):
        return document
    if isinstance(document, Record):
        marking = ABOUT_ONE if len(document.items) == 1 else ABOUT_SEVERAL
        blocks = tuple(_record(document))
        return Paper(document.title, document.council, marking, document.for_whom, blocks)
    if isinstance(document, PlainDocument):
        return Paper(
            title=document.title,
            council=document.council,
            marking=document.marking,
            for_whom=document.for_whom,
            blocks=document.parts,
            lang=document.lang,
            large=True,
        )
    blocks = tuple(_action_list(document))
    return Paper(document.title, document.council, document.marking, document.who, blocks)


def file_name(document: Told, suffix: str) -> str:
    """A name for the file that says nothing of anybody: meeting-record-2026-04-07.docx."""
    kind = {Record: "meeting-record", PlainDocument: "plan-in-words", ActionList: "actions"}[type(document)]
    return f"{kind}-{document.on.isoformat()}.{suffix}"


def _record(record: Record) -> Iterator[Block]:
    if record.signed_on is None:
        yield Notice("Draft: this record has not been signed.")
    if record.left_out or any(item.left_out for item in record.items):
        yield Notice(LEFT_OUT)
    if record.note:
        yield Paragraph(record.note)
    yield Facts("The meeting", _meeting(record))
    if len(record.items) > 1:
        yield _at_a_glance(record.items)
    for item in record.items:
        yield from _item(item)


def _meeting(record: Record) -> Pairs:
    when = f"{weekday(record.on)}{f', {clock(record.at)}' if record.at else ''}"
    return (
        ("Meeting", record.meeting_name),
        ("When", when),
        ("Where", record.place),
        ("Chaired by", _named(record.chaired_by, record.chair_role)),
        ("Attended", _people(record.attended)),
        ("Apologies", _people(record.apologies)),
        ("This copy is for", record.for_whom),
        ("Signed by", f"{record.signed_by}, {day(record.signed_on)}" if record.signed_on else ""),
    )


def _named(name: str, role: str) -> str:
    return ", ".join(part for part in (name, role) if part)


def _people(people: Pairs) -> str:
    return "\n".join(_named(name, role) for name, role in people)


def _at_a_glance(items: tuple[Item, ...]) -> Table:
    rows = tuple(
        (
            item.child,
            count(len(item.decisions), "decision"),
            count(len(item.actions), "action"),
            day(item.next_on) or "No date set",
        )
        for item in items
    )
    return Table("At a glance", ("Child", "Decided", "To do", "Next date"), rows, (4, 2, 2, 3))


def _item(item: Item) -> Iterator[Block]:
    yield Heading(item.child)
    if item.left_out:
        yield Notice(LEFT_OUT)
    if item.summary:
        yield Facts("Where things stand", item.summary)
    if item.views:
        yield Heading("What people say", 3)
        yield from (Said(view.who, view.words, view.why_not) for view in item.views)
    for section in item.sections:
        yield Heading(section.heading, 3)
        yield Paragraph(section.text)
    if item.decisions:
        yield Heading("Decisions", 3)
        for number, decision in enumerate(item.decisions, 1):
            yield _decision(number, decision)
    if item.ruled_out:
        yield Heading("Ruled out", 3)
        yield _ruled_out(item)
    if item.actions:
        yield Heading("Actions", 3)
        yield _actions(item)
    if item.next_on:
        yield Heading("Next", 3)
        yield Paragraph(f"The next date is {weekday(item.next_on)}.")


def _decision(number: int, decision: Decision) -> Facts:
    pairs = (
        ("Decision", decision.what),
        ("Made by", _named(decision.who, decision.role)),
        ("Why", decision.basis),
        ("What else was considered", decision.alternatives),
        ("The child’s view", decision.childs_view),
        ("Why the child’s view was not followed", decision.why_not_followed),
        ("Told to the child", decision.told),
    )
    return Facts(f"Decision {number}", pairs, first_counts_most=True)


def _ruled_out(item: Item) -> Table:
    rows = tuple((one.route, one.why, one.signed_off_by) for one in item.ruled_out)
    return Table(f"Ruled out for {item.child}", ("Option", "Why", "Signed off by"), rows, (3, 5, 3))


def _actions(item: Item) -> Table:
    columns: tuple[str, ...] = ("What", "Who", "By when")
    rows: tuple[tuple[str, ...], ...] = tuple(
        (one.what, one.who, day(one.by) or "No date set") for one in item.actions
    )
    if any(one.outcome for one in item.actions):
        columns += ("Outcome",)
        pairs = zip(rows, item.actions, strict=True)
        rows = tuple((*row, one.outcome or "Not yet done") for row, one in pairs)
    return Table(f"Actions for {item.child}", columns, rows, (5, 4, 3, 4)[: len(columns)])


def _action_list(document: ActionList) -> Iterator[Block]:
    yield Paragraph(f"For {document.who}. As at {day(document.on)}.")
    if document.note:
        yield Notice(document.note)
    if not document.actions:
        yield Paragraph("There is nothing to do now.")
    for about in dict.fromkeys(action.about for action in document.actions):
        of_child = [action for action in document.actions if action.about == about]
        if about:
            yield Heading(about)
        rows = tuple((one.what, day(one.by) or "No date set", one.agreed, "") for one in of_child)
        columns = ("What you agreed to do", "By when", "Agreed at", "Done on")
        yield Table(f"Actions about {about}" if about else "Actions", columns, rows, (5, 3, 4, 3))
