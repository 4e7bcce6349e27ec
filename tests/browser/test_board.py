"""The report for the board and the first page of oversight, in a browser, at a desk and in a hand."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast


def test_from_oversight_to_the_report_its_commentary_and_the_children_behind_a_figure(
    come_in: Any, cast: Cast, accessible: Any, live_server: Any
) -> None:
    page = come_in("amina", "/oversight")
    accessible(page)
    page.get_by_role("link", name=re.compile("report for the board")).last.click()
    page.get_by_label("Quarter", exact=True).select_option(label="July to September 2026")
    page.get_by_role("button", name="Show").click()
    accessible(page)
    page.get_by_role("link", name="Write the commentary on safe, stable and with family").click()
    accessible(page)
    page.get_by_label("What the board should know about these figures").fill("Maya is settled.")
    page.get_by_role("button", name="Save the commentary").click()
    accessible(page)
    page.get_by_label("What the board should know about these figures").fill("One child lives with kin.")
    page.get_by_role("button", name="Save the commentary").click()
    expect(page.get_by_text("One child lives with kin.")).to_be_visible()
    page.get_by_role("link", name=re.compile("25%: Living with family or friends")).click()
    expect(page.get_by_role("link", name="Maya")).to_be_visible()
    accessible(page)
    page.goto(live_server.url + "/board?quarter=2026-07&for=board")
    expect(page.get_by_role("link", name=re.compile("Living with family"))).to_have_count(0)
    accessible(page)


def test_the_pages_fit_a_telephone(come_in: Any, cast: Cast, accessible: Any, live_server: Any) -> None:
    page = come_in("marcia", "/")
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/oversight", "/board?quarter=2026-07", "/board?by=principle", "/board/actions/add"):
        page.goto(live_server.url + address)
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("html").bounding_box()["width"] <= 390
        accessible(page)
