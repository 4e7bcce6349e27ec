"""The digest as a page, what a person chooses, and alerts that nobody acts on."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.cast import NOW, TODAY, Cast

from homeward.records.models import Action, DigestAlert
from homeward.records.queries.digest import choice_of


def agreed(cast: Cast) -> Action:
    return Action.objects.create(
        child=cast.children["Theo"],
        what="Ring the school",
        owner=cast.people["priya"],
        agreed_on=TODAY - timedelta(days=9),
        by_on=TODAY - timedelta(days=2),
        source="person",
        recorded_at=NOW,
    )


def test_the_page_tells_the_numbers_of_the_letter_and_what_stands_behind_them(cast: Cast, signed_in) -> None:
    action = agreed(cast)
    page = signed_in("priya").get("/digest").content.decode()
    assert re.search(r"<b>1</b>\s*action overdue", page)
    assert f"/actions/{action.uid}/close" in page
    assert "Ruby" not in page
    assert "Nothing waits for you" in signed_in("lindsay").get("/digest").content.decode()


def test_a_person_chooses_what_they_are_told(cast: Cast, signed_in) -> None:
    agreed(cast)
    priya = signed_in("priya")
    assert 'href="/account/digest"' in priya.get("/your-sign-in").content.decode()
    answer = priya.post("/account/digest", {"on": "on", "sorts": ["dates", "minutes"]})
    assert answer.status_code == 302
    assert (
        "action overdue"
        not in priya.get("/digest").content.decode().partition("</ul>")[2].partition("<p>")[0]
    )
    assert choice_of(cast.people["priya"]).without == ["actions", "plans", "told", "answers", "notices"]
    priya.post("/account/digest", {"sorts": ["dates"]})
    assert choice_of(cast.people["priya"]).off
    assert "You are sent no digest" in priya.get("/account/digest").content.decode()


def test_oversight_shows_by_sort_what_nobody_acts_on_and_names_nobody(cast: Cast, signed_in) -> None:
    for number in range(3):
        DigestAlert.objects.create(
            person=cast.people["priya"],
            authority=cast.authority,
            sort="dates",
            key=f"k{number}",
            told=4 + number,
            first_on=TODAY - timedelta(days=9),
        )
    page = signed_in("marcia").get("/oversight/alerts").content.decode()
    row = next(row for row in re.findall(r"<tr>(.*?)</tr>", page, re.S) if "Dates to see to" in row)
    assert re.findall(r"<div>(.*?)</div>", row) == ["3", "2", "16 November 2026"]
    assert "Priya" not in page
    assert signed_in("priya").get("/oversight/alerts").status_code == 404
