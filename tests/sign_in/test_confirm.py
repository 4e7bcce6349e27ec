"""What matters most asks for the second factor once more, and is never done twice by going round."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from tests.cast import Cast
from tests.pages.conftest import Browser
from tests.sign_in.conftest import code_of

from homeward.config.urls import urlpatterns as house
from homeward.web.sign_in.factor import fresh_second_factor

DONE: list[str] = []


@fresh_second_factor
def seal(request: HttpRequest) -> HttpResponse:
    DONE.append(request.method or "")
    return HttpResponse("sealed")


urlpatterns = [*house, path("seal", seal, name="seal")]


@pytest.fixture(autouse=True)
def with_a_page_that_asks(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    DONE.clear()


def age(browser: Any, seconds: int) -> None:
    kept = browser.session
    kept["account_authentication_methods"] = [
        one | {"at": time.time() - seconds} for one in kept["account_authentication_methods"]
    ]
    kept.save()


def test_within_five_minutes_nothing_is_asked(signed_in_twice: Any) -> None:
    browser = signed_in_twice("marcia")
    assert browser.get("/seal").content == b"sealed"
    age(browser, 299)
    assert browser.post("/seal", {}).content == b"sealed"


def test_after_five_minutes_the_code_is_asked_and_one_goes_back(signed_in_twice: Any) -> None:
    browser = signed_in_twice("marcia")
    age(browser, 300)
    away = browser.get("/seal?as=head")
    assert away["Location"] == "/confirm?next=%2Fseal%3Fas%3Dhead"
    page = browser.get(away["Location"]).content.decode()
    assert "Confirm that it is you" in page
    assert browser.post("/confirm", {"code": "000000", "next": "/seal"}).status_code == 200
    key = browser.session.session_key
    from django.core.cache import cache

    from homeward.records.models import Knock

    cache.clear()
    Knock.objects.all().delete()  # the code of the sign-in a moment ago
    back = browser.post("/confirm", {"code": code_of(browser.secret), "next": "/seal?as=head"})
    assert back["Location"] == "/seal?as=head"
    assert browser.session.session_key != key, "the session has a new key"
    assert browser.get("/seal?as=head").content == b"sealed"


def test_what_was_sent_is_not_sent_again(signed_in_twice: Any) -> None:
    browser = signed_in_twice("marcia")
    age(browser, 301)
    away = browser.post("/seal", {"reason": "x"}, headers={"Referer": "http://testserver/policy?p=1"})
    assert away["Location"] == "/confirm?next=%2Fpolicy%3Fp%3D1"
    assert DONE == []


def test_another_site_is_never_the_way_back(signed_in_twice: Any) -> None:
    browser = signed_in_twice("marcia")
    age(browser, 301)
    away = browser.post("/seal", {}, headers={"Referer": "https://evil.example//evil.example/"})
    assert away["Location"] == "/confirm?next=%2F"
    assert 'value="/"' in browser.get("/confirm?next=https://evil.example/").content.decode()


def test_a_password_alone_is_no_confirmation(enter: Any, cast: Cast) -> None:
    browser = Browser()
    browser.force_login(cast.people["marcia"])
    assert browser.get("/seal")["Location"] == "/your-sign-in/second-factor"
    browser.post("/confirm", {"next": "/seal"})
    browser.post("/confirm", {"demonstration": "1", "next": "/seal"})
    assert browser.get("/seal")["Location"] == "/your-sign-in/second-factor"
    assert DONE == []


def test_in_a_demonstration_a_button_shows_what_happens(cast: Cast, settings: Any) -> None:
    settings.DEMONSTRATION = lambda: True
    settings.SECOND_FACTOR_REQUIRED = lambda: False
    browser = Browser()
    browser.post("/sign-in", {"person": cast.people["marcia"].pk})
    away = browser.get("/seal")
    assert away["Location"] == "/confirm?next=%2Fseal"
    assert "In a live council Homeward asks here" in browser.get(away["Location"]).content.decode()
    assert browser.post("/confirm", {"next": "/seal"})["Location"] == "/seal"
    assert browser.get("/seal").content == b"sealed"


def test_taking_a_list_out_asks_and_who_may_not_is_not_asked(signed_in_twice: Any) -> None:
    lead, worker = signed_in_twice("amina"), signed_in_twice("priya")
    assert lead.get("/tracker/export").status_code == 200
    age(lead, 301)
    age(worker, 301)
    assert (
        lead.get("/tracker/export?format=csv")["Location"]
        == "/confirm?next=%2Ftracker%2Fexport%3Fformat%3Dcsv"
    )
    assert worker.get("/tracker/export").status_code == 404


def test_opening_a_record_in_an_emergency_asks(signed_in_twice: Any) -> None:
    worker, lead = signed_in_twice("priya"), signed_in_twice("amina")
    assert worker.get("/emergency").status_code == 200
    age(worker, 301)
    age(lead, 301)
    assert worker.get("/emergency")["Location"] == "/confirm?next=%2Femergency"
    assert worker.post("/emergency", {"reference": "N4"})["Location"].startswith("/confirm?")
    assert lead.get("/emergency").status_code == 404, "whose role may not is not asked"


@pytest.mark.parametrize(
    "address",
    [
        "/actions/export",
        "/decisions/export",
        "/board/figures",
        "/oversight/drift/export",
        "/oversight/matters/export",
        "/your-sign-in/recovery-codes",
        "/your-sign-in/password",
        "/account/tokens/make",
        "/account/calendar/make",
    ],
)
def test_what_takes_children_out_or_changes_how_one_signs_in_asks(signed_in_twice: Any, address: str) -> None:
    lead = signed_in_twice("amina")
    assert lead.get(address).status_code == 200
    age(lead, 301)
    assert lead.get(address)["Location"].startswith("/confirm?")


def test_taking_out_who_looked_at_a_child_asks(cast: Cast, signed_in_twice: Any) -> None:
    helen, page = signed_in_twice("helen"), f"/child/{cast.children['Maya'].public_id}/looked"
    assert helen.get(f"{page}?format=csv").status_code == 200
    age(helen, 301)
    assert helen.get(page).status_code == 200
    assert helen.get(f"{page}?format=csv")["Location"].startswith("/confirm?")


def test_a_factor_of_ones_own_or_of_a_colleague_is_taken_away_only_after_asking(
    cast: Cast, signed_in_twice: Any
) -> None:
    lindsay, priya = signed_in_twice("lindsay"), cast.people["priya"].pk
    age(lindsay, 301)
    for address in (
        "/your-sign-in/app/remove",
        "/your-sign-in/passkey/1/remove",
        f"/people/{priya}/link",
        f"/people/{priya}/second-step",
    ):
        assert lindsay.post(address, {})["Location"].startswith("/confirm?"), address
