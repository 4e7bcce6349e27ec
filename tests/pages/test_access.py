"""Who comes in, and what is written down of it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast


def test_a_stranger_is_sent_to_sign_in(cast: Cast) -> None:
    for address in (
        "/",
        "/tracker",
        "/children",
        f"/child/{cast.children['Maya'].public_id}",
        "/import",
        "/policy",
    ):
        answer = Client().get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/sign-in"), address


def test_every_child_read_is_written_down(cast: Cast, signed_in) -> None:
    from homeward.records.models import AuditEntry

    priya = signed_in("priya")
    maya = cast.children["Maya"]
    for page in ("child", "child_dates", "child_timeline", "child_history"):
        priya.get(reverse(page, args=[maya.public_id]))
        written = AuditEntry.objects.latest("pk")
        assert written.person == cast.people["priya"]
        assert written.children == {"allocated": [maya.pk]}
        assert written.place == page
    priya.get("/tracker")
    mine = {cast.children[name].pk for name in ("Maya", "Theo", "Kai")}
    assert set(AuditEntry.objects.latest("pk").children["allocated"]) == mine
    signed_in("amina").get("/tracker/export")
    shown = AuditEntry.objects.latest("pk").children["oversight"]
    assert set(shown) == {child.pk for child in cast.children.values()}


@pytest.mark.parametrize("address", ["/tracker", "/children", "/import", "/data-quality", "/tracker/export"])
def test_a_person_without_the_permission_finds_nothing(cast: Cast, signed_in, address: str) -> None:
    answer = signed_in("lindsay").get(address)
    assert answer.status_code == 404
    assert "If you expected a record, ask the team that holds it" in answer.content.decode()


def test_a_person_signs_in_with_an_address_and_a_password(cast: Cast) -> None:
    client = Client()
    asked = {"email": "amina@northmere.example", "password": "a long enough password", "next": "/tracker"}
    answer = client.post("/sign-in", asked)
    assert answer.status_code == 302
    assert answer["Location"] == "/tracker"
    assert client.get("/tracker").status_code == 200


def test_a_wrong_password_is_refused_in_plain_words(cast: Cast) -> None:
    answer = Client().post("/sign-in", {"email": "amina@northmere.example", "password": "not this one"})
    assert answer.status_code == 400
    assert "The e-mail address or the password is not right" in answer.content.decode()


def test_another_site_is_never_the_way_on_after_signing_in(cast: Cast) -> None:
    asked = {
        "email": "amina@northmere.example",
        "password": "a long enough password",
        "next": "https://evil.example/",
    }
    assert Client().post("/sign-in", asked)["Location"] == "/"


def test_demonstration_people_are_offered_only_in_a_demonstration(cast: Cast, settings) -> None:
    settings.DEMONSTRATION = lambda: True
    page = Client().get("/sign-in").content.decode()
    assert "Priya Shah" in page
    client = Client()
    client.post("/sign-in", {"person": cast.people["priya"].pk})
    assert client.get("/").status_code == 200
    settings.DEMONSTRATION = lambda: False
    assert "Priya Shah" not in Client().get("/sign-in").content.decode()
    stranger = Client()
    assert stranger.post("/sign-in", {"person": cast.people["priya"].pk}).status_code == 400


def test_a_page_of_a_child_is_kept_by_no_cache(cast: Cast, signed_in) -> None:
    answer = signed_in("priya").get(f"/child/{cast.children['Maya'].public_id}")
    assert answer["Cache-Control"] == "no-store"
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
