"""How long a session holds, what ends it, and where one is signed in."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from tests.cast import TODAY, Cast
from tests.pages.conftest import Browser

from homeward.records.models import ApiToken, Role
from homeward.records.operations import factors, sessions


def aged(browser: Client, **seconds: int) -> None:
    kept = browser.session
    for name, ago in seconds.items():
        kept[name] = time.time() - ago
    kept.save()


def test_fifteen_minutes_without_a_page_end_a_session(signed_in_twice: Any) -> None:
    browser = signed_in_twice("priya")
    browser.get("/")
    aged(browser, seen=14 * 60)
    assert browser.get("/").status_code == 200
    aged(browser, seen=15 * 60)
    assert browser.get("/tracker")["Location"] == "/sign-in?next=/tracker"
    assert "nothing was opened for 15 minutes" in browser.get("/sign-in").content.decode()
    assert "nothing was opened" not in browser.get("/sign-in").content.decode(), "said once"


def test_ten_hours_end_a_session_however_busy(signed_in_twice: Any) -> None:
    browser = signed_in_twice("priya")
    aged(browser, seen=1, began=10 * 3600)
    assert browser.get("/")["Location"].startswith("/sign-in")
    assert "10 hours" in browser.get("/sign-in").content.decode()


def test_the_last_use_is_written_at_most_once_a_minute(signed_in_twice: Any) -> None:
    browser = signed_in_twice("priya")
    browser.get("/")
    first = browser.session["seen"]
    browser.get("/")
    assert browser.session["seen"] == first
    aged(browser, seen=61)
    browser.get("/")
    assert browser.session["seen"] > first - 61 + 60


def test_signing_in_gives_a_new_key(enter: Any, secret_of: Any) -> None:
    from tests.sign_in.conftest import code_of

    secret = secret_of("priya")
    browser = enter("priya").browser
    before = browser.session.session_key
    browser.post("/sign-in/second-factor", {"code": code_of(secret)})
    assert browser.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def disabled(person: Any) -> None:
    person.is_active = False
    person.save()


def left_today(person: Any) -> None:
    person.left_on = TODAY
    person.save()


def new_password(person: Any) -> None:
    person.set_password("another long password of mine")
    person.save()


@pytest.mark.parametrize("change", [disabled, left_today, new_password, sessions.end_all, factors.remove_all])
def test_what_ends_every_session_on_the_next_request(signed_in_twice: Any, cast: Cast, change: Any) -> None:
    browser = signed_in_twice("priya")
    assert browser.get("/").status_code == 200
    change(cast.people["priya"])
    assert browser.get("/")["Location"].startswith("/sign-in"), change


def test_ending_all_ends_the_tokens_too(cast: Cast, settings: Any) -> None:
    person = cast.people["priya"]
    ApiToken.objects.create(
        person=person,
        role=person.roles.get(),
        name="a script",
        hash="0" * 64,
        made_at=settings.NOW(),
        expires_at=settings.NOW(),
    )
    sessions.end_all(person)
    assert ApiToken.objects.get().ended_at == settings.NOW()


def test_who_leaves_tomorrow_works_today(signed_in_twice: Any, cast: Cast) -> None:
    browser = signed_in_twice("priya")
    cast.people["priya"].left_on = date(2026, 11, 26)
    cast.people["priya"].save()
    assert browser.get("/").status_code == 200


def test_who_is_disabled_or_holds_no_role_is_told_the_same_as_for_a_wrong_password(
    enter: Any, cast: Cast
) -> None:
    disabled(cast.people["priya"])
    Role.objects.filter(person=cast.people["helen"]).update(ended_on=date(2026, 11, 24))
    left_today(cast.people["amina"])
    pages = [enter(key) for key in ("priya", "helen", "amina", "nobody")]
    assert {page.status_code for page in pages} == {400}
    for page in pages:
        assert "The e-mail address or the password is not right" in page.content.decode()
        assert page.browser.get("/")["Location"].startswith("/sign-in")


def test_a_person_sees_and_ends_their_sessions(signed_in_twice: Any, enter: Any) -> None:
    first = signed_in_twice("priya")
    second = Browser(HTTP_USER_AGENT="A borrowed laptop")
    second_secret = first.secret
    enter("priya", browser=second)
    from tests.sign_in.conftest import code_of

    from homeward.records.models import Knock

    Knock.objects.all().delete()
    from django.core.cache import cache

    cache.clear()  # allauth too remembers that this code was used
    second.post("/sign-in/second-factor", {"code": code_of(second_secret)})
    assert second.get("/").status_code == 200
    page = first.get("/your-sign-in").content.decode()
    assert "A borrowed laptop" in page
    other = UserSession.objects.get(user_agent="A borrowed laptop")
    assert first.post(f"/your-sign-in/sessions/{other.pk}/end", {}).status_code == 302
    assert second.get("/")["Location"].startswith("/sign-in")
    assert first.get("/").status_code == 200


def test_nobody_ends_the_session_of_another(signed_in_twice: Any) -> None:
    priya, helen = signed_in_twice("priya"), signed_in_twice("helen")
    priya.get("/")
    theirs = UserSession.objects.filter(user__email__startswith="priya").first()
    assert helen.post(f"/your-sign-in/sessions/{theirs.pk}/end", {}).status_code == 404
    assert priya.get("/").status_code == 200


def test_signing_out_everywhere_else_keeps_this_one(signed_in_twice: Any, cast: Cast) -> None:
    here, there = signed_in_twice("priya"), Browser()
    there.force_login(cast.people["priya"])
    key = here.session.session_key
    assert here.post("/your-sign-in/sessions/end", {}).status_code == 302
    assert here.get("/").status_code == 200
    assert here.session.session_key != key
    assert there.get("/")["Location"].startswith("/sign-in")


def test_an_own_password_is_changed_and_ends_the_other_sessions(signed_in_twice: Any, cast: Cast) -> None:
    here, there = signed_in_twice("priya"), Browser()
    there.force_login(cast.people["priya"])
    short = here.post("/your-sign-in/password", {"new_password1": "short", "new_password2": "short"})
    assert "at least 15 characters" in short.content.decode()
    words = "orchard lantern seventeen"
    here.post("/your-sign-in/password", {"new_password1": words, "new_password2": words})
    assert here.get("/").status_code == 200
    assert there.get("/")["Location"].startswith("/sign-in")
    cast.people["priya"].refresh_from_db()
    assert cast.people["priya"].check_password(words)


def test_what_is_left_of_a_session_that_nobody_came_back_to_is_dropped(
    cast: Cast, signed_in_twice: Any
) -> None:
    live, over = signed_in_twice("priya"), signed_in_twice("amina")
    Session.objects.filter(pk=over.session.session_key).update(expire_date=datetime(2020, 1, 1, tzinfo=UTC))
    sessions.forget()
    assert list(Session.objects.values_list("pk", flat=True)) == [live.session.session_key]
