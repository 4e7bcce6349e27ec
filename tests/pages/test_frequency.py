"""How often a child is visited and reviewed: agreed with the reason, within the law (SLO-019)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.cast import NOW, Cast
from tests.pages.test_drift import listed

from homeward.domain.frequency import Agreed, agreed
from homeward.records.models import Decision, Home
from homeward.records.operations.facts import correct_fact, record_fact


def reviewed(cast: Cast, name: str) -> None:
    """A second review in this time in care."""
    on, by = date(2026, 2, 9), cast.people["helen"]
    record_fact(cast.children[name], "Review", {"held_on": on}, start=on, by=by, now=NOW)


def agrees(client: Any, cast: Cast, name: str, weeks: int, months: int, **more: str) -> Any:
    typed = {
        "weeks": str(weeks),
        "months": str(months),
        "basis": "She has settled, and visits take her out of football",
        "child_view": "“Come less often”",
        "maker": "Owen Price",
        "maker_role": "iro",
        "decided_on": "2026-11-24",
    }
    return client.post(f"/child/{cast.children[name].public_id}/frequency", typed | more)


def test_visits_and_reviews_are_agreed_within_the_law_with_the_reason_and_never_less_often(
    cast: Cast, signed_in
):
    priya = signed_in("priya")
    kai = cast.children["Kai"].public_id
    reviewed(cast, "Kai")
    page = priya.get(f"/child/{kai}/frequency").content.decode()
    assert "Visits at least every 3 months; reviews at least every 6 months." in page  # a home to last
    maya = cast.children["Maya"].public_id
    page = priya.get(f"/child/{maya}/frequency").content.decode()
    assert "Visits at least every 6 weeks; reviews at least every 6 months." in page
    refused = agrees(priya, cast, "Maya", 7, 6)
    assert refused.status_code == 400 and "Less often than the law allows" in refused.content.decode()
    assert agrees(priya, cast, "Theo", 6, 4).status_code == 400  # before the second review: three months
    assert agrees(priya, cast, "Maya", 4, 6, basis="").status_code == 400
    assert not Decision.current.filter(kind="frequency").exists()
    assert agrees(priya, cast, "Maya", 4, 6).status_code == 302
    assert agrees(priya, cast, "Kai", 12, 6).status_code == 302
    page = priya.get(f"/child/{kai}/dates").content.decode()
    assert "Visits at least every 12 weeks; reviews at least every 6 months." in page
    assert "visits take her out of football" in page


def test_what_was_agreed_is_followed_and_said_when_the_law_no_longer_allows_it(cast: Cast, signed_in):
    reviewed(cast, "Kai")
    agrees(signed_in("priya"), cast, "Kai", 12, 6)
    amina = signed_in("amina")
    line = listed(amina, "frequency")["Kai"]
    assert "On time, due 25 January 2027" in line and "Agreed less often" not in line
    home = Home.current.get(child=cast.children["Kai"])
    correct_fact(home, {"place": "U6"}, by=cast.people["helen"], now=NOW, reason="Not meant to last")
    line = listed(amina, "frequency")["Kai"]
    assert "Visits at least every 6 weeks; reviews at least every 6 months. Agreed less often: visits" in line


def test_what_was_agreed_is_not_changed_into_less_by_a_correction(cast: Cast, signed_in):
    priya = signed_in("priya")
    agrees(priya, cast, "Maya", 4, 6)
    fact = Decision.current.get(kind="frequency")
    typed = {
        "kind": "frequency",
        "decided_on": "2026-11-24",
        "what": "Visits at least every 30 weeks; reviews at least every 6 months.",
        "maker": "Owen Price",
        "maker_role": "iro",
        "basis": "Settled",
        "child_view": "Not asked",
        "reason": "A slip",
    }
    at = f"/child/{cast.children['Maya'].public_id}/decisions/{fact.uid}"
    answer = priya.post(at, typed)
    assert answer.status_code == 400 and "is agreed anew, on its own page" in answer.content.decode()
    assert priya.post(at, typed | {"what": fact.what}).status_code == 302


@pytest.mark.parametrize("asked", [Agreed(1, 1), Agreed(6, 6)])
def test_the_words_of_an_agreement_are_read_again(asked: Agreed):
    assert agreed(asked.words) == asked
    assert agreed("Visits when there is time") is None
