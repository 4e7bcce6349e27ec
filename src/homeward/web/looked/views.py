"""Who has looked at a child: on the child's page, and by reference for who sees no child."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records import access
from homeward.records.models import Child
from homeward.records.operations import limits
from homeward.records.queries import looked
from homeward.web.child.frame import frame, opened, shown_dates
from homeward.web.layout.door import reading
from homeward.web.layout.table_files import table_file
from homeward.web.looked.words import HEADINGS, cells, line
from homeward.web.sign_in import factor

PAGE = 50
NOT_THERE = "No record has that reference. If you expected one, ask the team that holds it."


@require_safe
def child_looked(request: HttpRequest, public_id: str) -> HttpResponse:
    """Not in an emergency: that opens what is needed to help the child, and no more."""
    if not access.may(request.actor, "see_who_looked"):
        raise Http404
    read, page = opened(request, public_id, write=True)
    if request.GET.get("format") == "csv":
        return _file(request, page.child)
    context = frame(request, read, page, shown_dates(read, page), "looked") | _list(request, page.child)
    return render(request, "looked/child.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def looked_at(request: HttpRequest) -> HttpResponse:
    """For who protects information and sees no child: by the exact reference, which stands in no address."""
    read = _for_who_sees_no_child(request)
    error = ""  # with 200: what answers 400 is taken back, and then the search would not count
    if request.method == "POST":
        limits.spend(request.user, "search")
        reference = request.POST.get("reference", "").strip()[:64]
        request.trail.searched = reference
        found = looked.child_with(request.actor, read.authority, reference)
        if found is not None:
            request.trail.saw([found.pk], basis="looked")
            return redirect("looked_record", public_id=found.public_id)
        error = NOT_THERE
    return render(request, "looked/find.html", {"error": error})


@require_safe
def looked_record(request: HttpRequest, public_id: str) -> HttpResponse:
    read = _for_who_sees_no_child(request)
    child = looked.child_at(request.actor, read.authority, public_id)
    if child is None:
        raise Http404
    request.trail.saw([child.pk], basis="looked")
    if request.GET.get("format") == "csv":
        return _file(request, child)
    return render(request, "looked/record.html", _list(request, child) | {"reference": child.code})


def _for_who_sees_no_child(request: HttpRequest) -> Any:
    if access.may(request.actor, "see_children"):
        raise Http404
    return reading(request, "see_who_looked")


def _chosen(request: HttpRequest) -> tuple[int, date | None]:
    person = request.GET.get("person", "")
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = None
    return (int(person) if person.isdecimal() and len(person) < 19 else 0), day


def _list(request: HttpRequest, child: Child) -> dict[str, Any]:
    person, day = _chosen(request)
    pages = Paginator(looked.entries(child.pk, person, day), PAGE).get_page(request.GET.get("page"))
    return {
        "lines": [line(seen) for seen in pages],
        "pages": pages,
        "people": looked.people_who_looked(child.pk),
        "person_chosen": person,
        "day_chosen": day,
    }


def _file(request: HttpRequest, child: Child) -> HttpResponse:
    if factor.must_ask(request):
        return factor.ask_again(request)
    limits.spend(request.user, "export")
    person, day = _chosen(request)
    rows = (cells(seen) for seen in looked.entries(child.pk, person, day).iterator(2000))
    return table_file(f"who-looked-{child.public_id}", HEADINGS, rows)
