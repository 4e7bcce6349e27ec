"""Signing a meeting: in one transaction its minutes become facts of each child, and nothing changes after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from homeward.domain.meetings import Meeting as Series
from homeward.domain.steps import GIVEN
from homeward.domain.wording import day_words
from homeward.records import row_security
from homeward.records.models import GateAnswer, Meeting, MeetingItem, PermanencePlan, Person
from homeward.records.operations.actions import agree_action
from homeward.records.operations.answers import answer_option
from homeward.records.operations.decisions import record_decision
from homeward.records.operations.facts import correct_fact, record_fact, refreshed_once
from homeward.records.operations.meetings import Stale, series_of
from homeward.records.operations.minutes import lacks
from homeward.records.operations.refused import Refused


@transaction.atomic
def sign_meeting(
    meeting: Meeting,
    *,
    seen: Mapping[int, int],
    version: int,
    by: Person,
    now: datetime,
    gone_past: Callable[[MeetingItem], list[dict[str, Any]]],
) -> Meeting:
    """Signs the record. `seen`: {item: version} as the signer read them; `gone_past`: an item's GateAnswers.

    Items of children whom the signer may not see go on to a meeting of their own, unsigned, so that nobody
    signs unread and nobody learns of them. Raises Refused, or Stale when anything was saved meanwhile.
    """
    series = series_of(meeting)
    locked = Meeting.objects.select_for_update().filter(pk=meeting.pk, version=version).first()
    if locked is None or locked.state != Meeting.PLANNED:
        raise Stale(Meeting.objects.get(pk=meeting.pk))
    if meeting.on > now.date():
        raise Refused("", f"This meeting is on {day_words(meeting.on)}. It can be signed when it was held.")
    items = meeting.items.select_for_update(of=("self",)).filter(pk__in=list(seen))
    shown = list(items.select_related("child__authority"))
    if {item.pk: item.version for item in shown} != dict(seen):
        raise Stale(locked)
    _complete(meeting, series, shown)
    _part_with(meeting, {item.pk for item in shown})
    with refreshed_once(meeting.authority):
        for item in shown:
            if item.state == MeetingItem.HEARD:
                _record(item, series, gone_past(item), by, now)
    MeetingItem.objects.filter(pk__in=[item.pk for item in shown]).update(signed=True)
    Meeting.objects.filter(pk=meeting.pk).update(
        state=Meeting.SIGNED, signed_by=by, signed_at=now, version=F("version") + 1
    )
    return Meeting.objects.get(pk=meeting.pk)


def _complete(meeting: Meeting, series: Series, items: list[MeetingItem]) -> None:
    if not (meeting.chair or meeting.chair_name):
        raise Refused("", "Enter who chaired.")
    if not any(item.state == MeetingItem.HEARD for item in items):
        raise Refused("", "No child’s minutes are complete yet.")
    waiting = [item for item in items if item.state == MeetingItem.LISTED]
    if waiting:
        raise Refused("", f"{waiting[0].child.name} is on the agenda and was neither heard nor put off.")
    for item in items:
        missing = lacks(item.minute, series) if item.state == MeetingItem.HEARD else []
        if missing:
            raise Refused("", f"{item.child.name}: {missing[0][1]}.")


def _part_with(meeting: Meeting, seen: set[int]) -> None:
    """What the signer was not shown stays open in a meeting of its own."""
    with row_security.whole(meeting.authority):
        hidden = MeetingItem.objects.filter(meeting=meeting).exclude(pk__in=seen)
        if not hidden.exists():
            return
        apart = Meeting.objects.get(pk=meeting.pk)
        copy = Meeting.objects.create(
            authority=apart.authority,
            series=apart.series,
            on=apart.on,
            starts_at=apart.starts_at,
            ends_at=apart.ends_at,
            room=apart.room,
            made_by=apart.made_by,
            made_at=apart.made_at,
        )
        hidden.update(meeting=copy)


def _record(
    item: MeetingItem, series: Series, gone_past: list[dict[str, Any]], by: Person, now: datetime
) -> None:
    meeting, child, minute, on = item.meeting, item.child, item.minute, item.meeting.on
    about: dict[str, Any] = {"by": by, "now": now}
    _held(item, series, **about)
    record_fact(child, "Minute", _minute(item), start=on, **about)
    for one in minute.get("decisions", ()):
        if one["kind"] == "start_pre_proceedings":
            _happened(child, "pre_proceedings_started", on, **about)
        values = one | {"decided_on": on, "told_on": _day(one.get("told_on", "")), "meeting": meeting}
        record_decision(child, values, **about)
    for one in minute.get("actions", ()):
        owner = Person.objects.filter(pk=one["owner"]).first() if one.get("owner") else None
        agree_action(
            child,
            one["what"],
            owner=owner,
            owner_name=one.get("owner_name", ""),
            by_on=_day(one.get("by_on", "")),
            on=on,
            meeting=meeting,
            kind=one.get("kind", ""),
            **about,
        )
    for one in minute.get("options", ()):
        answer_option(child, on=on, meeting=meeting, **one, **about)
    if minute.get("given", {}).get("early_permanence_answer"):
        _happened(child, "early_permanence_considered", on, **about)
    for uid in minute.get("plans", ()):
        _agree(child, uid, on, series.name, **about)
    for values in gone_past:
        record_fact(child, GateAnswer.__name__, values | {"on": on, "meeting": meeting}, start=on, **about)


def _held(item: MeetingItem, series: Series, *, by: Person, now: datetime) -> None:
    """The meeting as the event that the clock counts; a review also says how the child took part."""
    on = item.meeting.on
    if series.kind == "review_held":
        values = {"held_on": on, "participation": item.minute.get("participation", "")}
        record_fact(item.child, "Review", values, start=on, by=by, now=now)
    elif series.records_event:
        values = {"kind": series.kind, "held_on": on}
        record_fact(item.child, "MeetingHeld", values, start=on, by=by, now=now)


def _happened(child: Any, kind: str, on: date, *, by: Person, now: datetime) -> None:
    record_fact(child, "DatedEvent", {"kind": kind, "on": on}, start=on, by=by, now=now)


def _minute(item: MeetingItem) -> dict[str, Any]:
    minute, meeting = item.minute, item.meeting
    return {
        "meeting": meeting,
        "held_on": meeting.on,
        "series": meeting.series,
        "chair_role": meeting.chair_role,
        "subsequent": item.subsequent,
        "child_says": minute.get("child_says", ""),
        "child_says_why_not": minute.get("child_says_why_not", ""),
        "others_say": [[one["who"], one["words"]] for one in minute.get("others", ())],
        "sections": [*_told(minute.get("sections", {})), *_asked(minute.get("given", {}))],
        "rating": minute.get("rating", ""),
        "rating_why": minute.get("rating_why", ""),
        "next_on": _day(minute.get("next_on", "")),
    }


def _told(sections: dict[str, str]) -> list[list[str]]:
    return [[heading, text] for heading, text in sections.items() if text]


def _asked(given: dict[str, str]) -> list[list[str]]:
    """What the policy asked besides, under the question's own words."""
    return [[GIVEN[name], said] for name, said in given.items() if said and name in GIVEN]


def _agree(child: Any, uid: str, on: date, where: str, *, by: Person, now: datetime) -> None:
    """The plan is agreed at this meeting; one that was changed meanwhile is agreed as it stands."""
    plan = PermanencePlan.objects.filter(child=child, uid=uid).first()
    while plan is not None and plan.superseded_at:
        plan = PermanencePlan.objects.filter(replaces=plan).first()
    if plan is None or plan.withdrawn or plan.agreed_on:
        return
    correct_fact(plan, {"agreed_on": on, "agreed_at": where}, by=by, now=now, reason=f"Agreed at the {where}")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
