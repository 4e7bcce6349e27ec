"""Finding a child by the name they like to be called or a reference."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.records import audit
from homeward.records.queries import children_page
from homeward.reports import words
from homeward.web.layout.door import reading

PAGE = 50


@require_safe
def children(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_children")
    q, everyone = request.GET.get("q", "").strip()[:60], request.GET.get("all") == "1"
    found = children_page.found(request.user, read.authority, q, everyone=everyone or bool(q))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    audit.saw(request.user, [child.pk for child in page], "children")
    rows = [
        {
            "public_id": child.public_id,
            "name": child.name,
            "age": words.age_words(child.born_on, child.expected_on, read.today),
            "code": child.code,
            "legal_status": words.label("LS", child.legal_status)
            if child.legal_status
            else "not in our care",
            "home": words.label("PLACE", child.placement) if child.placement else "not in our care",
            "worker": child.worker,
        }
        for child in children_page.described(list(page), read.authority)
    ]
    return render(
        request,
        "children/children.html",
        read.context() | {"q": q, "all": everyone, "rows": rows, "pages": page},
    )
