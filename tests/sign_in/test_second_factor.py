"""A password alone opens no record of a child."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from tests.cast import Cast
from tests.sign_in.conftest import code_of

from homeward.records.models import Knock


def test_who_has_no_second_factor_sets_one_up_before_any_page(enter: Any, cast: Cast) -> None:
    answer = enter("priya")
    assert answer.status_code == 302
    browser = answer.browser
    for address in ("/", "/tracker", f"/child/{cast.children['Maya'].public_id}", "/your-sign-in"):
        assert browser.get(address)["Location"] == "/your-sign-in/second-factor", address
    assert "Set up a second step" in browser.get("/your-sign-in/second-factor").content.decode()
    browser.get("/your-sign-in/app")
    secret = browser.session["mfa.totp.secret"]
    picture = browser.get("/your-sign-in/app/code.svg")
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/svg+xml", "no-store")
    wrong = browser.post("/your-sign-in/app", {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    assert browser.post("/your-sign-in/app", {"code": code_of(secret)})["Location"] == (
        "/your-sign-in/recovery-codes"
    )
    codes = browser.get("/your-sign-in/recovery-codes").content.decode()
    assert codes.count("<li><code>") == 10
    assert browser.get("/your-sign-in/recovery-codes").content.decode().count("<li><code>") == 0
    assert browser.get("/tracker").status_code == 200


def test_the_next_sign_in_asks_for_the_code_and_goes_where_one_was_going(enter: Any, secret_of: Any) -> None:
    secret = secret_of("priya")
    from tests.pages.conftest import Browser

    browser = Browser()
    asked = {"email": "priya@northmere.example", "password": "a long enough password", "next": "/tracker"}
    assert browser.post("/sign-in", asked)["Location"] == "/sign-in/second-factor"
    assert browser.get("/tracker")["Location"].startswith("/sign-in?"), "not in before the code"
    assert "Second step" in browser.get("/sign-in/second-factor").content.decode()
    assert browser.post("/sign-in/second-factor", {"code": "12"}).status_code == 200
    assert browser.post("/sign-in/second-factor", {"code": code_of(secret)})["Location"] == "/tracker"
    assert browser.get("/tracker").status_code == 200


def test_a_code_holds_once(enter: Any, secret_of: Any) -> None:
    secret = secret_of("priya")
    code = code_of(secret)
    assert enter("priya").browser.post("/sign-in/second-factor", {"code": code}).status_code == 302
    again = enter("priya").browser.post("/sign-in/second-factor", {"code": code})
    assert again.status_code == 200
    assert "code" in again.content.decode()


def test_a_recovery_code_works_once(signed_in_twice: Any, enter: Any, cast: Cast) -> None:
    browser = signed_in_twice("priya")
    assert browser.post("/your-sign-in/recovery-codes", {})["Location"] == "/your-sign-in/recovery-codes"
    page = browser.get("/your-sign-in/recovery-codes").content.decode()
    code = page.split("<li><code>")[1].split("<")[0]
    assert enter("priya").browser.post("/sign-in/second-factor", {"code": code}).status_code == 302
    assert enter("priya").browser.post("/sign-in/second-factor", {"code": code}).status_code == 200


def test_secrets_are_sealed_in_the_database(signed_in_twice: Any) -> None:
    browser = signed_in_twice("priya")
    browser.post("/your-sign-in/recovery-codes", {})
    kept = " ".join(str(one.data) for one in Authenticator.objects.all())
    assert Authenticator.objects.count() == 2
    assert browser.secret not in kept
    page = browser.get("/your-sign-in/recovery-codes").content.decode()
    for code in page.split("<li><code>")[1:]:
        assert code.split("<")[0] not in kept


def test_guessing_a_code_is_slowed_and_then_goes_on(enter: Any, secret_of: Any) -> None:
    secret = secret_of("priya")
    browser = enter("priya").browser
    for _ in range(5):
        browser.post("/sign-in/second-factor", {"code": "000000"})
    slowed = browser.post("/sign-in/second-factor", {"code": code_of(secret)})
    assert "Too many tries. Wait 2 seconds" in slowed.content.decode()
    from datetime import timedelta

    for row in Knock.objects.filter(failed__gt=0):
        row.at -= timedelta(seconds=3)
        row.save()
    assert browser.post("/sign-in/second-factor", {"code": code_of(secret)}).status_code == 302


def test_a_passwordless_form_of_a_stranger_is_refused(enter: Any) -> None:
    from tests.pages.conftest import Browser

    browser = Browser()
    assert browser.post("/sign-in/second-factor", {"code": "000000"})["Location"] == "/sign-in"
    assert "request_options" in browser.get("/sign-in/passkey", headers={"Accept": "application/json"}).json()
    assert browser.post("/sign-in/passkey", {"credential": "{}"})["Location"] == "/sign-in"
    assert "That passkey is not known here" in browser.get("/sign-in").content.decode()


def test_the_only_second_factor_is_not_removed(signed_in_twice: Any) -> None:
    browser = signed_in_twice("priya")
    page = browser.post("/your-sign-in/app/remove", {})
    assert "This is the only second step you have" in page.content.decode()
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_a_session_without_the_factor_cannot_add_another_one(cast: Cast, secret_of: Any) -> None:
    from tests.pages.conftest import Browser

    secret_of("priya")
    browser = Browser()
    browser.force_login(cast.people["priya"])
    assert browser.get("/tracker")["Location"] == "/confirm"
    for address in ("/your-sign-in/second-factor", "/your-sign-in/passkey", "/your-sign-in/app"):
        assert browser.get(address)["Location"].startswith("/confirm?"), address


@pytest.mark.parametrize("address", ["/accounts/signup/", "/sign-up", "/sign-in/sign-up"])
def test_nobody_signs_up(db: None, address: str) -> None:
    from allauth.account.adapter import get_adapter
    from allauth.socialaccount.adapter import get_adapter as social
    from django.test import Client

    assert Client().get(address).status_code in (302, 404)
    assert not get_adapter().is_open_for_signup(None)
    assert not social().is_open_for_signup(None, None)
