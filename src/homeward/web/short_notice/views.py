"""Changes of a child's plan or home at short notice, the question to each party, and a reply."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records import access
from homeward.records.models import Action
from homeward.records.operations import short_notice as operations
from homeward.records.operations.actions import SHORT_NOTICE
from homeward.records.queries import actions_page, short_notice
from homeward.records.queries.owners import name_of
from homeward.web.child.frame import framed, opened, to_record
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import today
from homeward.web.short_notice.forms import ChangeForm, ReplyForm

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def child_short_notice(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id, "history")
    context = framed(request, read, page, "actions") | {
        "changes": short_notice.of_children([page.child], read.as_at),
        "parties": operations.parties_of(page.child.authority),
        "may_change": access.may(request.actor, "record") and not getattr(request, "break_glass", False),
    }
    return render(request, "short_notice/child.html", context)


@FORM
def child_short_notice_add(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = to_record(request, public_id, "history")
    form = ChangeForm(request.POST or None, child=page.child)

    def ask() -> list[Action]:
        said = {name: form.cleaned_data[name] for name in ("from_on", "what", "why", "by_on")}
        return operations.ask_parties(
            page.child,
            form.cleaned_data["change"],
            **said,
            parties=form.asked(),
            on=today(),
            by=request.user,
            now=settings.NOW(),
        )

    if (made := form.done(ask)) is not None:
        request.trail.about["fact"] = str(made[0].uid)
        return redirect("child_short_notice", public_id=public_id)
    context = framed(request, read, page, "actions") | {"form": form}
    return render(request, "short_notice/add.html", context, status=form.status)


@FORM
def child_short_notice_reply(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What a party answered; of two who record it at once, the second is shown what the first did."""
    read, page = to_record(request, public_id, "history")
    fact = actions_page.action_of(page.child, uid)
    if fact is None or fact.kind != SHORT_NOTICE or fact.withdrawn:
        raise Http404
    if fact.state != Action.OPEN and fact.superseded_at is None:
        raise Http404
    form = ReplyForm(request.POST or None, initial={"on": today()})

    def reply() -> Action:
        said = form.cleaned_data
        about: dict[str, Any] = {"on": said["on"], "by": request.user, "now": settings.NOW()}
        return operations.reply(fact, agrees=said["agrees"] == "yes", says=said["says"], **about)

    changing = Changing(fact, form)
    if changing.tried(reply):
        assert changing.made is not None
        request.trail.about["fact"] = str(changing.made.uid)
        return redirect("child_short_notice", public_id=public_id)
    stands: Any = changing.newer or fact
    context = framed(request, read, page, "actions") | changing.context(_said)
    context |= {
        "action": fact,
        "owner": name_of(fact),
        "leave": reverse("child_short_notice", args=[public_id]),
        "again": reverse("child_short_notice_reply", args=[public_id, stands.uid]),
        "closed_meanwhile": stands.state != Action.OPEN,
    }
    return render(request, "short_notice/reply.html", context, status=changing.status)


def _said(fact: Any) -> str:
    return f"{fact.what} – {fact.outcome or 'no reply yet'}"
