"""Setting up and changing how one signs in; every change asks for the second factor once more."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.internal import flows as recovery
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.totp.internal import flows as apps
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal import flows as passkey_flows
from django.contrib.auth.forms import SetPasswordForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from homeward.records.operations import factors, sessions
from homeward.records.queries import sign_in
from homeward.web.sign_in import factor
from homeward.web.sign_in.factor import fresh_second_factor
from homeward.web.sign_in.forms import AppForm

FORM = require_http_methods(["GET", "HEAD", "POST"])


def first_or_fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The first factor is set up after the password alone; any further one needs the first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        free = factor.is_fresh(request) or not sign_in.has_factor(request.user)
        return view(request, *args, **kwargs) if free else factor.ask_again(request)

    return guarded


@require_GET
def your_sign_in(request: HttpRequest) -> HttpResponse:
    context = {
        "factors": factors.of(request.user),
        "sessions": sessions.of(request.user),
        "this_session": request.session.session_key,
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "account/your_sign_in.html", context)


@require_GET
@first_or_fresh
def second_factor(request: HttpRequest) -> HttpResponse:
    """The page that a person without a second factor is sent to, whatever they asked for."""
    return render(request, "account/second_factor.html", {"has_factor": sign_in.has_factor(request.user)})


@FORM
@first_or_fresh
def factor_app(request: HttpRequest) -> HttpResponse:
    if "app" in factors.of(request.user):
        return redirect("your_sign_in")
    form = AppForm(user=request.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        apps.activate_totp(request, form)
        return _added(request)
    return render(request, "account/app.html", {"form": form, "secret": _in_fours(form.secret)})


@require_GET
def factor_app_picture(request: HttpRequest) -> HttpResponse:
    """The QR code of the app that is being set up: a picture of our own, since the pages allow no other."""
    secret = request.session.get(totp.SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")


@FORM
@fresh_second_factor
def factor_app_remove(request: HttpRequest) -> HttpResponse:
    return _removed(request, "totp", None)


@FORM
@first_or_fresh
def factor_passkey(request: HttpRequest) -> HttpResponse:
    form = AddWebAuthnForm(user=request.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        passkey_flows.add_authenticator(
            request, name=form.cleaned_data["name"][:60], credential=form.cleaned_data["credential"]
        )
        return _added(request)
    context = {"form": form, "options": passkeys.begin_registration(request.user, True)}
    return render(request, "account/passkey.html", context)


@FORM
@fresh_second_factor
def factor_passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    return _removed(request, "webauthn", pk)


@FORM
@fresh_second_factor
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Shown once, when they are made; new ones make the old ones useless."""
    if request.method == "POST":
        if not sign_in.has_factor(request.user):
            raise Http404
        recovery.generate_recovery_codes(request)
        return redirect("recovery_codes")
    found, can_view = recovery.view_recovery_codes(request)
    context = {"codes": found.get_unused_codes() if found and can_view else [], "has_any": bool(found)}
    return render(request, "account/recovery_codes.html", context)


@sensitive_post_parameters("new_password1", "new_password2")
@FORM
@fresh_second_factor
def own_password(request: HttpRequest) -> HttpResponse:
    if not request.user.has_usable_password():
        raise Http404
    form: Any = SetPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        factor.sign_in_changed(request)
        return redirect("your_sign_in")
    return render(request, "account/password.html", {"form": form})


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    if not sessions.end_one(request.user, pk):
        raise Http404
    return redirect("your_sign_in")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Everywhere else."""
    factor.sign_in_changed(request)
    return redirect("your_sign_in")


def _added(request: HttpRequest) -> HttpResponse:
    factor.was_checked(request, "mfa")
    factor.sign_in_changed(request)
    return redirect("recovery_codes")


def _removed(request: HttpRequest, kind: str, pk: int | None) -> HttpResponse:
    found = factors.one(request.user, kind, pk)
    if found is None:
        raise Http404
    last = factors.is_last(request.user)
    if request.method == "POST" and not last:
        found.delete()
        factor.sign_in_changed(request)
        return redirect("your_sign_in")
    return render(request, "account/remove.html", {"factor": found, "last": last})


def _in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
