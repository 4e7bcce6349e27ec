"""What stands around every request: who acts in which role, one transaction, one effect, one audit entry.

A change and its audit entry are committed together; a page is shown only when its entry was written. A
refusal rolls back whatever the view had done and is written down too. On PostgreSQL reads run in a
transaction as well, because row-level security takes the actor from it.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from homeward.records import access, audit, row_security
from homeward.records.audit import Trail
from homeward.records.operations import calendars, limits, notices, once, tokens

SAFE = ("GET", "HEAD", "OPTIONS")
# Signing in and out repeat without harm, and allauth's forms are guarded by allauth.
REPEATABLE = {"sign_in", "sign_out"}
SHOWN_AGAIN = (400, 409)  # a form with what was wrong, or with what a colleague changed meanwhile
ANCHOR_EVERY = 3600  # seconds
log = logging.getLogger("homeward")
_anchored = 0.0

Answers = Callable[[HttpRequest], HttpResponse]


class Guard:
    """Middleware; stands after sessions, CSRF and authentication, before everything else."""

    def __init__(self, get_response: Answers) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)
        request.trail = Trail("", request.method or "", request.actor, _session(request), _address(request))
        if request.token is not None:
            request.trail.about["token"] = request.token.pk
        if request.calendar is not None:
            request.trail.about["calendar"] = request.calendar.pk
        request.once = None
        try:
            writes = request.actor is not None and request.method not in SAFE
            return self._answered(request, writes=writes)
        except (DatabaseError, InterfaceError) as error:
            # Never the values: a database's own words may hold a row.
            log.error("request %s: not shown, %s", request.trail.request, type(error).__name__)
            return render(request, "503.html", {"reference": request.trail.request}, status=503)

    def _answered(self, request: HttpRequest, *, writes: bool) -> HttpResponse:
        together = writes or (connection.vendor == "postgresql" and request.actor is not None)
        with _together(request.actor) if together else nullcontext():
            response = self._viewed(request)
            refused = response.status_code >= 400
            if refused and together and not _repeats(request):  # a wrong password is counted all the same
                transaction.set_rollback(True)
            elif not refused:
                if request.once is not None:
                    once.finish(request.once, response.status_code, response.headers.get("Location", ""))
                _write(request, response)
        if refused:
            with transaction.atomic():
                _write(request, response)
        _anchor_now_and_then()
        return response

    def _viewed(self, request: HttpRequest) -> HttpResponse:
        if request.actor is not None:
            return self.get_response(request)
        with connection.execute_wrapper(row_security.refuse_to_strangers):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """A form that was sent before is answered as it was the first time."""
        if request.path.startswith(tokens.UNDER):  # which only reads
            return HttpResponse(status=401) if request.actor is None else None
        if request.path.startswith(calendars.UNDER):  # likewise
            return None
        if request.actor is None or request.method in SAFE or _repeats(request):
            return None
        place = request.resolver_match.view_name
        key = request.headers.get("Idempotency-Key") or request.POST.get("once", "")
        if not 16 <= len(key) <= 64:
            return render(request, "400.html", {"no_key": True}, status=400)
        try:
            found = once.begin(request.user, key, place, _body(request))
        except once.AnotherBody:
            return render(request, "422.html", status=422)
        if found.status is not None:
            request.trail.about["again"] = True
            return HttpResponseRedirect(found.location)
        request.once = found
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, limits.TooMuch):
            return render(request, "429.html", {"what": str(error)}, status=429)
        return None


@contextmanager
def _together(actor: access.Actor) -> Iterator[None]:
    """One transaction, in which PostgreSQL shows no more than the actor may ever be shown."""
    with transaction.atomic(), row_security.acting(actor):
        yield


def actor_of(request: HttpRequest) -> access.Actor | None:
    """The role chosen last, unless the address names a council; kept in the session.

    The API: the token's; a calendar: that of the secret in its address. Nobody's session counts there.
    """
    request.token, request.calendar, request.places = None, None, []
    if request.path.startswith(calendars.UNDER):
        read = calendars.presented(request.path)
        request.calendar, who = read or (None, None)
        return who
    known = request.user.is_authenticated
    if request.path.startswith(tokens.UNDER) and not (known and request.path == tokens.DOCUMENT):
        found = tokens.presented(request.headers.get("Authorization", ""))
        request.token, actor = found or (None, None)
        return actor
    if not known:
        return None
    slug = request.GET.get("authority", "")
    request.places = access.places_of(request.user)
    actor = access.acting(request.user, request.session.get("place", ""), slug, request.places)
    if slug and actor.key and request.session.get("place") != actor.key:
        request.session["place"] = actor.key
    return actor


def _repeats(request: HttpRequest) -> bool:
    return bool(request.resolver_match) and request.resolver_match.view_name in REPEATABLE


def _write(request: HttpRequest, response: HttpResponse) -> None:
    trail, status = request.trail, response.status_code
    match = request.resolver_match
    trail.place = match.view_name if match else "no such address"
    if trail.actor is None and getattr(request, "user", None) and request.user.is_authenticated:
        trail.actor = actor_of(request)  # signed in just now
    action = "see" if request.method in SAFE else "write"
    if status in SHOWN_AGAIN and any(basis != "refused" for basis in trail.children):
        action = "see"  # nothing was changed, and the child's page was shown with what was wrong
    elif status >= 400:
        action = "error" if status >= 500 else "refuse"
        kept_from = trail.about.get("excluded")
        if kept_from and trail.actor:
            notices.excluded_person_tried(trail.actor.person, kept_from)
    audit.write(trail, action, status)


def _session(request: HttpRequest) -> str:
    key = request.session.session_key
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""


def _address(request: HttpRequest) -> str:
    """The client's address: behind the council's own proxies, the one nearest to them (SECURITY V4.1.3)."""
    found = request.META.get("REMOTE_ADDR", "")
    trusted = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    while found in trusted and hops:
        found = hops.pop()
    return found[:45]


def _body(request: HttpRequest) -> str:
    """A fingerprint of what was sent, without the tokens that change from form to form."""
    whole = hashlib.sha256(request.path.encode())
    for name in sorted(request.POST):
        if name not in ("csrfmiddlewaretoken", "once"):
            whole.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            whole.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                whole.update(chunk)
            file.seek(0)
    return whole.hexdigest()


def _anchor_now_and_then() -> None:
    """At most once an hour in each process; a full disk must not stop the page that was already audited."""
    global _anchored
    if time.monotonic() - _anchored < ANCHOR_EVERY and _anchored:
        return
    _anchored = time.monotonic()
    try:
        audit.anchor()
    except OSError as error:
        log.error("the audit could not be anchored: %s", type(error).__name__)
