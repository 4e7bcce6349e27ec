"""What the API refuses, alike for a child out of reach and one who is not there, and its audit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from tests.api.asking import API, of, plain
from tests.cast import NOW, Cast

from homeward.records.models import AuditEntry, Exclusion, Notice

# ---- What is refused ----


def test_a_refused_child_and_a_missing_one_get_the_same_answer(cast: Cast, program) -> None:
    priya = program("priya")
    for part in ("", "/deadlines"):
        refused, missing = priya.get(of(cast, "Ruby", part)), priya.get(f"{API}/child/nobodyhere12{part}")
        assert refused.status_code == missing.status_code == 404
        assert plain(refused) == plain(missing)
        assert dict(refused.headers) == dict(missing.headers)


def test_an_excluded_person_is_told_nothing_and_the_head_of_service_hears(cast: Cast, program) -> None:
    maya = cast.children["Maya"]
    Exclusion.objects.create(
        child=maya, person=cast.people["priya"], reason="An aunt", made_by=cast.people["helen"], made_at=NOW
    )
    priya = program("priya")
    assert plain(priya.get(of(cast, "Maya"))) == plain(priya.get(f"{API}/child/nobodyhere12"))
    assert Notice.objects.get(role="head_of_service").kind == "excluded_tried"
    assert "Maya" not in priya.get(f"{API}/tracker").content.decode()


@pytest.mark.parametrize("scope", ["tracker", "child", "deadlines", "promises"])
def test_a_token_does_what_it_was_made_for_and_nothing_else(cast: Cast, program, scope: str) -> None:
    client = program("priya", scope)
    addresses = {
        "tracker": f"{API}/tracker",
        "child": of(cast, "Maya"),
        "deadlines": of(cast, "Maya", "/deadlines"),
        "promises": f"{API}/promises",
    }
    for name, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code == (200 if name == scope else 403), (scope, name)
        if name != scope:
            assert plain(answer) == {"error": "This token was not made for that. Make one that is."}


def test_a_scope_that_the_role_has_lost_gives_nothing(cast: Cast, program) -> None:
    client = program("priya")
    cast.people["priya"].roles.update(key="system_manager")
    for address in (f"{API}/tracker", of(cast, "Maya"), of(cast, "Maya", "/deadlines")):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "head"])
@pytest.mark.parametrize("path", ["/tracker", "/promises", "/child/aaaaaaaaaaaa", "/openapi.json"])
def test_it_only_reads(cast: Cast, program, method: str, path: str) -> None:
    answer = getattr(program("priya"), method)(API + path)
    assert answer.status_code == 405 and answer["Allow"] == "GET"
    if method != "head":
        assert plain(answer) == {"error": "The API only reads: ask with GET."}
    assert getattr(Client(), method)(API + path).status_code == 401


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=2402983634249667969881583099314176", "limit"),
        ("limit=" + "9" * 5000, "limit"),
        ("limit=many", "limit"),
        ("offset=-1", "offset"),
        ("offset=99999999999999999999", "offset"),
        ("as_at=2026-02-31", "as_at"),
        ("as_at=20260101", "as_at"),
        ("as_at=0", "as_at"),
        ("as_at=%00", "as_at"),
        ("worker=%00", "worker"),
        ("worker=Priya", "worker"),
        ("rule=a%00b", "rule"),
        ("cohort=under_five&cohort=none", "cohort"),
        ("sort=pk", "sort"),
        ("all=yes", "all"),
        ("wroker=988a0907", "wroker"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(cast: Cast, program, query: str, field: str) -> None:
    answer = program("priya").get(f"{API}/tracker?{query}")
    assert answer.status_code == 422
    found = plain(answer)
    assert found["field"] == field and field in found["error"]
    assert "Priya" not in found["error"] and len(found["error"]) < 500


@pytest.mark.parametrize(
    "path", ["/child/a%00b", "/child/a%00b/deadlines", "/child/%F0%9F%90%A3", "/nowhere"]
)
def test_an_address_that_is_none_is_not_there(cast: Cast, program, path: str) -> None:
    answer = program("priya").get(API + path)
    assert answer.status_code == 404 and plain(answer)["error"].startswith("Nothing is here for you")


def test_a_stranger_is_never_sent_to_a_page(cast: Cast) -> None:
    for path in ("/tracker", "/promises", "/openapi.json", of(cast, "Maya")[len(API) :]):
        answer = Client().get(API + path)
        assert answer.status_code == 401 and "Location" not in answer
        assert plain(answer)["error"].startswith("Send a token")


def test_a_session_opens_the_description_and_nothing_else(cast: Cast) -> None:
    priya = Client()
    priya.force_login(cast.people["priya"])
    assert priya.get(f"{API}/openapi.json").json()["openapi"].startswith("3.1")
    for path in ("/tracker", "/promises", of(cast, "Maya")[len(API) :]):
        assert priya.get(API + path).status_code == 401


def test_no_cookie_and_no_session_come_of_it(cast: Cast, program) -> None:
    client = program("priya")
    for path in ("/tracker", "/nowhere", "/tracker?limit=0", "/openapi.json", "/promises"):
        answer = client.get(API + path)
        assert not answer.cookies and answer["Cache-Control"] == "no-store", path
        assert answer["Content-Type"].startswith("application/json")
        assert int(answer["Content-Length"]) == len(answer.content)
    assert not client.cookies and not Session.objects.exists()


def test_sixty_lists_a_minute_are_enough(cast: Cast, program, settings) -> None:
    client = program("priya", "tracker")
    for _ in range(60):
        assert client.get(f"{API}/tracker?limit=1").status_code == 200
    answer = client.get(f"{API}/tracker?limit=1")
    assert answer.status_code == 429 and plain(answer)["error"].startswith("That was a lot")
    settings.NOW = lambda: NOW + timedelta(minutes=2)
    assert client.get(f"{API}/tracker?limit=1").status_code == 200


def test_pages_and_programs_share_the_allowance_of_children(cast: Cast, program, monkeypatch) -> None:
    from homeward.records.operations import limits

    monkeypatch.setattr(limits, "CHILDREN_AN_HOUR", 2)
    browser, client = Client(), program("amina")
    browser.force_login(cast.people["amina"])
    assert browser.get(f"/child/{cast.children['Maya'].public_id}").status_code == 200
    assert client.get(of(cast, "Theo")).status_code == 200
    assert client.get(of(cast, "Theo", "/deadlines")).status_code == 200
    answer = client.get(of(cast, "Kai"))
    assert answer.status_code == 429 and "Kai" not in answer.content.decode()
    assert browser.get(f"/child/{cast.children['Kai'].public_id}").status_code == 429


# ---- What is written down ----


def test_every_answer_leaves_one_entry_with_the_token(cast: Cast, program) -> None:
    client = program("priya")
    maya, ruby = cast.children["Maya"], cast.children["Ruby"]
    theo = cast.children["Theo"]
    for address, place, action, children, shown in (
        ("/tracker?limit=1", "api:tracker", "see", {"allocated": [theo.pk]}, []),
        (
            f"/child/{maya.public_id}",
            "api:child",
            "see",
            {"allocated": [maya.pk]},
            ["core", "history", "legal"],
        ),
        (
            f"/child/{maya.public_id}/deadlines",
            "api:child_deadlines",
            "see",
            {"allocated": [maya.pk]},
            ["core", "history", "legal"],
        ),
        (f"/child/{ruby.public_id}", "api:child", "refuse", {"refused": [ruby.pk]}, []),
        ("/tracker?limit=0", "api:tracker", "refuse", {}, []),
        ("/promises", "api:promises", "see", {}, []),
        ("/nowhere", "no such address", "refuse", {}, []),
    ):
        before = AuditEntry.objects.count()
        client.get(API + address)
        assert AuditEntry.objects.count() == before + 1, address
        entry = AuditEntry.objects.latest("pk")
        assert (entry.place, entry.action, entry.children) == (place, action, children), address
        assert (entry.person, entry.role) == (cast.people["priya"], "social_worker")
        assert (entry.about, entry.field_sets) == ({"token": client.token.pk}, shown), address
    before = AuditEntry.objects.count()
    assert client.post(f"{API}/tracker").status_code == 405
    assert AuditEntry.objects.count() == before + 1


def test_an_answer_whose_entry_cannot_be_written_is_not_given(cast: Cast, program) -> None:
    client = program("amina")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_auditentry RENAME TO records_elsewhere")
    try:
        answer = client.get(f"{API}/tracker")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE records_elsewhere RENAME TO records_auditentry")
    assert answer.status_code == 503 and "Maya" not in answer.content.decode()
    assert plain(answer)["error"].startswith("The answer could not be written down")


def test_what_goes_wrong_here_is_said_without_its_details(cast: Cast, program, monkeypatch) -> None:
    client = program("amina")
    client.raise_request_exception = False
    monkeypatch.setattr("homeward.records.queries.policy_page.promises", lambda council: 1 / 0)
    answer = client.get(f"{API}/promises")
    assert answer.status_code == 500
    assert plain(answer) == {"error": "Something went wrong here. Nothing was changed."}
    assert AuditEntry.objects.latest("pk").action == "error"
