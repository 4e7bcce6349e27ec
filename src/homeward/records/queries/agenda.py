"""An agenda made from the rules: who is due, stuck, changed, referred or put off, and who has left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max, Q

from homeward.domain.entries import leaves, reasons
from homeward.domain.events import Event, History
from homeward.domain.meetings import Meeting as Series
from homeward.domain.policy import Policy, Rule
from homeward.domain.wording import day_words
from homeward.records.access import Actor, children_visible_to, field_sets_by_child
from homeward.records.fields import is_shown
from homeward.records.history import histories
from homeward.records.models import (
    Authority,
    Child,
    Decision,
    Home,
    KeptDeadline,
    LegalStatus,
    Meeting,
    MeetingHeld,
    MeetingItem,
    MeetingReferral,
    OptionAnswer,
    PermanencePlan,
)
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.fact_words import fact_words, when_words
from homeward.records.queries.tracker_page import Open

# What puts a child on an agenda, the most pressing first, as the page's headings say it.
REASONS = {
    "put_off": "Put off last time",
    "stuck": "Stuck: overdue last time and still overdue",
    "due": "Due",
    "referred": "Referred",
    "changed": "Changed since last time",
    "entry": "Within this meeting’s scope",
}
EXIT_WORDS = {
    "adopted": "Adopted",
    "matched_to_carers": "Matched to carers",
    "permanent_within_the_family": "Permanent within the family",
    "achieved": "Permanence achieved",
    "matched_and_placed": "Matched and placed",
    "lasting": "Living with the permanent family under a lasting arrangement",
}
_CHANGES = (PermanencePlan, LegalStatus, Home, OptionAnswer, Decision)
_SAID = 3  # changes told of one child


@dataclass(slots=True)
class Suggestion:
    """A child whom the rules would hear, and why: (key of REASONS, sentence)."""

    child: Child
    fields: frozenset[str]
    why: list[tuple[str, str]] = field(default_factory=list)
    oldest: date = date.max  # the first of the dates that are due or stuck

    @property
    def first(self) -> str:
        """The most pressing reason."""
        return min((key for key, _ in self.why), key=list(REASONS).index)


class Left(NamedTuple):
    """A child with the evidence that the meeting need not follow it any more."""

    child: Child
    exit: str
    event: Event

    @property
    def evidence(self) -> str:
        return f"{EXIT_WORDS[self.exit]} on {day_words(self.event.on)}"


@dataclass(slots=True)
class Agenda:
    suggestions: list[Suggestion]
    left: list[Left]
    last_on: date | None  # the day of the last meeting of the series

    @property
    def shown(self) -> list[int]:
        return [one.child.pk for one in self.suggestions] + [one.child.pk for one in self.left]


def agenda_of(actor: Actor, authority: Authority, series: Series, on: date) -> Agenda:
    """What the rules put before a meeting of the series on a day, of the children whom the actor may see."""
    last = _last(authority, series.key, on)
    referred = _referred(authority, series.key)
    put_off = _put_off(last)
    followed = referred.keys() | (set(last.items.values_list("child_id", flat=True)) if last else set())
    visible = children_visible_to(actor).filter(authority=authority)
    children = {
        child.pk: child
        for child in visible.select_related("standing")
        if (getattr(child, "standing", None) and child.standing.in_scope) or child.pk in followed
    }
    shown = field_sets_by_child(actor, list(children))
    found = {pk: Suggestion(child, shown[pk]) for pk, child in children.items()}
    for pk, sentence in put_off.items():
        if pk in found:
            found[pk].why.append(("put_off", sentence))
    last_on = _last_on(authority, series, on, last)
    _add_dates(found, policy_of(authority), series, on, last_on)
    if last_on is not None:
        _add_changes(found, last_on, last.signed_at if last and last.on == last_on else None)
    left = _add_scope(found, series, on, referred, last)
    gone = {one.child.pk for one in left}
    heard = [one for pk, one in found.items() if one.why and pk not in gone]
    order = list(REASONS)
    heard.sort(key=lambda one: (order.index(one.first), one.oldest, one.child.name.casefold()))
    return Agenda(heard, left, last_on)


def _last(authority: Authority, series: str, on: date) -> Meeting | None:
    held = Meeting.objects.filter(authority=authority, series=series, state=Meeting.SIGNED, on__lt=on)
    return held.order_by("-on", "-pk").first()


def _last_on(authority: Authority, series: Series, on: date, last: Meeting | None) -> date | None:
    """When an oversight meeting was last held, here or in the files; None for one about a single child."""
    if series.scope != "group":
        return None
    held = MeetingHeld.current.filter(child__authority=authority, kind=series.kind, held_on__lt=on)
    told = held.aggregate(last=Max("held_on"))["last"]
    return max((day for day in (told, last.on if last else None) if day), default=None)


def _put_off(last: Meeting | None) -> dict[int, str]:
    if last is None:
        return {}
    items = last.items.filter(state=MeetingItem.DEFERRED).values_list("child_id", "deferred_reason")
    return {child: f"Put off on {day_words(last.on)}: {reason}" for child, reason in items}


def _referred(authority: Authority, series: str) -> dict[int, MeetingReferral]:
    """The newest referral of each child, also one that ended."""
    referrals = MeetingReferral.current.filter(child__authority=authority, series=series)
    return {one.child_id: one for one in referrals.order_by("referred_on", "pk")}


def _add_dates(
    found: dict[int, Suggestion], policy: Policy, series: Series, on: date, last_on: date | None
) -> None:
    """Dates that this meeting itself meets and that are near; at an oversight meeting, all that is stuck."""
    rules = {rule.key: rule for rule in policy.rules}
    own = [key for key, rule in rules.items() if series.kind in rule.met_by]
    rows = KeptDeadline.objects.filter(child__in=list(found), met_on=None, ended_on=None, cannot_say="")
    rows = rows.exclude(due_on=None)
    if series.scope != "group":
        rows = rows.filter(rule__in=own)
    for pk, rule_key, due_on, soon_from in rows.values_list("child_id", "rule", "due_on", "soon_from"):
        rule, one = rules.get(rule_key), found[pk]
        if rule is None or due_on is None or not is_shown(rule, one.fields):
            continue
        status = Open(rule_key, due_on, soon_from, bool(rule.before)).status(on)
        if rule_key in own and status in ("overdue", "due_soon"):
            one.why.append(("due", _due(rule, due_on, on)))
            one.oldest = min(one.oldest, due_on)
        elif series.scope == "group" and status == "overdue" and last_on and due_on < last_on:
            one.why.append(("stuck", _due(rule, due_on, on)))
            one.oldest = min(one.oldest, due_on)


def _due(rule: Rule, due_on: date, on: date) -> str:
    over = (on - due_on).days
    late = f", overdue by {over} {'day' if over == 1 else 'days'}" if over > 0 else ""
    return f"{rule.title}: due {day_words(due_on)}{late}"


def _add_changes(found: dict[int, Suggestion], last_on: date, signed_at: datetime | None) -> None:
    """What was happened since the last meeting, or was recorded by hand since it was signed."""
    since = Q(start__gt=last_on)
    if signed_at:  # a file that is loaded later tells much that was long known
        since |= Q(source="person", recorded_at__gt=signed_at)
    changes: dict[int, list[str]] = defaultdict(list)
    for model in _CHANGES:
        facts = model.current.filter(since, child__in=list(found)).order_by("recorded_at")
        for fact in facts:
            if model is LegalStatus and "legal" not in found[fact.child_id].fields:
                continue
            name, values = model.__name__, vars(fact)
            changes[fact.child_id].append(f"{fact_words(name, values)}, {when_words(name, values)}")
    for pk, said in changes.items():
        more = len(said) - _SAID
        found[pk].why += [("changed", words) for words in said[:_SAID]]
        if more > 0:
            found[pk].why.append(("changed", f"and {more} more"))


def _add_scope(
    found: dict[int, Suggestion],
    series: Series,
    on: date,
    referred: dict[int, MeetingReferral],
    last: Meeting | None,
) -> list[Left]:
    """Who is referred or within the scope of the series, and who has left it, with the evidence."""
    if not (series.entry or series.exit or referred):
        return []
    heard = set(last.items.values_list("child_id", flat=True)) if last else set()
    left = []
    for pk, history in histories(found):
        one, referral = found[pk], referred.get(pk)
        gone = leaves(series.exit, history, on) if series.exit else None
        if gone is not None and (referral is None or referral.left_on is None or _again(referral, gone[1])):
            followed = referral is not None or pk in heard or (last is not None and gone[1].on >= last.on)
            if "legal" in one.fields and followed:
                left.append(Left(one.child, *gone))
            continue
        if referral is not None and referral.left_on is None:
            one.why.append(("referred", f"Referred on {day_words(referral.referred_on)}: {referral.why}"))
        if gone is None:
            one.why += [("entry", words) for words in _entries(series, history, on, one.fields)]
    return left


def _again(referral: MeetingReferral, event: Event) -> bool:
    return referral.left_on is not None and event.on > referral.left_on


def _entries(series: Series, history: History, on: date, fields: frozenset[str]) -> Iterable[str]:
    said = reasons(series.entry, history, on)
    if said and "legal" not in fields:
        return ["Within the scope that the policy gives this meeting"]
    return [words[:1].upper() + words[1:] for words in said]
