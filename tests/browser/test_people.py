"""People, teams, who works with a child and who acts for whom, in a browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect
from tests.cast import TODAY, Cast

from homeward.records.models import Person, Role, Team


def test_a_person_is_added_and_leaves(come_in: Any, cast: Cast, accessible: Any) -> None:
    Team.objects.create(authority=cast.authority, name="Sixteen plus")
    page = come_in("lindsay", "/people")
    accessible(page)
    page.get_by_role("link", name="Add a person").click()
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("link", name="Enter their e-mail address")).to_be_visible()
    accessible(page)
    page.get_by_label("E-mail address").fill("femi@northmere.example")
    page.get_by_label("Name", exact=True).fill("Femi Ade")
    page.get_by_label("Role", exact=True).select_option(label="Social worker")
    page.get_by_label("Team", exact=True).select_option(label="Sixteen plus")
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_role("heading", name="Femi Ade", level=1)).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Change or end").click()
    accessible(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Femi Ade leaves").click()
    accessible(page)
    page.get_by_role("button", name="They leave on this day").click()
    expect(page.get_by_text("Left: the first day away was 25 November 2026.")).to_be_visible()
    accessible(page)
    for name in ("Teams", "Directory groups", "Who acts for whom"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        accessible(page)


def test_a_worker_is_allocated_and_ends(come_in: Any, cast: Cast, accessible: Any) -> None:
    sam = Person.objects.create(email="sam@northmere.example", name="Sam Cole")
    Role.objects.create(person=sam, authority=cast.authority, key="social_worker")
    page = come_in("helen", f"/child/{cast.children['Ruby'].public_id}/people")
    accessible(page)
    page.get_by_label("Who", exact=True).select_option(label="Sam Cole, Social worker")
    page.get_by_role("button", name="Allocate").click()
    expect(page.get_by_role("rowheader", name="Sam Cole")).to_be_visible()
    page.get_by_role("link", name="End the work of Sam Cole").click()
    accessible(page)
    page.get_by_label("Last day").fill(TODAY.isoformat())
    page.get_by_role("button", name="End on this day").click()
    expect(page.get_by_text("reads the record until 9 December 2026")).to_be_visible()
    accessible(page)


def test_the_children_of_a_leaver_are_given_to_another(come_in: Any, cast: Cast, accessible: Any) -> None:
    Role.objects.filter(person=cast.people["priya"]).update(ended_on=TODAY - timedelta(days=1))
    page = come_in("helen", "/")
    page.get_by_role("link", name="Choose who works with them").click()
    expect(page.get_by_role("heading", name="3 children have no allocated worker")).to_be_visible()
    accessible(page)
    page.get_by_role("checkbox", name="Maya").check()
    page.get_by_label("Who", exact=True).select_option(label="Helen Ward, Team manager")
    page.get_by_role("button", name="They work with these children from today").click()
    expect(page.get_by_role("heading", name="2 children have no allocated worker")).to_be_visible()
