"""The digest as a letter: numbers and links, and nobody's name."""

from __future__ import annotations

from collections.abc import Sequence

from homeward.records.queries.digest import Told

SUBJECT = "Homeward: what waits for you"


def place_words(told: Told) -> str:
    """A role in a council; the same as the page says under a person's own name."""
    council = told.actor.authority.name if told.actor.authority else ""
    return f"{told.actor.meaning.title}, {council}"


def line_words(told: Told) -> str:
    """3 dates overdue, 2 actions due this week."""
    return ", ".join(line.words for line in told.lines)


def body(told: Sequence[Told], address: str) -> str:
    parts = []
    for one in told:
        council = one.actor.authority.slug if one.actor.authority else ""
        head = f"{place_words(one)}:\n" if len(told) > 1 else ""
        parts.append(f"{head}{line_words(one)}:\n{address}/digest?authority={council}")
    foot = f"At most once a day, and never when nothing waits. To choose: {address}/account/digest"
    return "\n\n".join([*parts, foot]) + "\n"
