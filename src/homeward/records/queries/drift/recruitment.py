"""Carers to recruit, as panels and meetings named them for a child, and what came of each (DUD-079)."""

from __future__ import annotations

from datetime import date

from homeward.domain.wording import day_words
from homeward.records.models import Action
from homeward.records.operations.actions import RECRUITMENT
from homeward.records.queries.actions_page import lines as read
from homeward.records.queries.drift.line import Asking, Line, Told

HEADINGS = ("The carer who is needed", "Named at", "Who looks", "By when", "What came of it")


def lines(asking: Asking) -> list[Line]:
    """Open needs first, the oldest day first; then those that were met or fell away, the newest first."""
    children = asking.children("core", "history")
    facts = Action.current.filter(child__in=children, kind=RECRUITMENT, agreed_on__lte=asking.today)
    facts = facts.select_related("child", "owner", "meeting")
    found = []
    for line in read(asking.authority, facts, asking.today):
        fact = line.fact
        closed = f"{fact.outcome} ({day_words(fact.closed_on)})" if fact.closed_on else ""
        by_when = Told(line.status, line.words)
        cells = (line.what, line.agreed, line.owner, by_when, closed or "Still looked for")
        order = fact.by_on or date.max if line.open else fact.closed_on or date.min
        found.append((not line.open, order.toordinal() * (1 if line.open else -1), Line(line.child, cells)))
    return [line for *_, line in sorted(found, key=lambda each: each[:2])]
