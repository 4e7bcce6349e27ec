"""How good one child's plans and reports are: the list, a plan judged, a report judged, and a correction."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records.models import Grade
from homeward.records.operations import grades as operations
from homeward.records.queries import grades_page, plans_page
from homeward.records.queries.child_page import ChildPage
from homeward.web.child.frame import framed, opened
from homeward.web.grading.forms import CorrectPlanForm, CorrectReportForm, GradeForm, ReportForm
from homeward.web.layout.correcting import CONFLICT, Changing
from homeward.web.layout.door import Reading, reading, today
from homeward.web.plans import cards
from homeward.web.supervision.views import may_supervise

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def child_grades(request: HttpRequest, public_id: str) -> HttpResponse:
    """The plans that stand with how good each was judged, and the reports, the newest first."""
    read, page = opened(request, public_id, "work")
    judged = grades_page.judged(page)
    standing = [plan for position in plans_page.plans_of(page).positions for plan in position.plans]
    context = framed(request, read, page, "plans") | {
        "section": "grades",
        "plans": [
            cards.plan(plan, page)
            | {
                "version": judged.versions.get(plan.fact.pk, 1),
                "grades": judged.plans.get(plan.fact.pk, []),
                "in_time": grades_page.timeliness(page.dates) if plan.fact.position == "main" else [],
            }
            for plan in standing
        ],
        "reports": judged.reports,
        "may_judge": may_supervise(request),
    }
    return render(request, "grading/child.html", context)


@FORM
def child_plan_grade(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """Judges the version of a plan that its reader was shown; one changed meanwhile is said to be."""
    read, page = _to_judge(request, public_id)
    plan = plans_page.plan_of(page.child, uid)
    if plan is None or plan.withdrawn:
        raise Http404
    newest = plans_page.newest_version(plan)
    if newest.withdrawn or newest.ended_on:
        return redirect("child_grades", public_id=public_id)
    changed = newest != plan
    if changed and request.method != "POST":
        return redirect("child_plan_grade", public_id=public_id, uid=newest.uid)
    form = GradeForm(request.POST or None, initial={"graded_on": today()}, pack=page.own.name)
    made = (
        None
        if changed
        else form.done(
            lambda: operations.grade_plan(
                plan, form.cleaned_data["grade"], form.cleaned_data["says"], **_signed(request, form)
            )
        )
    )
    if made is not None:
        return _done(request, page, made)
    context = framed(request, read, page, "plans") | {
        "form": form,
        "plan": cards.plan(plans_page.told(newest, page.as_at), page),
        "changed": cards.version(newest) if changed else None,
        "in_time": grades_page.timeliness(page.dates) if plan.position == "main" else [],
    }
    return render(request, "grading/plan.html", context, status=CONFLICT if changed else form.status)


@FORM
def child_grade_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Judges a report before the panel or meeting that it is for."""
    read, page = _to_judge(request, public_id)
    form = ReportForm(request.POST or None, initial={"graded_on": today()}, pack=page.own.name)

    def judge() -> Grade:
        said = form.cleaned_data
        about = (said["report"], said["for_on"], said["grade"], said["says"])
        return operations.grade_report(page.child, *about, **_signed(request, form))

    if (made := form.done(judge)) is not None:
        return _done(request, page, made)
    context = framed(request, read, page, "plans") | {"form": form}
    return render(request, "grading/add.html", context, status=form.status)


@FORM
def child_grade_correct(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What stands in its place, with the reason; or that it was recorded in error."""
    read, page = _to_judge(request, public_id)
    fact = grades_page.grade_of(page.child, uid)
    if fact is None or fact.withdrawn:
        raise Http404
    kind = CorrectReportForm if fact.plan_id is None else CorrectPlanForm
    held = {name: getattr(fact, name) for name in ("report", "for_on", "grade", "says", "graded_on")}
    form = kind(request.POST or None, initial=held, pack=page.own.name)

    def correct() -> Grade:
        said = dict(form.cleaned_data)
        why: dict[str, Any] = {"reason": said.pop("reason"), "by": request.user, "now": settings.NOW()}
        if "withdraw" in request.POST:
            return operations.withdraw_grade(fact, **why)
        return operations.correct_grade(fact, said, role=request.actor.role.key, **why)

    changing = Changing(fact, form)
    if changing.tried(correct):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "plans") | changing.context(grades_page.said_words)
    context |= {
        "fact": fact,
        "leave": reverse("child_grades", args=[public_id]),
        "again": reverse("child_grade_correct", args=[public_id, (changing.newer or fact).uid]),
    }
    return render(request, "grading/correct.html", context, status=changing.status)


def _to_judge(request: HttpRequest, public_id: str) -> tuple[Reading, ChildPage]:
    """The child for a manager who judges; never in an emergency, which is read only."""
    found = opened(request, public_id, "work", write=True)
    reading(request, "supervise")
    return found


def _signed(request: HttpRequest, form: GradeForm) -> dict[str, Any]:
    return {
        "on": form.cleaned_data["graded_on"],
        "by": request.user,
        "role": request.actor.role.key,
        "now": settings.NOW(),
    }


def _done(request: HttpRequest, page: ChildPage, fact: Any) -> HttpResponse:
    request.trail.about["fact"] = str(fact.uid)
    return redirect("child_grades", public_id=page.child.public_id)
