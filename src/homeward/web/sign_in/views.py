"""Signing in: with an e-mail address and a password, a passkey, the council's directory, or in a
demonstration as one of its people."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from homeward.records.operations import knocks, sessions
from homeward.records.queries import people
from homeward.records.queries import sign_in as standing
from homeward.web.sign_in import adapters, factor
from homeward.web.sign_in.forms import ConfirmForm, SecondFactorForm, SignInForm, too_many
from homeward.web.sign_in.middleware import forgotten

BACKEND = "homeward.web.sign_in.backend.People"
NOT_RIGHT = "The e-mail address or the password is not right. Check both and try again"
NO_PASSKEY = "That passkey is not known here. Sign in with your e-mail address and password instead"
ENDED = {
    "idle": "You were signed out because nothing was opened for 15 minutes. Drafts are kept.",
    "absolute": "You were signed out because you had been signed in for 10 hours. Drafts are kept.",
    "password": "Your new password is saved. Sign in with it.",
    "passkey": NO_PASSKEY,
}


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    shown = people.demonstration_people() if settings.DEMONSTRATION() else []
    form, status = SignInForm(), 200
    if request.method == "POST" and "person" in request.POST and shown:
        person = people.demonstration_person(request.POST["person"])
        if person is not None:
            login(request, person, backend=BACKEND)
            return redirect(factor.where_next(request, request.POST.get("next", "")))
    elif request.method == "POST":
        form = SignInForm(request.POST)
        answer = _with_password(request, form) if form.is_valid() else 400
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    context = {
        "people": shown,
        "form": form,
        "next": request.GET.get("next", request.POST.get("next", "")),
        "ended": ENDED.get(request.session.pop("ended", "")) if request.session.get("ended") else "",
        "directory": settings.DIRECTORY,
    }
    return render(request, "sign_in/sign_in.html", context, status=status)


def _with_password(request: HttpRequest, form: SignInForm) -> HttpResponse | int:
    """The way on, or the status of the page that says why not, the same for known and unknown addresses."""
    email, address = form.cleaned_data["email"].lower(), adapters.address_of(request)
    wait = knocks.at_the_door(email, address)
    if wait:
        form.add_error(None, too_many(wait))
        return 429
    person = authenticate(request, username=email, password=form.cleaned_data["password"])
    if person is None or not standing.may_sign_in(person):
        form.add_error(None, NOT_RIGHT)
        return 400
    knocks.came_in(email, address)
    where = factor.where_next(request, request.POST.get("next", ""))
    answer: HttpResponse = perform_login(request, person, redirect_url=where)
    return answer


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return forgotten(redirect("sign_in"))


@require_GET
def still_here(request: HttpRequest) -> HttpResponse:
    """“Stay signed in” on the warning: any page would do, this one is small."""
    return HttpResponse(status=204)


second_factor = AuthenticateView.as_view(
    form_class=SecondFactorForm, template_name="sign_in/second_factor.html"
)


class _Passkey(LoginWebAuthnView):
    """Signing in with a passkey alone: it stands for the password and for the second factor."""

    def form_invalid(self, form: Any) -> HttpResponse:
        self.request.session["ended"] = "passkey"
        return redirect("sign_in")


with_passkey = login_not_required(_Passkey.as_view())


@method_decorator(login_not_required, name="dispatch")
class _NewPassword(PasswordResetConfirmView):
    """The link that a system manager made: 15 minutes, once; the second factor is asked as ever."""

    template_name = "sign_in/new_password.html"
    success_url = reverse_lazy("sign_in")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        sessions.end_all(self.user)
        self.request.session["ended"] = "password"
        return answer


new_password = require_http_methods(["GET", "HEAD", "POST"])(_NewPassword.as_view())


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Asks for the second factor once more and goes back to where the person was."""
    where = factor.where_next(request, request.POST.get("next") or request.GET.get("next", ""))
    has_factor = standing.has_factor(request.user)
    by_button = settings.DEMONSTRATION() and not has_factor
    form = ConfirmForm(user=request.user)
    if request.method == "POST":
        form = _confirmation(request, by_button)
        if form is None or form.is_valid():
            if form is None:
                factor.was_checked(request, "demonstration")
            else:
                form.save()
            factor.cycle(request)
            return redirect(where)
    options = passkeys.begin_authentication(request.user) if has_factor else None
    context = {
        "form": form,
        "next": where,
        "has_factor": has_factor,
        "by_button": by_button,
        "options": options,
        "directory": None if has_factor or by_button else settings.DIRECTORY,
        "back": f"{reverse('confirm')}?next={where}",
    }
    # 200 also for a wrong code: the try that was counted must not be rolled back.
    return render(request, "sign_in/confirm.html", context)


def _confirmation(request: HttpRequest, by_button: bool) -> Any:
    """The form that was sent; None for the button of a demonstration."""
    if by_button:
        return None
    if "credential" in request.POST:
        return ReauthenticateWebAuthnForm(user=request.user, data=request.POST)
    return ConfirmForm(user=request.user, data=request.POST)
