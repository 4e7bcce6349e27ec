"""The daily digest as a page, what a person wants to be told, and which alerts nobody acts on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records import access
from homeward.records.operations import digests
from homeward.records.queries import digest as queries
from homeward.web.digest.forms import DigestForm
from homeward.web.home.own import needs_block
from homeward.web.home.parts import Desk
from homeward.web.layout.door import reading


@require_safe
def digest(request: HttpRequest) -> HttpResponse:
    """The same numbers as the letter says for this role and council, and what stands behind them."""
    read = reading(request, "see_home")
    choice = queries.choice_of(request.user)
    told = queries.told_to(request.actor, read.today, choice.without)
    desk = Desk(request, read)
    behind = needs_block(desk) if access.may(request.actor, "see_children") else None
    request.trail.saw(desk.shown)
    context = {"told": told, "choice": choice, "behind": behind, "several": len(request.places) > 1}
    return render(request, "digest/digest.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def digest_choice(request: HttpRequest) -> HttpResponse:
    choice = queries.choice_of(request.user)
    sorts = [sort for sort in queries.CHOICES if sort not in choice.without]
    form = DigestForm(request.POST or None, initial={"on": not choice.off, "sorts": sorts})

    def choose() -> bool:
        digests.choose(request.user, off=not form.cleaned_data["on"], sorts=form.cleaned_data["sorts"])
        return True

    if form.done(choose):
        return redirect("digest_choice")
    return render(request, "digest/choice.html", {"form": form, "choice": choice}, status=form.status)


@require_safe
def oversight_alerts(request: HttpRequest) -> HttpResponse:
    """By sort and never by person: an alert that nobody acts on is the rule's fault until shown otherwise."""
    read = reading(request, "see_oversight")
    context = {"lines": queries.ignored(read.authority), "often": queries.IGNORED}
    return render(request, "digest/alerts.html", context)
