"""What allauth asks of the house: nobody signs up, who may come in, and secrets that are kept sealed."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from homeward.records import vault
from homeward.records.queries import sign_in

NOT_RIGHT = "That code is not right. Enter the code that the app shows now, or one of your recovery codes"
KEY = "mfa.1"
ABOUT = "mfa"


class Account(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if sign_in.may_sign_in(user):
            return None
        clear_login(request)
        return refused(request)

    def get_login_stages(self) -> list[str]:
        return ["homeward.web.sign_in.adapters.SecondFactor"]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say what happened themselves."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)


class SecondFactor(AuthenticateStage):
    """Asks for the second factor, unless the council's directory says that it has done so."""

    def _should_handle(self, request: HttpRequest) -> bool:
        came = (self.login.signal_kwargs or {}).get("sociallogin")
        if came is not None and "mfa" in came.account.extra_data.get("amr", []):
            return False
        return super()._should_handle(request)


class Factors(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": NOT_RIGHT}

    def encrypt(self, text: str) -> str:
        return base64.b64encode(vault.seal(text.encode(), KEY, ABOUT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault.open_sealed(base64.b64decode(encrypted_text), ABOUT).decode()

    def get_totp_issuer(self) -> str:
        return "Homeward"

    def _get_site_name(self) -> str:
        return "Homeward"


def refused(request: HttpRequest) -> HttpResponse:
    """One page for every reason, so that it tells a stranger nothing."""
    return render(request, "sign_in/refused.html", status=403)


def address_of(request: HttpRequest) -> str:
    """The client's address, as the audit has it."""
    trail = getattr(request, "trail", None)
    return getattr(trail, "ip", "") or request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104, unknown
