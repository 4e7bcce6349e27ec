"""Meetings: the list, arranging one, its agenda made from the rules, and who came."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.domain import packs
from homeward.domain.meetings import CHAIRS
from homeward.domain.meetings import Meeting as Series
from homeward.records import access
from homeward.records.models import Meeting, MeetingItem
from homeward.records.operations import meetings as operations
from homeward.records.operations.refused import Refused
from homeward.records.queries import agenda, meetings_calendar, meetings_page, next_meeting
from homeward.records.queries.meetings_page import Line
from homeward.web.child.frame import around
from homeward.web.layout.door import Reading, child_of, reading, today
from homeward.web.meetings import forms
from homeward.web.meetings.school import school

FORM = require_http_methods(["GET", "HEAD", "POST"])
AHEAD, BACK = timedelta(days=56), timedelta(days=28)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of the last four and the next eight weeks."""
    read = reading(request, "meet")
    on = read.today
    found = meetings_page.lines(request.actor, read.authority, on - BACK, on + AHEAD)
    request.trail.saw({child.pk for line in found for child in line.children})
    clashing = meetings_calendar.clashes(found)
    rows = [{"line": line, "clash": clashing.get(line.meeting.pk, "")} for line in found]
    context = read.context() | {
        "ahead": [row for row in rows if row["line"].meeting.on >= on],
        "unsigned": [
            row
            for row in rows
            if row["line"].meeting.on < on and row["line"].meeting.state == Meeting.PLANNED
        ],
        "past": [
            row
            for row in reversed(rows)
            if row["line"].meeting.on < on and row["line"].meeting.state != Meeting.PLANNED
        ],
        "series": packs.meetings(read.authority.pack),
    }
    return render(request, "meetings/list.html", context)


@require_safe
def meeting(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """One meeting: who chairs, the agenda and how far its minutes are, who came, and what comes next."""
    read, line, series = opened(request, meeting_id)
    items = meetings_page.items_of(request.actor, line.meeting)
    request.trail.saw([item.child_id for item in items])
    if "legal" not in request.actor.meaning.fields:
        for item in items:  # a reason in words may tell of an order
            item.why = [[key, agenda.REASONS.get(key, words)] for key, words in item.why]
    chair_fits = series.may_chair(line.meeting.chair_role, line.meeting.on)
    context = read.context() | {
        "line": line,
        "meeting": line.meeting,
        "series": series,
        "items": items,
        "done": sum(item.state != MeetingItem.LISTED for item in items),
        "came": forms.came_rows(series, line.meeting),
        "came_choices": forms.CAME,
        "chair_missing": not (line.meeting.chair_id or line.meeting.chair_name),
        "chair_wrong": not chair_fits,
        "chair_role_words": CHAIRS.get(line.meeting.chair_role, ""),
        "open": line.meeting.state == Meeting.PLANNED,
        "may_write": access.may(request.actor, "record"),
        "next_by": meetings_page.next_day(series, line.meeting.on),
        "together": [item for item in items if not item.signed],
        "proposals": next_meeting.proposals(line.meeting, series, items, read.today),
        "arranged": next_meeting.arranged(line.meeting, items),
        "school_words": meetings_calendar.school_words(read.authority, line.meeting.on),
        "by_team": series.scope == "group" and access.may(request.actor, "see_oversight"),
    }
    return render(request, "meetings/meeting.html", context)


@FORM
def meeting_change(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """Another day, time, room or chair; what a colleague saved meanwhile is shown, not overwritten."""
    read, line, _ = opened(request, meeting_id)
    held = line.meeting
    form = forms.ArrangeForm(
        request.POST or None,
        authority=read.authority,
        series=list(packs.meetings(read.authority.pack)),
        today=read.today,
        initial=_as_initial(held),
    )
    form.fields["series"].disabled = True
    newer = None

    def change() -> Meeting:
        return operations.change_meeting(held, form.values(), version=_version(request))

    try:
        if form.done(change) is not None:
            return redirect("meeting", meeting_id=meeting_id)
    except operations.Stale as stale:
        newer = stale.now
    context = (
        read.context()
        | school(read.authority, read.today, form["on"].value())
        | {"form": form, "line": line, "meeting": newer or held, "newer": newer}
    )
    return render(request, "meetings/change.html", context, status=409 if newer else form.status)


@FORM
def meeting_cancel(request: HttpRequest, meeting_id: str) -> HttpResponse:
    read, line, _ = opened(request, meeting_id)
    form = forms.CancelForm(request.POST or None)

    def cancel() -> bool:
        operations.cancel_meeting(line.meeting, reason=form.cleaned_data["reason"])
        return True

    if form.done(cancel):
        return redirect("meetings")
    return render(
        request, "meetings/cancel.html", read.context() | {"form": form, "line": line}, status=form.status
    )


@require_POST
def meeting_came(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """Who was invited, who came and who sent apologies."""
    _, line, _ = opened(request, meeting_id)
    values = {"attended": forms.came_of(request.POST), "note": request.POST.get("note", "").strip()[:4000]}
    try:
        operations.change_meeting(line.meeting, values, version=_version(request))
    except operations.Stale as stale:
        context = {"line": line, "newer": stale.now, "sent": values["attended"]}
        return render(request, "meetings/stale.html", context, status=409)
    except Refused as refused:
        return _refused(request, line, refused)
    return redirect("meeting", meeting_id=meeting_id)


@FORM
def meeting_agenda(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """The agenda that the rules make: who is due, stuck, changed, referred or put off, and who has left."""
    read, line, series = opened(request, meeting_id)
    made = agenda.agenda_of(request.actor, read.authority, series, line.meeting.on)
    request.trail.saw(made.shown)
    if request.method == "POST":
        return _agenda_taken(request, line, made)
    there = {child.pk for child in line.children}
    groups = [
        {
            "key": key,
            "title": title,
            "children": [
                {"one": one, "there": one.child.pk in there, "ticked": key != "entry"}
                for one in made.suggestions
                if one.first == key
            ],
        }
        for key, title in agenda.REASONS.items()
    ]
    context = read.context() | {
        "line": line,
        "series": series,
        "groups": [group for group in groups if group["children"]],
        "left": made.left,
        "last_on": made.last_on,
    }
    return render(request, "meetings/agenda.html", context)


def _agenda_taken(request: HttpRequest, line: Line, made: agenda.Agenda) -> HttpResponse:
    chosen, leaving = set(request.POST.getlist("children")), set(request.POST.getlist("left"))
    wanted = [
        (one.child, one.why)
        for one in made.suggestions
        if one.child.public_id in chosen or request.POST.get("all") == "1"
    ]
    try:
        operations.put_on_agenda(line.meeting, wanted)
        for one in made.left:
            if one.child.public_id in leaving:
                operations.child_leaves(
                    one.child,
                    line.meeting.series,
                    on=today(),
                    evidence=one.evidence,
                    by=request.user,
                    now=settings.NOW(),
                )
    except Refused as refused:
        return _refused(request, line, refused)
    return redirect("meeting", meeting_id=line.meeting.public_id)


@require_POST
def meeting_add(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """The chair adds a child whom the rules do not name, by the code that the council's files use."""
    read, line, _ = opened(request, meeting_id)
    code = request.POST.get("code", "").strip()
    child = meetings_page.child_coded(request.actor, read.authority, code)
    if child is None:
        sentence = "No child with this reference is open to you. Use the code that the council’s files use."
        return _refused(request, line, Refused("code", sentence))
    request.trail.saw([child.pk])
    try:
        operations.put_on_agenda(line.meeting, [(child, [("added", f"Added by {request.user.name}")])])
    except Refused as refused:
        return _refused(request, line, refused)
    return redirect("meeting", meeting_id=meeting_id)


@require_POST
def meeting_item_move(request: HttpRequest, meeting_id: str, pk: int) -> HttpResponse:
    """One place up or down, off the agenda, or heard after all."""
    _, line, _ = opened(request, meeting_id)
    item = item_of(request, line, pk)
    try:
        match request.POST.get("do"):
            case "up" | "down" as way:
                operations.move_item(item, up=way == "up")
            case "off":
                operations.take_off_agenda(item)
            case "again":
                operations.take_up_again(item)
            case _:
                raise Http404
    except Refused as refused:
        return _refused(request, line, refused)
    return redirect("meeting", meeting_id=meeting_id)


@FORM
def meeting_item_put_off(request: HttpRequest, meeting_id: str, pk: int) -> HttpResponse:
    read, line, _ = opened(request, meeting_id)
    item = item_of(request, line, pk)
    form = forms.PutOffForm(request.POST or None)

    def put_off() -> bool:
        operations.defer_item(item, reason=form.cleaned_data["reason"])
        return True

    if form.done(put_off):
        return redirect("meeting", meeting_id=meeting_id)
    context = read.context() | {"form": form, "line": line, "item": item}
    return render(request, "meetings/put_off.html", context, status=form.status)


@require_POST
def meeting_together(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """Brothers and sisters who are minuted together; none chosen parts those who were."""
    _, line, _ = opened(request, meeting_id)
    chosen = set(request.POST.getlist("items"))
    items = [one for one in meetings_page.items_of(request.actor, line.meeting) if str(one.pk) in chosen]
    try:
        operations.minute_together(items, secrets.token_hex(6) if len(items) > 1 else "")
    except Refused as refused:
        return _refused(request, line, refused)
    return redirect("meeting", meeting_id=meeting_id)


@FORM
def child_refer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Refer a child to an oversight meeting or a panel."""
    child = child_of(request, public_id, write=True)
    read = reading(request, "record")
    form = forms.ReferForm(request.POST or None, series=list(packs.meetings(read.authority.pack)))

    def refer() -> str:
        made = operations.refer_child(
            child, on=today(), by=request.user, now=settings.NOW(), **form.cleaned_data
        )
        request.trail.about["fact"] = str(made.uid)
        return made.series

    if form.done(refer):
        return redirect("child_meetings", public_id=public_id)
    context = around(request, read, child, "meetings") | {"form": form}
    return render(request, "meetings/refer.html", context, status=form.status)


@require_safe
def child_meetings(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was minuted about a child, meeting by meeting, and which meetings are ahead."""
    child = child_of(request, public_id)
    read = reading(request, "see_children")
    fields = access.field_sets_for(request.actor, child)
    if "history" not in fields:
        raise Http404
    minutes = meetings_page.minutes_told(child, fields)
    ahead = meetings_page.ahead_of(child, read.today)
    context = around(request, read, child, "meetings") | {
        "minutes": minutes,
        "ahead": ahead,
        "proposals": next_meeting.of_child(child, minutes, ahead, read.today),
        "referrals": meetings_page.referrals_of(child),
        "may_meet": access.may(request.actor, "meet") and not getattr(request, "break_glass", False),
        "may_refer": access.may(request.actor, "record") and not getattr(request, "break_glass", False),
    }
    return render(request, "meetings/child.html", context)


def opened(request: HttpRequest, meeting_id: str) -> tuple[Reading, Line, Series]:
    """The meeting of the address; not found for who may not meet there, or may see no child of it."""
    read = reading(request, "meet")
    line = meetings_page.meeting_of(request.actor, read.authority, meeting_id)
    if line is None:
        raise Http404
    series = packs.meeting(read.authority.pack, line.meeting.series)
    if series is None:
        raise Http404
    return read, line, series


def item_of(request: HttpRequest, line: Line, pk: int) -> MeetingItem:
    item = meetings_page.item_of(request.actor, line.meeting, pk)
    if item is None:
        raise Http404
    request.trail.saw([item.child_id])
    return item


def _refused(request: HttpRequest, line: Line, refused: Refused) -> HttpResponse:
    return render(request, "meetings/refused.html", {"line": line, "sentence": refused.sentence}, status=400)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() and len(text) < 9 else 0


def _as_initial(held: Meeting) -> dict[str, Any]:
    return {
        "series": held.series,
        "on": held.on,
        "starts_at": held.starts_at,
        "ends_at": held.ends_at,
        "room": held.room,
        "chair": meetings_page.chairing_as(held),
        "chair_name": held.chair_name,
        "chair_role": held.chair_role if not held.chair_id else "",
    }
