"""The first things people do, in a browser: with axe, and once more with JavaScript off."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from tests.cast import BUNDLE, Cast


def test_a_person_of_the_demonstration_signs_in(
    page: Any, cast: Cast, live_server: Any, accessible: Any
) -> None:
    page.goto(live_server.url + "/tracker")
    expect(page.get_by_role("heading", name="Sign in to Homeward")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Sign in as Priya Shah").click()
    expect(page.get_by_role("heading", name="Tracker")).to_be_visible()
    page.get_by_role("link", name="Home", exact=True).click()
    expect(page.get_by_text("Good morning, Priya")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to Homeward")).to_be_visible()


def test_the_tracker_is_filtered(come_in: Any, accessible: Any) -> None:
    page = come_in("amina", "/tracker")
    expect(page.get_by_role("row")).to_have_count(5)
    accessible(page)
    page.get_by_role("link", name="Under five").click()
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_text("Change filters").click()
    page.get_by_role("combobox", name="Main plan").select_option(label="Adoption")
    page.get_by_role("button", name="Show these children").click()
    expect(page.get_by_role("rowheader")).to_contain_text(["Theo"])
    accessible(page)
    page.get_by_role("link", name=re.compile("Adoption.*remove this filter")).click()
    expect(page.get_by_role("row")).to_have_count(3)


def test_a_date_says_why(come_in: Any, cast: Cast, accessible: Any) -> None:
    page = come_in("priya", "/tracker")
    page.get_by_role("link", name="Maya", exact=True).click()
    expect(page.get_by_role("heading", name="Maya", level=1)).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Dates and timescales").first.click()
    page.get_by_text("Why this date? Looked-after review").first.click()
    expect(page.get_by_text("Counted from").first).to_be_visible()
    expect(page.get_by_text("a looked-after review was held").first).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("img", name=re.compile("Life line of Maya"))).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="History of this record").click()
    accessible(page)


def test_an_import_is_looked_at_and_then_applied(come_in: Any, accessible: Any) -> None:
    page = come_in("amina", "/import")
    accessible(page)
    content = BUNDLE["reviews.csv"] + "N2,2026-11-23,PN1\n"
    file = {"name": "reviews.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.get_by_label("Files for Northmere Council").set_input_files(file)
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(page.get_by_text("Looked-after review held, 23 November 2026")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Apply these changes").click()
    expect(page.get_by_text("Applied.")).to_be_visible()
    accessible(page)


def test_the_other_pages_can_be_read_by_everyone(come_in: Any, accessible: Any, live_server: Any) -> None:
    page = come_in("amina", "/policy/rules")
    for address in ("/policy/rules?pack=england", "/policy/promises", "/data-quality", "/children"):
        page.goto(live_server.url + address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        accessible(page)
