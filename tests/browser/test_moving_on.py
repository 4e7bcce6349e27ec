"""What moves a plan on, in a browser: an action, a decision, a cause of delay, and the oversight of them."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast


def test_a_manager_agrees_decides_and_explains_and_finds_it_again(
    come_in: Any, cast: Cast, accessible: Any, live_server: Any
) -> None:
    theo = f"/child/{cast.children['Theo'].public_id}"
    page = come_in("helen", f"{theo}/actions")
    accessible(page)
    page.get_by_role("link", name="Agree an action").click()
    page.get_by_role("button", name="Agree this action").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what is to be done")
    accessible(page)
    page.get_by_label("What is to be done").fill("Show the profile at the activity day")
    page.get_by_label("Who does it").select_option(label="Priya Shah, Social worker")
    page.get_by_label("By which day").fill("2026-12-11")
    page.get_by_role("button", name="Agree this action").click()
    expect(page.get_by_role("rowheader")).to_contain_text(["Show the profile at the activity day"])
    accessible(page)

    page.get_by_role("link", name="What holds things up").click()
    accessible(page)
    page.get_by_role("link", name="Say what holds things up").click()
    accessible(page)
    page.get_by_label("What holds things up").select_option(label="Looking for a family")
    page.get_by_label("Who is dealing with it").fill("Rosalind Beck, family finder")
    page.get_by_role("button", name="Record what holds things up").click()
    expect(page.get_by_text("Rosalind Beck, family finder")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name="Decisions", exact=True).click()
    page.get_by_role("link", name="Record a decision").click()
    page.get_by_label("What sort of decision is it?").select_option(label="Match with a family")
    page.get_by_label("What was decided").fill("The search is widened")
    page.get_by_label("Who decided").fill("Amina Yusuf")
    page.get_by_label("In which role").select_option(label="Permanence lead")
    page.get_by_label("On what basis").fill("No family in the region")
    page.get_by_label("What the child thinks of it").fill("Too young to say")
    accessible(page)
    page.get_by_role("button", name="Record this decision").click()
    expect(page.get_by_role("heading", name="The search is widened")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name=re.compile("Theo was told")).click()
    page.get_by_label("How, by whom").fill("He is one year old")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Not told yet, with a reason")).to_be_visible()

    page.goto(live_server.url + "/actions?whose=all&by=child")
    accessible(page)
    page.get_by_role("link", name=re.compile("Close ?: Show the profile")).click()
    page.get_by_label("What became of it").select_option(label="It is done")
    page.get_by_label("What came of it").fill("Two families asked")
    accessible(page)
    page.get_by_role("button", name="Close this action").click()
    page.get_by_text("1 closed action").click()
    expect(page.get_by_text("Two families asked")).to_be_visible()


def test_oversight_leads_from_a_figure_to_the_children(
    come_in: Any, cast: Cast, accessible: Any, live_server: Any
) -> None:
    page = come_in("amina", "/oversight/delay")
    accessible(page)
    page.get_by_role("link", name=re.compile("of them with no cause recorded")).click()
    expect(page.get_by_role("heading", name="No cause has been recorded: today")).to_be_visible()
    accessible(page)
    page.goto(live_server.url + "/oversight/overrides")
    accessible(page)
    page.goto(live_server.url + "/decisions?told=no")
    accessible(page)
    page.get_by_role("combobox", name="Sort of decision").select_option(label="Support")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("No decision fits this search.")).to_be_visible()
