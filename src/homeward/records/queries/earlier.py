"""What a fact said before it was corrected, from the newest change back to how it was recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier version: what it said, and by whom, when and why it was changed."""

    words: str
    by: str
    at: datetime
    why: str


def versions(fact: Any, by_pk: Mapping[int, Any], words: Callable[[Any], str]) -> list[Earlier]:
    """The versions before this one; `by_pk` holds every version of the child's, with who recorded it."""
    found = []
    while fact.replaces_id is not None and fact.replaces_id in by_pk:
        before = by_pk[fact.replaces_id]
        who = fact.recorded_by.name if fact.recorded_by else ""
        found.append(Earlier(words(before), who, fact.recorded_at, fact.reason_recorded))
        fact = before
    return found
