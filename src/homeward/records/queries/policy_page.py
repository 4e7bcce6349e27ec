"""How a council keeps its policy: each promise with its state, and for dated ones the children now."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.domain.ledger import Promise
from homeward.domain.ledger import load as ledger
from homeward.records.queries.tracker_page import Tracker, worst_state


@dataclass(slots=True)
class Kept:
    """Children for whom a rule is open: late, near or on time, or without a number of days."""

    on_time: int = 0
    near: int = 0
    late: int = 0
    undated: int = 0


def kept_by_rule(tracker: Tracker) -> dict[str, Kept]:
    """Rule key -> children now; a child with several open dates of a rule counts once, at the worst."""
    found: dict[str, Kept] = {}
    for child in tracker.children:
        statuses: dict[str, list[str]] = {}
        for each in child.open:
            statuses.setdefault(each.rule, []).append(each.status(tracker.as_at))
        for rule, said in statuses.items():
            kept = found.setdefault(rule, Kept())
            state = worst_state(said) or "undated"
            setattr(kept, state, getattr(kept, state) + 1)
    return found


def promises(council: str) -> list[Promise]:
    """Every promise of a council's policy, in the order of its paper."""
    return [promise for promise in ledger() if promise.council == council]
