"""Supervision of the work for one child: the list, a new one, a correction, and how good it was."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.domain.quality import SUPERVISIONS, frequency
from homeward.records import access
from homeward.records.models import Supervision
from homeward.records.operations import supervision as operations
from homeward.records.operations import unsent
from homeward.records.queries import supervision_page
from homeward.records.queries.child_page import ChildPage
from homeward.web.child.frame import framed, opened
from homeward.web.layout import drafts
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import Reading, reading, today
from homeward.web.supervision.forms import CorrectForm, GradeForm, SupervisionForm

FORM = require_http_methods(["GET", "HEAD", "POST"])
DRAFT = "supervision:add"


@require_safe
def child_supervision(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id, "work")
    lines = supervision_page.of_child(page)
    context = framed(request, read, page, "supervision") | {
        "lines": lines,
        "next": [line for line in lines if not line.followed],
        "often": _often(page),
        "may_supervise": may_supervise(request),
        "me": request.user.name,
    }
    return render(request, "supervision/child.html", context)


@FORM
def child_supervision_add(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = _to_supervise(request, public_id)
    begun = {
        "held_on": today(),
        "by_name": request.user.name,
        "by_role": request.actor.role.key,
        "worker": page.worker,
    } | drafts.draft_of(request, page.child, DRAFT)
    form = SupervisionForm(request.POST or None, initial=begun)
    if "keep" in request.POST:
        drafts.keep(request, page.child, DRAFT)
        return redirect("home")

    def record() -> Supervision:
        return operations.record_supervision(
            page.child, form.cleaned_data, by=request.user, now=settings.NOW()
        )

    if (made := form.done(record)) is not None:
        unsent.drop(request.user, page.child, DRAFT)
        return _done(request, page, made)
    context = framed(request, read, page, "supervision") | drafts.context(request)
    context |= {"form": form, "form_name": DRAFT, "often": _often(page)}
    return render(request, "supervision/add.html", context, status=form.status)


@FORM
def child_supervision_correct(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What stands in its place, with the reason; or that it was recorded in error."""
    read, page, fact = _supervision(request, public_id, uid)
    held = {name: getattr(fact, name) for name in SupervisionForm.base_fields}
    form = CorrectForm(request.POST or None, initial=held)

    def correct() -> Supervision:
        said = dict(form.cleaned_data)
        why: dict[str, Any] = {"reason": said.pop("reason"), "by": request.user, "now": settings.NOW()}
        if "withdraw" in request.POST:
            return operations.withdraw_supervision(fact, **why)
        return operations.correct_supervision(fact, said, **why)

    changing = Changing(fact, form)
    if changing.tried(correct):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "supervision") | _context(changing, "child_supervision_correct")
    return render(request, "supervision/correct.html", context, status=changing.status)


@FORM
def child_supervision_grade(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """How good it was, in the council's words, by another manager; not found for the one who held it."""
    read, page, fact = _supervision(request, public_id, uid)
    if fact.by_name == request.user.name:
        raise Http404
    held = {"graded_on": today(), "grade": fact.grade, "grade_why": fact.grade_why}
    form = GradeForm(request.POST or None, initial=held, pack=page.own.name)

    def grade() -> Supervision:
        said = form.cleaned_data
        return operations.grade_supervision(
            fact, said["grade"], said["grade_why"], on=said["graded_on"], by=request.user, now=settings.NOW()
        )

    changing = Changing(fact, form)
    if changing.tried(grade):
        return _done(request, page, changing.made)
    context = framed(request, read, page, "supervision") | _context(changing, "child_supervision_grade")
    return render(request, "supervision/grade.html", context, status=changing.status)


def may_supervise(request: HttpRequest) -> bool:
    """Never in an emergency, which is read only."""
    return access.may(request.actor, "supervise") and not getattr(request, "break_glass", False)


def _to_supervise(request: HttpRequest, public_id: str) -> tuple[Reading, ChildPage]:
    """The child for a manager who records supervision; never in an emergency, which is read only."""
    found = opened(request, public_id, "work", write=True)
    reading(request, "supervise")
    return found


def _supervision(request: HttpRequest, public_id: str, uid: str) -> tuple[Reading, ChildPage, Supervision]:
    read, page = _to_supervise(request, public_id)
    fact = supervision_page.supervision_of(page.child, uid)
    if fact is None or fact.withdrawn:
        raise Http404
    return read, page, fact


def _often(page: ChildPage) -> list[str]:
    """What the council has set, such as "Supervision every 4 weeks"; nothing where it has set none."""
    name = page.own.name
    often = {words: frequency(name, key) for key, words in SUPERVISIONS.items()}
    return [f"{words} every {every}" for words, every in often.items() if every]


def _context(changing: Changing, address: str) -> dict[str, Any]:
    fact: Any = changing.fact
    place = fact.child.public_id
    return changing.context(supervision_page.said_words) | {
        "fact": fact,
        "kind": SUPERVISIONS.get(fact.kind, fact.kind),
        "leave": reverse("child_supervision", args=[place]),
        "again": reverse(address, args=[place, (changing.newer or fact).uid]),
    }


def _done(request: HttpRequest, page: ChildPage, fact: Any) -> HttpResponse:
    request.trail.about["fact"] = str(fact.uid)
    return redirect("child_supervision", public_id=page.child.public_id)
