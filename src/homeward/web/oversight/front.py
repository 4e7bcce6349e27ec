"""The first page of oversight: indicators, the tracker today, and what reviewing officers see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homeward.domain.packs import pack
from homeward.records import access
from homeward.records.queries import board, tracker_page
from homeward.records.queries.home import council, dates
from homeward.records.queries.tracker_page import Tracker, Wanted
from homeward.web.board.views import line_of
from homeward.web.layout.door import Reading, reading

# Measures of policy/measures.toml: whether things are in time, and whether they go well.
INDICATORS = (
    *("plan_by_second_review", "plan_confirmed", "planning_meetings", "overdue"),
    *("permanence_reached", "home_within_14_months", "adopted_in_time", "time_to_permanence"),
    *("two_moves", "with_family"),
)
OFFICERS = ("reviews", "midway", "took_part", "judged_timely", "judged_fitting", "matters_not_settled")


@require_safe
def oversight(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_oversight")
    quarter = board.newest_complete(read.today)
    only = {*INDICATORS, *OFFICERS, "routes"}
    report = board.report(request.actor, read.authority, quarter, read.today, read.aside, only)
    lines = {line.measure.key: line_of(report, line, whole=True) for line in report.lines}
    shown = tracker_page.tracker(request.actor, read.authority, read.as_at, read.today, read.aside)
    context = read.context() | {
        "report": report,
        "whole_council": request.actor.meaning.reach == "authority",
        "indicators": [_tile(lines[key]) for key in INDICATORS if key in lines],
        "officers": [_tile(lines[key]) for key in OFFICERS if key in lines],
        "today_figures": _today(read, shown),
        "stages": _stages(read, shown),
        "causes": _causes(read, shown),
        "review": pack(read.authority.pack).words.get("review", ""),
        "may_read_report": access.may(request.actor, "see_board_report"),
    }
    return render(request, "oversight/front.html", context)


def _tile(line: dict[str, Any]) -> dict[str, Any]:
    newest = line["cells"][-1]
    return line | {"newest": newest["shown"], "link": newest["link"]}


def _today(read: Reading, shown: Tracker) -> list[dict[str, Any]]:
    """The same words and the same counts as the lists to which they lead."""
    asked = (
        ("care=in", Wanted(care="in"), "children in our care", False),
        ("state=late", Wanted(state="late"), "with something overdue", True),
        ("state=soon", Wanted(state="soon"), "with a date due in 28 days", False),
        ("plan=none&care=in", Wanted(plan="none", care="in"), "in our care with no main plan", True),
        ("cohort=two_moves", Wanted(cohorts=("two_moves",)), "moved twice or more in 12 months", True),
    )
    return [
        {"number": len(shown.wanted(wanted)), "link": _tracked(read, query), "words": said, "late": late}
        for query, wanted, said, late in asked
    ]


def _stages(read: Reading, shown: Tracker) -> list[dict[str, Any]]:
    return [
        {"stage": stage, "link": _tracked(read, f"stage={stage.key}&care=in")}
        for stage in council.stages(shown)
    ]


def _causes(read: Reading, shown: Tracker) -> list[dict[str, Any]]:
    return [
        {"line": line, "link": _tracked(read, f"cause={line.key}&state=late")}
        for line in dates.cause_lines(shown)
    ]


def _tracked(read: Reading, query: str) -> str:
    return f"{reverse('tracker')}?{query}{read.keep.replace('?', '&')}"
