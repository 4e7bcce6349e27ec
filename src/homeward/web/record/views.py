"""Recording what happened, correcting or withdrawing it: drafts are kept and nothing is overwritten."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from homeward.records.models import Child, Fact
from homeward.records.operations import facts as operations
from homeward.records.operations import unsent
from homeward.records.operations.refused import Refused
from homeward.records.queries import child_page
from homeward.records.queries.fact_words import fact_words, when_words
from homeward.web.child.frame import around
from homeward.web.layout import drafts
from homeward.web.layout.door import Reading, child_of, reading
from homeward.web.layout.stepping import Step
from homeward.web.record.forms import BY_MODEL, FORMS, WHY, FactForm

# Where a draft goes on, by the first word of its form's name; the rest of the name follows.
ADDRESSES = {
    "record": "record?what=",
    "correct": "facts/",
    "plan": "plans/",
    "decision": "decisions/",
    "return": "return/",
    "supervision": "supervision/",
    "challenge": "challenge/",
    "scrutiny": "scrutiny/",
}


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record a new fact; without `what`, the choice of what to record."""
    child = child_of(request, public_id, write=True)
    read = reading(request, "record")
    what = request.GET.get("what", "")
    if what not in FORMS:
        plans = reverse("child_plans", args=[public_id])
        choices = [
            {"title": form.title, "link": plans if key == "plan" else f"?what={key}"}
            for key, form in FORMS.items()
        ]
        return _page(request, read, child, "record/choose.html", {"choices": choices})
    name = f"record:{what}"
    form = _form(FORMS[what], request, child, name)
    step = None
    if request.method == "POST":
        if "keep" in request.POST:
            return _kept(request, child, name)
        if form.is_valid():
            step = Step(request, child, form.acts(), form.told(), form.meeting())
            try:
                return _done(request, child, name, _recorded(request, child, form, step))
            except Refused as refused:
                form.add_error(None, refused.sentence)
    context = {"form": form, "title": f"Record: {form.title[:1].lower()}{form.title[1:]}", "form_name": name}
    context |= step.context() if step else {}
    return _page(request, read, child, "record/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """Correct a fact or withdraw it; when somebody else was quicker, both versions are shown."""
    child = child_of(request, public_id, write=True)
    read = reading(request, "record")
    fact = child_page.fact_of(child, uid)
    if fact is None or type(fact).__name__ not in BY_MODEL:
        raise Http404
    name = f"correct:{uid}"
    form = _form(BY_MODEL[type(fact).__name__], request, child, name, fact)
    why, error = request.POST.get("why", "").strip()[:500], ""
    newer = child_page.standing_version(fact) if fact.superseded_at else None
    step = None
    if request.method == "POST":
        if "keep" in request.POST:
            return _kept(request, child, name)
        error = "" if why else WHY
        valid = "withdraw" in request.POST or form.is_valid()
        if valid and not error and newer is None:
            step = _correcting(request, child, fact, form)
            try:
                with step.taken(fact.start or settings.TODAY()):
                    made = _replaced(request, fact, form, why)
                return _done(request, child, name, made)
            except operations.AlreadyReplaced as already:
                newer = already.newer
            except Refused as refused:
                form.add_error(None, refused.sentence)
    if newer is not None and not request.POST:
        return redirect("correct", public_id=public_id, uid=newer.uid)
    context = {
        "form": form,
        "title": f"Correct: {_said(fact)}",
        "form_name": name,
        "fact": {"uid": uid, "words": _said(fact), "withdrawn": fact.withdrawn},
        "why": why or drafts.draft_of(request, child, name).get("why", ""),
        "why_error": error,
        "newer": _told(newer) if newer else None,
    }
    context |= step.context() if step else {}
    return _page(request, read, child, "record/correct.html", context, 409 if newer else 0)


@require_POST
def draft(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was typed so far, sent by the page itself every few seconds; it has no effect on the record."""
    child = child_of(request, public_id, write=True)
    reading(request, "record")
    name = request.POST.get("form_name", "")
    if name.partition(":")[0] not in ADDRESSES or len(name) > 60:
        raise Http404
    drafts.keep(request, child, name)
    return HttpResponse(status=204)


@require_POST
def draft_drop(request: HttpRequest, public_id: str) -> HttpResponse:
    child = child_of(request, public_id, write=True)
    reading(request, "record")
    unsent.drop(request.user, child, request.POST.get("form_name", ""))
    return redirect("child", public_id=public_id)


def address_of(draft: unsent.Unsent) -> str:
    """Where a draft goes on."""
    sort, _, which = draft.form.partition(":")
    return f"/child/{draft.child.public_id}/{ADDRESSES[sort]}{which.replace(':', '/')}"


def _recorded(request: HttpRequest, child: Child, form: FactForm, step: Step) -> Fact:
    """The fact, once what the policy asks before it is answered or gone past."""
    on = form.first_day()
    with step.taken(on or settings.TODAY()):
        return operations.record_fact(
            child, form.model, form.cleaned_data, start=on, by=request.user, now=settings.NOW()
        )


def _form(
    kind: type[FactForm], request: HttpRequest, child: Child, name: str, fact: Fact | None = None
) -> FactForm:
    held = {field: getattr(fact, field) for field in kind.base_fields} if fact else {}
    more: dict[str, Any] = {"today": settings.TODAY(), "born_on": child.born_on}
    if request.method == "POST":
        return kind(request.POST, **more)
    asked = {"kind": request.GET["kind"]} if "kind" in request.GET else {}
    return kind(initial=held | asked | drafts.draft_of(request, child, name), **more)


def _correcting(request: HttpRequest, child: Child, fact: Fact, form: FactForm) -> Step:
    """The steps that a correction takes and the fact as it stood did not; a withdrawal takes none."""
    if "withdraw" in request.POST:
        return Step(request, child, ())
    before = form.acts(vars(fact))
    acts = [act for act in form.acts() if act not in before]
    return Step(request, child, acts, form.told(), form.meeting())


def _kept(request: HttpRequest, child: Child, name: str) -> HttpResponse:
    drafts.keep(request, child, name)
    return redirect("home")


def _replaced(request: HttpRequest, fact: Fact, form: FactForm, why: str) -> Fact:
    if "withdraw" in request.POST:
        return operations.withdraw_fact(fact, by=request.user, now=settings.NOW(), reason=why)
    return operations.correct_fact(fact, form.cleaned_data, by=request.user, now=settings.NOW(), reason=why)


def _done(request: HttpRequest, child: Child, name: str, fact: Fact) -> HttpResponse:
    unsent.drop(request.user, child, name)
    request.trail.about["fact"] = str(fact.uid)
    return redirect("child_history", public_id=child.public_id)


def _said(fact: Fact) -> str:
    model, values = type(fact).__name__, vars(fact)
    return f"{fact_words(model, values)}, {when_words(model, values)}"


def _told(fact: Fact) -> dict[str, Any]:
    return {
        "words": "Withdrawn: it was recorded in error" if fact.withdrawn else _said(fact),
        "by": fact.recorded_by.name if fact.recorded_by else "an import",
        "on": fact.recorded_at.date(),
        "reason": fact.reason_recorded,
        "uid": fact.uid,
    }


def _page(
    request: HttpRequest, read: Reading, child: Child, template: str, context: dict[str, Any], status: int = 0
) -> HttpResponse:
    form: FactForm | None = context.get("form")
    wrong = bool(context.get("why_error") or (form is not None and form.is_bound and form.errors))
    context |= drafts.context(request)
    return render(
        request,
        template,
        around(request, read, child, "record") | context,
        status=status or (400 if wrong else 200),
    )
