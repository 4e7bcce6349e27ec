"""Data quality: problems and repairs by kind and by child, and what this record holds nothing of."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.domain.wording import FORCE_WORDS
from homeward.records.queries import emergency_page, quality_page
from homeward.web.layout.door import reading

PAGE = 50


@require_safe
def data_quality(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_oversight")
    by = "child" if request.GET.get("by") == "child" else "kind"
    kind = request.GET.get("kind", "")
    page = quality_page.page_of(request.actor, read.authority, by=by, kind=kind)
    pages = None
    if by == "child":
        pages = Paginator(page.groups, PAGE).get_page(request.GET.get("page"))
        page.groups = list(pages)
    request.trail.saw(page.shown)
    page.unrecorded = read.unrecorded
    aside = [
        {"title": rule.title, "met_words": rule.met_words, "force_words": FORCE_WORDS[rule.force]}
        for rule in read.unrecorded
    ]
    context = read.context() | {
        "page": page,
        "emergencies": emergency_page.waiting_now(request.actor),
        "pages": pages,
        "by": by,
        "kind": kind,
        "unrecorded": [],
        "set_aside": aside,
    }
    return render(request, "quality/quality.html", context)
