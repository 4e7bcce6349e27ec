"""Oversight of meetings and actions by team: in time, late or not done, and the children behind it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.domain.calendar import add_months
from homeward.domain.packs import pack
from homeward.records.queries import delay_oversight, meetings_by_team
from homeward.records.queries.meetings_by_team import FIGURES, Line
from homeward.web.layout.door import Reading, reading


@require_safe
def oversight_meetings(request: HttpRequest) -> HttpResponse:
    """The last month, or since the day in the address; a figure opens the children whom it counts."""
    read = reading(request, "see_oversight")
    since = _since(request, read)
    lines = meetings_by_team.lines(request.actor, read.authority, since, read.today)
    key, team = request.GET.get("what", ""), request.GET.get("team", "")
    context = read.context() | {
        "since": since,
        "meeting": pack(read.authority.pack).meeting(meetings_by_team.CORE) or "Planning meeting",
        "headings": FIGURES.values(),
        "lines": [_line(line, since) for line in lines],
        "behind": _behind(request, read, lines, team, key) if key in FIGURES else None,
        "what": FIGURES.get(key, ""),
        "team": team,
    }
    return render(request, "oversight/meetings.html", context)


def _since(request: HttpRequest, read: Reading) -> date:
    """A day of the last year that the address names, or a month before today."""
    try:
        asked = date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return add_months(read.today, -1)
    return asked if add_months(read.today, -12) <= asked <= read.today else add_months(read.today, -1)


def _line(line: Line, since: date) -> dict[str, Any]:
    return {
        "team": line.team,
        "figures": [
            {
                "words": FIGURES[key],
                "number": len(found),
                "link": urlencode({"since": since.isoformat(), "team": line.team, "what": key}),
            }
            for key, found in line.behind.items()
        ],
    }


def _behind(
    request: HttpRequest, read: Reading, lines: list[Line], team: str, key: str
) -> list[dict[str, Any]]:
    told = meetings_by_team.behind(lines, team, key)
    children = delay_oversight.children_of(request.actor, read.authority, told)
    request.trail.saw(children, "history")
    listed = sorted(children.values(), key=lambda child: child.name.casefold())
    return [{"public_id": child.public_id, "name": child.name, "counted": told[child.pk]} for child in listed]
