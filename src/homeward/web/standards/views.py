"""The checks of one child's plan against the council's standards, and a new check."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records.models import Grade
from homeward.records.operations.standards import check_standards
from homeward.records.queries import standards_page
from homeward.web.child.frame import framed, opened
from homeward.web.layout.door import reading, today
from homeward.web.standards.forms import CheckForm
from homeward.web.supervision.views import may_supervise


@require_safe
def child_standards(request: HttpRequest, public_id: str) -> HttpResponse:
    """That a child is in pre-proceedings tells of legal steps, and so does every check."""
    read, page = opened(request, public_id, "history", "legal")
    checks = standards_page.of_child(page)
    context = framed(request, read, page, "plans") | {
        "section": "standards",
        "checks": checks,
        "next": standards_page.next_words(checks[0].fact.for_on, read.as_at) if checks else None,
        "may_check": page.standing.in_pre_proceedings and may_supervise(request),
    }
    return render(request, "standards/child.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def child_standards_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Not found for a child who is not in pre-proceedings."""
    read, page = opened(request, public_id, "history", "legal", write=True)
    reading(request, "supervise")
    if not page.standing.in_pre_proceedings:
        raise Http404
    form = CheckForm(request.POST or None, initial={"graded_on": today()}, pack=page.own.name)

    def check() -> Grade:
        said = form.cleaned_data
        return check_standards(
            page.child,
            {key: said[key] for key in form.keys},
            said["says"],
            said["for_on"],
            on=said["graded_on"],
            by=request.user,
            role=request.actor.role.key,
            now=settings.NOW(),
        )

    if (made := form.done(check)) is not None:
        request.trail.about["fact"] = str(made.uid)
        return redirect("child_standards", public_id=public_id)
    context = framed(request, read, page, "plans") | {"form": form}
    return render(request, "standards/check.html", context, status=form.status)
