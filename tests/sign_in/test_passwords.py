"""Passwords: long, not guessed first, slowed when guessed, and changed only by their owner."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from tests.cast import Cast
from tests.sign_in.conftest import code_of

from homeward.records.models import Knock, Person
from homeward.records.operations import knocks


@pytest.mark.parametrize(
    "password",
    [
        "lantern orchard",  # 15
        "correct horse battery staple",
        "Zügig über die Brücke",
    ],
)
def test_long_words_are_welcome(password: str) -> None:
    assert validate_password(password, Person(email="ann@slough.example", name="Ann Lee")) is None


@pytest.mark.parametrize(
    "password",
    [
        "fourteen chars",
        "passwordpassword",
        "password12345678",
        "Permanence2026!!!",
        "homewardhomeward",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "1q2w3e4r5t6y7u8i",
        "manchesterunited",
        "ann.lee@slough.example",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    person = Person(email="ann.lee@slough.example", name="Ann Lee")
    with pytest.raises(ValidationError):
        validate_password(password, person)


def later(seconds: float) -> None:
    for row in Knock.objects.all():
        row.at -= timedelta(seconds=seconds)
        row.save()


def test_guessing_is_slowed_and_locks_nobody_out(enter: Any, cast: Cast) -> None:
    for _ in range(5):
        assert enter("priya", "not this one").status_code == 400
    slowed = enter("priya")
    assert slowed.status_code == 429
    assert "Too many tries. Wait 2 seconds" in slowed.content.decode()
    later(2.1)
    assert enter("priya", "nor this").status_code == 400
    assert "Wait 4 seconds" in enter("priya").content.decode()
    for _ in range(8):  # tries that come too early do not make the wait longer
        enter("priya")
    later(4.1)
    assert enter("priya").status_code == 302


def test_the_wait_never_grows_beyond_a_minute(db: None) -> None:
    for _ in range(40):
        knocks.at_the_door("priya@northmere.example", "192.0.2.7")
        later(61)
    knocks.at_the_door("priya@northmere.example", "192.0.2.7")
    assert 0 < knocks.at_the_door("priya@northmere.example", "192.0.2.7") <= 60


def test_a_stranger_elsewhere_does_not_slow_a_person_down_where_they_work(db: None) -> None:
    knocks.at_the_door("priya@northmere.example", "192.0.2.7")
    knocks.came_in("priya@northmere.example", "192.0.2.7")
    for _ in range(20):
        knocks.at_the_door("priya@northmere.example", "203.0.113.9")
    assert knocks.at_the_door("priya@northmere.example", "203.0.113.9") > 0
    assert knocks.at_the_door("priya@northmere.example", "192.0.2.200") == 0, "the same network"


def test_many_accounts_from_one_network_are_slowed_together(db: None) -> None:
    for number in range(50):
        assert knocks.at_the_door(f"person{number}@northmere.example", f"192.0.2.{number}") == 0
    assert knocks.at_the_door("another@northmere.example", "192.0.2.99") > 0
    assert knocks.at_the_door("another@northmere.example", "198.51.100.1") == 0
    assert knocks.network_of("2001:db8:1:2ff::1") == knocks.network_of("2001:db8:1:200::9")


def test_the_table_of_tries_holds_no_address(enter: Any) -> None:
    enter("priya", "not this one")
    assert all(re.fullmatch("[0-9a-f]{64}", row.key) for row in Knock.objects.all())
    assert Knock.objects.count() >= 2


def test_known_and_unknown_addresses_get_the_same_answer_in_the_same_time(
    enter: Any, cast: Cast, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    person = cast.people["priya"]
    person.set_password("a long enough password")
    person.save()
    times: dict[str, list[float]] = {"priya": [], "nobody": []}
    bodies = {}
    for _ in range(7):
        for key, taken in times.items():
            Knock.objects.all().delete()
            began = time.perf_counter()
            answer = enter(key, "not this one")
            taken.append(time.perf_counter() - began)
            assert answer.status_code == 400
            bodies[key] = answer.content.decode().replace(key, "")
    token = r'name="csrfmiddlewaretoken" value="[^"]+"'
    assert re.sub(token, "", bodies["priya"]) == re.sub(token, "", bodies["nobody"])
    known, unknown = median(times["priya"]), median(times["nobody"])
    assert abs(known - unknown) < 0.5 * max(known, unknown), (known, unknown)


def link_for(person: Person) -> str:
    whom = urlsafe_base64_encode(force_bytes(person.pk))
    return f"/sign-in/new-password/{whom}/{default_token_generator.make_token(person)}"


def test_a_link_gives_a_new_password_once_and_the_second_factor_is_still_asked(
    signed_in_twice: Any, enter: Any, cast: Cast
) -> None:
    before = signed_in_twice("priya")
    link = link_for(Person.objects.get(pk=cast.people["priya"].pk))
    stranger = Client()
    form = stranger.get(link)["Location"]
    assert "Choose a new password" in stranger.get(form).content.decode()
    words = "orchard lantern seventeen"
    saved = stranger.post(form, {"new_password1": words, "new_password2": words})
    assert saved["Location"] == "/sign-in"
    assert "Your new password is saved" in stranger.get("/sign-in").content.decode()
    assert before.get("/")["Location"].startswith("/sign-in"), "every session has ended"
    assert stranger.get("/")["Location"].startswith("/sign-in"), "the link signs nobody in"
    assert "no longer works" in Client().get(link).content.decode()
    again = enter("priya", words)
    assert again["Location"] == "/sign-in/second-factor"
    assert again.browser.get("/tracker")["Location"].startswith("/sign-in")


def test_a_link_holds_for_fifteen_minutes(cast: Cast, settings: Any, monkeypatch: Any) -> None:
    link = link_for(cast.people["priya"])
    real = type(default_token_generator)._now
    monkeypatch.setattr(
        type(default_token_generator), "_now", lambda self: real(self) + timedelta(seconds=901)
    )
    assert "no longer works" in Client().get(link).content.decode()


def test_a_link_of_one_person_is_no_use_for_another(cast: Cast) -> None:
    token = link_for(cast.people["priya"]).rsplit("/", 1)[1]
    whom = urlsafe_base64_encode(force_bytes(cast.people["marcia"].pk))
    assert "no longer works" in Client().get(f"/sign-in/new-password/{whom}/{token}").content.decode()


def test_the_code_that_comes_after_a_new_password_is_the_old_app_s(
    enter: Any, secret_of: Any, cast: Cast
) -> None:
    secret = secret_of("priya")
    stranger = Client()
    form = stranger.get(link_for(cast.people["priya"]))["Location"]
    words = "orchard lantern seventeen"
    stranger.post(form, {"new_password1": words, "new_password2": words})
    browser = enter("priya", words).browser
    assert browser.post("/sign-in/second-factor", {"code": code_of(secret)})["Location"] == "/"
