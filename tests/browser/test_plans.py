"""A plan is proposed question by question, and every route is answered, in a browser."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast


def test_a_plan_alongside_is_recorded_and_becomes_the_main_plan(
    come_in: Any, cast: Cast, accessible: Any
) -> None:
    page = come_in("helen", f"/child/{cast.children['Theo'].public_id}/plans")
    accessible(page)
    page.get_by_role("link", name="Record one (plan alongside)").click()
    accessible(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Choose the route")).to_be_visible()
    accessible(page)
    page.get_by_role("radio", name="Long-term fostering").check()
    page.get_by_label("Why this is the plan").fill("If no adopters are found")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Which assessments does it wait for?").fill("Assessment of his carers")
    accessible(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The child’s own timescale").fill("Settled by two")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What would make you change plan?").fill("If no family is found by May")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Which order does the plan ask for?").select_option(label="Care order")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Why would less not be enough?").fill("He cannot go home")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(page.get_by_text("MER-030")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Record the plan alongside").click()
    accessible(page)
    family = page.get_by_label("Your answer, or why it goes on without one")
    family.fill("Both were assessed before")
    page.get_by_role("button", name="Record the plan alongside").click()
    expect(page.get_by_text("Assessment of his carers")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Make it the main plan (Long-term fostering)").click()
    accessible(page)
    page.get_by_label("At which meeting or review").select_option(label="Children in Care review")
    page.get_by_label("Why the plan changes").fill("Nobody was found")
    page.get_by_role("button", name="It becomes the main plan").click()
    family.fill("Both were assessed before")
    accessible(page)
    page.get_by_role("button", name="It becomes the main plan").click()
    expect(page.get_by_role("region", name="Main plan")).to_contain_text("Long-term fostering")


def test_every_route_is_answered(come_in: Any, cast: Cast, accessible: Any) -> None:
    page = come_in("helen", f"/child/{cast.children['Theo'].public_id}/plans/routes")
    accessible(page)
    page.get_by_role("link", name="Answer it (Return home)").click()
    accessible(page)
    page.get_by_label("What is said of this route now").select_option(label="Ruled out")
    page.get_by_label("Why", exact=True).fill("The assessment of the parents is negative")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text("signed off by Helen Ward, team manager")).to_be_visible()
    page.get_by_role("link", name="What each route means").click()
    expect(page.get_by_role("heading", name="The routes to a permanent home", level=1)).to_be_visible()
    accessible(page)
