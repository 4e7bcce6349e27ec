"""What is holding things up for a child: the cause that stands, its days, and every change of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records import access
from homeward.records.fields import cause_is_shown
from homeward.records.models import Delay
from homeward.records.operations import delays as operations
from homeward.records.operations.decisions import decider_words
from homeward.records.operations.facts import withdraw_fact
from homeward.records.queries import delay_page
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.said import by_urgency
from homeward.web.child.frame import frame, framed, opened, shown_dates, to_record
from homeward.web.delay.forms import CauseForm, ChangeForm, EndForm
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import Reading, today

FORM = require_http_methods(["GET", "HEAD", "POST"])
CHANGED = (
    *("cause", "from_on", "until_on", "responsible", "doing"),
    *("judged_by", "judged_role", "why"),
)


@require_safe
def child_delay(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id)
    dates = shown_dates(read, page)
    held = delay_page.page_of(page, dates)
    context = frame(request, read, page, dates, "delay") | {
        "held": held,
        "standing": held.standing,
        "judged_role": decider_words(held.standing.fact.judged_role) if held.standing else "",
        "late": by_urgency(said for said in dates if said.status == "overdue"),
        "may_change": access.may(request.actor, "record") and not getattr(request, "break_glass", False),
    }
    return render(request, "delay/child.html", context)


@FORM
def child_delay_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """A cause from a day; the one that stood ends the day before."""
    read, page = to_record(request, public_id)
    form = CauseForm(request.POST or None, initial={"from_on": today()})

    def record() -> Delay:
        said = dict(form.cleaned_data)
        return operations.record_delay(
            page.child, said.pop("cause"), **said, by=request.user, now=settings.NOW()
        )

    if (made := form.done(record)) is not None:
        return _done(request, page, made)
    context = framed(request, read, page, "delay") | {
        "form": form,
        "standing": delay_page.standing_cause(page),
    }
    return render(request, "delay/add.html", context, status=form.status)


@FORM
def child_delay_change(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What was recorded is put right, or taken back as recorded in error."""
    read, page, fact = _delay(request, public_id, uid)
    form = ChangeForm(request.POST or None, initial={name: getattr(fact, name) for name in CHANGED})

    def change() -> Any:
        said = dict(form.cleaned_data)
        reason = said.pop("reason")
        if "withdraw" in request.POST:
            return withdraw_fact(fact, by=request.user, now=settings.NOW(), reason=reason)
        return operations.correct_delay(fact, said, reason=reason, by=request.user, now=settings.NOW())

    changing = Changing(fact, form)
    if changing.tried(change):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "delay") | _context(changing, "child_delay_change")
    return render(request, "delay/change.html", context, status=changing.status)


@FORM
def child_delay_end(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    read, page, fact = _delay(request, public_id, uid)
    form = EndForm(request.POST or None, initial={"until_on": today()})

    def end() -> Delay:
        return operations.end_delay(fact, **form.cleaned_data, by=request.user, now=settings.NOW())

    changing = Changing(fact, form)
    if changing.tried(end):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "delay") | _context(changing, "child_delay_end")
    return render(request, "delay/end.html", context, status=changing.status)


def _delay(request: HttpRequest, public_id: str, uid: str) -> tuple[Reading, ChildPage, Delay]:
    read, page = to_record(request, public_id)
    fact = delay_page.delay_of(page.child, uid)
    if fact is None or fact.withdrawn or not cause_is_shown(fact.cause, page.fields):
        raise Http404
    return read, page, fact


def _context(changing: Changing, address: str) -> dict[str, Any]:
    fact: Any = changing.fact
    place = fact.child.public_id
    return changing.context(delay_page.said_words) | {
        "said": delay_page.said_words(fact),
        "leave": reverse("child_delay", args=[place]),
        "again": reverse(address, args=[place, (changing.newer or fact).uid]),
    }


def _done(request: HttpRequest, page: ChildPage, fact: Any) -> HttpResponse:
    request.trail.about["fact"] = str(fact.uid)
    return redirect("child_delay", public_id=page.child.public_id)
