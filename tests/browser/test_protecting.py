"""The screens that protect a record, in a browser: with axe, and once more with JavaScript off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.cast import NOW, TODAY, Cast

from homeward.records.models import BreakGlass, RegionalAgency


@pytest.fixture
def settled(cast: Cast) -> Cast:
    """The council has an agency, and one emergency access waits for its review."""
    cast.authority.agency = RegionalAgency.objects.create(name="Three Rivers Adoption")
    cast.authority.save()
    at = NOW - timedelta(days=5)
    BreakGlass.objects.create(
        person=cast.people["priya"],
        child=cast.children["Ruby"],
        role="social_worker",
        category="duty",
        reason="Called out at night by the police",
        opened_at=at,
        until=at + timedelta(hours=1),
        review_due_on=TODAY - timedelta(days=3),
    )
    return cast


def child(cast: Cast, name: str, part: str = "") -> str:
    return f"/child/{cast.children[name].public_id}{part}"


def test_a_head_of_service_protects_a_record(settled: Cast, come_in: Any, accessible: Any) -> None:
    page = come_in("marcia", child(settled, "Maya"))
    accessible(page)
    page.get_by_role("link", name="Who may see this record").click()
    accessible(page)
    page.get_by_text("Exclude a person").click()
    page.get_by_label("Who must never see this record").select_option(label="Priya Shah, Social worker")
    page.get_by_label("Why", exact=True).fill("The father of the child")
    page.get_by_role("button", name="Exclude this person").click()
    expect(page.get_by_role("cell", name="The father of the child")).to_be_visible()
    page.get_by_text("Change how closely it is kept").click()
    accessible(page)
    page.get_by_label("Restricted: only the named people").check()
    page.get_by_label("Why it is kept more closely").fill("An aunt works for the council")
    page.get_by_role("button", name="Keep it like this").click()
    expect(page.get_by_role("alert")).to_contain_text("Name at least one person")
    accessible(page)
    page.get_by_role("link", name="Ask to lift it").click()
    accessible(page)


def test_a_child_is_shared_and_a_confidential_part_shown(settled: Cast, come_in: Any, accessible: Any):
    page = come_in("amina", child(settled, "Theo", "/shares"))
    accessible(page)
    page.get_by_label("What for").select_option("family_finding")
    page.get_by_label("the life so far").check()
    page.get_by_label("Last day").fill("2026-12-31")
    page.get_by_role("button", name="Share with Three Rivers Adoption").click()
    expect(page.get_by_role("rowheader", name="Finding adopters")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Summary").click()
    page.get_by_text("Where Theo lives: show with a reason").click()
    page.get_by_label("Why you need to see it now").last.fill("The duty team visits today")
    page.get_by_role("button", name="Show it once").last.click()
    expect(page.get_by_text("Shown to you now and no longer")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Who has looked at Theo").click()
    expect(page.get_by_text("A confidential part")).to_be_visible()
    accessible(page)


def test_a_record_is_opened_in_an_emergency_and_reviewed(settled: Cast, come_in: Any, accessible: Any):
    page = come_in("priya", "/emergency")
    page.get_by_role("button").last.click()  # a demonstration confirms by a button
    expect(page.get_by_role("heading", name="Open a record in an emergency")).to_be_visible()
    accessible(page)
    page.get_by_label("The child’s reference").fill("N99")
    page.get_by_label("What sort of emergency").select_option("missing")
    page.get_by_label("What has happened").fill("Missing tonight; the police need the address")
    page.get_by_role("button", name="Open this record").click()
    expect(page.get_by_text("That reference cannot be opened here")).to_be_visible()
    accessible(page)
    page.get_by_label("The child’s reference").fill("N4")
    page.get_by_role("button", name="Open this record").click()
    expect(page.get_by_text("Opened in an emergency until")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Sign out").click()
    page = come_in("marcia", "/")
    accessible(page)
    page = come_in("marcia", "/oversight/emergency")
    accessible(page)
    page.get_by_role("link", name="Review the access of Priya Shah").first.click()
    accessible(page)
    page.get_by_label("What you make of it").select_option("justified")
    page.get_by_label("Why").fill("The police asked for it")
    page.get_by_role("button", name="Record the review").click()
    expect(page.get_by_text("The police asked for it")).to_be_visible()
    accessible(page)
