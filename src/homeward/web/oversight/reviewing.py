"""What the reviewing service oversees: every child in care, with when somebody last looked."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.records.operations.scrutiny import ADVOCATE
from homeward.records.queries import reviewing_oversight, tracker_page
from homeward.web.layout.door import reading

PAGE = 50
COLUMNS = (
    *(("child", "Child"), ("plan", "Main plan"), ("next", "Next date"), ("late", "Overdue longest")),
    *(("looked", "Last looked at"), ("matters", "Open matters"), ("officer", "Reviewing officer")),
)


@require_safe
def oversight_reviewing(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_oversight")
    tracker = tracker_page.tracker(request.actor, read.authority, read.as_at, read.today, read.aside)
    everything = reviewing_oversight.lines(request.actor, read.authority, tracker)
    officer = request.GET.get("officer", "")
    found = [
        line for line in everything if not officer or tracker_page.name_key(line.child.officer) == officer
    ]
    sort, down = request.GET.get("sort", ""), request.GET.get("dir") == "down"
    page = Paginator(reviewing_oversight.in_order(found, sort, reverse=down), PAGE).get_page(
        request.GET.get("page")
    )
    request.trail.saw([line.child.pk for line in page], "history")
    names = sorted({line.child.officer for line in everything if line.child.officer})
    context = read.context() | {
        "lines": [(line, ADVOCATE.get(line.advocate, "Not checked")) for line in page],
        "pages": page,
        "never": sum(line.looked_on is None for line in found),
        "with_matters": sum(line.matters > 0 for line in found),
        "officers": [("", "Everybody"), *((tracker_page.name_key(name), name) for name in names)],
        "officer": officer,
        "columns": [
            {
                "key": key,
                "title": title,
                "sort": ("descending" if down else "ascending") if key == sort else "",
                "dir": "down" if key == sort and not down else None,
            }
            for key, title in COLUMNS
        ],
    }
    return render(request, "oversight/reviewing.html", context)
