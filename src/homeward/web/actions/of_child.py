"""The actions of one child: the list with what was said earlier, and every change of one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records import access
from homeward.records.models import Action
from homeward.records.operations import actions as operations
from homeward.records.queries import actions_page, needs_page
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.owners import name_of
from homeward.reports import words
from homeward.web.actions.forms import AgreeForm, ChangeForm, CloseForm
from homeward.web.child.frame import framed, opened, to_record
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import Reading, today

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def child_actions(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id, "history")
    lines = actions_page.of_child(page.child, read.as_at)
    needs = needs_page.need_words(page.child, (line.fact.need for line in lines))
    for line in lines:
        line.need = needs.get(line.fact.need, "") if line.fact.need else ""
    context = framed(request, read, page, "actions") | {
        "open": [line for line in lines if line.open],
        "closed": [line for line in lines if not line.open],
        "overdue": sum(line.status == "overdue" for line in lines),
        "may_change": access.may(request.actor, "record") and not getattr(request, "break_glass", False),
    }
    return render(request, "actions/child.html", context)


@FORM
def child_action_add(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = to_record(request, public_id, "history")
    begun = {"agreed_on": today(), "need": request.GET.get("need", "")}
    form = AgreeForm(request.POST or None, child=page.child, initial=begun)

    def agree() -> Action:
        said = dict(form.cleaned_data)
        on, what = said.pop("agreed_on"), said.pop("what")
        return operations.agree_action(page.child, what, **said, on=on, by=request.user, now=settings.NOW())

    if (made := form.done(agree)) is not None:
        return _done(request, page.child, made, "child_needs" if begun["need"] else "child_actions")
    context = framed(request, read, page, "actions") | {"form": form}
    return render(request, "actions/add.html", context, status=form.status)


@FORM
def child_action_close(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    read, page, fact = _action(request, public_id, uid)
    form = CloseForm(request.POST or None, initial={"on": today()})

    def close() -> Action:
        return operations.close_action(fact, **form.cleaned_data, by=request.user, now=settings.NOW())

    changing = Changing(fact, form)
    if changing.tried(close):
        return _done(request, page.child, changing.made)
    context = framed(request, read, page, "actions") | _context(changing, "child_action_close")
    return render(request, "actions/close.html", context, status=changing.status)


@FORM
def child_action_change(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """Another owner or another day, with the reason."""
    read, page, fact = _action(request, public_id, uid)
    now = {"owner": fact.owner_id or "", "owner_name": fact.owner_name, "by_on": fact.by_on}
    now["need"] = str(fact.need or "")
    form = ChangeForm(request.POST or None, child=fact.child, initial=now)

    def change() -> Action:
        said = dict(form.cleaned_data)
        reason = said.pop("reason")
        return operations.change_action(fact, said, reason=reason, by=request.user, now=settings.NOW())

    changing = Changing(fact, form)
    if changing.tried(change):
        return _done(request, page.child, changing.made)
    context = framed(request, read, page, "actions") | _context(changing, "child_action_change")
    return render(request, "actions/change.html", context, status=changing.status)


def _action(request: HttpRequest, public_id: str, uid: str) -> tuple[Reading, ChildPage, Action]:
    """An action that is open, or was when somebody else changed it; a closed one is not found."""
    read, page = to_record(request, public_id, "history")
    fact = actions_page.action_of(page.child, uid)
    if fact is None or fact.withdrawn or (fact.state != Action.OPEN and fact.superseded_at is None):
        raise Http404
    return read, page, fact


def _context(changing: Changing, address: str) -> dict[str, Any]:
    fact: Any = changing.fact
    stands = changing.newer or fact
    place = [fact.child.public_id]
    return changing.context(_said) | {
        "action": fact,
        "owner": name_of(fact),
        "leave": reverse("child_actions", args=place),
        "again": reverse(address, args=[*place, stands.uid]),
        "closed_meanwhile": stands.state != Action.OPEN,
    }


def _said(fact: Action) -> str:
    until = f"by {words.day(fact.by_on)}" if fact.by_on else "no day agreed"
    state = {Action.OPEN: "", Action.DONE: " Done: ", Action.NOT_NEEDED: " No longer needed: "}[fact.state]
    return f"{fact.what} – {name_of(fact)}, {until}.{state}{fact.outcome}"


def _done(request: HttpRequest, child: Any, fact: Any, place: str = "child_actions") -> HttpResponse:
    request.trail.about["fact"] = str(fact.uid)
    return redirect(place, public_id=child.public_id)
