"""Meetings in a person's own calendar: an address shown once, that gives no name and dies with the access."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from tests.cast import NOW, TODAY, Cast
from tests.pages.conftest import Browser
from tests.pages.test_calendar import meeting

from homeward.records.models import AuditEntry, CalendarFeed, Exclusion, Person, Role
from homeward.records.operations import calendars, sessions
from homeward.records.operations import meetings as operations

FORM = {"which": "all", "days": "90"}


@pytest.fixture
def browser(cast: Cast, settings: Any) -> Callable[..., Browser]:
    """A browser of this person, who has just shown the second step by the button of a demonstration."""
    settings.DEMONSTRATION = lambda: True

    def made(key: str, *, confirmed: bool = True) -> Browser:
        opened = Browser()
        opened.force_login(cast.people[key])
        if confirmed:
            assert opened.post("/confirm", {"next": "/"}).status_code == 302
        return opened

    return made


def address(client: Browser, **form: str) -> str:
    """Makes one and copies the path that the page shows."""
    assert client.post("/account/calendar/make", FORM | form)["Location"] == "/account/calendar"
    page = client.get("/account/calendar").content.decode()
    return re.search(r'value="http://testserver(/calendar/[\w-]{43}\.ics)"', page).group(1)


def titles(path: str) -> list[str]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_an_address_is_shown_once_and_only_its_hash_is_kept(cast: Cast, browser):
    helen = browser("helen")
    path = address(helen)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in helen.get("/account/calendar").content.decode()
    feed = CalendarFeed.objects.get()
    assert feed.hash == hashlib.sha256(secret.encode()).hexdigest()
    assert feed.expires_at - feed.made_at == timedelta(90) and feed.last_used_on is None
    assert titles(path) == []
    feed.refresh_from_db()
    assert feed.last_used_on == TODAY


def test_a_calendar_programme_reads_neutral_titles_without_signing_in(cast: Cast, browser):
    meeting(cast, "Maya", "Theo", starts_at=time(10), room="Room 4", chair=cast.people["helen"])
    gone = meeting(cast, "Kai", on=date(2026, 12, 2))
    operations.cancel_meeting(gone, reason="Kai is ill")
    answer = Client().get(address(browser("helen")))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8" and "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    for name in (
        "Maya",
        "Theo",
        "Kai",
        "Helen",
        "Ward",
        "N1",
        "ill",
        *(child.public_id for child in cast.children.values()),
    ):
        assert name not in text, name
    first, second = Calendar.from_ical(answer.content).walk("VEVENT")
    assert first["SUMMARY"] == "Permanency Planning Meeting (2 children)" and first["STATUS"] == "CONFIRMED"
    assert (second["STATUS"], second["SEQUENCE"]) == ("CANCELLED", 2)
    assert second.decoded("DTSTART") == date(2026, 12, 2)


def test_each_reading_is_one_entry_in_the_audit_under_the_persons_name(cast: Cast, browser):
    meeting(cast, "Maya")
    path = address(browser("helen"))
    before = AuditEntry.objects.count()
    assert len(titles(path)) == 1
    assert AuditEntry.objects.count() == before + 1
    entry = AuditEntry.objects.latest("pk")
    assert (entry.person, entry.role, entry.place) == (cast.people["helen"], "team_manager", "calendar")
    assert entry.about == {"calendar": CalendarFeed.objects.get().pk, "meetings": 1}
    assert entry.children == {}  # no child was shown


def test_one_person_has_one_address_a_role(cast: Cast, browser):
    helen = browser("helen")
    first, second = address(helen), address(helen)
    assert Client().get(first).status_code == 404 and titles(second) == []
    assert CalendarFeed.objects.filter(ended_at=None).count() == 1


def test_only_mine_is_only_mine(cast: Cast, browser):
    meeting(cast, "Ruby", chair=cast.people["amina"], series="disruption_meeting")
    meeting(cast, "Kai")
    amina = browser("amina")
    assert len(titles(address(amina))) == 2
    assert titles(address(amina, which="mine")) == ["Disruption Meeting (1 child)"]


def test_a_person_ends_their_own_address_and_nobody_elses(cast: Cast, browser):
    path = address(browser("helen"))
    end = f"/account/calendar/{CalendarFeed.objects.get().pk}/end"
    assert end in browser("helen").get("/account/calendar").content.decode()
    assert end not in browser("amina").get("/account/calendar").content.decode()
    assert browser("amina").post(end).status_code == 404
    assert Client().get(path).status_code == 200
    assert browser("helen").post(end).status_code == 302
    assert Client().get(path).status_code == 404


def disabled(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)


def left(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(left_on=TODAY)


def role_over(person: Person) -> None:
    person.roles.update(ended_on=TODAY - timedelta(1))


def role_changed(person: Person) -> None:
    person.roles.update(key="auditor")  # which has no meetings


def signed_out_everywhere(person: Person) -> None:
    sessions.end_all(person)


def expired(person: Person) -> None:
    CalendarFeed.objects.update(expires_at=NOW)


@pytest.mark.parametrize("change", [disabled, left, role_over, role_changed, signed_out_everywhere, expired])
def test_an_address_dies_with_the_access(cast: Cast, change: Callable[[Person], None], browser):
    meeting(cast, "Maya")
    path = address(browser("helen"))
    assert len(titles(path)) == 1
    change(cast.people["helen"])
    assert Client().get(path).status_code == 404


def test_a_wrong_address_is_not_found_also_for_who_is_signed_in(cast: Cast, browser):
    path = address(browser("helen"))
    wrong = path[:-5] + ("A" if path[-5] != "A" else "B") + ".ics"
    for client in (Client(), browser("helen")):
        answer = client.get(wrong)
        assert answer.status_code == 404 and "Helen" not in answer.content.decode()
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)(path).status_code == 405


def test_the_address_opens_no_page(cast: Cast, browser):
    path = address(browser("helen"))
    stranger = Client()
    stranger.get(path)
    assert stranger.get("/meetings").status_code == 302
    assert "sessionid" not in stranger.cookies


def test_an_exclusion_takes_the_entry_away(cast: Cast, browser):
    meeting(cast, "Maya")
    meeting(cast, "Maya", "Theo", on=date(2026, 12, 2))
    path = address(browser("helen"))
    assert len(titles(path)) == 2
    Exclusion.objects.create(
        child=cast.children["Maya"],
        person=cast.people["helen"],
        reason="A relative",
        made_by=cast.people["amina"],
        made_at=NOW,
    )
    assert titles(path) == ["Permanency Planning Meeting (1 child)"]


def test_it_may_be_read_sixty_times_an_hour(cast: Cast, browser):
    path = address(browser("helen"))
    for _ in range(60):
        assert Client().get(path).status_code == 200
    answer = Client().get(path)
    assert answer.status_code == 429 and answer["Retry-After"] == "3600"


def test_who_has_no_meetings_makes_no_address(cast: Cast, browser):
    assert browser("lindsay").get("/account/calendar/make").status_code == 404
    assert "Your role has no meetings" in browser("lindsay").get("/account/calendar").content.decode()


def test_making_one_asks_for_the_second_step_once_more(cast: Cast, browser):
    helen = browser("helen", confirmed=False)
    assert helen.post("/account/calendar/make", FORM)["Location"].startswith("/confirm?")
    assert not CalendarFeed.objects.exists()


def test_a_longer_time_than_the_longest_is_refused(cast: Cast, browser):
    answer = browser("helen").post("/account/calendar/make", {"which": "all", "days": "366"})
    assert answer.status_code == 400 and calendars.LONGEST == 180


def test_an_address_stays_in_the_role_it_was_made_in(cast: Cast, browser):
    meeting(cast, "Ruby")
    path = address(browser("priya"))
    assert titles(path) == []  # Ruby is with another social worker
    priya = cast.people["priya"]
    Role.objects.create(person=priya, authority=cast.authority, key="permanence_lead")
    assert titles(path) == []
    priya.roles.filter(key="social_worker").update(ended_on=TODAY - timedelta(1))
    assert Client().get(path).status_code == 404
