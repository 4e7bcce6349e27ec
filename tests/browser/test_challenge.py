"""A reviewing officer raises a matter from a review, the worker answers, and oversight counts it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from tests.cast import Cast

from homeward.records.models import Person, Role


def test_a_reviewing_officer_doubts_a_plan_and_the_worker_answers(
    come_in: Any, cast: Cast, accessible: Any, live_server: Any
) -> None:
    owen = Person.objects.create(email="owen@northmere.example", name="Owen Price", is_demonstration=True)
    Role.objects.create(person=owen, authority=cast.authority, key="iro")
    cast.people["owen"] = owen
    theo = f"/child/{cast.children['Theo'].public_id}"
    page = come_in("owen", "/")
    accessible(page)
    page.goto(f"{live_server.url}{theo}/challenge")
    accessible(page)
    page.get_by_role("link", name="Record your judgement").click()
    accessible(page)
    page.get_by_label("Does the care plan fit the child’s present needs?").select_option(label="No")
    page.get_by_label("Why you judge so").first.fill("No family is looked for")
    page.get_by_label("Is what is done lawful?").select_option(label="Yes")
    page.get_by_label("Why you judge so").last.fill("The order covers it")
    page.get_by_role("button", name="Record this").click()

    expect(page.get_by_role("heading", name="Raise a matter about Theo")).to_be_visible()
    expect(page.get_by_label("What the matter is")).to_have_value("No family is looked for")
    accessible(page)
    page.get_by_role("button", name="Raise this matter").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose whom it is addressed to")
    accessible(page)
    page.get_by_label("Addressed to").select_option(label="A worker")
    page.get_by_label("A person who signs in here").select_option(label="Priya Shah, Social worker")
    page.get_by_label("Answer by").fill("2099-01-05")
    page.get_by_role("button", name="Raise this matter").click()
    expect(page.get_by_text("Answer due Monday 5 January 2099")).to_have_count(2)
    accessible(page)

    page.get_by_role("link", name="Conversation with the child between reviews").click()
    page.get_by_label("What the child wants from a permanent home").fill("A garden")
    accessible(page)
    page.get_by_role("button", name="Record this").click()
    page.get_by_role("link", name="Permanence plans").click()
    expect(page.get_by_text("A garden")).to_be_visible()
    accessible(page)

    page = come_in("priya", "/")
    page.get_by_role("link", name=re.compile("^Answer it")).click()
    accessible(page)
    page.get_by_label("What was answered").fill("Two families are being visited")
    page.get_by_role("button", name="Record the answer").click()
    expect(page.get_by_text("Two families are being visited")).to_be_visible()

    page = come_in("marcia", "/oversight/matters")
    expect(page.get_by_role("rowheader", name="Theo")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="A quarter by theme and outcome").click()
    accessible(page)
    page.get_by_role("link", name="Children reviewed").click()
    expect(page.get_by_role("rowheader", name="Theo")).to_be_visible()
    accessible(page)
