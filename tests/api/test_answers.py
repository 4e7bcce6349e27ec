"""What the API tells: the same children, dates and words as the pages, and to the agency what is shared."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.api.asking import API, of
from tests.cast import NOW, Cast, share, with_agency

DUE_REVIEW = {
    "rule": "looked_after_review",
    "title": "Looked-after review",
    "due_on": "2026-05-09",
    "status": "overdue",
    "words": "Overdue by 200 days",
    "days": 200,
}
ALL_SHOWN = ["core", "education", "health", "history", "legal", "voice", "work"]


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
def teresa(cast: Cast) -> None:
    """Who finds families at the council's regional agency."""
    with_agency(cast)


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
