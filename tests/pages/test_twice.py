"""Forms that no other test sends with success, each sent twice; and that a second effect is noticed.

Every form of a page's test is sent twice (tests/twice.py). twice.csv is kept by hand: each address that takes
a form, and a test that sends it.
"""

from __future__ import annotations

import csv
import secrets
from pathlib import Path
from typing import Any

import pytest
from tests import twice
from tests.authz.test_matrix import ROUTES
from tests.cast import Cast
from tests.pages.test_meetings import PPM, arranged, at, with_child

from homeward.records.models import ApiToken, Meeting, Once, SavedView
from homeward.records.operations import once

with (Path(__file__).parents[1] / "twice.csv").open(encoding="utf-8", newline="") as file:
    SENT_BY = {row["route"]: row["test"] for row in csv.DictReader(file)}


def test_every_address_that_takes_a_form_is_sent_twice_or_says_why_not() -> None:
    posts = {name for name, row in ROUTES.items() if row["POST"] != "405"}
    assert not posts - set(SENT_BY) - set(twice.FREE), "add these to tests/twice.csv"
    assert not (set(SENT_BY) | set(twice.FREE)) - posts, "no longer an address that takes a form"


def test_a_form_that_has_its_effect_twice_is_noticed(cast: Cast, signed_in, monkeypatch) -> None:
    begin = once.begin
    monkeypatch.setattr(once, "begin", lambda who, _, *more: begin(who, secrets.token_urlsafe(18), *more))
    visit = f"/child/{cast.children['Maya'].public_id}/record?what=visit"
    with pytest.raises(AssertionError, match="second effect"):
        signed_in("priya").post(visit, {"on": "2026-11-24"})


def test_a_form_that_was_refused_is_put_right_and_sent_with_the_same_key(cast: Cast, signed_in) -> None:
    visit, key = f"/child/{cast.children['Maya'].public_id}/record?what=visit", "k" * 20
    priya = signed_in("priya")
    assert priya.post(visit, {"on": "", "once": key}).status_code == 400
    assert not Once.objects.exists()
    assert priya.post(visit, {"on": "2026-11-24", "once": key}).status_code == 302


def test_a_saved_view_is_dropped_once(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    amina.post("/tracker/views", {"name": "Mine", "query": ""})
    assert amina.post(f"/tracker/views/{SavedView.objects.get().pk}/delete").status_code == 302
    assert not SavedView.objects.exists()


def test_a_token_is_made_and_ended_once(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    made = amina.post("/account/tokens/make", {"name": "Report", "scopes": ["tracker"], "days": "30"})
    assert made.status_code == 302, made.content.decode()
    token = ApiToken.objects.get()
    assert amina.post(f"/account/tokens/{token.pk}/end").status_code == 302
    token.refresh_from_db()
    assert token.ended_at


def test_a_child_is_referred_once(cast: Cast, signed_in) -> None:
    place = f"/child/{cast.children['Maya'].public_id}/refer"
    answer = signed_in("helen").post(place, {"series": PPM, "why": "Two moves in a year"})
    assert answer.status_code == 302, answer.content.decode()


def test_a_meeting_is_changed_and_cancelled_once(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    place = f"/meetings/{meeting.public_id}"

    def said(**more: Any) -> dict[str, Any]:
        meeting.refresh_from_db()
        return {"version": str(meeting.version), **more}

    changed = said(
        series=PPM, on="2026-12-02", room="Room 4", chair_name="Jo Marsh", chair_role="team_manager"
    )
    answer = helen.post(f"{place}/change", changed)
    assert answer.status_code == 302, answer.content.decode()
    came = said(who=["The child"], name=["Maya"], came=["yes"])
    assert helen.post(f"{place}/came", came).status_code == 302
    assert helen.post(f"{place}/cancel", {"reason": "The chair is ill"}).status_code == 302
    assert Meeting.objects.get().room == "Room 4"


def test_a_child_is_moved_on_an_agenda_once(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    with_child(helen, meeting)
    second = with_child(helen, meeting, "N2")
    assert helen.post(f"{at(second)}/move", {"do": "up"}).status_code == 302
