"""A scrutiny entry about one child: a new one of its kind, and its correction."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeward.records.models import Scrutiny
from homeward.records.operations import scrutiny as operations
from homeward.records.operations import unsent
from homeward.records.operations.facts import withdraw_fact
from homeward.records.operations.scrutiny import KINDS
from homeward.records.queries import scrutiny_page
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.said import by_urgency
from homeward.web.challenge.views import done, to_scrutinise
from homeward.web.child.frame import framed, shown_dates
from homeward.web.layout import drafts
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import Reading, today
from homeward.web.scrutiny.forms import FORMS, correcting

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def child_scrutiny_add(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    read, page = to_scrutinise(request, public_id, "work", "voice")
    if kind not in FORMS:
        raise Http404
    name = f"scrutiny:{kind}"
    begun = {"held_on": _first_day(page, kind)} | drafts.draft_of(request, page.child, name)
    form = FORMS[kind](request.POST or None, initial=begun)
    if "keep" in request.POST:
        drafts.keep(request, page.child, name)
        return redirect("home")

    def record() -> Scrutiny:
        return operations.record_scrutiny(
            page.child,
            kind,
            form.cleaned_data,
            role=request.actor.role.key,
            by=request.user,
            now=settings.NOW(),
        )

    if (made := form.done(record)) is not None:
        unsent.drop(request.user, page.child, name)
        if scrutiny_page.Entry(made).doubts:
            request.trail.about["fact"] = str(made.uid)
            raising = reverse("child_challenge_raise", args=[page.child.public_id])
            return redirect(f"{raising}?from={made.uid}")
        return done(request, page, made)
    context = framed(request, read, page, "challenge") | drafts.context(request)
    context |= {"form": form, "form_name": name, "title": KINDS[kind], "kind": kind}
    context |= _beside(read, page, kind)
    return render(request, "scrutiny/add.html", context, status=form.status)


@FORM
def child_scrutiny_correct(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What stands in its place, with the reason; or that it was recorded in error."""
    read, page = to_scrutinise(request, public_id, "work", "voice")
    fact = scrutiny_page.entry_of(page.child, uid)
    if fact is None or fact.withdrawn or fact.kind not in FORMS:
        raise Http404
    request.trail.field_sets.add("voice")
    held = {name: getattr(fact, name) for name in FORMS[fact.kind].base_fields}
    form = correcting(fact.kind)(request.POST or None, initial=held)

    def correct() -> Any:
        said = dict(form.cleaned_data)
        reason = said.pop("reason")
        if "withdraw" in request.POST:
            return withdraw_fact(fact, by=request.user, now=settings.NOW(), reason=reason)
        return operations.correct_scrutiny(fact, said, reason=reason, by=request.user, now=settings.NOW())

    changing = Changing(fact, form)
    if changing.tried(correct):
        return done(request, page, changing.made)
    place, stands = page.child.public_id, changing.newer or fact
    context = framed(request, read, page, "challenge") | changing.context(scrutiny_page.said_words)
    context |= {
        "title": KINDS[fact.kind],
        "leave": reverse("child_challenge", args=[place]),
        "again": reverse("child_scrutiny_correct", args=[place, stands.uid]),
    }
    return render(request, "scrutiny/correct.html", context, status=changing.status)


def _first_day(page: ChildPage, kind: str) -> Any:
    """Of a judgement at a review, the day of the last one; else today."""
    held = scrutiny_page.not_yet_judged(page.child, today()) if kind == "review" else None
    return held or today()


def _beside(read: Reading, page: ChildPage, kind: str) -> dict[str, Any]:
    """What is looked at while the form is filled: the dates late and near, or what the child said last."""
    if kind == "monitoring":
        near = [each for each in shown_dates(read, page) if each.status in ("overdue", "due_soon")]
        kept = [each for each in shown_dates(read, page) if each.status == "done_late"]
        return {"near": by_urgency(near), "kept_late": len(kept)}
    if kind == "conversation":
        return {"wished": scrutiny_page.wished_home(page.child, today())}
    return {}
