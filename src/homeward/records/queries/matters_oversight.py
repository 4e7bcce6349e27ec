"""Matters raised in a person's reach: those open on a day, and a quarter by theme and outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from homeward.domain import packs
from homeward.domain.calendar import DAY, add_months
from homeward.domain.challenge import OUTCOMES, THEMES, Stage
from homeward.records.access import Actor
from homeward.records.models import Authority
from homeward.records.queries import challenge_page
from homeward.records.queries.challenge_page import Matter

RAISERS = {"iro": "Reviewing officer", "child_protection_chair": "Child protection chair"}
STATES = {"awaited": "Answer awaited", "late": "Answer late", "over": "Formal process over its days"}
MONTHS, QUARTERS = 12, 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked to see."""

    theme: str = ""
    stage: str = ""
    state: str = ""  # of STATES
    raiser: str = ""  # of RAISERS


def open_matters(actor: Actor, authority: Authority, on: date) -> list[Matter]:
    """Every matter open at the end of a day, that with the oldest answer asked for first."""
    found = challenge_page.open_on(challenge_page.in_reach(actor, authority), on)
    matters = challenge_page.read_on(actor, authority, found, on)
    return sorted(matters, key=lambda each: (not each.awaited, _asked(each), each.fact.pk))


def _asked(matter: Matter) -> date:
    return matter.now.fact.answer_by or date.max


def wanted(matters: Iterable[Matter], asked: Wanted) -> list[Matter]:
    return [each for each in matters if _is_wanted(each, asked)]


def _is_wanted(matter: Matter, asked: Wanted) -> bool:
    if asked.theme and matter.fact.theme != asked.theme:
        return False
    if asked.stage and matter.stage.key != asked.stage:
        return False
    if asked.raiser and matter.fact.raised_role != asked.raiser:
        return False
    if asked.state == "awaited":
        return matter.awaited
    if asked.state == "late":
        return matter.late
    return asked.state != "over" or is_over(matter)


def is_over(matter: Matter) -> bool:
    """The working days of the formal process are over and the matter is open."""
    return matter.formal is not None and matter.formal.status == "overdue"


@dataclass(frozen=True, slots=True)
class Row:
    """A theme with how many open matters of it stand at each stage."""

    key: str
    theme: str
    numbers: tuple[tuple[Stage, int], ...]


def by_stage(matters: Iterable[Matter], pack: str) -> tuple[list[Stage], list[Row]]:
    """The stages of the council, with any other at which a matter stands; and the themes, by the list."""
    found = list(matters)
    stages = list(packs.stages(pack))
    known = {each.key for each in stages}
    stages += {each.stage.key: each.stage for each in found if each.stage.key not in known}.values()
    numbers = Counter((each.fact.theme, each.stage.key) for each in found)
    rows = [
        Row(theme, words, tuple((stage, numbers[theme, stage.key]) for stage in stages))
        for theme, words in THEMES.items()
        if any(numbers[theme, stage.key] for stage in stages)
    ]
    return stages, rows


# ---- By month and quarter ----


def months(today: date) -> list[date]:
    """The first days of this month and of those before it, the newest first."""
    return [add_months(today.replace(day=1), -n) for n in range(MONTHS)]


def quarters(today: date) -> list[date]:
    """The first days of this quarter and of those before it, the newest first."""
    first = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    return [add_months(first, -3 * n) for n in range(QUARTERS)]


def last_of(first: date, months: int, today: date) -> date:
    """The last day of a month or quarter, or today within it."""
    return min(add_months(first, months) - DAY, today)


@dataclass(slots=True)
class Quarter:
    """A theme in a quarter: how many were raised, how those settled in it ended, and how many stay open."""

    theme: str
    raised: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    open: int = 0

    @property
    def ended(self) -> int:
        return self.outcomes.total()

    @property
    def settled(self) -> list[tuple[str, int]]:
        return [(words, self.outcomes[key]) for key, words in OUTCOMES.items()]


def quarter(actor: Actor, authority: Authority, first: date, last: date) -> tuple[list[Quarter], Quarter]:
    """The themes of which anything happened in a quarter, and all of them together."""
    within = Q(raised_on__lte=last) & (Q(settled_on=None) | Q(settled_on__gte=first))
    found = challenge_page.in_reach(actor, authority).filter(within)
    whole = Quarter("All")
    lines = {key: Quarter(words) for key, words in THEMES.items()}
    for theme, raised, settled, kind in found.values_list("theme", "raised_on", "settled_on", "outcome_kind"):
        for line in (lines.setdefault(theme, Quarter(theme)), whole):
            line.raised += raised >= first
            if settled is None or settled > last:
                line.open += 1
            else:
                line.outcomes[kind] += 1
    return [line for line in lines.values() if line.raised or line.open or line.outcomes], whole
