"""A person's tokens for the read API: making one, which is shown once, and ending it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.records.operations import tokens as made_here
from homeward.records.roles import ROLES
from homeward.web.layout import shown_once
from homeward.web.sign_in.factor import fresh_second_factor
from homeward.web.tokens.forms import TokenForm


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    held = made_here.of(request.user)
    context = {
        "held": [
            {
                "token": token,
                "role": ROLES[token.role.key].title,
                "reads": [made_here.SCOPES[scope][1] for scope in token.scopes],
            }
            for token in held
        ],
        "text": shown_once.take(request, "token"),
        "may_make": request.actor.authority is not None and bool(made_here.scopes_for(request.actor)),
    }
    return render(request, "tokens/tokens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def token_make(request: HttpRequest) -> HttpResponse:
    scopes = made_here.scopes_for(request.actor)
    if request.actor.authority is None or not scopes:
        raise Http404
    form = TokenForm(request.POST or None, scopes=scopes, initial={"days": 30})

    def make() -> Any:
        token, text = made_here.make(request.actor, **form.cleaned_data)
        request.trail.about["token"] = token.pk
        shown_once.keep(request, "token", text)
        return token

    if form.done(make) is not None:
        return redirect("tokens")
    return render(request, "tokens/make.html", {"form": form}, status=form.status)


@require_POST
def token_end(request: HttpRequest, pk: int) -> HttpResponse:
    if not made_here.end(request.user, pk):
        raise Http404
    request.trail.about["token"] = pk
    return redirect("tokens")
