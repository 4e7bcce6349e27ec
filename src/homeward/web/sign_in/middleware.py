"""How long a session holds, and nobody without a second factor beyond the pages that set one up."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from homeward.records.operations import sessions
from homeward.records.queries import sign_in
from homeward.web.sign_in import factor

IDLE = 15 * 60  # seconds without a page (SECURITY V7)
ABSOLUTE = 10 * 60 * 60  # seconds since signing in
WRITTEN = 60  # at most once in so many seconds
# What a person without a second factor may open.
WITHOUT = {
    "second_factor",
    "factor_app",
    "factor_app_picture",
    "factor_passkey",
    "confirm",
    "sign_out",
    "still_here",
}

Answers = Callable[[HttpRequest], HttpResponse]


class SignedIn:
    """Middleware; stands after authentication and before everything that asks who it is."""

    def __init__(self, get_response: Answers) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            why = over(request.session, time.time())
            if why:
                logout(request)
                request.session["ended"] = why
                return forgotten(self.get_response(request))
            _seen(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not (settings.SECOND_FACTOR_REQUIRED() and request.user.is_authenticated):
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name in WITHOUT or factor.checked_at(request) is not None:
            return None
        return redirect("confirm" if sign_in.has_factor(request.user) else "second_factor")


def forgotten(answer: HttpResponse) -> HttpResponse:
    """When a session ends the browser throws away what it kept of the pages (SECURITY V14.3.1)."""
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def over(session: Any, now: float) -> str:
    """Why the session is over: idle, absolute, or "" when it is not."""
    if now - session.get("began", now) >= ABSOLUTE:
        return "absolute"
    return "idle" if now - session.get("seen", now) >= IDLE else ""


def began(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """At every sign-in, however it was done."""
    request.session["began"] = time.time()
    request.session.pop("seen", None)


def _seen(request: HttpRequest) -> None:
    now = time.time()
    request.session.setdefault("began", now)
    if now - request.session.get("seen", 0) >= WRITTEN:
        request.session["seen"] = now
        sessions.seen(request)
