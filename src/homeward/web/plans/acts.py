"""What moves a plan on: agreed, confirmed, made the main plan or ended; and why there is no plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from homeward.domain.gates import Unmet
from homeward.domain.plans import OVERSEERS, POSITION_WORDS, RULED_OUT, WHY_NOT_LESS
from homeward.records.models import PermanencePlan
from homeward.records.operations import gates
from homeward.records.operations import plans as operations
from homeward.records.operations.facts import AlreadyReplaced
from homeward.records.queries import plans_page
from homeward.records.queries.child_page import ChildPage
from homeward.web.layout import gates as layout_gates
from homeward.web.layout.door import today
from homeward.web.layout.forms import PageForm
from homeward.web.plans import cards
from homeward.web.plans.forms import AgreeForm, ConfirmForm, EndForm, MainForm, NoneForm
from homeward.web.plans.routes import answered
from homeward.web.plans.views import FORM, shown, to_record


@FORM
def child_plan_act(request: HttpRequest, public_id: str, uid: str, act: str) -> HttpResponse:
    """One step of one plan: agree, confirm, make it the main plan, or end it."""
    if act not in ACTS:
        raise Http404
    read, page = to_record(request, public_id)
    plan = plans_page.plan_of(page.child, uid)
    if plan is None:
        raise Http404
    newest = plans_page.newest_version(plan)
    if newest.ended_on or newest.withdrawn:
        return redirect("child_plans", public_id=public_id)
    if request.method != "POST" and newest != plan:
        return redirect("child_plan_act", public_id=public_id, uid=newest.uid, act=act)
    form = _form(request, act, newest)
    unmet: list[Unmet] = []
    made = None if newest != plan else form.done(lambda: _do(request, page, act, plan, form, unmet))
    if made == "done":
        return redirect("child_plans", public_id=public_id)
    quicker = newest != plan or made == "quicker"
    newest = plans_page.newest_version(plan)
    context = {
        "form": form,
        "act": ACTS[act],
        "uid": newest.uid,
        "quicker": cards.version(newest) if quicker else None,
        "plan": cards.plan(plans_page.told(newest, read.today), page),
        "says": operations.who_confirms(newest, today()) if act == "confirm" else None,
        "gates": layout_gates.asked(request, unmet),
    }
    status = 409 if quicker else 400 if made == "asked" else form.status
    return shown(request, read, page, "plans/act.html", context, status)


@FORM
def child_plan_none(request: HttpRequest, public_id: str, position: str) -> HttpResponse:
    """Say why no plan stands alongside, or none if these fail."""
    if position not in ("parallel", "contingency"):
        raise Http404
    read, page = to_record(request, public_id)
    form = NoneForm(request.POST or None, initial={"on": today()}, **_people(request, page))

    def say() -> str:
        cleaned = form.cleaned_data
        return str(
            operations.say_why_no_plan(page.child, position, **_day(cleaned), **_by(request)).uid,
        )

    if (made := form.done(say)) is not None:
        request.trail.about["fact"] = made
        return redirect("child_plans", public_id=public_id)
    context = {"form": form, "title": f"Why is there no {POSITION_WORDS[position]} for {page.name}?"}
    return shown(request, read, page, "plans/none.html", context, form.status)


class Act(NamedTuple):
    """A step of a plan: its title, what it does, and the button that does it."""

    key: str
    title: str
    says: str
    button: str


ACTS = {
    act.key: act
    for act in (
        Act("agree", "Record that this plan was agreed", "A decision is recorded with it.", "It was agreed"),
        Act(
            "confirm",
            "Record that this plan was confirmed",
            "A decision is recorded with it.",
            "It was confirmed",
        ),
        Act(
            "main",
            "Make this the main plan",
            "In one step: the main plan that stands ends as changed, this one takes its place, and the "
            "decision is recorded. What was said of every route is then asked again.",
            "It becomes the main plan",
        ),
        Act(
            "end",
            "End this plan",
            "It stays readable below the plans that stand. Ruling it out also answers the route.",
            "End the plan",
        ),
    )
}

STEPS: dict[str, Callable[..., PermanencePlan]] = {
    "agree": operations.agree_plan,
    "confirm": operations.confirm_plan,
    "main": operations.make_main,
    "end": operations.end_plan,
}


def _form(request: HttpRequest, act: str, plan: PermanencePlan) -> PageForm:
    authority = plan.child.authority
    data, initial = request.POST or None, {"on": today()}
    names = plans_page.meeting_names(authority)
    if act == "agree":
        return AgreeForm(data, initial=initial, meetings=names)
    mine = request.actor.role.pk if request.actor.role else None
    if act == "confirm":
        roles = operations.who_confirms(plan, today()).roles
        return ConfirmForm(data, initial=initial, authority=authority, roles=roles, mine=mine)
    more: dict[str, Any] = {"authority": authority, "roles": OVERSEERS, "mine": mine, "initial": initial}
    return MainForm(data, meetings=names, **more) if act == "main" else EndForm(data, **more)


def _do(
    request: HttpRequest,
    page: ChildPage,
    act: str,
    plan: PermanencePlan,
    form: PageForm,
    unmet: list[Unmet],
) -> str:
    """Takes the step; or, when nothing was done, "quicker" (somebody changed the plan meanwhile) or "asked".

    What the policy asks first is left in `unmet`, so that the form shows it.
    """
    cleaned = form.cleaned_data
    unmet += _asked(page, act, plan, cleaned)
    role, on = layout_gates.role_of(request), cleaned["on"]
    try:
        with gates.going_on(
            page.child, unmet, layout_gates.reasons(request), role=role, on=on, **_by(request)
        ):
            made = STEPS[act](plan, **cleaned, **_by(request))
    except AlreadyReplaced:
        return "quicker"
    except gates.Stands:
        return "asked"
    request.trail.about["fact"] = str(made.uid)
    return "done"


def _asked(page: ChildPage, act: str, plan: PermanencePlan, cleaned: dict[str, Any]) -> list[Unmet]:
    """What the policy asks before the step: agreeing, another main plan, or a route that is ruled out."""
    given = {
        "route": plan.route,
        "position": "main" if act == "main" else plan.position,
        "routes": answered(page),
        **dict.fromkeys(WHY_NOT_LESS, plan.least_intervention),
        "reason": cleaned.get("reason", ""),
        "approved_by": cleaned["who"].role if "who" in cleaned else "",
        "approval_reason": cleaned.get("reason", ""),
        "considered_at_review": cleaned.get("at", "") in plans_page.review_names(page.child.authority),
    }
    step = {"agree": "agree_plan", "main": "set_route"}.get(act, "")
    if act == "end" and cleaned["outcome"] == RULED_OUT:
        step = "rule_out_route"
    return gates.in_the_way(page.child, step, today=today(), given=given) if step else []


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "now": settings.NOW()}


def _day(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {"on": cleaned["on"], "who": cleaned["who"], "reason": cleaned["reason"]}


def _people(request: HttpRequest, page: ChildPage) -> dict[str, Any]:
    """Who may be chosen as having decided; the person acting comes first when they may themselves."""
    mine = request.actor.role.pk if request.actor.role else None
    return {"authority": page.child.authority, "roles": OVERSEERS, "mine": mine}
