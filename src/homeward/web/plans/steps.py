"""Proposing a plan one question at a time: what is answered is kept as a draft until it is recorded."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from homeward.domain import routes
from homeward.domain.plans import POSITION_WORDS
from homeward.records.models import PermanencePlan
from homeward.records.operations import plans as operations
from homeward.records.operations import unsent
from homeward.records.operations.facts import AlreadyReplaced
from homeward.records.operations.refused import Refused
from homeward.records.queries import plans_page
from homeward.records.queries.child_page import ChildPage
from homeward.reports import words
from homeward.web.layout import drafts
from homeward.web.layout.door import Reading, today
from homeward.web.layout.forms import PageForm
from homeward.web.plans import cards
from homeward.web.plans.forms import STEPS, ChangeForm, RouteForm, details_of
from homeward.web.plans.routes import line_of
from homeward.web.plans.views import FORM, shown, to_record

CHECK = "check"
_ORDER = [key for key, _ in STEPS]


class Asking(NamedTuple):
    """One proposal: where it belongs, whose it is, and what was answered so far."""

    request: HttpRequest
    read: Reading
    page: ChildPage
    position: str
    answers: dict[str, str]

    @property
    def name(self) -> str:
        return f"plan:propose:{self.position}"

    @property
    def steps(self) -> list[str]:
        """The questions to ask: why less would not do is asked where the route is more than no order."""
        route = self.answers.get("route", "")
        ask = route in routes.MORE_THAN_NO_ORDER or (
            route == "return_home" and self.page.standing.legal_status != ""
        )
        return [key for key in _ORDER if ask or key != "least"]

    def form(self, step: str, data: Any = None) -> PageForm:
        more: dict[str, Any] = {"initial": {"recorded_on": today()} | self.answers}
        if step == "route":
            more["routes"] = routes.every(self.page.own)
        return dict(STEPS)[step](data, **more)

    def address(self, step: str) -> str:
        place = reverse("child_plan_propose", args=[self.page.child.public_id, self.position])
        return f"{place}?step={step}"

    def after(self, step: str) -> str:
        steps = self.steps
        place = steps.index(step) + 1 if step in steps else len(steps)
        return steps[place] if place < len(steps) else CHECK


@FORM
def child_plan_propose(request: HttpRequest, public_id: str, position: str) -> HttpResponse:
    """One question of a proposal, or the check before it is recorded."""
    if position not in POSITION_WORDS:
        raise Http404
    read, page = to_record(request, public_id)
    if position == "main" and plans_page.plans_of(page).main:
        return redirect("child_plans", public_id=public_id)
    name = f"plan:propose:{position}"
    asking = Asking(request, read, page, position, dict(drafts.kept(request, page.child, name)))
    step = request.GET.get("step", _ORDER[0])
    if step == CHECK:
        return _check(asking)
    if step not in asking.steps:
        raise Http404
    if request.method != "POST":
        return _question(asking, step, asking.form(step))
    if "keep" in request.POST:
        drafts.keep(request, page.child, name)
        return redirect("home")
    form = asking.form(step, request.POST)
    if not form.is_valid():
        return _question(asking, step, form)
    drafts.keep(request, page.child, name)
    answered = asking._replace(answers=asking.answers | drafts.typed(request))
    return redirect(answered.address(answered.after(step)))


def _question(asking: Asking, step: str, form: PageForm) -> HttpResponse:
    page, steps = asking.page, asking.steps
    context = {
        "form": form,
        "form_name": asking.name,
        "step": step,
        "position": asking.position,
        "number": steps.index(step) + 1,
        "title": _titles(asking)[step],
        "back": asking.address(steps[steps.index(step) - 1]) if steps.index(step) else "",
        "choices": _choices(asking, form) if isinstance(form, RouteForm) else [],
        "fields": form.others if isinstance(form, RouteForm) else form,
        "policy": cards.policy_says(page.own),
        **drafts.context(asking.request),
    }
    return shown(asking.request, asking.read, page, "plans/question.html", context, form.status)


def _titles(asking: Asking) -> dict[str, str]:
    name, route = asking.page.name, words.route(asking.answers.get("route", "")).lower()
    first = {
        "main": f"What is the main plan for {name}?",
        "parallel": f"What plan will run alongside for {name}?",
        "contingency": f"What is the plan for {name} if these fail?",
    }
    return {
        "route": first[asking.position],
        "conditions": f"What must be true for {route or 'it'} to stand?",
        "timescale": f"What is {name}’s own timescale?",
        "switch": "What would make you change plan?",
        "least": "Why would less not be enough?",
    }


def _choices(asking: Asking, form: RouteForm) -> list[dict[str, Any]]:
    """Every route with what it means and what was said of it, beside its button."""
    said = {line.option.route: line for line in plans_page.routes_of(asking.page)}
    chosen = form["route"].value()
    return [
        {
            "option": option,
            "checked": option.route == chosen,
            "unlisted": not option.promises,
            "line": line_of(said[option.route]) if option.route in said else None,
        }
        for option in routes.every(asking.page.own)
    ]


def _check(asking: Asking) -> HttpResponse:
    """What was answered, to be recorded or changed."""
    request, page = asking.request, asking.page
    forms = {step: asking.form(step, asking.answers) for step in asking.steps}
    wrong = next((step for step, form in forms.items() if not form.is_valid()), None)
    if wrong is not None:
        return redirect(asking.address(wrong))
    cleaned = {name: value for form in forms.values() for name, value in form.cleaned_data.items()}
    refused = None
    if request.method == "POST":
        try:
            return _propose(asking, cleaned)
        except Refused as found:
            refused = found
    context = {
        "form_name": asking.name,
        "position": asking.position,
        "named": POSITION_WORDS[asking.position],
        "rows": [row for step, form in forms.items() for row in _rows(asking, step, form)],
        "refused": refused.sentence if refused else "",
        **drafts.context(request),
    }
    return shown(request, asking.read, page, "plans/check.html", context, 400 if refused else 200)


def _propose(asking: Asking, cleaned: dict[str, Any]) -> HttpResponse:
    request, child = asking.request, asking.page.child
    made = operations.propose_plan(
        child,
        asking.position,
        cleaned["route"],
        details_of(cleaned),
        on=cleaned["recorded_on"],
        by=request.user,
        now=settings.NOW(),
    )
    unsent.drop(request.user, child, asking.name)
    request.trail.about["fact"] = str(made.uid)
    return redirect("child_plans", public_id=child.public_id)


def _rows(asking: Asking, step: str, form: PageForm) -> list[dict[str, Any]]:
    return [
        {
            "label": field.label,
            "value": _value(form, field.name),
            "link": asking.address(step) + f"#{field.id_for_label}",
        }
        for field in form
    ]


def _value(form: PageForm, name: str) -> str:
    value = form.cleaned_data.get(name)
    choices = dict(getattr(form.fields[name], "choices", ()))
    if choices:
        return str(choices.get(value, ""))
    if isinstance(value, list):
        return "; ".join(value)
    return words.day(value) if hasattr(value, "year") else str(value or "")


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
