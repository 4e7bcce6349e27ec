"""Changing what is said of a plan that stands; of two who do, the second sees both versions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from homeward.records.models import PermanencePlan
from homeward.records.operations import plans as operations
from homeward.records.operations import unsent
from homeward.records.operations.facts import AlreadyReplaced
from homeward.records.queries import plans_page
from homeward.reports import words
from homeward.web.layout import drafts
from homeward.web.plans import cards
from homeward.web.plans.forms import ChangeForm
from homeward.web.plans.views import FORM, shown, to_record


@FORM
def child_plan_change(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """Change what is said of a plan that stands; of two who change it, the second sees both versions."""
    read, page = to_record(request, public_id)
    plan = plans_page.plan_of(page.child, uid)
    if plan is None:
        raise Http404
    newest = plans_page.newest_version(plan)
    if newest.ended_on or newest.withdrawn:
        return redirect("child_plans", public_id=public_id)
    if request.method != "POST" and newest != plan:
        return redirect("child_plan_change", public_id=public_id, uid=newest.uid)
    name = f"plan:{uid}:change"
    if "keep" in request.POST:
        drafts.keep(request, page.child, name)
        return redirect("home")
    form = ChangeForm(request.POST or None, initial=_held(plan) | drafts.draft_of(request, page.child, name))
    made = None if newest != plan else form.done(lambda: _change(request, plan, form, name))
    if made == "done":
        return redirect("child_plans", public_id=public_id)
    newest = plans_page.newest_version(plan)
    quicker = newest != plan
    context = {
        "form": form,
        "form_name": name,
        "uid": newest.uid,
        "plan": cards.plan(plans_page.told(newest, read.today), page),
        "quicker": cards.version(newest) if quicker else None,
        "both": _both(plan, newest) if quicker else [],
        **drafts.context(request),
    }
    return shown(request, read, page, "plans/change.html", context, 409 if quicker else form.status)


def _change(request: HttpRequest, plan: PermanencePlan, form: ChangeForm, name: str) -> str:
    values = dict(form.cleaned_data)
    why = values.pop("why")
    try:
        made = operations.change_plan(plan, values, why=why, by=request.user, now=settings.NOW())
    except AlreadyReplaced:
        return "quicker"
    unsent.drop(request.user, plan.child, name)
    request.trail.about["fact"] = str(made.uid)
    return "done"


def _held(plan: PermanencePlan) -> dict[str, Any]:
    held = {name: getattr(plan, name) for name in operations.DETAILS}
    return held | {"waits_for": "\n".join(plan.waits_for)}


def _both(began: PermanencePlan, newest: PermanencePlan) -> list[dict[str, str]]:
    """What differs between the version that was begun from and the one that stands now."""
    form = ChangeForm()
    return [
        {"label": str(form.fields[name].label), "began": _text(began, name), "now": _text(newest, name)}
        for name in operations.DETAILS
        if getattr(began, name) != getattr(newest, name)
    ]


def _text(plan: PermanencePlan, name: str) -> str:
    value = getattr(plan, name)
    if isinstance(value, list):
        return "; ".join(value) or "nothing"
    return words.day(value) if hasattr(value, "year") else str(value or "nothing")
