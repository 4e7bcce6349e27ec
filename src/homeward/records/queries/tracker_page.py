"""The tracker as its page needs it: every child in scope on a day, filtered, counted and sorted."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from homeward.domain.calendar import add_months
from homeward.domain.deadline import Deadline, open_status
from homeward.domain.delay import NONE
from homeward.domain.policy import Policy
from homeward.domain.standing import Standing, standing
from homeward.domain.timescales import judge
from homeward.records.access import Actor, children_visible_to, field_sets_by_child
from homeward.records.fields import LEGAL_STAGES, cause_is_shown, is_shown, shown_place
from homeward.records.history import histories
from homeward.records.models import (
    Authority,
    Child,
    DatedEvent,
    Delay,
    Home,
    KeptDeadline,
    MeetingHeld,
    PeriodOfCare,
    ReviewingOfficer,
    SocialWorkerSpell,
)
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.cohorts import COHORTS
from homeward.records.queries.people import spells_on, worker_names
from homeward.records.queries.said import Said
from homeward.records.queries.working_with import allocated_names
from homeward.records.roles import FIELD_SETS

NEAR_DAYS = 28
ALL_FIELDS = frozenset(FIELD_SETS)


@dataclass(slots=True)
class Open:
    """An open deadline as the lists need it, before it is put into words; not what cannot be worked out."""

    rule: str
    due_on: date | None
    soon_from: date | None
    before: bool

    def status(self, on: date) -> str:
        if self.due_on is None:
            return "undated"
        return open_status(self.due_on, self.soon_from, on, before=self.before)


@dataclass(slots=True)
class TrackerChild:
    """A child on the tracker: who, where the child stands, and the dates open for the child."""

    pk: int
    public_id: str
    name: str
    code: str
    born_on: date | None
    expected_on: date | None
    in_care: bool
    in_care_since: date | None
    in_pre_proceedings: bool
    in_proceedings: bool
    legal_status: str
    placement: str
    living_since: date | None
    main_plan: str
    parallel_plan: str
    contingency_plan: str
    stage: str
    fields: frozenset[str] = ALL_FIELDS  # the field sets whose content the reader is shown
    worker: str = ""
    officer: str = ""
    moves: int = 0
    open: list[Open] = field(default_factory=list)
    oldest_due: date | None = None  # the oldest date still overdue
    next_due: date | None = None  # the first date on or after the day
    overdue: int = 0
    cause: str = ""  # what holds things up, as somebody recorded it
    cause_since: date | None = None

    @property
    def alongside(self) -> str:
        """The plan that runs beside the main one; a plan that has become the main one runs beside nothing."""
        return self.parallel_plan if self.parallel_plan != self.main_plan else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked to see."""

    cohorts: tuple[str, ...] = ()
    plan: str = ""
    stage: str = ""
    legal_status: str = ""
    worker: str = ""
    officer: str = ""
    rule: str = ""
    state: str = ""  # late | near | on_time, of `rule` when one is named, else of any
    care: str = ""  # in | out
    cause: str = ""  # of delay; or NONE: overdue, and nobody said why


@dataclass(slots=True)
class Tracker:
    """The children of the tracker on a day, all of them, with their open dates."""

    children: list[TrackerChild]
    policy: Policy
    as_at: date

    def wanted(self, wanted: Wanted) -> list[TrackerChild]:
        return [child for child in self.children if _is_wanted(child, wanted, self.as_at)]

    def said(self, each: Open) -> Said:
        return Said(
            rule=self.policy.rule(each.rule),
            as_at=self.as_at,
            id_list=(),
            counted_kind="",
            counted_on=None,
            due_on=each.due_on,
            soon_from=each.soon_from,
            pack=self.policy.own,
        )

    def next_of(self, child: TrackerChild) -> Said | None:
        """The first date still to come."""
        dated = [each for each in child.open if each.due_on]
        ahead = [each for each in dated if each.status(self.as_at) != "overdue"]
        chosen = min(ahead, key=_due, default=None)
        return self.said(chosen) if chosen else None

    def holding_up(self, child: TrackerChild) -> Said | None:
        late = [each for each in child.open if each.status(self.as_at) == "overdue"]
        return self.said(min(late, key=_due)) if late else None


def _due(each: Open) -> date:
    return each.due_on or date.max


def _is_wanted(child: TrackerChild, wanted: Wanted, on: date) -> bool:
    if wanted.plan and child.main_plan != wanted.plan and not (wanted.plan == "none" and not child.main_plan):
        return False
    if wanted.stage and child.stage != wanted.stage:
        return False
    if wanted.legal_status and child.legal_status != wanted.legal_status:
        return False
    if wanted.worker and name_key(child.worker) != wanted.worker:
        return False
    if wanted.officer and name_key(child.officer) != wanted.officer:
        return False
    if wanted.cause == NONE and (child.cause or not child.overdue):
        return False
    if wanted.cause and wanted.cause not in (NONE, child.cause):
        return False
    if wanted.care and child.in_care != (wanted.care == "in"):
        return False
    if (wanted.rule or wanted.state) and not _has_date(child, wanted, on):
        return False
    return all(COHORTS[key].holds(child, on) for key in wanted.cohorts if key in COHORTS)


def name_key(name: str) -> str:
    """What stands for a name in an address, where no name may stand."""
    return hashlib.blake2b(name.encode(), digest_size=4).hexdigest()


def _has_date(child: TrackerChild, wanted: Wanted, on: date) -> bool:
    dates = [each for each in child.open if not wanted.rule or each.rule == wanted.rule]
    if not wanted.state:
        return bool(dates)
    if wanted.state == "soon":
        until = on + timedelta(days=NEAR_DAYS)
        return any(
            each.due_on and on <= each.due_on <= until and each.status(on) != "overdue" for each in dates
        )
    return worst_state([each.status(on) for each in dates]) == wanted.state


def worst_state(statuses: Iterable[str]) -> str:
    """late, near or on_time: what several open dates of a child come to; "" when none has a day."""
    found = set(statuses)
    for status, state in (("overdue", "late"), ("due_soon", "near"), ("on_track", "on_time")):
        if status in found:
            return state
    return ""


SORTS: dict[str, Any] = {
    "child": lambda child: child.name.casefold(),
    "age": lambda child: child.born_on or child.expected_on or date.max,
    "plan": lambda child: (not child.main_plan, child.main_plan),
    "stage": lambda child: child.stage,
    "next": lambda child: child.next_due or date.max,
    "holding": lambda child: child.oldest_due or date.max,
    "months": lambda child: child.in_care_since or date.max,
    "status": lambda child: child.legal_status,
    "home": lambda child: child.placement,
    "worker": lambda child: (not child.worker, child.worker),
    "officer": lambda child: (not child.officer, child.officer),
    "since": lambda child: child.in_care_since or date.max,
    "code": lambda child: child.code,
}


def in_order(children: Sequence[TrackerChild], sort: str, *, reverse: bool) -> list[TrackerChild]:
    """By a column; without one, the longest wait first, then what is due next."""
    if sort in SORTS:
        return sorted(sorted(children, key=SORTS["child"]), key=SORTS[sort], reverse=reverse)
    return sorted(children, key=lambda c: (c.oldest_due or date.max, c.next_due or date.max, c.name))


def _count_dates(child: TrackerChild, on: date) -> None:
    for each in child.open:
        if each.due_on is None:
            continue
        if each.status(on) == "overdue":
            child.overdue += 1
            child.oldest_due = min(child.oldest_due or each.due_on, each.due_on)
        else:
            child.next_due = min(child.next_due or each.due_on, each.due_on)


# ---- Reading ----


def tracker(
    actor: Actor, authority: Authority, as_at: date, today: date, aside: Collection[str] = frozenset()
) -> Tracker:
    """The children of a council in the tracker's scope on a day whom this person may see.

    For today from the kept copies, for another day worked out. `aside` are rules left out of every count.
    """
    policy = policy_of(authority)
    visible = children_visible_to(actor).filter(authority=authority)
    if as_at == today:
        visible = visible.filter(standing__in_scope=True)
        pictured = _kept(visible, policy, as_at, aside)
    else:
        visible = visible.filter(_may_be_in_scope(as_at))
        pictured = _worked_out(visible, policy, as_at)
    children = [_child(*each) for each in pictured]
    _keep_what_is_shown(actor, policy, children)
    for child in children:
        child.open = [each for each in child.open if each.rule not in aside]
        _count_dates(child, as_at)
    _add_workers(children, worker_names(authority), as_at)
    _add_causes(children, as_at)
    _add_moves([child for child in children if "history" in child.fields], as_at)
    return Tracker(children, policy, as_at)


def _keep_what_is_shown(actor: Actor, policy: Policy, children: Iterable[TrackerChild]) -> None:
    """Takes out what the actor is not shown, so that no filter, count, order or file can tell it."""
    shown = field_sets_by_child(actor, [child.pk for child in children])
    legal = {rule.key for rule in policy.rules if not is_shown(rule, frozenset())}
    for child in children:
        child.fields = shown[child.pk]
        if "legal" in child.fields:
            continue
        child.legal_status = ""
        child.placement = shown_place(child.placement, child.fields)
        child.in_pre_proceedings = child.in_proceedings = False
        child.stage = "" if child.stage in LEGAL_STAGES else child.stage
        child.open = [each for each in child.open if each.rule not in legal]


WHO = ("pk", "public_id", "code", "called", "born_on", "expected_on")
Pictured = list[tuple[tuple[Any, ...], Standing, list[Open]]]  # WHO, and what is true of the child


def _kept(visible: QuerySet[Child], policy: Policy, as_at: date, aside: Collection[str]) -> Pictured:
    """Standing and open dates of today, from the kept copies."""
    rows = list(visible.values_list(*WHO, *(f"standing__{name}" for name in Standing._fields)))
    dates: dict[int, list[Open]] = {row[0]: [] for row in rows}
    before = {rule.key for rule in policy.rules if rule.before}
    for child, rule, due_on, soon in _open_rows(dates, as_at, aside):
        dates[child].append(Open(rule, due_on, soon, rule in before))
    return [(row[: len(WHO)], Standing(*row[len(WHO) :]), dates[row[0]]) for row in rows]


def _open_rows(children: Iterable[int], as_at: date, aside: Collection[str]) -> Iterable[tuple[Any, ...]]:
    """Open dates of these children, without those of the rules set aside."""
    # By their numbers: asked for by the whole search for children once more, PostgreSQL does it once more.
    rows = KeptDeadline.objects.filter(child__among=children, met_on=None, ended_on=None, cannot_say="")
    rows = rows.exclude(rule__in=aside)
    rows = rows.filter(Q(counted_on=None) | Q(counted_on__lte=as_at))
    return rows.values_list("child_id", "rule", "due_on", "soon_from")


# Without one of these, or care that lasts, nobody is in scope (domain.standing).
_BRINGS_INTO_SCOPE = (
    "became_looked_after",
    "legal_gateway_held",
    "pre_proceedings_started",
    "proceedings_issued",
)


def _may_be_in_scope(as_at: date) -> Q:
    """Spares a day in the past from judging everyone who had left; errs on the side of judging."""
    begun = Q(started_on=None) | Q(started_on__lte=as_at)
    lasting = PeriodOfCare.current.filter(begun, Q(ended_on=None) | Q(ended_on__gt=as_at))
    met = MeetingHeld.current.filter(kind__in=_BRINGS_INTO_SCOPE, held_on__lte=as_at)
    happened = DatedEvent.current.filter(kind__in=_BRINGS_INTO_SCOPE, on__lte=as_at)
    found = Q(standing__in_scope=True)
    for facts in (lasting, met, happened):
        found |= Q(pk__in=facts.values("child"))
    return found


def _worked_out(visible: QuerySet[Child], policy: Policy, as_at: date) -> Pictured:
    """The same for any day, from the facts."""
    who = {row[0]: row for row in visible.values_list(*WHO)}
    pictured: Pictured = []
    for child, history in histories(visible):
        stands = standing(history, as_at)
        if stands.in_scope:
            dates = [opened(d) for d in judge(policy, history, as_at) if is_open(d)]
            pictured.append((who[child], stands, dates))
    return pictured


def is_open(deadline: Deadline) -> bool:
    return deadline.met is None and deadline.ended_on is None and not deadline.cannot_say


def opened(deadline: Deadline) -> Open:
    rule = deadline.rule
    return Open(rule.key, deadline.due_on, deadline.soon_from, bool(rule.before))


def _child(who: tuple[Any, ...], stands: Standing, dates: list[Open]) -> TrackerChild:
    pk, public_id, code, called, born_on, expected_on = who
    return TrackerChild(
        pk=pk,
        public_id=public_id,
        name=called or f"Child {code}",
        code=code,
        born_on=born_on,
        expected_on=expected_on,
        in_care=stands.in_care,
        in_care_since=stands.in_care_since,
        in_pre_proceedings=stands.in_pre_proceedings,
        in_proceedings=stands.in_proceedings,
        legal_status=stands.legal_status,
        placement=stands.placement,
        living_since=stands.living_since,
        main_plan=stands.main_plan,
        parallel_plan=stands.parallel_plan,
        contingency_plan=stands.contingency_plan,
        stage=stands.stage,
        open=dates,
    )


def _add_workers(children: Sequence[TrackerChild], names: Mapping[str, str], as_at: date) -> None:
    by_pk = {child.pk: child for child in children}
    spells = spells_on(SocialWorkerSpell, as_at).filter(child__among=by_pk)
    for pk, worker in spells.values_list("child_id", "worker"):
        by_pk[pk].worker = names.get(worker, worker)
    for pk, name in allocated_names(by_pk, as_at).items():
        by_pk[pk].worker = name
    officers = spells_on(ReviewingOfficer, as_at).filter(child__among=by_pk)
    for pk, officer in officers.values_list("child_id", "officer"):
        by_pk[pk].officer = officer


def _add_causes(children: Sequence[TrackerChild], as_at: date) -> None:
    by_pk = {child.pk: child for child in children}
    lasting = Q(until_on=None) | Q(until_on__gte=as_at)
    told = Delay.current.filter(lasting, child__among=by_pk, from_on__lte=as_at)
    for pk, cause, since in told.order_by("from_on", "pk").values_list("child_id", "cause", "from_on"):
        child = by_pk[pk]
        if cause_is_shown(cause, child.fields):
            child.cause, child.cause_since = cause, since


def _add_moves(children: Sequence[TrackerChild], as_at: date) -> None:
    """Moves in the last twelve months: homes that are not the first of the period of care, T codes aside."""
    by_pk = {child.pk: child for child in children if child.in_care}
    year = Q(started_on__lte=as_at, started_on__gt=add_months(as_at, -12))
    homes = Home.current.filter(year, child__among=by_pk)
    for pk, started_on in homes.exclude(place__startswith="T").values_list("child_id", "started_on"):
        since = by_pk[pk].in_care_since
        by_pk[pk].moves += since is None or started_on > since
