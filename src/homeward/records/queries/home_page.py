"""Home: the dates that are late, due this week or coming up, in the scope of the person who signed in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from homeward.domain.wording import FORCE_WORDS
from homeward.records.access import Actor
from homeward.records.models import Authority
from homeward.records.queries.said import Said
from homeward.records.queries.tracker_page import (
    NEAR_DAYS,
    Tracker,
    TrackerChild,
    Wanted,
    in_order,
    worst_state,
)

SHOWN = 10
# Few children, each worth a line, or many; an agency sees a few of each council.
SCOPES = {"window": "mine", "agency": "mine"}


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
class HomePage:
    """`scope` is mine, team or authority; `groups` and `totals` are by late, week and ahead."""

    authority: Authority
    scope: str
    tracker: Tracker | None
    groups: dict[str, list[tuple[TrackerChild, Said]]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    children: list[TrackerChild] = field(default_factory=list)
    rules: list[RuleLine] = field(default_factory=list)
    in_care: int = 0
    late_children: int = 0
    near_children: int = 0
    no_plan_by_second_review: int = 0
    two_moves: int = 0

    @property
    def late_dates(self) -> int:
        return self.totals.get("late", 0)

    @property
    def week_dates(self) -> int:
        return self.totals.get("week", 0)

    @property
    def shown(self) -> list[int]:
        """The children whose names stand on the page."""
        listed = {child.pk for lines in self.groups.values() for child, _ in lines}
        return sorted(listed | {child.pk for child in self.children})


def page_of(actor: Actor, authority: Authority, tracker: Tracker | None) -> HomePage:
    page = HomePage(authority, SCOPES.get(actor.meaning.reach, actor.meaning.reach), tracker)
    if tracker is None:
        return page
    _group_dates(page, tracker, 15 if page.scope == "mine" else 5)
    on = tracker.as_at
    page.in_care = sum(child.in_care for child in tracker.children)
    page.late_children = sum(child.overdue > 0 for child in tracker.children)
    page.near_children = len(tracker.wanted(Wanted(state="soon")))
    page.no_plan_by_second_review = len(tracker.wanted(Wanted(cohorts=("no_plan_by_second_review",))))
    page.two_moves = sum(child.moves >= 2 for child in tracker.children)
    longest = in_order(tracker.children, "", reverse=False)
    if page.scope == "mine":
        page.children = longest
    else:
        page.children = longest[:SHOWN]
        page.rules = rule_lines(tracker, on)
    return page


def _group_dates(page: HomePage, tracker: Tracker, shown: int) -> None:
    on = tracker.as_at
    week, ahead = on + timedelta(days=7), on + timedelta(days=NEAR_DAYS)
    found: dict[str, list] = {"late": [], "week": [], "ahead": []}
    for child in tracker.children:
        for each in child.open:
            if each.due_on is None or each.due_on > ahead:
                continue
            key = "late" if each.status(on) == "overdue" else "week" if each.due_on <= week else "ahead"
            found[key].append((each.due_on, child, each))
    for key, lines in found.items():
        lines.sort(key=lambda line: (line[0], line[1].name))
        page.totals[key] = len(lines)
        page.groups[key] = [(child, tracker.said(each)) for _, child, each in lines[:shown]]


def rule_lines(tracker: Tracker, on) -> list[RuleLine]:
    """Rules with a child late or near, the most late first."""
    late, near = Counter[str](), Counter[str]()
    for child in tracker.children:
        statuses: dict[str, list[str]] = {}
        for each in child.open:
            statuses.setdefault(each.rule, []).append(each.status(on))
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
