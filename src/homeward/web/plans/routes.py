"""Every route of the policy answered for a child, the guide to the routes, and the routes side by side."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from homeward.domain import routes
from homeward.domain.events import ROUTES
from homeward.domain.gates import Unmet
from homeward.domain.packs import pack
from homeward.domain.plans import OVERSEERS
from homeward.domain.policy import PACKS
from homeward.records.models import OptionAnswer
from homeward.records.operations import gates
from homeward.records.operations import plans as operations
from homeward.records.operations.answers import ANSWERS
from homeward.records.queries import plans_page
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.plans_page import RouteLine
from homeward.reports import words
from homeward.web.child.frame import opened
from homeward.web.layout import gates as layout_gates
from homeward.web.layout.door import reading, today
from homeward.web.plans import cards
from homeward.web.plans.forms import AnswerForm
from homeward.web.plans.views import FORM, shown, to_record

_TONES = {"viable": "ok", "testing": "soon", "ruled_out": "quiet"}


@require_safe
def child_routes(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id)
    lines = plans_page.routes_of(page)
    context = {
        "section": "routes",
        "lines": [line_of(line) for line in lines],
        "counts": cards.unanswered(lines),
        "left_on": page.standing.left_care_on,
    }
    return shown(request, read, page, "plans/routes.html", context)


@FORM
def child_route(request: HttpRequest, public_id: str, route: str) -> HttpResponse:
    """One route for one child: what it is, what was said of it, and what is said of it now."""
    if route not in ROUTES:
        raise Http404
    read, page = to_record(request, public_id)
    line = _line(page, route)
    mine = request.actor.role.pk if request.actor.role else None
    form = AnswerForm(
        request.POST or None,
        authority=page.child.authority,
        roles=OVERSEERS,
        mine=mine,
        initial={"on": today()},
    )

    unmet: list[Unmet] = []

    def answer() -> str:
        cleaned, by = form.cleaned_data, {"by": request.user, "now": settings.NOW()}
        unmet.extend(_asked(page, route, cleaned))
        role = layout_gates.role_of(request)
        reasons = layout_gates.reasons(request)
        try:
            with gates.going_on(page.child, unmet, reasons, role=role, on=cleaned["on"], **by):
                return str(operations.answer_route(page.child, route, **cleaned, **by).uid)
        except gates.Stands:
            return ""

    if made := form.done(answer):
        request.trail.about["fact"] = made
        return redirect("child_routes", public_id=public_id)
    asked = layout_gates.asked(request, unmet)
    context = {"form": form, "line": line_of(line), "section": "routes", "gates": asked}
    return shown(request, read, page, "plans/route.html", context, 400 if asked else form.status)


def _asked(page: ChildPage, route: str, cleaned: dict[str, Any]) -> list[Unmet]:
    """What the policy asks before a route is ruled out; nothing before another answer."""
    if cleaned["answer"] != OptionAnswer.RULED_OUT:
        return []
    given = {"route": route, "reason": cleaned["reason"], "approved_by": cleaned["who"].role}
    return gates.in_the_way(page.child, "rule_out_route", today=today(), given=given)


@require_safe
def policy_routes(request: HttpRequest) -> HttpResponse:
    """The guide to the routes for everyone, under the names and in the order of a policy."""
    read = reading(request, "see_policy")
    request.trail.saw([])
    key = request.GET.get("council", read.authority.pack)
    own = pack(key if key in PACKS else "england")
    context = read.context() | {
        "own": own,
        "packs": [{"key": each, "name": _pack_name(each), "on": each == own.name} for each in PACKS],
        "options": routes.options(own),
        "of_the_policy": bool(own.options),
    }
    return render(request, "policy/routes.html", context)


def answered(page: ChildPage) -> list[str]:
    """The routes that have an answer which still stands."""
    return [
        line.option.route for line in plans_page.routes_of(page) if line.now is not None and not line.again
    ]


def line_of(line: RouteLine) -> dict[str, Any]:
    """A route as a line of the page says it: the answer in words, why it is asked again, who signed it."""
    now = line.now
    return {
        "option": line.option,
        "guide": line.option.guide,
        "now": _said(now) if now else None,
        "earlier": [_said(said) for said in line.said[1:]],
        "again": line.again,
        "stays_open": line.stays_open,
        "first_on": line.first_on,
        "main_on": line.main_on,
        "between": _between(line),
        "plans": [
            {"named": words.POSITIONS[plan.fact.position], "waits_for": plan.fact.waits_for, "plan": plan}
            for plan in line.plans
        ],
    }


def _between(line: RouteLine) -> str:
    """The days from the first thought of a route to the day it became the main plan."""
    if not (line.first_on and line.main_on):
        return ""
    days = (line.main_on - line.first_on).days
    return f"{words.count(days, 'day')} later" if days else "the same day"


def _said(said: plans_page.Said) -> dict[str, Any]:
    return {
        "words": ANSWERS[said.answer],
        "tone": _TONES[said.answer],
        "on": said.on,
        "reason": said.reason,
        "signed": said.signed,
        "ruled_out": said.answer == "ruled_out",
    }


def _line(page: ChildPage, route: str) -> RouteLine:
    found = next((line for line in plans_page.routes_of(page) if line.option.route == route), None)
    return found or RouteLine(routes.option(page.own, route), [], [])


def _pack_name(key: str) -> str:
    return "England: the law and guidance" if key == "england" else key.capitalize()
