"""Arranging a meeting and its agenda: who chairs, who came, which children are heard and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from homeward.domain import packs
from homeward.domain.meetings import Meeting as Series
from homeward.domain.wording import day_words
from homeward.records.models import (
    Authority,
    Child,
    Meeting,
    MeetingHeld,
    MeetingItem,
    MeetingReferral,
    Minute,
    Person,
    Review,
)
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.refused import Refused

Why = Sequence[tuple[str, str]]  # (key, sentence) of what puts a child on an agenda


class Stale(Exception):
    """Somebody else saved meanwhile; nothing was changed. `now` is what stands."""

    def __init__(self, now: Any) -> None:
        super().__init__("Somebody else saved this while you worked.")
        self.now = now


def series_of(meeting: Meeting) -> Series:
    """What the council's pack says of this sort of meeting; raises Refused when it no longer has it."""
    found = packs.meeting(meeting.authority.pack, meeting.series)
    if found is None:
        raise Refused("", "The council’s policy no longer has this meeting.")
    return found


def arrange_meeting(
    authority: Authority, series: str, *, on: date, by: Person, now: datetime, **more: Any
) -> Meeting:
    """A meeting on a day. `more`: starts_at, ends_at, room, chair, chair_name, chair_role, note.

    Raises Refused for a series that the council's pack does not have, or an end before the start.
    """
    if packs.meeting(authority.pack, series) is None:
        raise Refused("series", "Choose one of the council’s meetings")
    _in_order(more)
    return Meeting.objects.create(
        authority=authority, series=series, on=on, made_by=by, made_at=now, **_given(more)
    )


def change_meeting(meeting: Meeting, values: dict[str, Any], *, version: int) -> Meeting:
    """Another day, time, room, chair, who came, or a note; raises Stale, or Refused once signed."""
    _still_open(meeting)
    _in_order(values)
    changed = Meeting.objects.filter(pk=meeting.pk, version=version).exclude(state=Meeting.SIGNED)
    if not changed.update(**_given(values), version=F("version") + 1):
        raise Stale(Meeting.objects.get(pk=meeting.pk))
    return Meeting.objects.get(pk=meeting.pk)


def cancel_meeting(meeting: Meeting, *, reason: str) -> None:
    """The meeting does not take place; the children are due again. Raises Refused."""
    _still_open(meeting)
    if not reason.strip():
        raise Refused("reason", "Say why the meeting is cancelled")
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.CANCELLED, note=reason.strip(), version=F("version") + 1
    )


@transaction.atomic
def put_on_agenda(meeting: Meeting, children: Iterable[tuple[Child, Why]]) -> list[MeetingItem]:
    """Adds children in the order given, each with what puts them there; those who are there already stay."""
    _still_open(meeting)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    wanted = [(child, [list(why) for why in whys]) for child, whys in children]
    there = set(meeting.items.values_list("child_id", flat=True))
    pks = [child.pk for child, _ in wanted]
    seen = _heard_before(meeting, pks)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    new = [(child, why) for child, why in wanted if child.pk not in there]
    return MeetingItem.objects.bulk_create(
        MeetingItem(meeting=meeting, child=child, position=place, why=why, subsequent=child.pk in seen)
        for place, (child, why) in enumerate(new, last + 1)
    )


def _heard_before(meeting: Meeting, children: list[int]) -> set[int]:
    """Children who had a meeting of this sort already, here or in the files: theirs is a later one."""
    kind = series_of(meeting).kind
    before = {"child__in": children, "held_on__lt": meeting.on}
    found: set[int] = set()
    for facts in (
        Minute.current.filter(series=meeting.series, **before),
        MeetingHeld.current.filter(kind=kind, **before),
        Review.current.filter(**before) if kind == "review_held" else Review.current.none(),
    ):
        found.update(facts.values_list("child_id", flat=True))
    return found


def take_off_agenda(item: MeetingItem) -> None:
    """Of an item about which nothing has been written; another is put off with a reason."""
    _still_open(item.meeting)
    if item.minute:
        raise Refused("", "Minutes have been written about this child. Put the item off instead.")
    item.delete()


def defer_item(item: MeetingItem, *, reason: str) -> None:
    """The child is not heard this time, and why; the next agenda brings the child forward."""
    _still_open(item.meeting)
    if not reason.strip():
        raise Refused("reason", "Say why the child is not heard this time")
    _set(item, state=MeetingItem.DEFERRED, deferred_reason=reason.strip()[:300])


def take_up_again(item: MeetingItem) -> None:
    """A deferred item is heard after all."""
    _still_open(item.meeting)
    _set(item, state=MeetingItem.LISTED, deferred_reason="")


@transaction.atomic
def record_paper(item: MeetingItem, key: str, on: date | None) -> dict[str, str]:
    """The day that a paper of the item is dated; None: it is not there. Gives the papers that are there."""
    _still_open(item.meeting)
    if key not in {paper.key for paper in series_of(item.meeting).papers}:
        raise Refused("", "The council’s policy asks for no such paper at this meeting.")
    there = dict(MeetingItem.objects.select_for_update().get(pk=item.pk).papers)
    there.pop(key, None)
    if on is not None:
        there[key] = on.isoformat()
    _set(item, papers=there)
    return there


@transaction.atomic
def move_item(item: MeetingItem, *, up: bool) -> None:
    """One place up or down the agenda."""
    _still_open(item.meeting)
    items = MeetingItem.objects.select_for_update().filter(meeting=item.meeting)
    beside = (
        items.filter(position__lt=item.position).order_by("-position").first()
        if up
        else items.filter(position__gt=item.position).order_by("position").first()
    )
    if beside is not None:
        MeetingItem.objects.filter(pk=item.pk).update(position=beside.position)
        MeetingItem.objects.filter(pk=beside.pk).update(position=item.position)


def minute_together(items: Sequence[MeetingItem], key: str) -> None:
    """Brothers and sisters whose minutes are shared, each with exceptions of their own; "" parts them."""
    for item in items:
        _still_open(item.meeting)
    MeetingItem.objects.filter(pk__in=[item.pk for item in items]).update(together=key)


def refer_child(
    child: Child, series: str, *, trigger: str = "", why: str, on: date, by: Person, now: datetime
) -> MeetingReferral:
    """Refers a child to a series of meetings. Raises Refused when the child is referred there already."""
    standing = MeetingReferral.current.filter(child=child, series=series, left_on=None).first()
    if standing is not None:
        raise Refused("series", f"The child was referred on {day_words(standing.referred_on)} already")
    if not why.strip():
        raise Refused("why", "Say why the child is referred")
    values = {"series": series, "trigger": trigger, "referred_on": on, "why": why.strip()}
    fact = record_fact(child, "MeetingReferral", values, start=on, by=by, now=now)
    assert isinstance(fact, MeetingReferral)
    return fact


def child_leaves(
    child: Child, series: str, *, on: date, evidence: str, by: Person, now: datetime
) -> MeetingReferral:
    """The child is no longer followed by a series of meetings, and on what evidence."""
    left = {"left_on": on, "left_why": evidence}
    standing = MeetingReferral.current.filter(child=child, series=series, left_on=None).first()
    if standing is not None:
        fact = correct_fact(standing, left, by=by, now=now, reason=evidence)
    else:
        values = {"series": series, "referred_on": on, **left}
        fact = record_fact(child, "MeetingReferral", values, start=on, by=by, now=now)
    assert isinstance(fact, MeetingReferral)
    return fact


_FIELDS = ("on", "starts_at", "ends_at", "room", "chair", "chair_name", "chair_role", "attended", "note")


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in _FIELDS if name in values}


def _in_order(values: dict[str, Any]) -> None:
    starts, ends = values.get("starts_at"), values.get("ends_at")
    if ends and not starts:
        raise Refused("starts_at", "Enter when the meeting begins")
    if starts and ends and ends <= starts:
        raise Refused("ends_at", "The meeting must end after it begins")


def _still_open(meeting: Meeting) -> None:
    if meeting.state != Meeting.PLANNED:
        done = "signed" if meeting.state == Meeting.SIGNED else "cancelled"
        raise Refused("", f"This meeting was {done}: nothing of it is changed any more.")


def _set(item: MeetingItem, **values: Any) -> None:
    MeetingItem.objects.filter(pk=item.pk).update(**values, version=F("version") + 1)
