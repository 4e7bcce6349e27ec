"""What one child needs: the list with the actions that answer each, a new need, a change, and its end."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records import access
from homeward.records.models import Need
from homeward.records.operations import needs as operations
from homeward.records.queries import needs_page
from homeward.records.queries.child_page import ChildPage
from homeward.web.child.frame import framed, opened, to_record
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import Reading, today
from homeward.web.needs.forms import CloseForm, CorrectForm, NeedForm

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def child_needs(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id, "history")
    lines = needs_page.of_child(page)
    still = [line for line in lines if line.open]
    context = framed(request, read, page, "needs") | {
        "open": still,
        "closed": [line for line in lines if not line.open],
        "unanswered": sum(not line.answered for line in still),
        "may_change": access.may(request.actor, "record") and not getattr(request, "break_glass", False),
    }
    return render(request, "needs/child.html", context)


@FORM
def child_need_add(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = to_record(request, public_id, "history")
    form = NeedForm(request.POST or None, initial={"found_on": today()})

    def record() -> Need:
        return operations.record_need(page.child, form.cleaned_data, by=request.user, now=settings.NOW())

    if (made := form.done(record)) is not None:
        return _done(request, page, made)
    context = framed(request, read, page, "needs") | {"form": form}
    return render(request, "needs/add.html", context, status=form.status)


@FORM
def child_need_correct(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What stands in its place, with the reason; or that it was recorded in error."""
    read, page, fact = _need(request, public_id, uid)
    form = CorrectForm(
        request.POST or None, initial={name: getattr(fact, name) for name in NeedForm.base_fields}
    )

    def correct() -> Need:
        said = dict(form.cleaned_data)
        why: dict[str, Any] = {"reason": said.pop("reason"), "by": request.user, "now": settings.NOW()}
        if "withdraw" in request.POST:
            return operations.withdraw_need(fact, **why)
        return operations.correct_need(fact, said, **why)

    changing = Changing(fact, form)
    if changing.tried(correct):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "needs") | _context(changing, "child_need_correct")
    return render(request, "needs/correct.html", context, status=changing.status)


@FORM
def child_need_close(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """It is met, or no longer needed."""
    read, page, fact = _need(request, public_id, uid)
    form = CloseForm(request.POST or None, initial={"closed_on": today()})

    def close() -> Need:
        said = form.cleaned_data
        ended = (said["closed_as"], said["closed_on"], said["closed_says"])
        return operations.close_need(fact, *ended, by=request.user, now=settings.NOW())

    changing = Changing(fact, form)
    if changing.tried(close):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "needs") | _context(changing, "child_need_close")
    return render(request, "needs/close.html", context, status=changing.status)


def _need(request: HttpRequest, public_id: str, uid: str) -> tuple[Reading, ChildPage, Need]:
    read, page = to_record(request, public_id, "history")
    fact = needs_page.need_of(page.child, uid)
    if fact is None or fact.withdrawn:
        raise Http404
    return read, page, fact


def _context(changing: Changing, address: str) -> dict[str, Any]:
    fact: Any = changing.fact
    place = fact.child.public_id
    return changing.context(needs_page.said_words) | {
        "need": fact,
        "leave": reverse("child_needs", args=[place]),
        "again": reverse(address, args=[place, (changing.newer or fact).uid]),
    }


def _done(request: HttpRequest, page: ChildPage, fact: Any) -> HttpResponse:
    request.trail.about["fact"] = str(fact.uid)
    return redirect("child_needs", public_id=page.child.public_id)
