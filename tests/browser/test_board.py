"""The report for the board and the first page of oversight, in a hand."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast


def test_the_pages_fit_a_telephone(come_in: Any, cast: Cast, accessible: Any, live_server: Any) -> None:
    page = come_in("marcia", "/")
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/oversight", "/board?quarter=2026-07", "/board?by=principle", "/board/actions/add"):
        page.goto(live_server.url + address)
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("html").bounding_box()["width"] <= 390
        accessible(page)
