"""A live council: a second factor is asked, and nobody is chosen from a list."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from tests.cast import Cast, assemble
from tests.pages.conftest import Browser

PASSWORD = "a long enough password"


def code_of(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    cache.clear()
    settings.SECOND_FACTOR_REQUIRED = lambda: True
    return assemble()


@pytest.fixture
def secret_of(cast: Cast) -> Callable[[str], str]:
    """Sets an app up for a person of the cast; gives its secret."""
    from allauth.core.context import request_context
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    def made(key: str) -> str:
        secret = generate_totp_secret()
        with request_context(None):
            TOTP.activate(cast.people[key], secret)
        return secret

    return made


@pytest.fixture
def enter(cast: Cast) -> Callable[..., Any]:
    """Sends the sign-in form for a person of the cast, with a new browser or this one."""

    def send(key: str, password: str = PASSWORD, browser: Client | None = None, **more: Any) -> Any:
        client = browser or Browser()
        answer = client.post("/sign-in", {"email": f"{key}@northmere.example", "password": password}, **more)
        answer.browser = client
        return answer

    return send


@pytest.fixture
def signed_in_twice(enter: Any, secret_of: Any) -> Callable[[str], Client]:
    """A browser in which this person has signed in with password and code."""

    def made(key: str) -> Client:
        secret = secret_of(key)
        browser = enter(key).browser
        answer = browser.post("/sign-in/second-factor", {"code": code_of(secret)})
        assert answer.status_code == 302, answer.content.decode()
        browser.secret = secret
        return browser

    return made
