"""A child's permanence plans: the three side by side, and those that have ended."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records import access
from homeward.records.models import Scrutiny
from homeward.records.queries import grades_page, plans_page, scrutiny_page
from homeward.records.queries.child_page import ChildPage
from homeward.web.child.frame import frame, opened, shown_dates
from homeward.web.layout.door import Reading
from homeward.web.plans import cards

FORM = require_http_methods(["GET", "HEAD", "POST"])


def to_record(request: HttpRequest, public_id: str) -> tuple[Reading, ChildPage]:
    """The child through the door for somebody who may record; not found for everybody else."""
    if not access.may(request.actor, "record"):
        raise Http404
    return opened(request, public_id, write=True)


def may_record(request: HttpRequest) -> bool:
    return access.may(request.actor, "record") and not getattr(request, "break_glass", False)


def shown(
    request: HttpRequest,
    read: Reading,
    page: ChildPage,
    template: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    around = frame(request, read, page, shown_dates(read, page), "plans")
    return render(request, template, around | {"may_record": may_record(request)} | context, status=status)


def _wished(request: HttpRequest, page: ChildPage) -> Scrutiny | None:
    """What the child told a reviewing officer of the home they want, for who is shown the child's voice."""
    if "voice" not in page.fields:
        return None
    wished = scrutiny_page.wished_home(page.child, page.as_at)
    if wished is not None:
        request.trail.field_sets.add("voice")
    return wished


@require_safe
def child_plans(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id)
    found = plans_page.plans_of(page)
    judged = grades_page.judged(page) if "work" in page.fields else None
    context = {
        "section": "plans",
        "positions": [cards.position(each, page, judged) for each in found.positions],
        "earlier": [cards.plan(each, page) for each in found.earlier],
        "policy": cards.policy_says(page.own),
        "routes": cards.unanswered(plans_page.routes_of(page)),
        "left_on": page.standing.left_care_on,
        "assessed_alone": plans_page.assessed_alone(page, found),
        "wished": _wished(request, page),
    }
    return shown(request, read, page, "plans/plans.html", context)
