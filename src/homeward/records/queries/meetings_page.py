"""Meetings as their pages need them: only those whose children the reader may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from homeward.domain import packs
from homeward.domain.calendar import DAY, is_working_day
from homeward.domain.meetings import CHAIRS
from homeward.domain.meetings import Meeting as Series
from homeward.domain.policy import duration
from homeward.records import row_security
from homeward.records.access import Actor, children_visible_to
from homeward.records.models import (
    Action,
    Authority,
    Child,
    Decision,
    Fact,
    Meeting,
    MeetingItem,
    MeetingReferral,
    Minute,
    OptionAnswer,
    PermanencePlan,
    Role,
)
from homeward.records.operations.people import live, present
from homeward.records.roles import ROLES


@dataclass(slots=True)
class Line:
    """A meeting in a list; `children` are those on its agenda whom the reader may see."""

    meeting: Meeting
    name: str
    children: list[Child] = field(default_factory=list)

    @property
    def state_words(self) -> str:
        return {
            Meeting.PLANNED: "Planned",
            Meeting.SIGNED: "Signed",
            Meeting.CANCELLED: "Cancelled",
        }[self.meeting.state]


def series_name(authority: Authority, key: str) -> str:
    found = packs.meeting(authority.pack, key)
    return found.name if found else key.replace("_", " ").capitalize()


def lines(actor: Actor, authority: Authority, first: date, last: date) -> list[Line]:
    """The meetings of these days, with the children of each whom the actor may see.

    A meeting about none but children out of reach is not there at all.
    """
    held = Meeting.objects.filter(authority=authority, on__range=(first, last)).order_by(
        "on", "starts_at", "pk"
    )
    return _seen(actor, authority, held)


def meeting_of(actor: Actor, authority: Authority, public_id: str) -> Line | None:
    """The meeting of an address, or None when the actor may not know of it."""
    held = Meeting.objects.filter(authority=authority, public_id=public_id)
    found = _seen(actor, authority, held.select_related("chair", "signed_by", "made_by", "authority"))
    return found[0] if found else None


def _seen(actor: Actor, authority: Authority, held: QuerySet[Meeting]) -> list[Line]:
    meetings = {one.pk: Line(one, series_name(authority, one.series)) for one in held}
    visible = children_visible_to(actor).filter(authority=authority)
    items = MeetingItem.objects.filter(meeting__in=list(meetings), child__in=visible)
    for item in items.select_related("child").order_by("position"):
        meetings[item.meeting_id].children.append(item.child)
    with row_security.whole(authority):  # whether there is anybody on the agenda, and no more
        filled = set(MeetingItem.objects.filter(meeting__in=list(meetings)).values_list("meeting", flat=True))
    return [line for pk, line in meetings.items() if line.children or pk not in filled]


def items_of(actor: Actor, meeting: Meeting) -> list[MeetingItem]:
    """The items whose children the actor may see, in the order of the agenda."""
    visible = children_visible_to(actor).filter(authority=meeting.authority)
    items = meeting.items.filter(child__in=visible).order_by("position")
    return list(items.select_related("child__authority", "child__standing", "saved_by", "meeting__authority"))


def item_of(actor: Actor, meeting: Meeting, pk: int) -> MeetingItem | None:
    return next((item for item in items_of(actor, meeting) if item.pk == pk), None)


def who_may_chair(authority: Authority, on: date) -> list[tuple[str, str]]:
    """(pk of a role held, "name, role") of everyone who works there that day in a role that may chair."""
    return [(str(role.pk), _named(role)) for role in _held(authority, on) if role.key in CHAIRS]


def colleagues(authority: Authority, on: date) -> list[tuple[str, str]]:
    """(pk, "name, role") of everyone who works there that day: who an action may be given to."""
    held = [role for role in _held(authority, on) if "see_children" in ROLES[role.key].actions]
    found = {role.person_id: _named(role) for role in sorted(held, key=lambda role: role.person.name)}
    return [(str(pk), words) for pk, words in found.items()]


def role_held(authority: Authority, pk: int) -> Role:
    return Role.objects.select_related("person").get(authority=authority, pk=pk)


def _held(authority: Authority, on: date) -> list[Role]:
    held = Role.objects.filter(live(on), present(on, "person__"), authority=authority, key__in=ROLES)
    order = list(ROLES)
    return sorted(held.select_related("person"), key=lambda role: (order.index(role.key), role.person.name))


def _named(role: Role) -> str:
    return f"{role.person.name}, {ROLES[role.key].title}"


def next_day(series: Series, held_on: date) -> date | None:
    """The last day on which the next meeting is in time; None when the policy says no interval."""
    if not series.every:
        return None
    return duration(series.every).after(held_on)


def working_day_before(day: date) -> date:
    """The day itself, or the working day before it."""
    while not is_working_day(day):
        day -= DAY
    return day


def before_of(item: MeetingItem) -> Minute | None:
    """What the last meeting of the same series recorded of the child."""
    earlier = Minute.current.filter(child=item.child, series=item.meeting.series, held_on__lt=item.meeting.on)
    return earlier.order_by("held_on", "pk").last()


def open_actions(child: Child) -> list[Action]:
    actions = Action.current.filter(child=child, state=Action.OPEN).select_related("owner")
    return list(actions.order_by("by_on", "pk"))


def plans_to_agree(child: Child) -> list[PermanencePlan]:
    """Plans that stand and were not agreed yet."""
    return list(PermanencePlan.current.filter(child=child, agreed_on=None, ended_on=None).order_by("pk"))


@dataclass(slots=True)
class Told:
    """A signed minute with what was decided and agreed there, of the field sets that the reader is shown."""

    minute: Minute
    name: str
    voice: bool
    decisions: list[Decision]
    actions: list[Action]
    answers: list[OptionAnswer]


def words_of(child: Child, on: date) -> Minute | None:
    """The newest minute in which the child's own words stand."""
    said = Minute.current.filter(child=child, held_on__lte=on).exclude(child_says="")
    return said.order_by("held_on", "pk").last()


def minutes_told(child: Child, fields: frozenset[str]) -> list[Told]:
    """Every signed minute about the child, newest first."""
    minutes = Minute.current.filter(child=child).select_related("meeting").order_by("-held_on", "-pk")
    decisions, actions, answers = (_by_meeting(model, child) for model in (Decision, Action, OptionAnswer))
    return [
        Told(
            minute=minute,
            name=series_name(child.authority, minute.series),
            voice="voice" in fields,
            decisions=decisions.get(minute.meeting_id, []),
            actions=actions.get(minute.meeting_id, []),
            answers=answers.get(minute.meeting_id, []),
        )
        for minute in minutes
    ]


def _by_meeting(model: type[Fact], child: Child) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for fact in model.current.filter(child=child).exclude(meeting=None).order_by("pk"):
        found.setdefault(fact.meeting_id, []).append(fact)
    return found


def ahead_of(child: Child, on: date) -> list[Line]:
    """Meetings to come, or not yet signed, with the child on their agenda."""
    items = child.meeting_items.filter(signed=False, meeting__state=Meeting.PLANNED)
    items = items.exclude(state=MeetingItem.DEFERRED).select_related("meeting").order_by("meeting__on")
    return [Line(item.meeting, series_name(child.authority, item.meeting.series)) for item in items]


def referrals_of(child: Child) -> list[tuple[MeetingReferral, str]]:
    """(referral, the meeting's name) of those that stand."""
    standing = MeetingReferral.current.filter(child=child, left_on=None).order_by("referred_on")
    return [(one, series_name(child.authority, one.series)) for one in standing]


def child_coded(actor: Actor, authority: Authority, code: str) -> Child | None:
    """The child with this code of the council's files, of those whom the actor may see."""
    visible = children_visible_to(actor).filter(authority=authority)
    return visible.filter(Q(code__iexact=code) | Q(identifiers__value__iexact=code)).distinct().first()


def chairing_as(held: Meeting) -> str:
    """The role in which the chair of a meeting chairs, as the choice of chairs names it."""
    if held.chair is None:
        return ""
    role = Role.objects.filter(person=held.chair, authority=held.authority, key=held.chair_role).first()
    return str(role.pk) if role else ""
