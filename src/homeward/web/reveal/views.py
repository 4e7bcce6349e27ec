"""Confidential parts: each shown once, on a page of its own, to whoever wrote down a reason."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from homeward.records.operations import reveal as operations
from homeward.records.queries import masked
from homeward.records.roles import MASKED
from homeward.web.child.frame import frame, opened, shown_dates
from homeward.web.reveal.forms import RevealForm


@require_POST
def child_reveal(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id)
    field_set = request.POST.get("field_set", "")
    if field_set not in page.fields & MASKED:
        raise Http404
    form = RevealForm(request.POST)
    found = form.done(
        lambda: operations.reveal(request.actor, page.child, field_set, form.cleaned_data["reason"])
    )
    context = frame(request, read, page, shown_dates(read, page), "reveal") | {
        "form": form,
        "field_set": field_set,
        "title": masked.TITLES[field_set].format(page.name),
        "lines": None,
    }
    if found is not None:
        request.trail.saw([], field_set)
        request.trail.about["reveal"] = found.pk
        context["lines"] = [line for line in masked.content(page.child, field_set) if line[1]]
    return render(request, "reveal/reveal.html", context, status=form.status)
