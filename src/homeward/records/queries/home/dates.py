"""Dates on the first page: which promises are late, what holds them up, and the children of a group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from homeward.domain.delay import NONE, cause_words
from homeward.domain.wording import FORCE_WORDS
from homeward.records.queries.said import Said
from homeward.records.queries.tracker_page import NEAR_DAYS, Tracker, TrackerChild, worst_state


@dataclass(slots=True)
class RuleLine:
    """How many children a rule is late or near for."""

    key: str
    title: str
    force: str
    late: int
    near: int

    @property
    def force_words(self) -> str:
        return FORCE_WORDS[self.force]


@dataclass(slots=True)
class CauseLine:
    """How many children have something overdue that this holds up."""

    key: str
    children: int

    @property
    def words(self) -> str:
        return cause_words(self.key)


def late_children(tracker: Tracker) -> list[TrackerChild]:
    return [child for child in tracker.children if child.overdue]


def late_dates(tracker: Tracker) -> int:
    return sum(child.overdue for child in tracker.children)


def rule_lines(tracker: Tracker) -> list[RuleLine]:
    """Rules with a child late or near, the most late first."""
    late, near = Counter[str](), Counter[str]()
    for child in tracker.children:
        statuses: dict[str, list[str]] = {}
        for each in child.open:
            statuses.setdefault(each.rule, []).append(each.status(tracker.as_at))
        for rule, found in statuses.items():
            state = worst_state(found)
            late[rule] += state == "late"
            near[rule] += state == "near"
    rules = {rule.key: rule for rule in tracker.policy.rules}
    lines = [RuleLine(key, rules[key].title, rules[key].force, late[key], near[key]) for key in late | near]
    return sorted(
        (line for line in lines if line.late or line.near),
        key=lambda line: (-line.late, -line.near, line.title),
    )


def cause_lines(tracker: Tracker) -> list[CauseLine]:
    """What holds up the children with something overdue, the most first; without a cause last."""
    counted = Counter(child.cause or NONE for child in late_children(tracker))
    return [
        CauseLine(*each) for each in sorted(counted.items(), key=lambda each: (each[0] == NONE, -each[1]))
    ]


def dates_of(tracker: Tracker, owners: frozenset[str]) -> list[tuple[TrackerChild, Said]]:
    """Dates late or due within four weeks that these roles see to, the longest overdue first."""
    rules = {rule.key for rule in tracker.policy.rules if rule.owner in owners}
    until = tracker.as_at + timedelta(days=NEAR_DAYS)
    found = [
        (each.due_on, child.name, child, each)
        for child in tracker.children
        for each in child.open
        if each.rule in rules and each.due_on is not None and each.due_on <= until
    ]
    found.sort(key=lambda line: line[:2])
    return [(child, tracker.said(each)) for _, _, child, each in found]
