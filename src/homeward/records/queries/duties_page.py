"""What each role does on time: waiting and late now, and done in the last quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from homeward.domain.duties import COUNTS, ROLES
from homeward.domain.packs import duties
from homeward.domain.quality import Quarter, quarters
from homeward.records.access import Actor, children_shown_to
from homeward.records.fields import LEGAL_DECISIONS, is_shown
from homeward.records.models import Action, Authority, Challenge, Child, Decision, KeptDeadline
from homeward.records.queries import supervision_by_team
from homeward.records.queries.authorities import policy_of

AHEAD = timedelta(days=28)
# The dates of the policy that a duty keeps, by the kind of event that meets them.
_MET_BY = {
    "reviews": frozenset({"review_held"}),
    "midway": frozenset({"midway_review_held"}),
    "planning": frozenset({"permanence_meeting_held"}),
    "plans": frozenset({"permanence_plan_recorded", "permanence_plan_agreed", "permanence_plan_confirmed"}),
}


@dataclass(slots=True)
class Figure:
    """What the record counts for a duty; `late_by` tells it by rule of the policy: {key: (title, late)}."""

    key: str
    late: int = 0
    waiting: int = 0  # due in the next four weeks, or open without a day
    in_time: int = 0
    done_late: int = 0
    late_by: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return COUNTS[self.key]

    @property
    def nothing(self) -> bool:
        return not (self.late or self.waiting or self.in_time or self.done_late)


@dataclass(slots=True)
class Duty:
    """A duty in the council's words, with where they come from."""

    says: str
    source: str
    figure: Figure | None


@dataclass(slots=True)
class RoleLine:
    role: str
    duties: list[Duty]

    @property
    def in_time(self) -> int:
        return sum(figure.in_time for figure in self.figures)

    @property
    def done(self) -> int:
        return sum(figure.in_time + figure.done_late for figure in self.figures)

    @property
    def figures(self) -> list[Figure]:
        """Each figure once, however many duties it tells of."""
        found = {duty.figure.key: duty.figure for duty in self.duties if duty.figure}
        return list(found.values())


# Figures of how the council watches its own work.
OF_THE_WORK = ("supervision", "matters")


@dataclass(frozen=True, slots=True)
class DutiesPage:
    roles: list[RoleLine]
    quarter: Quarter


def page_of(actor: Actor, authority: Authority, today: date) -> DutiesPage:
    """Of the children whom the person sees; a handful of queries for each sort of figure."""
    quarter = quarters(today, 1)[0]
    told = duties(authority.pack)
    figures = {
        key: _COUNTED[key](key, actor, authority, quarter, today)
        for key in COUNTS
        if any(duty.get("counts") == key for duty in told)
        and ("work" in actor.meaning.fields or key not in OF_THE_WORK)
    }
    lines = []
    for key, title in ROLES.items():
        own = [duty for duty in told if duty["of"] == key]
        if own:
            lines.append(RoleLine(title, [_duty(duty, figures) for duty in own]))
    return DutiesPage(lines, quarter)


def _duty(duty: dict[str, Any], figures: dict[str, Figure]) -> Duty:
    source = duty["source"]
    section = source.get("section", "")
    where = f"{source['document']}, {section}" if section else source["document"]
    return Duty(duty["says"], where, figures.get(duty.get("counts", "")))


def _children(actor: Actor, authority: Authority) -> QuerySet[Child]:
    return children_shown_to(actor, "history").filter(authority=authority)


def _dates(key: str, actor: Actor, authority: Authority, quarter: Quarter, today: date) -> Figure:
    """Dates of the policy; late and waiting of children on the tracker."""
    fields = actor.meaning.fields
    titles = {
        rule.key: rule.title
        for rule in policy_of(authority).rules
        if _MET_BY[key].intersection(rule.met_by) and is_shown(rule, fields)
    }
    found = Figure(key)
    kept = KeptDeadline.objects.filter(child__in=_children(actor, authority), rule__in=titles)
    kept = kept.exclude(due_on=None).filter(counted_on__lte=today)
    still = kept.filter(child__standing__in_scope=True, met_on=None, ended_on=None)
    open_now = list(still.filter(due_on__lte=today + AHEAD).values_list("rule", "due_on"))
    _now(found, (due for _, due in open_now), today)
    late = Counter(rule for rule, due in open_now if due is not None and due < today)
    found.late_by = {rule: (titles[rule], number) for rule, number in late.items()}
    done = kept.filter(met_on__range=(quarter.first, quarter.last))
    _done(found, done.values_list("met_on", "due_on"))
    return found


def _now(found: Figure, days: Iterable[date | None], today: date) -> None:
    for day in days:
        if day is not None and day < today:
            found.late += 1
        else:
            found.waiting += 1


def _done(found: Figure, days: Iterable[tuple[date | None, date | None]]) -> None:
    """(done on, due on) of each; what had no day is neither in time nor late."""
    for on, due in days:
        if on is not None and due is not None:
            if on <= due:
                found.in_time += 1
            else:
                found.done_late += 1


def _supervision(key: str, actor: Actor, authority: Authority, quarter: Quarter, today: date) -> Figure:
    held = supervision_by_team.by_team(actor, authority, today)
    found = Figure(key, late=len(held.children("", "late")), waiting=len(held.children("", "soon")))
    times = held.quarters[-1].times
    found.in_time, found.done_late = times["in_time"], times["held_late"]
    return found


def _decisions(key: str, actor: Actor, authority: Authority, quarter: Quarter, today: date) -> Figure:
    """A decision that was looked at again is corrected then, and the version before it had the day agreed."""
    found = Figure(key)
    decisions = Decision.objects.filter(child__in=_children(actor, authority), withdrawn=False)
    if "legal" not in actor.meaning.fields:
        decisions = decisions.exclude(kind__in=LEGAL_DECISIONS)
    waiting = decisions.filter(superseded_at=None, review_on__lte=today + AHEAD)
    _now(found, waiting.values_list("review_on", flat=True), today)
    looked = decisions.filter(reviewed_on__range=(quarter.first, quarter.last), replaces__isnull=False)
    again = looked.filter(Q(replaces__reviewed_on=None) | ~Q(replaces__reviewed_on=F("reviewed_on")))
    _done(found, again.values_list("reviewed_on", "replaces__review_on"))
    return found


def _matters(key: str, actor: Actor, authority: Authority, quarter: Quarter, today: date) -> Figure:
    """Matters raised with the council or a partner, until they are answered."""
    found = Figure(key)
    seen = children_shown_to(actor, "history", "work").filter(authority=authority)
    matters = Challenge.current.filter(child__in=seen)
    _now(found, matters.filter(answered_on=None, settled_on=None).values_list("answer_by", flat=True), today)
    answered = matters.filter(answered_on__range=(quarter.first, quarter.last))
    _done(found, answered.values_list("answered_on", "answer_by"))
    return found


def _partner_actions(key: str, actor: Actor, authority: Authority, quarter: Quarter, today: date) -> Figure:
    """What was agreed with somebody who has no account here: a carer, a school, a health service."""
    found = Figure(key)
    actions = Action.current.filter(child__in=_children(actor, authority), owner=None)
    still = actions.filter(Q(by_on=None) | Q(by_on__lte=today + AHEAD), state=Action.OPEN)
    _now(found, still.values_list("by_on", flat=True), today)
    done = actions.filter(state=Action.DONE, closed_on__range=(quarter.first, quarter.last))
    _done(found, done.values_list("closed_on", "by_on"))
    return found


_Counted = Callable[[str, Actor, Authority, Quarter, date], Figure]
_COUNTED: dict[str, _Counted] = {
    **dict.fromkeys(_MET_BY, _dates),
    "supervision": _supervision,
    "decisions": _decisions,
    "matters": _matters,
    "partner_actions": _partner_actions,
}
