"""Who may see a child's record: keep it closely, exclude a person, share with the agency."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from homeward.records import access
from homeward.records.models import Exclusion, Share
from homeward.records.operations import restrict, sealing, share
from homeward.records.queries import child_page, protect_page
from homeward.records.queries.child_page import ChildPage
from homeward.records.roles import FIELD_SETS
from homeward.web.child.frame import frame, opened, shown_dates
from homeward.web.layout.door import Reading
from homeward.web.protect.forms import ExcludeForm, LiftForm, RestrictForm, ShareForm

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def child_access(request: HttpRequest, public_id: str) -> HttpResponse:
    """How closely the record is kept, and the people who must never see it."""
    read, page = _open(request, public_id, "protect")
    form = _restrict_form(read, page, request.POST or None)

    def change() -> bool:
        made = restrict.restrict(page.child, by=request.user, **form.cleaned_data)
        request.trail.about |= {"restriction": made.pk if made else 0, "level": made.level if made else 0}
        return True

    if form.done(change):
        return _back(request, public_id)
    return _shown(request, read, page, restrict_form=form)


@require_POST
def child_exclude(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = _open(request, public_id, "protect")
    form = ExcludeForm(request.POST, authority=read.authority)

    def exclude() -> bool:
        made = restrict.exclude(page.child, by=request.user, **form.cleaned_data)
        request.trail.about |= {"exclusion": made.pk, "person": made.person_id}
        return True

    if form.done(exclude):
        return redirect("child_access", public_id=public_id)
    return _shown(request, read, page, exclude_form=form)


@FORM
def exclusion_lift(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Two people lift an exclusion: one asks with a reason, another agrees."""
    read, page = _open(request, public_id, "protect")
    found = protect_page.exclusion_of(page.child, pk)
    if found is None:
        raise Http404
    asked = found.lift_asked_by is not None
    form = LiftForm({"reason": found.lift_reason} if asked and request.POST else request.POST or None)

    def lift() -> bool:
        if asked:
            restrict.agree_to_lift(found, by=request.user)
        else:
            restrict.ask_to_lift(found, reason=form.cleaned_data["reason"], by=request.user)
        request.trail.about |= {"exclusion": pk, "person": found.person_id, "lifted": asked}
        return True

    if form.done(lift):
        return redirect("child_access", public_id=public_id)
    context = frame(request, read, page, shown_dates(read, page), "access") | {
        "form": form,
        "exclusion": found,
        "asked": asked,
        "own": asked and found.lift_asked_by == request.user,
    }
    return render(request, "protect/lift.html", context, status=form.status)


@FORM
def child_shares(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the regional agency is shown of the child, for what and until when."""
    read, page = _open(request, public_id, "share")
    form = ShareForm(request.POST or None)

    def give() -> bool:
        made = share.share(page.child, by=request.user, **form.cleaned_data)
        request.trail.about |= {"share": made.pk, "shared": made.field_sets}
        return True

    if form.done(give):
        return redirect("child_shares", public_id=public_id)
    shares = protect_page.shares_of(page.child)
    context = frame(request, read, page, shown_dates(read, page), "shares") | {
        "form": form,
        "agency": read.authority.agency,
        "live": [_told(each) for each in shares if _is_live(each)],
        "over": [_told(each) for each in shares if not _is_live(each)],
        "restricted": restrict.standing(page.child) is not None,
    }
    return render(request, "protect/shares.html", context, status=form.status)


@require_POST
def child_share_end(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    _, page = _open(request, public_id, "share")
    found = protect_page.share_of(page.child, pk)
    if found is None:
        raise Http404
    share.end_share(found, by=request.user)
    request.trail.about["share"] = pk
    return redirect("child_shares", public_id=public_id)


def _open(request: HttpRequest, public_id: str, action: str) -> tuple[Reading, ChildPage]:
    """Emergency access changes nothing of who may see a record, so it does not open these pages."""
    if not access.may(request.actor, action):
        raise Http404
    return opened(request, public_id, write=True)


def _back(request: HttpRequest, public_id: str) -> HttpResponse:
    """To the page, or home for who does not name themselves and so sees the record no more."""
    actor = request.actor
    anew = access.Actor(actor.person, actor.role, actor.authority)  # it remembers what was kept from it
    if child_page.child_visible(anew, public_id) is None:
        return redirect("home")
    return redirect("child_access", public_id=public_id)


def _shown(request: HttpRequest, read: Reading, page: ChildPage, **sent: Any) -> HttpResponse:
    held = restrict.standing(page.child)
    context = frame(request, read, page, shown_dates(read, page), "access") | {
        "restrict_form": _restrict_form(read, page),
        "exclude_form": ExcludeForm(authority=read.authority),
        **sent,
        "held": held,
        "sealing": sealing.asked_for(page.child),
        "held_words": restrict.LEVELS[held.level if held else 0],
        "named": _names(held.people.all()) + _names(held.teams.all()) if held else [],
        "exclusions": [_line(each) for each in protect_page.exclusions_of(page.child)],
    }
    wrong = next((form for form in sent.values() if form.errors), None)
    context["form"] = wrong
    return render(request, "protect/access.html", context, status=400 if wrong else 200)


def _restrict_form(read: Reading, page: ChildPage, sent: Any = None) -> RestrictForm:
    """Filled with what holds now."""
    now: dict[str, Any] = {"level": 0}
    if held := restrict.standing(page.child):
        now = {
            "level": held.level,
            "reason": held.reason,
            "people": [person.pk for person in held.people.all()],
            "teams": [team.pk for team in held.teams.all()],
        }
    return RestrictForm(sent, authority=read.authority, initial=now)


def _names(found: Iterable[Any]) -> list[str]:
    return [each.name for each in found]


def _line(exclusion: Exclusion) -> dict[str, Any]:
    state = "lifted" if exclusion.lifted_at else "asked" if exclusion.lift_asked_by else "holds"
    return {"held": exclusion, "state": state}


def _is_live(given: Share) -> bool:
    return given.ended_at is None and given.until > settings.NOW()


def _told(given: Share) -> dict[str, Any]:
    return {"held": given, "sees": [FIELD_SETS[name] for name in given.field_sets if name in FIELD_SETS]}
