"""A drawing is added to a child, opened and removed, in a browser: with axe, and with JavaScript off."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast

from homeward.demo.papers import drawing


def test_a_drawing_is_added_opened_and_removed(come_in: Any, cast: Cast, accessible: Any) -> None:
    page = come_in("priya", f"/child/{cast.children['Maya'].public_id}")
    page.get_by_role("link", name="Files").click()
    expect(page.get_by_text("No files yet.")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Add a file").click()
    accessible(page)
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_role("link", name="Confirm that the file is about Maya")).to_be_visible()
    accessible(page)
    file = {"name": "IMG_1.png", "mimeType": "image/png", "buffer": drawing()}
    page.get_by_label("The file", exact=True).set_input_files(file)
    page.get_by_label("What it is", exact=True).fill("Drawing of the garden")
    page.get_by_label("What it is about").select_option(label="What the child says")
    page.get_by_label("This file is about Maya").check()
    page.get_by_role("button", name="Add the file").click()
    expect(page.get_by_role("rowheader", name="Drawing of the garden")).to_be_visible()
    accessible(page)
    listed = page.url
    page.get_by_role("link", name="Drawing of the garden", exact=True).click()
    expect(page.locator("img")).to_be_visible()
    page.goto(listed)
    page.get_by_role("link", name="Remove Drawing of the garden").click()
    accessible(page)
    page.get_by_label("Why is it removed?").fill("It is about her brother")
    page.get_by_role("button", name="Remove the file").click()
    expect(page.get_by_text("Reason: It is about her brother")).to_be_visible()
    accessible(page)
