"""Where plans drift: the lists, one list with what can be done about each line, and a list as a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homeward.records import access
from homeward.records.operations import limits
from homeward.records.queries.drift.line import Asking, Cell, Line, Told
from homeward.web.drift.lists import Act, DriftList, chaired_by, core_series, lists_of
from homeward.web.layout.door import Reading, reading
from homeward.web.layout.table_files import KINDS, table_file
from homeward.web.sign_in import factor

PAGE = 50


@require_safe
def oversight_drift(request: HttpRequest) -> HttpResponse:
    """Which lists there are; with `list`, the children on it."""
    read = reading(request, "see_oversight")
    lists = lists_of(read.authority.pack)
    chosen = next((one for one in lists if one.key == request.GET.get("list", "")), None)
    if chosen is None:
        return render(request, "drift/lists.html", read.context() | {"lists": lists})
    page = Paginator(chosen.lines(_asking(request, read)), PAGE).get_page(request.GET.get("page"))
    request.trail.saw({line.child.pk for line in page}, "history")
    context = read.context() | {
        "lists": lists,
        "list": chosen,
        "note": chaired_by(read.authority.pack) if chosen.key == "meetings" else "",
        "lines": [_row(request, read, chosen, line) for line in page],
        "pages": page,
        "may_export": access.may(request.actor, "export"),
    }
    return render(request, "drift/list.html", context)


@require_safe
def oversight_drift_export(request: HttpRequest) -> HttpResponse:
    """A whole list as CSV or XLSX; without a name the first of them."""
    reading(request, "see_oversight")
    read = reading(request, "export")
    if factor.must_ask(request):
        return factor.ask_again(request)
    lists = lists_of(read.authority.pack)
    key, kind = request.GET.get("list", lists[0].key), request.GET.get("format", "csv")
    chosen = next((one for one in lists if one.key == key), None)
    if chosen is None or kind not in KINDS:
        raise Http404
    limits.spend(request.user, "export")
    lines = chosen.lines(_asking(request, read))
    request.trail.saw({line.child.pk for line in lines}, "history")
    headings = ("Child", "Reference", *chosen.headings)
    rows = [(line.child.name, line.child.code, *map(_plain, line.cells)) for line in lines]
    name = f"{chosen.key}-{read.authority.slug}-{read.today.isoformat()}"
    return table_file(name, headings, rows, kind=kind, title=chosen.title)


def _asking(request: HttpRequest, read: Reading) -> Asking:
    return Asking(request.actor, read.authority, read.today, frozenset(read.aside))


def _row(request: HttpRequest, read: Reading, chosen: DriftList, line: Line) -> dict[str, Any]:
    acts = [act for act in chosen.acts if access.may(request.actor, act.needs)]
    return {
        "child": line.child,
        "cells": [
            {"heading": heading, **_shown(cell)}
            for heading, cell in zip(chosen.headings, line.cells, strict=True)
        ],
        "acts": [{"words": act.words, "link": _link(act, read, line)} for act in acts],
    }


def _shown(cell: Cell) -> dict[str, Any]:
    if isinstance(cell, Told):
        return {"told": cell}
    if isinstance(cell, date):
        return {"day": cell}
    return {"words": cell if isinstance(cell, tuple) else [cell] if cell else []}


def _link(act: Act, read: Reading, line: Line) -> str:
    child = line.child.public_id
    if act.route == "meeting_arrange":
        return f"{reverse(act.route)}?child={child}&series={core_series(read.authority.pack)}"
    address = reverse(act.route, args=[child])
    return f"{address}?{act.query}" if act.query else address


def _plain(cell: Cell) -> Any:
    """A cell as a file holds it."""
    if isinstance(cell, Told):
        return cell.words
    return _lines(cell) if isinstance(cell, tuple) else cell


def _lines(words: Iterable[str]) -> str:
    return "; ".join(words)
