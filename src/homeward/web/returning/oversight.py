"""Returns home in oversight: how many wait for what, how returns went, and the children behind them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.records.queries import children_page, delay_oversight, returning_oversight
from homeward.records.queries.returning_oversight import GROUPS, MONTHS, NOW, YEARS, Returns
from homeward.reports import words
from homeward.web.layout.door import reading

PAGE = 50
ANY = "waits"


@require_safe
def oversight_returns(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_oversight")
    key = request.GET.get("group", ANY)
    if key not in GROUPS:
        raise Http404
    held = returning_oversight.returns(request.actor, read.authority, read.today)
    page = Paginator(held.of(key), PAGE).get_page(request.GET.get("page"))
    children = delay_oversight.children_of(request.actor, read.authority, {way.child for way in page})
    request.trail.saw(children, "history")
    listed = [(children[way.child], way) for way in page if way.child in children]
    described = children_page.described(request.actor, [child for child, _ in listed], read.authority)
    context = read.context() | {
        "now": _rows(held, NOW),
        "years": _rows(held, YEARS),
        "months": MONTHS,
        "group": GROUPS[key],
        "lines": [
            {
                "public_id": each.public_id,
                "name": each.name,
                "age": words.age_words(each.born_on, each.expected_on, read.today),
                "worker": each.worker,
                "way": way,
            }
            for each, (_, way) in zip(described, listed, strict=True)
        ],
        "pages": page,
    }
    return render(request, "returning/oversight.html", context)


def _rows(held: Returns, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"group": GROUPS[key], "number": held.count(key)} for key in keys]
