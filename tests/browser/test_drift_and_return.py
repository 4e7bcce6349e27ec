"""A plan that drifts is put right from its list, and a child goes home by a plan that is kept to."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast


def test_a_child_at_risk_is_given_an_action_from_the_list(come_in: Any, cast: Cast, accessible: Any) -> None:
    page = come_in("amina", "/oversight/drift")
    accessible(page)
    page.get_by_role("link", name="At risk of not reaching permanence").click()
    accessible(page)
    row = page.get_by_role("row", name=re.compile("Theo"))
    expect(row).to_contain_text("None agreed")
    row.get_by_role("link", name="Agree an action").click()
    accessible(page)
    page.get_by_label("What is to be done").fill("Look for a family in the region")
    page.get_by_label("Who, in words").fill("Family finder")
    page.get_by_role("button", name="Agree this action").click()
    page.goto(page.url.split("/child/")[0] + "/oversight/drift?list=at_risk")
    expect(page.get_by_role("row", name=re.compile("Theo"))).to_contain_text("1 open")


def test_a_return_home_is_opened_agreed_looked_at_and_counted(
    come_in: Any, cast: Cast, accessible: Any
) -> None:
    place = f"/child/{cast.children['Maya'].public_id}/return"
    page = come_in("priya", place)
    accessible(page)
    page.get_by_role("link", name="Open a plan for return home").click()
    accessible(page)
    for label, words in {
        "Day on which the plan is opened": "2026-10-12",
        "To whom the child is to go home": "Her mother",
        "Why the child came into care": "Her mother was ill",
        "What help starts now": "Treatment for her mother",
        "What the risks are": "An illness that comes back",
        "What the strengths are": "Her aunt lives next door",
        "What those who come forward need": "Somebody to ring at night",
        "What must be true before the child goes home": "Her mother has been well for three months",
        "Why the way is realistic": "Treatment takes twelve weeks",
        "Target date for going home": "2026-12-14",
    }.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Open the plan").click()
    expect(page.get_by_text("No manager has agreed that it is the best plan")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Home due by 14 December 2026, in 19 days")
    accessible(page)

    page = come_in("helen", place)
    page.get_by_role("link", name="Agree that it is the best plan").click()
    accessible(page)
    page.get_by_label("What shows that it is the best plan").fill("The parenting assessment")
    page.get_by_role("button", name="I agree that it is the best plan").click()
    expect(page.get_by_role("main")).to_contain_text("The best plan: Helen Ward, team manager")
    page.get_by_role("link", name="Record a review").click()
    accessible(page)
    page.get_by_label("By whom").fill("Priya Shah")
    page.get_by_label("How it goes").fill("Two visits went well")
    page.get_by_role("button", name="Record the review").click()
    expect(page.get_by_text("Two visits went well")).to_be_visible()
    accessible(page)

    page = come_in("marcia", "/oversight/returns")
    accessible(page)
    expect(page.get_by_role("main")).to_contain_text("Maya")
