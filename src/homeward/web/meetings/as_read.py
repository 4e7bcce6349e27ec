"""What was minuted about a child, in words: days as people write them, and who does what by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from homeward.domain.meetings import Meeting as Series
from homeward.records.models import MeetingItem
from homeward.records.operations.answers import ANSWERS
from homeward.reports import words


def as_read(item: MeetingItem, series: Series, colleagues: list[tuple[str, str]]) -> dict[str, Any]:
    """The minute of an item for meetings/minute.html."""
    names = dict(colleagues)
    return item.minute | {
        "papers": [
            f"{paper.words[:1].upper()}{paper.words[1:]}, {_day(item.papers[paper.key])}"
            for paper in series.papers
            if paper.key in item.papers
        ],
        "actions": [
            one
            | {
                "owner_name": names.get(str(one.get("owner", "")), "") or one.get("owner_name", ""),
                "by_on": _day(one.get("by_on", "")),
            }
            for one in item.minute.get("actions", ())
        ],
        "options": [
            one | {"answer": ANSWERS.get(one["answer"], one["answer"]).lower()}
            for one in item.minute.get("options", ())
        ],
        "next_on": _day(item.minute.get("next_on", "")),
    }


def _day(text: str) -> str:
    return words.day(date.fromisoformat(text)) if text else ""
