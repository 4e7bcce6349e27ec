"""Signing in: with an e-mail address and a password, or in a demonstration as one of its people."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from homeward.records.queries import people
from homeward.web.sign_in.forms import SignInForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    shown = people.demonstration_people() if settings.DEMONSTRATION() else []
    form = SignInForm()
    if request.method == "POST" and "person" in request.POST and shown:
        person = people.demonstration_person(request.POST["person"])
        if person is not None:
            login(request, person, backend=BACKEND)
            return redirect(_next(request))
    elif request.method == "POST":
        form = SignInForm(request.POST)
        if form.is_valid():
            email, password = form.cleaned_data["email"].lower(), form.cleaned_data["password"]
            person = authenticate(request, username=email, password=password)
            if person is not None:
                login(request, person)
                return redirect(_next(request))
            form.add_error(None, "The e-mail address or the password is not right. Check both and try again")
    context = {"people": shown, "form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "sign_in/sign_in.html", context, status=400 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign_in")


def _next(request: HttpRequest) -> str:
    """Where the person was going, within this site only."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else reverse("home")
