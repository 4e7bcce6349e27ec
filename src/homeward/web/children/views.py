"""Finding a child by the name they like to be called or a reference."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeward.records.operations import limits, searches
from homeward.records.queries import children_page
from homeward.reports import words
from homeward.web.layout.door import reading

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def children(request: HttpRequest) -> HttpResponse:
    """What is searched for comes by POST and stays in the session, sealed: an address never holds a name."""
    read = reading(request, "see_children")
    everyone = request.GET.get("all") == "1"
    if request.method == "POST":
        limits.spend(request.user, "search")
        q = request.POST.get("q", "").strip()[:60]
        request.trail.searched = q
        searches.keep(request.session, q)
        here = reverse("children") + ("?found=1" if q else "")
        return redirect(here + ("&all=1" if q and request.POST.get("all") == "1" else ""))
    q = searches.kept(request.session) if request.GET.get("found") == "1" else ""
    found = children_page.found(request.actor, read.authority, q, everyone=everyone or bool(q))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    request.trail.saw([child.pk for child in page])
    rows = [
        {
            "public_id": child.public_id,
            "name": child.name,
            "age": words.age_words(child.born_on, child.expected_on, read.today),
            "code": child.code,
            "legal_status": words.legal_status(child.legal_status, child.fields),
            "home": words.label("PLACE", child.placement) if child.placement else "not in our care",
            "worker": child.worker,
        }
        for child in children_page.described(request.actor, list(page), read.authority)
    ]
    return render(
        request,
        "children/children.html",
        read.context() | {"q": q, "all": everyone, "rows": rows, "pages": page},
    )
