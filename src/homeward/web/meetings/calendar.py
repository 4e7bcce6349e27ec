"""The meetings of a month as a grid or a list, and one meeting as a file for a calendar programme."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homeward.domain import packs
from homeward.domain.calendar import DAY
from homeward.records import access
from homeward.records.models import Meeting
from homeward.records.queries import meetings_calendar, meetings_page
from homeward.records.queries.meetings_page import Line
from homeward.reports.calendar_file import Entry, as_ics, ics_name
from homeward.web.layout.door import reading
from homeward.web.meetings.views import opened

ICS = "text/calendar; charset=utf-8"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST, LAST = date(2000, 1, 1), date(2098, 12, 1)
AN_HOUR = 60  # minutes, where nobody said when a meeting ends


@require_safe
def meetings_month(request: HttpRequest) -> HttpResponse:
    """The meetings of a month that the person may know of, of one series or all, all or only theirs."""
    read = reading(request, "meet")
    first, last = meetings_calendar.month_of(_month(request, read.today))
    found = meetings_page.lines(request.actor, read.authority, *meetings_calendar.shown_days(first, last))
    clashing = meetings_calendar.clashes(found)
    chosen = _chosen(request, found)
    request.trail.saw({child.pk for line in chosen for child in line.children})
    holidays = meetings_calendar.school_holidays(read.authority)
    within = [line for line in chosen if first <= line.meeting.on <= last]
    context = read.context() | {
        "first": first,
        "before": max(first - DAY, FIRST),
        "after": min(last + DAY, LAST),
        "weekdays": WEEKDAYS,
        "weeks": _weeks(first, last, chosen, clashing, holidays),
        "rows": [{"line": line, "clash": clashing.get(line.meeting.pk, "")} for line in within],
        "as_list": request.GET.get("as") == "list",
        "mine": request.GET.get("mine") == "1",
        "series": [(one.key, one.name) for one in packs.meetings(read.authority.pack)],
        "one_series": request.GET.get("series", ""),
        "holidays": [one for one in holidays if one.first_on <= last and one.last_on >= first],
        "recorded": bool(holidays),
        "may_record": access.may(request.actor, "settings"),
    }
    return render(request, "meetings/calendar.html", context)


@require_safe
def meeting_file(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """One meeting for a calendar programme; its title names nobody."""
    _, line, _ = opened(request, meeting_id)
    request.trail.about["meeting"] = line.meeting.pk
    entry = entry_of(request, line)
    answer = HttpResponse(as_ics(entry, settings.NOW()), content_type=ICS)
    answer.headers["Content-Disposition"] = f'attachment; filename="{ics_name(entry)}"'
    return answer


def entry_of(request: HttpRequest, line: Line) -> Entry:
    """What a calendar programme is told of a meeting: no name, and as many children as the person may see."""
    meeting = line.meeting
    return Entry(
        uid=f"{meeting.public_id}@homeward",
        meeting_name=line.name,
        on=meeting.on,
        children=len(line.children),
        at=meeting.starts_at,
        minutes=_minutes(meeting),
        room=meeting.room,
        sequence=meeting.version,
        cancelled=meeting.state == Meeting.CANCELLED,
        address=request.build_absolute_uri(reverse("meeting", args=[meeting.public_id])),
    )


def _minutes(meeting: Meeting) -> int:
    if meeting.starts_at is None or meeting.ends_at is None:
        return AN_HOUR
    lasts = datetime.combine(meeting.on, meeting.ends_at) - datetime.combine(meeting.on, meeting.starts_at)
    return int(lasts.total_seconds()) // 60


def _month(request: HttpRequest, today: date) -> date:
    """The month in the address; one that cannot be read, or is far off, is today's."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')[:7]}-01")
    except ValueError:
        return today
    return month if FIRST <= month <= LAST else today


def _chosen(request: HttpRequest, found: list[Line]) -> list[Line]:
    series = request.GET.get("series", "")
    lines = [line for line in found if series in ("", line.meeting.series)]
    return meetings_calendar.mine(request.actor, lines) if request.GET.get("mine") == "1" else lines


def _weeks(
    first: date, last: date, lines: list[Line], clashing: dict[int, str], holidays: Any
) -> list[list[dict[str, Any]]]:
    return [
        [
            {
                "on": day.on,
                "in_month": day.in_month,
                "words": day.words,
                "free": day.free,
                "rows": [{"line": line, "clash": clashing.get(line.meeting.pk, "")} for line in day.lines],
            }
            for day in week
        ]
        for week in meetings_calendar.weeks(first, last, lines, holidays)
    ]
