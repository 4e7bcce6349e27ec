"""Arranging a meeting: a new one, one about a child, or the next one after a meeting that was signed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from homeward.domain import packs
from homeward.records.models import Child, Meeting
from homeward.records.operations import meetings as operations
from homeward.records.queries import meetings_page, next_meeting
from homeward.reports import words
from homeward.web.layout.door import Reading, child_of, reading
from homeward.web.meetings import forms
from homeward.web.meetings.school import school

Why = list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_arrange(request: HttpRequest) -> HttpResponse:
    """Arrange a meeting of one of the council's series, with the children whom the address brings along."""
    read = reading(request, "meet")
    after = _after(request, read)
    children, why = _children(request, read, after)
    request.trail.saw([child.pk for child in children])
    form = forms.ArrangeForm(
        request.POST or None,
        authority=read.authority,
        series=list(packs.meetings(read.authority.pack)),
        today=read.today,
        initial=_initial(request, after),
    )

    def arrange() -> Meeting:
        series = form.cleaned_data["series"]
        made = operations.arrange_meeting(
            read.authority, series, by=request.user, now=settings.NOW(), **form.values()
        )
        operations.put_on_agenda(made, [(child, why) for child in children])
        request.trail.about["meeting"] = made.pk
        return made

    made = form.done(arrange)
    if made is not None:
        return redirect("meeting", meeting_id=made.public_id)
    context = (
        read.context()
        | school(read.authority, read.today, form["on"].value())
        | {"form": form, "children": children, "after": after}
    )
    return render(request, "meetings/arrange.html", context, status=form.status)


def _after(request: HttpRequest, read: Reading) -> Meeting | None:
    """The meeting that this one follows; not found for who may not know of it."""
    public_id = request.GET.get("after", "")
    if not public_id:
        return None
    line = meetings_page.meeting_of(request.actor, read.authority, public_id)
    if line is None:
        raise Http404
    return line.meeting


def _children(request: HttpRequest, read: Reading, after: Meeting | None) -> tuple[list[Child], Why]:
    """The child of the address, or those who wait for the next meeting on its day; and why they are heard."""
    why = [("added", f"Added by {request.user.name}")]
    if after is not None:
        why = [("added", f"Agreed at the last one, on {words.day(after.on)}")]
    if public_id := request.GET.get("child", ""):
        return [child_of(request, public_id, write=True)], why
    if after is None:
        return [], why
    series = operations.series_of(after)
    items = meetings_page.items_of(request.actor, after)
    offered = next_meeting.proposals(after, series, items, read.today)
    on = request.GET.get("on", "")
    chosen = [one for one in offered if (one.on.isoformat() if one.on else "") == on]
    return [child for one in chosen for child in one.children], why


def _initial(request: HttpRequest, after: Meeting | None) -> dict[str, Any]:
    on = request.GET.get("on", "")
    if after is None:
        return {"series": request.GET.get("series", ""), "on": on}
    return {
        "series": after.series,
        "on": on,
        "starts_at": after.starts_at,
        "ends_at": after.ends_at,
        "room": after.room,
        "chair": meetings_page.chairing_as(after),
        "chair_name": after.chair_name,
        "chair_role": after.chair_role if not after.chair_id else "",
    }
