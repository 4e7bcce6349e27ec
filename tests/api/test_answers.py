"""What the API answers: the same children, words and refusals as the pages, and one entry in the audit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from tests.cast import NOW, Cast

from homeward.records.models import AuditEntry, Exclusion, Notice, Person, RegionalAgency, Role, Share

API = "/api/v1"
DUE_REVIEW = {
    "rule": "looked_after_review",
    "title": "Looked-after review",
    "due_on": "2026-05-09",
    "status": "overdue",
    "words": "Overdue by 200 days",
    "days": 200,
}
ALL_SHOWN = ["core", "education", "health", "history", "legal", "voice"]


def of(cast: Cast, name: str, part: str = "") -> str:
    return f"{API}/child/{cast.children[name].public_id}{part}"


def plain(answer: Any) -> dict[str, Any]:
    """A refusal without its reference, which is another one for each request."""
    found = answer.json()
    assert len(found.pop("reference")) == 16
    return found


# ---- What is told ----


def test_the_tracker_tells_a_row_for_each_child_in_reach(cast: Cast, program) -> None:
    found = program("priya").get(f"{API}/tracker?limit=1").json()
    assert found.pop("set_aside")[0] == "adoption_decision"
    theo = cast.children["Theo"]
    assert found == {
        "council": "northmere",
        "as_at": "2026-11-25",
        "total": 3,
        "limit": 1,
        "offset": 0,
        "children": [
            {
                "public_id": theo.public_id,
                "name": "Theo",
                "reference": "N2",
                "born_on": "2025-02-03",
                "expected_on": None,
                "age": "1 year, 9 months",
                "shown": ALL_SHOWN,
                "in_care": True,
                "in_care_since": "2026-01-12",
                "legal_status": {"code": "E1", "words": "Placement order"},
                "lives": {"code": "U6", "words": "Foster home"},
                "stage": {"code": "waiting_for_match", "words": "Adoption decided, no match yet"},
                "social_worker": {"name": "Priya Shah", "key": "988a0907"},
                "reviewing_officer": {"name": "Owen Price", "key": "7d957682"},
                "overdue": 2,
                "main_plan": {"code": "adoption", "words": "Adoption"},
                "alongside": None,
                "contingency": None,
                "next": {
                    "rule": "statutory_visit",
                    "title": "Visit by the social worker",
                    "due_on": "2026-12-30",
                    "status": "on_track",
                    "words": "On time, due 30 December 2026",
                    "days": -35,
                },
                "holding_up": DUE_REVIEW,
            }
        ],
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Theo", "Kai", "Ruby", "Maya"]),
        ("limit=2&offset=1", ["Kai", "Ruby"]),
        ("offset=100", []),
        ("sort=child", ["Kai", "Maya", "Ruby", "Theo"]),
        ("sort=child&dir=down", ["Theo", "Ruby", "Maya", "Kai"]),
        ("plan=adoption", ["Theo"]),
        ("plan=none", ["Ruby"]),
        ("stage=waiting_for_match", ["Theo"]),
        ("status=C2", ["Kai"]),
        ("cohort=under_five&cohort=care_orders", ["Maya"]),
        ("rule=looked_after_review&state=late", ["Theo", "Kai"]),
        ("worker=988a0907&sort=child", ["Kai", "Maya", "Theo"]),
        ("officer=7d957682&sort=child", ["Maya", "Theo"]),
        ("care=out", []),
        ("as_at=2020-01-01", ["Kai"]),
    ],
)
def test_the_tracker_filters_orders_and_pages_as_the_page_does(cast, program, query, names) -> None:
    found = program("amina").get(f"{API}/tracker?{query}")
    assert [child["name"] for child in found.json()["children"]] == names
    if "limit" not in query and "offset" not in query:
        from tests.pages.conftest import Browser

        amina = Browser()
        amina.force_login(cast.people["amina"])
        page = amina.get(f"/tracker?{query}").content.decode()
        assert all(name in page for name in names)


def test_a_child_is_told_with_plans_and_the_life_so_far(cast: Cast, program) -> None:
    found = program("priya").get(of(cast, "Maya")).json()
    events = found.pop("events")
    assert events[0] == {
        "kind": "child_visited",
        "words": "the social worker visited the child",
        "on": "2026-11-20",
    }
    assert found == {
        "public_id": cast.children["Maya"].public_id,
        "name": "Maya",
        "reference": "N1",
        "born_on": "2022-09-10",
        "expected_on": None,
        "age": "4 years, 2 months",
        "shown": ALL_SHOWN,
        "in_care": True,
        "in_care_since": "2026-06-10",
        "legal_status": {"code": "C1", "words": "Interim care order"},
        "lives": {"code": "U1", "words": "Foster home with a relative or friend, long term"},
        "stage": {"code": "guardianship_planned", "words": "Special guardianship planned"},
        "social_worker": {"name": "Priya Shah", "key": "988a0907"},
        "reviewing_officer": {"name": "Owen Price", "key": "7d957682"},
        "overdue": 0,
        "council": "northmere",
        "as_at": "2026-11-25",
        "left_care_on": None,
        "living_since": "2026-08-01",
        "due_soon": 1,
        "plans": [
            {
                "position": "main",
                "route": {"code": "special_guardianship", "words": "Special guardianship"},
                "recorded_on": "2026-08-06",
                "agreed_on": "2026-08-06",
                "confirmed_on": None,
                "reason": "",
            },
            {
                "position": "parallel",
                "route": {"code": "adoption", "words": "Adoption"},
                "recorded_on": "2026-08-06",
                "agreed_on": None,
                "confirmed_on": None,
                "reason": "",
            },
        ],
        "homes": [
            {"code": "U6", "words": "Foster home", "start": "2026-06-10", "end": "2026-08-01"},
            {
                "code": "U1",
                "words": "Foster home with a relative or friend, long term",
                "start": "2026-08-01",
                "end": None,
            },
        ],
        "legal_statuses": [
            {
                "code": "V2",
                "words": "Accommodated under section 20",
                "start": "2026-06-10",
                "end": "2026-06-24",
            },
            {"code": "C1", "words": "Interim care order", "start": "2026-06-24", "end": None},
        ],
    }


def test_a_childs_dates_are_told_overdue_first_with_what_each_was_counted_from(cast: Cast, program) -> None:
    found = program("priya").get(of(cast, "Theo", "/deadlines")).json()
    assert found["deadlines"][0] == DUE_REVIEW | {
        "ids": found["deadlines"][0]["ids"],
        "force": "must",
        "owner": "Independent reviewing officer",
        "sentence": found["deadlines"][0]["sentence"],
        "source": found["deadlines"][0]["source"],
        "counted_from": {
            "kind": "review_held",
            "words": "Children in Care review held",
            "on": "2026-02-09",
        },
        "met_by": None,
        "ended_on": None,
    }
    assert "regulation 33" in found["deadlines"][0]["source"]
    first = next(one for one in found["deadlines"] if one["status"] == "done_on_time")
    assert first["met_by"]["on"] <= first["due_on"]


def test_rules_set_aside_are_told_when_they_are_asked_for(cast: Cast, program) -> None:
    priya = program("priya")
    some, whole = (priya.get(of(cast, "Theo", f"/deadlines?all={n}")).json() for n in "01")
    assert len(whole["deadlines"]) > len(some["deadlines"]) and whole["set_aside"] == []


def test_promises_are_told_with_the_children_now(cast: Cast, program) -> None:
    found = program("amina").get(f"{API}/promises?state=rule").json()
    assert found["council"] == "merton"
    promise = next(one for one in found["promises"] if one["id"] == "MER-020")
    assert promise == {
        "id": "MER-020",
        "section": "Merton Priorities",
        "text": "A child has regular planning meetings until the permanence plan is achieved.",
        "state": "rule",
        "where": ["permanency_planning_meeting"],
        "why": "",
        "rules": [
            {
                "rule": "permanency_planning_meeting",
                "title": "Permanency Planning Meeting every 6 weeks",
                "recorded": True,
                "children": {"on_time": 1, "near": 1, "late": 2, "undated": 0},
            }
        ],
    }


def test_who_sees_no_children_is_told_the_promises_alone(cast: Cast, program) -> None:
    found = program("lindsay").get(f"{API}/promises?state=rule").json()
    assert all(rule["children"] is None for one in found["promises"] for rule in one["rules"])
    other = program("amina").get(f"{API}/promises?council=slough").json()
    assert other["council"] == "slough"
    assert all(rule["children"] is None for one in other["promises"] for rule in one["rules"])


def test_a_day_to_come_is_read_as_today(cast: Cast, program) -> None:
    priya = program("priya")
    assert priya.get(f"{API}/tracker?as_at=2030-01-01").json()["as_at"] == "2026-11-25"
    assert priya.get(of(cast, "Kai", "?as_at=0001-01-01")).status_code == 200
    assert priya.get(of(cast, "Maya", "?as_at=2026-07-01")).json()["homes"][0]["code"] == "U6"


# ---- What is shared, and no more ----


@pytest.fixture
def teresa(cast: Cast) -> Person:
    """Who finds families at the council's regional agency."""
    agency = RegionalAgency.objects.create(name="Three Rivers Adoption")
    cast.authority.agency = agency
    cast.authority.save()
    made = Person.objects.create(email="teresa@threerivers.example", name="Teresa Quill")
    Role.objects.create(person=made, agency=agency, key="family_finder_raa")
    cast.people["teresa"] = made
    return made


def share(cast: Cast, *field_sets: str) -> Share:
    return Share.objects.create(
        child=cast.children["Theo"],
        agency=cast.authority.agency,
        purpose="Finding adopters",
        field_sets=list(field_sets),
        made_by=cast.people["amina"],
        made_at=NOW,
        until=NOW + timedelta(days=30),
    )


def test_the_agency_is_told_what_is_shared_and_no_more(cast: Cast, teresa, program) -> None:
    share(cast, "core")
    client = program("teresa")
    (row,) = client.get(f"{API}/tracker").json()["children"]
    assert (row["name"], row["legal_status"], row["shown"]) == ("Theo", None, ["core"])
    told = client.get(of(cast, "Theo"))
    assert all(told.json()[part] is None for part in ("legal_status", "homes", "legal_statuses", "events"))
    everything = told.content.decode() + client.get(of(cast, "Theo", "/deadlines?all=1")).content.decode()
    for words in ("lacement order", "are order", "E1", "proceedings"):
        assert words not in everything, words
    for name in ("Maya", "Kai", "Ruby"):
        assert client.get(of(cast, name)).status_code == 404
    assert client.get(f"{API}/tracker?status=E1").json()["total"] == 0
    assert client.get(f"{API}/tracker?stage=waiting_for_match").json()["total"] == 1


def test_with_history_and_legal_the_agency_is_told_those_too(cast: Cast, teresa, program) -> None:
    share(cast, "core", "history", "legal")
    told = program("teresa").get(of(cast, "Theo")).json()
    assert told["legal_status"]["code"] == "E1" and told["homes"] and told["events"]


def test_when_the_share_ends_so_does_what_the_token_reads(cast: Cast, teresa, program, settings) -> None:
    share(cast, "core")
    client = program("teresa")
    assert client.get(of(cast, "Theo")).status_code == 200
    settings.NOW = lambda: NOW + timedelta(days=30)
    assert client.get(of(cast, "Theo")).status_code == 401


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
