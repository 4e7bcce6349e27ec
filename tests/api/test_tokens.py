"""A token is made on a page, shown once, does no more than its person may, and dies with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.api.conftest import bearer
from tests.cast import NOW, Cast
from tests.pages.conftest import Browser

from homeward.records.models import ApiToken, AuditEntry, Person
from homeward.records.operations import sessions, tokens

TRACKER = "/api/v1/tracker"
FORM = {"name": "Monthly report", "scopes": ["tracker", "promises"], "days": "30"}


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


def test_a_token_is_shown_once_and_only_its_hash_is_kept(cast: Cast, browser) -> None:
    priya = browser("priya")
    assert priya.post("/account/tokens/make", FORM)["Location"] == "/account/tokens"
    shown = priya.get("/account/tokens").content.decode()
    text = re.search(r'value="(homeward_[\w-]{43})"', shown).group(1)
    assert text not in priya.get("/account/tokens").content.decode()
    token = ApiToken.objects.get()
    assert token.hash == hashlib.sha256(text.encode()).hexdigest()
    assert (token.role, token.authority) == (cast.people["priya"].roles.get(), cast.authority)
    assert (token.scopes, token.expires_at - token.made_at) == (["tracker", "promises"], timedelta(30))
    assert bearer(text).get(TRACKER).status_code == 200
    token.refresh_from_db()
    assert token.last_used_on == date(2026, 11, 25)


def test_the_database_never_holds_the_text_of_a_token(cast: Cast, browser) -> None:
    priya = browser("priya")
    priya.post("/account/tokens/make", FORM)
    held = [session.get_decoded() for session in Session.objects.all()]
    assert "homeward_" not in repr(held) and "token" in repr(held)
    assert "homeward_" in priya.get("/account/tokens").content.decode()
    assert all("token" not in session.get_decoded() for session in Session.objects.all())


def test_the_same_form_sent_twice_makes_one_token(cast: Cast, browser) -> None:
    priya = browser("priya")
    for _ in range(2):
        assert priya.post("/account/tokens/make", FORM | {"once": "a" * 24}).status_code == 302
    assert ApiToken.objects.count() == 1


def test_making_one_asks_for_the_second_step_once_more(cast: Cast, browser) -> None:
    priya = browser("priya", confirmed=False)
    assert priya.get("/account/tokens/make")["Location"].startswith("/confirm?")
    assert priya.post("/account/tokens/make", FORM)["Location"].startswith("/confirm?")
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Say what it is for"),
        ({"scopes": []}, "Choose at least one thing"),
        ({"days": "91"}, "Select a valid choice"),
        ({"scopes": ["everything"]}, "Select a valid choice"),
    ],
)
def test_a_form_that_is_not_right_makes_none(cast: Cast, wrong: dict[str, Any], said: str, browser) -> None:
    answer = browser("priya").post("/account/tokens/make", FORM | wrong)
    assert answer.status_code == 400 and said in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_system_manager_makes_none_that_reads_children(cast: Cast, browser) -> None:
    lindsay = browser("lindsay")
    assert lindsay.post("/account/tokens/make", FORM).status_code == 400
    assert lindsay.post("/account/tokens/make", FORM | {"scopes": ["promises"]}).status_code == 302
    assert ApiToken.objects.get().scopes == ["promises"]


def test_a_person_ends_their_own_token_and_nobody_elses(cast: Cast, program, browser) -> None:
    client = program("priya")
    end = f"/account/tokens/{client.token.pk}/end"
    assert end in browser("priya").get("/account/tokens").content.decode()
    assert end not in browser("helen").get("/account/tokens").content.decode()
    assert browser("helen").post(end).status_code == 404
    assert client.get(TRACKER).status_code == 200
    assert browser("priya").post(end).status_code == 302
    assert client.get(TRACKER).status_code == 401
    assert browser("priya").post(end).status_code == 404


def disabled(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)


def left(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(left_on=date(2026, 11, 25))


def role_over(person: Person) -> None:
    person.roles.update(ended_on=date(2026, 11, 24))


def role_not_begun(person: Person) -> None:
    person.roles.update(started_on=date(2026, 11, 26))


def signed_out_everywhere(person: Person) -> None:
    sessions.end_all(person)


@pytest.mark.parametrize("change", [disabled, left, role_over, role_not_begun, signed_out_everywhere])
def test_a_token_dies_with_its_person_on_the_next_request(cast: Cast, program, change) -> None:
    client = program("priya")
    assert client.get(TRACKER).status_code == 200
    change(cast.people["priya"])
    answer = client.get(TRACKER)
    assert answer.status_code == 401 and "Theo" not in answer.content.decode()
    assert AuditEntry.objects.latest("pk").action == "refuse"


def test_a_token_ends_at_its_hour(cast: Cast, program, settings) -> None:
    client = program("priya", days=7)
    settings.NOW = lambda: NOW + timedelta(days=7) - timedelta(seconds=1)
    assert client.get(TRACKER).status_code == 200
    settings.NOW = lambda: NOW + timedelta(days=7)
    assert client.get(TRACKER).status_code == 401


def test_a_token_stays_in_the_role_it_was_made_in(cast: Cast, program) -> None:
    """Another role that its person takes up later gives it nothing."""
    from homeward.records.models import Role

    client = program("priya")
    Role.objects.create(person=cast.people["priya"], authority=cast.authority, key="head_of_service")
    names = {child["name"] for child in client.get(TRACKER).json()["children"]}
    assert names == {"Maya", "Theo", "Kai"}
    assert AuditEntry.objects.latest("pk").role == "social_worker"
    cast.people["priya"].roles.filter(key="social_worker").update(ended_on=date(2026, 11, 24))
    assert client.get(TRACKER).status_code == 401


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer wrong", "Basic eDp5", "Bearer \udcff", "Token {}", "bearer  {}"],
)
def test_what_is_no_token_opens_nothing(cast: Cast, program, header: str) -> None:
    text = program("priya").text
    answer = Client().get(TRACKER, HTTP_AUTHORIZATION=header.replace("{}", text))
    assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"


def test_no_token_is_made_for_longer_than_ninety_days_or_more_than_the_role_reads(cast: Cast) -> None:
    from homeward.records import access

    for key, more in (("priya", {"days": 91}), ("lindsay", {"scopes": ["child"]}), ("priya", {"scopes": []})):
        with pytest.raises(AssertionError):
            tokens.make(
                access.acting(cast.people[key]), **({"name": "x", "scopes": ["promises"], "days": 1} | more)
            )
