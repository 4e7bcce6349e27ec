"""Proposing a plan one question at a time: what is answered is kept as a draft until it is recorded."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from homeward.domain import routes
from homeward.domain.gates import Unmet
from homeward.domain.plans import POSITION_WORDS, wanted
from homeward.domain.step_answers import Wanted
from homeward.records.operations import gates, unsent
from homeward.records.operations import plans as operations
from homeward.records.operations.refused import Refused
from homeward.records.queries import plans_page
from homeward.records.queries.child_page import ChildPage
from homeward.reports import words
from homeward.web.layout import drafts
from homeward.web.layout import gates as layout_gates
from homeward.web.layout.door import Reading, today
from homeward.web.layout.forms import PageForm
from homeward.web.plans import cards
from homeward.web.plans.forms import (
    STEPS,
    ConditionsForm,
    LeastForm,
    OrderForm,
    RouteForm,
    SwitchForm,
    TimescaleForm,
    approval_of,
    details_of,
    given_of,
)
from homeward.web.plans.routes import answered, line_of
from homeward.web.plans.views import FORM, shown, to_record

CHECK = "check"
_FORMS: dict[str, type[PageForm]] = {
    "conditions": ConditionsForm,
    "timescale": TimescaleForm,
    "switch": SwitchForm,
    "order": OrderForm,
}


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
        """The questions to ask: an order and why less would not do where the route is more than no order."""
        route = self.answers.get("route", "")
        more = route in routes.MORE_THAN_NO_ORDER or (
            route == "return_home" and self.page.standing.legal_status != ""
        )
        return [key for key in STEPS if more or key not in ("order", "least")]

    def form(self, step: str, data: Any = None) -> PageForm:
        initial = {"recorded_on": today()} | self.answers
        if step == "route":
            return RouteForm(data, initial=initial, routes=routes.every(self.page.own))
        if step == "least":
            return LeastForm(data, initial=initial, authority=self.page.child.authority, wants=self._wanted())
        return _FORMS[step](data, initial=initial)

    def _wanted(self) -> Wanted:
        """The reasons that the policy wants for the route and the order chosen so far."""
        given = {name: self.answers.get(name, "") for name in ("route", "order")}
        unmet = self.unmet(given | {"position": self.position})
        return wanted(routes.option(self.page.own, given["route"]).asks if given["route"] else (), unmet)

    def unmet(self, given: dict[str, Any]) -> list[Unmet]:
        known = given | {"position": self.position, "routes": answered(self.page)}
        return gates.in_the_way(self.page.child, "set_route", today=today(), given=known)

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
    step = request.GET.get("step", STEPS[0])
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
    back = request.GET.get("from") == CHECK
    return redirect(answered.address(CHECK if back else answered.after(step)))


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
        "policy": _policy(page, step),
        **drafts.context(asking.request),
    }
    return shown(asking.request, asking.read, page, "plans/question.html", context, form.status)


def _policy(page: ChildPage, step: str) -> dict[str, Any] | None:
    """What the council's policy says of the question, where it says something."""
    if step == "route":
        return cards.policy_says(page.own)
    return cards.policy_says(page.own, cards.SAYS_OF_LESS) if step in ("order", "least") else None


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
        "order": "Which order does the plan ask for?",
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
    unmet = asking.unmet(given_of(cleaned))
    refused = None
    if request.method == "POST":
        try:
            return _propose(asking, cleaned, unmet)
        except gates.Stands:
            pass  # the page shows what the policy asks first
        except Refused as found:
            refused = found
    context = {
        "form_name": asking.name,
        "position": asking.position,
        "named": POSITION_WORDS[asking.position],
        "rows": [row for step, form in forms.items() for row in _rows(asking, step, form)],
        "refused": refused,
        "gates": layout_gates.asked(request, unmet),
        **drafts.context(request),
    }
    again = 400 if request.method == "POST" else 200
    return shown(request, asking.read, page, "plans/check.html", context, again)


def _propose(asking: Asking, cleaned: dict[str, Any], unmet: list[Unmet]) -> HttpResponse:
    request, child = asking.request, asking.page.child
    by: dict[str, Any] = {"by": request.user, "now": settings.NOW()}
    on, role = cleaned["recorded_on"], layout_gates.role_of(request)
    with gates.going_on(child, unmet, layout_gates.reasons(request), role=role, on=on, **by):
        made = operations.propose_plan(
            child,
            asking.position,
            cleaned["route"],
            details_of(cleaned),
            on=on,
            approved=approval_of(cleaned),
            **by,
        )
    unsent.drop(request.user, child, asking.name)
    request.trail.about["fact"] = str(made.uid)
    return redirect("child_plans", public_id=child.public_id)


def _rows(asking: Asking, step: str, form: PageForm) -> list[dict[str, Any]]:
    return [
        {
            "label": field.label,
            "value": _value(form, field.name),
            "link": f"{asking.address(step)}&from={CHECK}#{field.id_for_label}",
        }
        for field in form
    ]


def _value(form: PageForm, name: str) -> str:
    value = form.cleaned_data.get(name)
    if isinstance(value, operations.Decider):
        return f"{value.name}, {plans_page.role_words(value.role)}"
    choices = dict(getattr(form.fields[name], "choices", ()))
    if choices:
        return str(choices.get(value or "", ""))
    if isinstance(value, list):
        return "; ".join(value)
    return words.day(value) if hasattr(value, "year") else str(value or "")
