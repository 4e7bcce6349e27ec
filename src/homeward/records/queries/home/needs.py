"""What needs one person: dates, actions, plans, minutes and decisions that are theirs to see to.

The same list stands on the first page of a social worker and in everybody's daily digest, so that a digest
never tells of anything that its reader does not find, and does not see to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from homeward.domain.wording import day_words, days_words
from homeward.records.access import Actor, children_shown_to, children_visible_to, may
from homeward.records.models import (
    Action,
    Authority,
    Challenge,
    Child,
    Decision,
    Meeting,
    MeetingItem,
    PermanencePlan,
)
from homeward.records.operations.decisions import KINDS
from homeward.records.queries import decisions_page
from homeward.records.queries.actions_page import ActionLine
from homeward.records.queries.home import matters
from homeward.records.queries.home.dates import dates_of
from homeward.records.queries.meetings_page import series_name
from homeward.records.queries.said import Said
from homeward.records.queries.tracker_page import NEAR_DAYS, Tracker, TrackerChild

SORTS = {
    "dates": "Dates to see to",
    "actions": "Actions in one’s own name",
    "plans": "Plans that wait to be agreed",
    "minutes": "Minutes to sign",
    "told": "Decisions of which a child has not been told",
    "answers": "Answers asked of one by a reviewing officer or chair",
}
OVERDUE, WEEK, AHEAD = "overdue", "week", "ahead"
# Whose dates a role sees to, where it is not only its own.
_SEES_TO = {
    "assistant_team_manager": frozenset({"team_manager"}),
    "supervising_social_worker": frozenset({"supervising_social_worker", "fostering_social_worker"}),
    "family_finder_raa": frozenset({"family_finder"}),
}
_AGREES = frozenset({"social_worker", "assistant_team_manager", "team_manager"})
_TELLS = frozenset({"social_worker"})


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to be done: `subject` says with what (a Said, a fact or a meeting), `when` how pressing."""

    sort: str
    when: str
    subject: Said | Action | PermanencePlan | Decision | Meeting | Challenge
    what: str
    why: str
    status: str
    words: str
    due_on: date | None
    child: Child | TrackerChild | None = None

    @property
    def key(self) -> str:
        """The same for the same thing on another day, and nobody reads from it what it is about."""
        subject = self.subject
        about = subject.rule.key if isinstance(subject, Said) else f"{type(subject).__name__} {subject.pk}"
        whole = f"{self.sort} {self.child.pk if self.child else ''} {about} {self.due_on}"
        return hashlib.blake2b(whole.encode(), digest_size=12).hexdigest()


def owners(actor: Actor) -> frozenset[str]:
    """The owners of rules for whom the actor's role stands."""
    key = actor.role.key if actor.role else ""
    return _SEES_TO.get(key, frozenset({key}))


def needs_of(actor: Actor, authority: Authority, tracker: Tracker) -> list[Need]:
    """What the actor sees to, the most pressing first; a number of queries that does not grow."""
    on = tracker.as_at
    found = [
        *date_needs(of_mine(actor, tracker), owners(actor)),
        *_actions(actor, authority, on),
        *_plans(actor, authority, on),
        *_minutes(actor, authority, on),
        *_told(actor, authority, on),
        *_answers(actor, authority, on),
    ]
    order = (OVERDUE, WEEK, AHEAD)
    return sorted(found, key=lambda need: (order.index(need.when), need.due_on or date.max, need.what))


def of_mine(actor: Actor, tracker: Tracker) -> Tracker:
    """A reviewing officer's own children, where the record says who reviews, and a child protection chair's
    who are not in care; for all others the whole."""
    key = actor.role.key if actor.role else ""
    if key == "child_protection_chair":
        before_care = [child for child in tracker.children if not child.in_care]
        return Tracker(before_care, tracker.policy, tracker.as_at)
    if key != "iro":
        return tracker
    mine = [child for child in tracker.children if child.officer == actor.person.name]
    return Tracker(mine, tracker.policy, tracker.as_at) if mine else tracker


def date_needs(tracker: Tracker, of: frozenset[str]) -> list[Need]:
    return [
        Need(
            "dates",
            _when(said.due_on, tracker.as_at),
            said,
            said.title,
            said.sentence,
            said.status,
            said.words,
            said.due_on,
            child,
        )
        for child, said in dates_of(tracker, of)
    ]


def _when(due_on: date | None, on: date) -> str:
    if due_on is None:
        return AHEAD
    return OVERDUE if due_on < on else WEEK if due_on <= on + timedelta(days=7) else AHEAD


def _actions(actor: Actor, authority: Authority, on: date) -> Iterable[Need]:
    children = children_shown_to(actor, "history").filter(authority=authority)
    mine = Action.current.filter(child__in=children, owner=actor.person, state=Action.OPEN)
    near = Q(by_on=None) | Q(by_on__lte=on + timedelta(days=NEAR_DAYS))
    for fact in mine.filter(near).select_related("child", "meeting__authority"):
        line = ActionLine(fact, on)
        why = f"Agreed on {day_words(fact.agreed_on)}"
        if fact.meeting:
            why += f" at the {series_name(authority, fact.meeting.series)}"
        yield Need(
            "actions",
            _when(fact.by_on, on),
            fact,
            fact.what,
            why,
            line.status,
            line.words,
            fact.by_on,
            fact.child,
        )


def plans_waiting(actor: Actor, authority: Authority) -> list[PermanencePlan]:
    """Main plans, and any plan proposed here, that nobody has agreed yet; the oldest first."""
    children = children_shown_to(actor, "core", "history").filter(authority=authority)
    proposed = PermanencePlan.current.filter(
        Q(position="main") | Q(source="person"),
        child__in=children.filter(standing__in_scope=True),
        agreed_on=None,
        confirmed_on=None,
        ended_on=None,
        recorded_on__isnull=False,
    )
    return list(proposed.select_related("child", "recorded_by").order_by("recorded_on", "pk"))


def _plans(actor: Actor, authority: Authority, on: date) -> Iterable[Need]:
    if actor.role is None or actor.role.key not in _AGREES:
        return
    for plan in plans_waiting(actor, authority):
        assert plan.recorded_on is not None
        yield Need(
            "plans",
            AHEAD,
            plan,
            f"{_POSITIONS[plan.position]} to be agreed",
            f"Proposed on {day_words(plan.recorded_on)}",
            "undated",
            f"Waiting for {days_words((on - plan.recorded_on).days)}",
            None,
            plan.child,
        )


_POSITIONS = {"main": "Main plan", "parallel": "Plan alongside", "contingency": "Plan if these fail"}


def _minutes(actor: Actor, authority: Authority, on: date) -> Iterable[Need]:
    """Meetings that this person chaired, or arranged without a chair, and that nobody has signed."""
    if not may(actor, "meet"):
        return
    mine = Q(chair=actor.person) | Q(chair=None, made_by=actor.person)
    held = Meeting.objects.filter(mine, authority=authority, state=Meeting.PLANNED, on__lt=on)
    seen = reached(actor, authority, held)
    for meeting in held.order_by("on", "pk"):
        if meeting.pk in seen:
            yield Need(
                "minutes",
                OVERDUE,
                meeting,
                f"{series_name(authority, meeting.series)}: minutes to sign",
                f"Held on {day_words(meeting.on)}",
                "overdue",
                f"Not signed, {days_words((on - meeting.on).days)} on",
                meeting.on,
            )


def reached(actor: Actor, authority: Authority, held: Iterable[Meeting]) -> set[int]:
    """Of these meetings those with a child on their agenda whom the actor sees."""
    visible = children_visible_to(actor).filter(authority=authority)
    items = MeetingItem.objects.filter(meeting__in=[meeting.pk for meeting in held], child__in=visible)
    return set(items.values_list("meeting_id", flat=True))


def _told(actor: Actor, authority: Authority, on: date) -> Iterable[Need]:
    """Decisions of which nobody has told the child: who works with the child tells it."""
    if actor.role is None or actor.role.key not in _TELLS:
        return
    waiting = decisions_page.not_told(decisions_page.in_reach(actor, authority))
    for fact in waiting.filter(decided_on__lte=on):
        yield Need(
            "told",
            WEEK,
            fact,
            "Tell the child what was decided",
            f"{KINDS.get(fact.kind, fact.kind)}, {day_words(fact.decided_on)}",
            "due_soon",
            decisions_page.DecisionLine(fact, on).words,
            None,
            fact.child,
        )


def _answers(actor: Actor, authority: Authority, on: date) -> Iterable[Need]:
    """Matters that a reviewing officer or chair addressed to this person by name."""
    if not may(actor, "record"):
        return
    for matter in matters.asked_of(actor, authority, on):
        asked = matter.now.fact
        yield Need(
            "answers",
            _when(asked.answer_by, on),
            matter.fact,
            f"Answer asked of you: {matter.theme.lower()}",
            f"Raised by {matter.fact.raised_by} on {day_words(matter.fact.raised_on)}",
            matter.answer.status,
            matter.answer.words,
            asked.answer_by,
            matter.child,
        )
