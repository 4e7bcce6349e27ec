"""Every role's first page in a browser: nothing for axe to find, nothing wider than a telephone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect
from tests.cast import NOW, TODAY, Cast

from homeward.records.models import Action, Decision, Meeting, MeetingItem, Person, Role
from homeward.records.roles import ROLES

CLOSE = re.compile("Close it.*Ring for Theo")
ASIDE = {"young_person", "carer", "prospective_adopter"}


def staffed(cast: Cast) -> list[str]:
    """One person in each role of the staff, with something to see for most."""
    for key in ROLES:
        held = Role.objects.filter(authority=cast.authority, key=key).first()
        if held is None and key not in ASIDE and ROLES[key].reach != "agency":
            person = Person.objects.create(
                email=f"{key}@northmere.example",
                name=f"Sam {key.replace('_', ' ').title()}",
                is_demonstration=True,
            )
            Role.objects.create(person=person, authority=cast.authority, key=key, workers=["SW1", "SW2"])
            cast.people[key] = person
        elif held is not None:
            cast.people[key] = held.person
    theo = {"child": cast.children["Theo"], "source": "person", "recorded_at": NOW}
    before = TODAY - timedelta(days=20)
    Action.objects.create(what="Ring", owner=cast.people["priya"], agreed_on=before, by_on=TODAY, **theo)
    Action.objects.create(what="Send", owner_name="Nurse Ade", agreed_on=before, by_on=before, **theo)
    Decision.objects.create(kind="family_time", what="Monthly", decided_on=before, maker="Helen Ward", **theo)
    for days in (-3, 9):
        held_on = TODAY + timedelta(days=days)
        by = cast.people["helen"]
        meeting = Meeting.objects.create(
            authority=cast.authority,
            series="permanency_planning_meeting",
            on=held_on,
            made_by=by,
            made_at=NOW,
        )
        MeetingItem.objects.create(meeting=meeting, child=cast.children["Theo"], position=1)
    return [key for key in ROLES if key in cast.people]


def test_every_first_page_is_accessible_and_fits_a_telephone(
    come_in: Any, cast: Cast, accessible: Any
) -> None:
    for key in staffed(cast):
        page = come_in(key, "/")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, key
        page.set_viewport_size({"width": 1280, "height": 800})
        page.context.clear_cookies()


def test_a_worker_does_what_needs_them_and_chooses_a_digest(
    come_in: Any, cast: Cast, accessible: Any
) -> None:
    staffed(cast)
    page = come_in("priya", "/")
    page.get_by_role("link", name=CLOSE).click()
    accessible(page)
    page.get_by_label("What became of it").select_option(label="It is done")
    page.get_by_label("What came of it").fill("They answered")
    page.get_by_role("button", name="Close this action").click()
    page.get_by_role("link", name="Home", exact=True).click()
    expect(page.get_by_role("link", name=CLOSE)).to_have_count(0)
    page.get_by_role("link", name="Digest").click()
    expect(page.get_by_role("heading", name="Your digest of today")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Choose what you are told").click()
    accessible(page)
    page.get_by_label("Send me a digest by e-mail when something waits").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You are sent no digest.")).to_be_visible()
    page = come_in("marcia", "/oversight/alerts")
    expect(page.get_by_role("table")).to_contain_text("Dates to see to")
    accessible(page)
