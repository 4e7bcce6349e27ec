"""How a date and its status are said in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from homeward.domain.events import KINDS
from homeward.domain.policy import sentence

if TYPE_CHECKING:
    from homeward.domain.timescales import Deadline


def day_words(day: date) -> str:
    """`3 March 2027`."""
    return f"{day.day} {day:%B %Y}"


def days_words(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def status_words(status: str, due_on: date | None, days: int | None, cannot_say: str = "") -> str:
    """What a page says of a date: always a word, with its day or its count (DECISIONS, Words on screen)."""
    match status:
        case "on_track":
            return f"On time, due {day_words(due_on)}" if due_on else "On time"
        case "due_soon":
            return "Due today" if not days else f"Due in {days_words(-days)}"
        case "overdue":
            return f"Overdue by {days_words(days)}" if days else "Overdue from today"
        case "done_late":
            return f"Done {days_words(days or 0)} late"
        case "done_on_time":
            return "Done"
        case "ended":
            return "No longer needed"
        case "undated":
            return "No date set"
    return f"Cannot be worked out: {cannot_say}"


FORCE_WORDS = {"must": "Law", "should": "Statutory guidance", "aim": "Council's own aim"}


def why(deadline: Deadline, as_at: date) -> str:
    """The rule, what it was counted from, and what met or ended it, in a few sentences."""
    rule, counted = deadline.rule, deadline.counted_from
    source = rule.source
    section = f", {source.section}" if source.section else ""
    words = f"{sentence(rule)} ({FORCE_WORDS[rule.force]}: {source.document}{section}.)"
    if deadline.cannot_say:
        return f"{words} It cannot be worked out: {deadline.cannot_say}."
    if counted:
        words += f" Counted from {day_words(counted.on)}, when {_happened(counted.kind, rule.from_age)}."
    if deadline.due_on:
        words += f" That gives {day_words(deadline.due_on)}."
    if deadline.met:
        words += f" On {day_words(deadline.met.on)} {KINDS[deadline.met.kind]}."
    elif deadline.ended_on:
        words += f" It fell away on {day_words(deadline.ended_on)}."
    return words


def _happened(kind: str, from_age: int) -> str:
    return f"the child turned {from_age}" if kind == "born" and from_age else KINDS[kind]
