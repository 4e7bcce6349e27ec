"""Agreeing how often a child is visited and reviewed: the law beside the form, and less than it refused."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from homeward.records.models import Decision
from homeward.records.operations.frequency import agree_frequency
from homeward.records.queries import frequency_page
from homeward.web.child.frame import framed, to_record
from homeward.web.frequency.forms import FrequencyForm
from homeward.web.layout.door import today


@require_http_methods(["GET", "HEAD", "POST"])
def child_frequency(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = to_record(request, public_id, "history", "voice")
    form = FrequencyForm(request.POST or None, initial={"decided_on": today()})

    def agree() -> Decision:
        about = {"on": today(), "by": request.user, "now": settings.NOW()}
        return agree_frequency(page.child, form.asked(), form.values(), **about)

    if (made := form.done(agree)) is not None:
        request.trail.about["fact"] = str(made.uid)
        return redirect("child_dates", public_id=public_id)
    context = framed(request, read, page, "dates") | {
        "form": form,
        "told": frequency_page.of_child(page.child, today()),
    }
    return render(request, "frequency/agree.html", context, status=form.status)
