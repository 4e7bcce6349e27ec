"""A manager says what a child needs, thinks about the work, judges the plan, and oversight tells it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast


def test_the_work_for_a_child_is_thought_about_judged_and_told(
    come_in: Any, cast: Cast, accessible: Any
) -> None:
    child = f"/child/{cast.children['Maya'].public_id}"
    page = come_in("helen", f"{child}/needs")
    page.get_by_role("link", name="Record a need").click()
    accessible(page)
    page.get_by_label("What does the child need?").fill("To see her brother")
    page.get_by_label("Which part of life").select_option(label="Brothers and sisters")
    page.get_by_label("Which assessment").fill("Together or apart assessment")
    page.get_by_role("button", name="Record this need").click()
    expect(page.get_by_text("No action answers it")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Agree an action for: To see her brother").click()
    accessible(page)
    page.get_by_label("What is to be done").fill("Agree Saturdays with both carers")
    page.get_by_label("Who, in words").fill("Both carers")
    page.get_by_role("button", name="Agree this action").click()
    expect(page.get_by_text("Agree Saturdays with both carers – Both carers")).to_be_visible()

    page.get_by_role("link", name="Supervision").click()
    page.get_by_role("link", name="Record supervision").click()
    accessible(page)
    page.get_by_label("What was it?").select_option(label="Supervision")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("link", name="Enter what was thought about")).to_be_visible()
    page.get_by_label("What was thought about").fill("She asks for Theo every evening")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("She asks for Theo every evening")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name="Permanence plans").click()
    page.get_by_role("link", name="How good they are").click()
    page.get_by_role("link", name="Judge this version of main plan: Special guardianship").click()
    accessible(page)
    page.get_by_label("How good is it?").select_option(label="Good")
    page.get_by_label("Why", exact=True).fill("Her own words are in it")
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_text("this version, number 1")).to_be_visible()
    accessible(page)

    for address in ("supervision", "quality", "needs", "pre-proceedings", "roles"):
        page = come_in("marcia", f"/oversight/{address}")
        accessible(page)
    page = come_in("marcia", f"{child}/supervision")
    page.get_by_role("link", name="Say how good it was").click()
    accessible(page)
    page.get_by_label("How good was it?").select_option(label="Good")
    page.get_by_label("Why", exact=True).fill("It asks what she wants")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("It asks what she wants")).to_be_visible()
