"""The second factor of a session: whether it was checked, when, and asking for it once more."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from homeward.records.operations import sessions

FRESH = 5 * 60  # seconds (SECURITY V7)
# allauth's own, the directory's word (`amr`), and the button of a demonstration
COUNTS = ("mfa", "directory", "demonstration")


def checked_at(request: HttpRequest) -> float | None:
    """When the second factor of this session was last checked, in seconds; None: not yet.

    0 when the directory says that it was and not when: that lets a person in, and is never fresh.
    """
    records = get_authentication_records(request, request.user)
    return max((one["at"] for one in records if one["method"] in COUNTS), default=None)


def is_fresh(request: HttpRequest) -> bool:
    at = checked_at(request)
    return at is not None and abs(time.time() - at) < FRESH


def was_checked(request: HttpRequest, method: str, at: float | None = None) -> None:
    record_authentication(request, request.user, method, at=at)


def fresh_second_factor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For what needs the person to be there now (seal, export, emergency access, who may sign in).

    Else a page asks for the second factor and goes back to where the person was. What they had sent is not
    sent again for them: they confirm first and then do it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return ask_again(request) if must_ask(request) else view(request, *args, **kwargs)

    return guarded


def must_ask(request: HttpRequest) -> bool:
    """The same inside a view that first says whether the person may do it at all.

    A live council and a demonstration always ask; tests that are not about signing in are neither.
    """
    return (settings.SECOND_FACTOR_REQUIRED() or settings.DEMONSTRATION()) and not is_fresh(request)


def ask_again(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in ("GET", "HEAD") else _page_before(request)
    return HttpResponseRedirect(f"{reverse('confirm')}?{urlencode({'next': back})}")


def where_next(request: HttpRequest, asked: str) -> str:
    """Where the person was going, within this site only and from its root."""
    safe = asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else reverse("home")


def cycle(request: HttpRequest) -> None:
    """A new key for the session: after signing in, a second factor, another role."""
    request.session.cycle_key()
    sessions.seen(request)


def sign_in_changed(request: HttpRequest) -> None:
    """After a change of password or factor: every other session ends, this one goes on under a new key."""
    sessions.end_all(request.user, but=request.session.session_key or "")
    update_session_auth_hash(request, request.user)
    sessions.seen(request)


def _page_before(request: HttpRequest) -> str:
    before = urlsplit(request.headers.get("Referer", ""))
    return (
        where_next(request, before.path + (f"?{before.query}" if before.query else ""))
        if before.path
        else "/"
    )
