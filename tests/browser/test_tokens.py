"""A token is made, shown once and ended, in a browser: with axe, and with JavaScript off."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast


def test_a_token_is_made_shown_once_and_ended(come_in: Any, cast: Cast, accessible: Any) -> None:
    page = come_in("amina", "/your-sign-in")
    page.get_by_role("link", name="Tokens for your programs").click()
    expect(page.get_by_text("You have no token that works.")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Make a token").click()
    page.locator("main").get_by_role("button").click()  # the second step of a demonstration
    expect(page.get_by_role("heading", name="Make a token")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("link", name="Say what it is for")).to_be_visible()
    accessible(page)
    page.get_by_label("What it is for").fill("Monthly report")
    page.get_by_label("The tracker: a row for each child in reach").check()
    page.get_by_role("button", name="Make the token").click()
    token = page.get_by_label("Token", exact=True)
    accessible(page)
    answer = page.request.get(
        page.url.replace("/account/tokens", "/api/v1/tracker"),
        headers={"Authorization": f"Bearer {token.input_value()}"},
    )
    assert answer.json()["total"] == 4
    page.reload()
    expect(token).to_have_count(0)
    page.get_by_role("rowheader", name="Monthly report").locator("..").get_by_role("button").click()
    expect(page.get_by_text("You have no token that works.")).to_be_visible()
