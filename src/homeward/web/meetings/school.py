"""School holidays beside the day of a meeting: they are said, and nothing is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from homeward.records.models import Authority
from homeward.records.queries import meetings_calendar


def school(authority: Authority, today: date, on: Any = None) -> dict[str, Any]:
    """What meetings/arrange_fields.html says of the school holidays, and of the day if it is in one."""
    held = meetings_calendar.school_holidays(authority)
    return {
        "school_recorded": bool(held),
        "school_ahead": [one for one in held if one.last_on >= today][:3],
        "school_words": meetings_calendar.school_words(authority, _day(on)),
    }


def said_of(authority: Authority, *days: Any) -> list[str]:
    """That days are in the school holidays, a sentence each."""
    said = (meetings_calendar.school_words(authority, _day(on)) for on in days)
    return [words for words in dict.fromkeys(said) if words]


def _day(value: Any) -> date | None:
    """A day as a form holds it; a text that is none is none."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
