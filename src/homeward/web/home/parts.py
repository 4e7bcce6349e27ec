"""What a first page is made of: a desk to read from, and tables, figures and buttons to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from homeward.records import access
from homeward.records.access import Actor
from homeward.records.models import Authority
from homeward.records.queries import tracker_page
from homeward.records.queries.home import needs
from homeward.records.queries.home.meetings import Meetings, meetings_of
from homeward.records.queries.home.needs import Need
from homeward.records.queries.tracker_page import Tracker
from homeward.web.layout.door import Reading


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words, perhaps with a link, a quiet line below them, or the status of a date."""

    words: Any = ""
    link: str = ""
    quiet: str = ""
    status: Any = None  # has `.status` and `.words`
    number: bool = False
    of: str = ""  # what a link is about, for who does not see the row
    child: bool = False


@dataclass(slots=True)
class Table:
    """A block that is a table, or says what it means that there is nothing to show."""

    key: str
    title: str
    headings: Sequence[str]
    rows: list[list[Cell]]
    none: str = ""
    total: int | None = None
    more: tuple[str, str] = ("", "")  # words and link to the whole
    lead: str = ""
    template: str = "home/table.html"
    summary: bool = False  # its rows are sums, and how many there are says nothing

    @property
    def count(self) -> int | None:
        return len(self.rows) if self.total is None else self.total

    @property
    def body(self) -> Iterable[list[tuple[str, Cell]]]:
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]

    @property
    def numbers(self) -> list[tuple[str, bool]]:
        first = self.rows[0] if self.rows else [Cell()] * len(self.headings)
        return [(title, cell.number) for title, cell in zip(self.headings, first, strict=True)]


@dataclass(slots=True)
class Block:
    """A block with a template of its own."""

    template: str
    key: str
    title: str
    given: dict[str, Any]
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts; on the page of a whole council also with a sentence or two."""

    number: Any
    words: str
    link: str = ""
    late: bool = False
    says: str = ""
    trend: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    words: str
    link: str


@dataclass(slots=True)
class Home:
    """One person's first page."""

    heading: str
    buttons: list[Button] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    blocks: list[Table | Block] = field(default_factory=list)
    beside: list[Table | Block] = field(default_factory=list)
    sentences: bool = False  # the figures are told in sentences
    lead: str = ""


@dataclass
class Desk:
    """What every first page reads from; `shown` are the children whose names come to stand on it."""

    request: HttpRequest
    read: Reading
    shown: set[int] = field(default_factory=set)

    @property
    def actor(self) -> Actor:
        actor: Actor = self.request.actor
        return actor

    @property
    def authority(self) -> Authority:
        return self.read.authority

    @property
    def on(self) -> date:
        return self.read.as_at

    def may(self, action: str) -> bool:
        return access.may(self.actor, action)

    @cached_property
    def tracker(self) -> Tracker:
        read = self.read
        return tracker_page.tracker(self.actor, read.authority, read.as_at, read.today, read.aside)

    @cached_property
    def needs(self) -> list[Need]:
        return needs.needs_of(self.actor, self.authority, self.tracker)

    @cached_property
    def meetings(self) -> Meetings:
        """None of any for a role that does not read meetings."""
        if not self.may("meet"):
            return Meetings([], [])
        return meetings_of(self.actor, self.authority, self.on)

    @property
    def more(self) -> str:
        """What a link to the tracker adds to keep the day."""
        return self.read.keep.replace("?", "&")

    def tracked(self, query: str) -> str:
        return f"{reverse('tracker')}?{query}{self.more}"

    def child(self, child: Any, place: str = "child", quiet: str = "") -> Cell:
        """The child's name, which leads to a page about the child; the page says that it was shown."""
        self.shown.add(child.pk)
        link = reverse(place, args=[child.public_id]) + self.read.keep
        return Cell(child.name, link, quiet, child=True)

    def linked(self, said: str, place: str, *args: Any, of: str = "", query: str = "") -> Cell:
        return Cell(said, reverse(place, args=args) + query, of=of)


def counted(number: int, link: str, of: str) -> Cell:
    """A number that leads to what it counts; nothing counted leads nowhere."""
    return Cell(f"{number:,}", link if number else "", number=True, of=of)
