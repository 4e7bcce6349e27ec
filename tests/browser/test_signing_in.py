"""Signing in to a live council in a browser: an app, a passkey, the directory; and the warning at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.cast import Cast
from tests.sign_in.conftest import PASSWORD, code_of
from tests.sign_in.provider import CLIENT, SECRET, Provider


@pytest.fixture(autouse=True)
def live(cast: Cast, settings: Any) -> None:
    settings.DEMONSTRATION = lambda: False
    settings.SECOND_FACTOR_REQUIRED = lambda: True


@pytest.fixture
def enter(page: Any, live_server: Any) -> Callable[[], None]:
    def send() -> None:
        page.goto(f"{live_server.url}/tracker")
        page.get_by_label("E-mail address").fill("priya@northmere.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

    return send


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    made = Provider()
    known = {"issuer": made.issuer, "client_id": CLIENT, "secret": SECRET, "name": "Northmere"}
    settings.DIRECTORY = known | {"emails": "verified"}
    yield made
    made.close()


def test_an_app_is_set_up_and_then_signs_in(
    page: Any, enter: Any, accessible: Any, request: pytest.FixtureRequest
) -> None:
    with_javascript = "without JavaScript" not in request.node.name
    enter()
    expect(page.get_by_role("heading", name="Set up a second step")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Set up an app").click()
    picture = page.get_by_role("img", name="QR code")
    expect(picture).to_be_visible()
    accessible(page)
    if with_javascript:
        assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code that the app shows").fill("000000")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("alert")).to_contain_text("That code is not right")
    accessible(page)
    assert page.locator("code").inner_text().replace(" ", "") == secret, "the key stays"
    page.get_by_label("Code that the app shows").fill(code_of(secret))
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    accessible(page)
    recovery = page.locator("li code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("link", name="Priya Shah").click()
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    expect(page.get_by_text("10 left")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Sign out").click()
    enter()
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    accessible(page)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Tracker")).to_be_visible()


def test_a_passkey_is_made_and_then_signs_in_alone(
    page: Any, enter: Any, accessible: Any, request: pytest.FixtureRequest, live_server: Any
) -> None:
    if "without JavaScript" in request.node.name:
        page.goto(f"{live_server.url}/sign-in")
        expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
        return
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security" in line.text else None)
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    enter()
    page.get_by_role("link", name="Set up a passkey").click()
    accessible(page)
    page.get_by_label("What to call it").fill("Work laptop")
    page.get_by_role("button", name="Make a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    # As the second step after the password.
    enter()
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", name="Tracker")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    # Alone.
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="Priya Shah")).to_be_visible()
    page.get_by_role("link", name="Priya Shah").click()
    expect(page.get_by_text("Passkey “Work laptop”")).to_be_visible()
    # To confirm once more.
    page.goto(f"{live_server.url}/confirm?next=/policy/promises")
    accessible(page)
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url("**/policy/promises")
    assert refused == []


def test_the_directory_signs_in_and_comes_back(
    page: Any, cast: Cast, provider: Provider, live_server: Any, accessible: Any
) -> None:
    person = cast.people["marcia"]
    person.is_demonstration = False
    person.set_unusable_password()
    person.save()
    provider.who = {"sub": "m", "email": person.email, "email_verified": True, "amr": ["mfa"]}
    page.goto(f"{live_server.url}/tracker")
    accessible(page)
    page.get_by_role("link", name="Sign in with Northmere").click()
    expect(page.get_by_role("heading", name="Tracker")).to_be_visible()


def test_twelve_quiet_minutes_warn_and_fourteen_end(
    page: Any, cast: Cast, settings: Any, live_server: Any, accessible: Any, request: pytest.FixtureRequest
) -> None:
    settings.DEMONSTRATION = lambda: True
    settings.SECOND_FACTOR_REQUIRED = lambda: False
    with_javascript = "without JavaScript" not in request.node.name
    if with_javascript:
        page.clock.install()
    page.goto(f"{live_server.url}/sign-in")
    page.get_by_role("button", name="Sign in as Priya Shah").click()
    warning = page.get_by_role("alertdialog")
    expect(warning).to_be_hidden()
    if not with_javascript:
        expect(page.get_by_text("You are signed out after 15 minutes in which no page was")).to_be_visible()
        return
    page.clock.fast_forward("11:50")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("00:15")
    expect(warning).to_contain_text("In two minutes you will be signed out")
    accessible(page)
    page.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    page.clock.fast_forward("12:05")
    expect(warning).to_be_visible()
    # The server's own clock has not moved: it is told that nobody was there.
    from django.contrib.sessions.models import Session

    for kept in Session.objects.all():
        store = kept.get_session_store_class()(kept.session_key)
        store["seen"] = store["seen"] - 15 * 60
        store.save()
    page.clock.fast_forward("02:00")
    expect(page.get_by_text("nothing was opened for 15 minutes")).to_be_visible()
    accessible(page)


def test_confirming_in_a_demonstration_is_a_button(
    page: Any, cast: Cast, settings: Any, live_server: Any, accessible: Any
) -> None:
    settings.DEMONSTRATION = lambda: True
    settings.SECOND_FACTOR_REQUIRED = lambda: False
    page.goto(f"{live_server.url}/sign-in")
    page.get_by_role("button", name="Sign in as Marcia Bennett").click()
    page.goto(f"{live_server.url}/your-sign-in/recovery-codes")
    expect(page.get_by_text("In a live council Homeward asks here")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{live_server.url}/your-sign-in/password")
    accessible(page)
