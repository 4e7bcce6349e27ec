"""What a digest would tell one person: numbers by sort, of what is theirs to see to and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Min, Q

from homeward.records import row_security
from homeward.records.access import Actor, may, places_of
from homeward.records.models import Authority, DigestAlert, DigestChoice, Person
from homeward.records.operations import notices
from homeward.records.queries import quality_page, tracker_page
from homeward.records.queries.home.needs import AHEAD, OVERDUE, SORTS, WEEK, Need, needs_of

IGNORED = 5  # digests that told of a thing on which nobody acted
NOTICES = "notices"
CHOICES = SORTS | {NOTICES: "Notices to look at"}
# sort and how pressing -> one, and several. What is ahead is told of only where it waits for a person.
_WORDS: dict[tuple[str, str], tuple[str, str]] = {
    ("dates", OVERDUE): ("date overdue", "dates overdue"),
    ("dates", WEEK): ("date due this week", "dates due this week"),
    ("actions", OVERDUE): ("action overdue", "actions overdue"),
    ("actions", WEEK): ("action due this week", "actions due this week"),
    ("plans", AHEAD): ("plan to be agreed", "plans to be agreed"),
    ("minutes", OVERDUE): ("meeting to be signed", "meetings to be signed"),
    ("told", WEEK): ("decision to tell a child of", "decisions to tell a child of"),
    ("answers", OVERDUE): ("answer that is late", "answers that are late"),
    ("answers", WEEK): ("answer asked for this week", "answers asked for this week"),
    ("answers", AHEAD): ("answer asked for", "answers asked for"),
    (NOTICES, OVERDUE): ("notice to look at", "notices to look at"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A number of one sort."""

    sort: str
    when: str
    number: int

    @property
    def rest(self) -> str:
        """The words without the number."""
        return _WORDS[self.sort, self.when][self.number != 1]

    @property
    def words(self) -> str:
        return f"{self.number:,} {self.rest}"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one role in one council; `alerts` are (sort, fingerprint)."""

    actor: Actor
    lines: tuple[Line, ...]
    alerts: tuple[tuple[str, str], ...]


def choice_of(person: Person) -> DigestChoice:
    """What the person chose, or the choice of who chose nothing."""
    return DigestChoice.objects.filter(person=person).first() or DigestChoice(person=person)


def digest_of(person: Person, today: date) -> list[Told]:
    """For each place in which the person may act today; behind the same two locks as a page of theirs."""
    choice = choice_of(person)
    if choice.off:
        return []
    found = []
    for actor in places_of(person):
        with transaction.atomic(), row_security.acting(actor):
            told = told_to(actor, today, choice.without)
        if told.lines:
            found.append(told)
    return found


def told_to(actor: Actor, today: date, without: Sequence[str] = ()) -> Told:
    """In the place in which the person acts."""
    needs = [
        need for need in _needs(actor, today) if (need.sort, need.when) in _WORDS and need.sort not in without
    ]
    counted = Counter((need.sort, need.when) for need in needs)
    if NOTICES not in without:
        counted[NOTICES, OVERDUE] = len(notices.open_for(actor))
    lines = tuple(Line(sort, when, counted[sort, when]) for sort, when in _WORDS if counted[sort, when])
    return Told(actor, lines, tuple((need.sort, need.key) for need in needs))


def _needs(actor: Actor, today: date) -> list[Need]:
    if actor.authority is None or not may(actor, "see_children"):
        return []
    aside = frozenset(rule.key for rule in quality_page.not_recorded(actor.authority))
    tracker = tracker_page.tracker(actor, actor.authority, today, today, aside)
    return needs_of(actor, actor.authority, tracker)


@dataclass(frozen=True, slots=True)
class Ignored:
    """Of one sort: how many things digests tell of now, how many were told often, and since when."""

    words: str
    standing: int
    often: int
    since: date | None


def ignored(authority: Authority) -> list[Ignored]:
    """By sort and never by person: a rule whose alerts nobody acts on is to be looked at."""
    rows = DigestAlert.objects.filter(authority=authority).order_by().values_list("sort")
    often = Q(told__gte=IGNORED)
    counted = rows.annotate(
        standing=Count("key", distinct=True),
        often=Count("key", filter=often, distinct=True),
        since=Min("first_on", filter=often),
    )
    by_sort = {sort: rest for sort, *rest in counted}
    return [Ignored(words, *by_sort.get(sort, (0, 0, None))) for sort, words in SORTS.items()]
