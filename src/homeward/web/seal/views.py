"""Sealing by two people: one asks and says why, another agrees; then nobody sees the record."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from homeward.records import access
from homeward.records.models import Sealing
from homeward.records.operations import sealing
from homeward.records.operations.refused import Refused
from homeward.records.queries.child_page import ChildPage
from homeward.web.child.frame import frame, opened, shown_dates
from homeward.web.layout.forms import PageForm
from homeward.web.seal.forms import AgreeForm, AskForm
from homeward.web.sign_in import factor


@require_http_methods(["GET", "HEAD", "POST"])
def child_seal(request: HttpRequest, public_id: str) -> HttpResponse:
    if not access.may(request.actor, "seal"):
        raise Http404
    if factor.must_ask(request):
        return factor.ask_again(request)
    read, page = opened(request, public_id, write=True)
    asked = sealing.asked_for(page.child)
    form = _sent(request, page)
    if form is not None and form.done(lambda: _change(request, page, asked, form)):
        return redirect("home" if "agree" in request.POST else request.path)
    context = frame(request, read, page, shown_dates(read, page), "seal") | {
        "form": form,
        "ask": form if isinstance(form, AskForm) else AskForm(code=page.code),
        "agree": form if isinstance(form, AgreeForm) else AgreeForm(code=page.code),
        "asked": asked,
        "own": asked is not None and asked.asked_by == request.user,
    }
    return render(request, "seal/seal.html", context, status=form.status if form else 200)


def _sent(request: HttpRequest, page: ChildPage) -> PageForm | None:
    """Which of the three forms of the page came: to ask, to agree, or not to seal."""
    if request.method != "POST":
        return None
    if "no" in request.POST:
        return PageForm(request.POST)
    form = AgreeForm if "agree" in request.POST else AskForm
    return form(request.POST, code=page.code)


def _change(request: HttpRequest, page: ChildPage, asked: Sealing | None, form: PageForm) -> bool:
    """An answer names what it answers, so that it never meets what somebody else asked meanwhile."""
    by, trail = request.user, request.trail
    answers = request.POST.get("agree") or request.POST.get("no")
    if answers is None:
        made = sealing.ask(page.child, reason=form.cleaned_data["reason"], by=by)
        trail.about |= {"sealing": made.pk, "asked": True}
        return True
    if asked is None or answers != str(asked.pk):
        raise Refused("", sealing.GONE)
    trail.about["sealing"] = asked.pk
    if isinstance(form, AgreeForm):
        sealed = sealing.agree(asked, by=by)
        trail.about |= {"restriction": sealed.pk, "level": sealed.level}
    else:
        sealing.end(asked, by=by)
        trail.about["ended"] = True
    return True
