"""The calendar by mouse, keyboard and telephone."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast
from tests.pages.test_calendar import christmas, meeting


def test_a_month_is_walked_through_with_the_keyboard(cast: Cast, come_in: Any, accessible: Any) -> None:
    meeting(cast, "Maya", on=date(2026, 12, 22), starts_at=time(10), room="Room 4")
    christmas(cast)
    page = come_in("helen", "/meetings")
    page.get_by_role("link", name="Calendar", exact=True).press("Enter")
    accessible(page)
    page.get_by_role("link", name=re.compile("December 2026.*the month after")).press("Enter")
    square = page.get_by_role("cell").filter(has_text="Room 4")
    expect(square).to_contain_text("School holiday: Christmas")
    accessible(page)
    page.get_by_role("link", name="Show as a list").press("Enter")
    accessible(page)
    page.get_by_role("link", name=re.compile("Permanency Planning Meeting")).press("Enter")
    expect(page.locator("main")).to_contain_text("22 December 2026 is in the school holidays (Christmas).")
    accessible(page)


def test_on_a_telephone_the_month_is_a_list_of_its_days(cast: Cast, come_in: Any, accessible: Any) -> None:
    meeting(cast, "Maya", on=date(2026, 12, 22), starts_at=time(10), room="Room 4")
    page = come_in("helen", "/meetings")
    page.set_viewport_size({"width": 390, "height": 840})
    page.goto(page.url + "/calendar?month=2026-12")
    words = page.locator(".hw-cal").inner_text()
    assert "Tuesday 22 December" in words and "Friday 25 December" in words  # the bank holiday
    assert "23 December" not in words and "Weekend" not in words
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    accessible(page)


def test_school_holidays_are_recorded_and_taken_back(cast: Cast, come_in: Any, accessible: Any) -> None:
    page = come_in("lindsay", "/people")
    page.get_by_role("link", name="School holidays").click()
    accessible(page)
    page.get_by_label("Name").fill("Autumn half term")
    page.get_by_label("First day without school").fill("2027-10-25")
    page.get_by_label("Last day without school").fill("2027-10-20")
    page.get_by_role("button", name="Record this holiday").click()
    expect(page.locator("main")).to_contain_text("The last day is before the first day")
    page.get_by_label("Last day without school").fill("2027-10-29")
    page.get_by_role("button", name="Record this holiday").click()
    accessible(page)
    page.get_by_role("button", name=re.compile("Remove.*Autumn half term")).click()
    expect(page.locator("main")).to_contain_text("None are recorded for Northmere Council yet.")


def test_an_address_is_made_copied_and_ended(cast: Cast, come_in: Any, accessible: Any) -> None:
    page = come_in("helen", "/your-sign-in")
    page.get_by_role("link", name="Meetings in your own calendar").click()
    page.get_by_role("link", name="Make an address").click()
    page.locator("main").get_by_role("button").click()  # the second step of a demonstration
    accessible(page)
    page.get_by_label("Which meetings").select_option("mine")
    page.get_by_label("How long it works").select_option("90")
    page.get_by_role("button", name="Make the address").click()
    address = page.get_by_label("Address").input_value()
    accessible(page)
    assert page.request.get(address).status == 200
    page.get_by_role("button", name=re.compile("End now")).click()
    expect(page.locator("main")).to_contain_text("No address works.")
    assert page.request.get(address).status == 404
