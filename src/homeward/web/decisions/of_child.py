"""The decisions about one child: the list, a new one, a correction, and when the child was told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.domain.packs import pack
from homeward.domain.step_answers import BY_DECISION
from homeward.records import access
from homeward.records.models import Decision
from homeward.records.operations import decisions as operations
from homeward.records.operations import unsent
from homeward.records.operations.facts import withdraw_fact
from homeward.records.queries import decisions_page
from homeward.records.queries.child_page import ChildPage
from homeward.web.child.frame import framed, opened, to_record
from homeward.web.decisions.forms import AgainForm, CorrectForm, DecisionForm, ToldForm
from homeward.web.layout import drafts
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import Reading, today
from homeward.web.layout.stepping import Step

FORM = require_http_methods(["GET", "HEAD", "POST"])
DRAFT = "decision:add"
# What a council promises of every decision, shown where one is written.
PROMISED = ("welfare_first", "principles", "right_to_family_life", "least_intervention")


@require_safe
def child_decisions(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id, "history")
    lines = decisions_page.of_child(page)
    if any(line.voice and line.fact.child_view for line in lines):
        request.trail.field_sets.add("voice")
    context = framed(request, read, page, "decisions") | {
        "lines": lines,
        "waiting": sum(line.waits for line in lines),
        "may_change": access.may(request.actor, "record") and not getattr(request, "break_glass", False),
    }
    return render(request, "decisions/child.html", context)


@FORM
def child_decision_add(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = to_record(request, public_id, "history", "voice", "legal")
    asked = {"kind": request.GET["kind"]} if request.GET.get("kind") in operations.BY_HAND else {}
    begun = {"decided_on": today()} | asked | drafts.draft_of(request, page.child, DRAFT)
    form = DecisionForm(request.POST or None, initial=begun)
    if "keep" in request.POST:
        drafts.keep(request, page.child, DRAFT)
        return redirect("home")

    step: list[Step] = []

    def record() -> Decision:
        step.append(_step(request, page, form))
        with step[0].taken(form.cleaned_data["decided_on"]):
            return operations.record_decision(
                page.child, form.cleaned_data, by=request.user, now=settings.NOW()
            )

    if (made := form.done(record)) is not None:
        unsent.drop(request.user, page.child, DRAFT)
        return _done(request, page, made)
    context = framed(request, read, page, "decisions") | drafts.context(request)
    context |= {"form": form, "form_name": DRAFT, "promised": _promised(page)}
    context |= step[0].context() if step else {}
    return render(request, "decisions/add.html", context, status=form.status)


@FORM
def child_decision_correct(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What stands in its place, with the reason; or that it was recorded in error."""
    read, page, fact = _decision(request, public_id, uid)
    held = {name: getattr(fact, name) for name in DecisionForm.base_fields}
    form = CorrectForm(request.POST or None, initial=held)

    def correct() -> Any:
        said = dict(form.cleaned_data)
        reason = said.pop("reason")
        if "withdraw" in request.POST:
            return withdraw_fact(fact, by=request.user, now=settings.NOW(), reason=reason)
        return operations.correct_decision(fact, said, reason=reason, by=request.user, now=settings.NOW())

    changing = Changing(fact, form)
    if changing.tried(correct):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "decisions") | _context(changing, "child_decision_correct")
    return render(request, "decisions/correct.html", context, status=changing.status)


@FORM
def child_decision_told(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    read, page, fact = _decision(request, public_id, uid)
    form = ToldForm(request.POST or None, initial={"told_on": fact.told_on, "told_how": fact.told_how})

    def tell() -> Decision:
        on, how = form.cleaned_data["told_on"], form.cleaned_data["told_how"]
        return operations.tell_child(fact, on, how, by=request.user, now=settings.NOW())

    changing = Changing(fact, form)
    if changing.tried(tell):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "decisions") | _context(changing, "child_decision_told")
    return render(request, "decisions/told.html", context, status=changing.status)


@FORM
def child_decision_again(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What came of looking at a decision again, and when it is looked at next."""
    read, page, fact = _decision(request, public_id, uid)
    form = AgainForm(request.POST or None, initial={"reviewed_on": today(), "review_by": fact.review_by})

    def look() -> Decision:
        said = form.cleaned_data
        looked = (said["reviewed_on"], said["review_says"], said["review_on"], said["review_by"])
        return operations.look_again(fact, *looked, by=request.user, now=settings.NOW())

    changing = Changing(fact, form)
    if changing.tried(look):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "decisions") | _context(changing, "child_decision_again")
    return render(request, "decisions/again.html", context, status=changing.status)


def _decision(request: HttpRequest, public_id: str, uid: str) -> tuple[Reading, ChildPage, Decision]:
    read, page = to_record(request, public_id, "history", "voice")
    fact = decisions_page.decision_of(page.child, uid)
    if fact is None or fact.withdrawn or not decisions_page.is_shown(fact, page.fields):
        raise Http404
    request.trail.field_sets.add("voice")
    return read, page, fact


def _step(request: HttpRequest, page: ChildPage, form: DecisionForm) -> Step:
    """The step of the policy that a decision of this sort takes, with what the form says of it already."""
    said = form.cleaned_data
    act = BY_DECISION.get(said["kind"], "")
    told = {
        "decision": said["what"],
        "approved_by": said["maker_role"],
        "basis": said["basis"],
        "child_views": said["child_view"],
        "child_views_why_not": "",
        "child_view_followed": not said["why_not_followed"],
        "why_not_followed": said["why_not_followed"],
        "child_told_on": said["told_on"],
    }
    return Step(request, page.child, [act] if act else [], told)


def _context(changing: Changing, address: str) -> dict[str, Any]:
    fact: Any = changing.fact
    place = fact.child.public_id
    return changing.context(decisions_page.said_words) | {
        "decision": fact,
        "said": decisions_page.said_words(fact),
        "leave": reverse("child_decisions", args=[place]),
        "again": reverse(address, args=[place, (changing.newer or fact).uid]),
    }


def _promised(page: ChildPage) -> list[dict[str, Any]]:
    own = pack(page.child.authority.pack)
    by_slug = {text["slug"]: text for text in own.guidance}
    return [by_slug[slug] for slug in PROMISED if slug in by_slug]


def _done(request: HttpRequest, page: ChildPage, fact: Any) -> HttpResponse:
    request.trail.about["fact"] = str(fact.uid)
    return redirect("child_decisions", public_id=page.child.public_id)
