"""An invented council looks like an English one: how many children, how old, where, under which order."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from tests.demo.conftest import TODAY
from tests.demo.histories import history

from homeward.demo.child import Child
from homeward.demo.councils import PACKS
from homeward.demo.make import children
from homeward.domain.policy import load
from homeward.domain.timescales import judge

A_YEAR_AGO = TODAY - timedelta(days=365)


def in_care(lives: list[Child]) -> list[Child]:
    return [c for c in lives if c.in_care]


def before_care(lives: list[Child]) -> list[Child]:
    closed = ("pre_proceedings_ended", "proceedings_concluded")
    return [c for c in lives if not c.periods and not c.first(*closed)]


def shares(children: list[Child], of: object) -> Counter[str]:
    counted = Counter(of(c) for c in children)  # type: ignore[operator]
    return Counter({key: 100 * number / len(children) for key, number in counted.items()})


def test_a_council_has_about_350_children_in_care_and_60_before_court(lives: list[Child]) -> None:
    assert 335 <= len(in_care(lives)) <= 370
    assert 50 <= len(before_care(lives)) <= 70
    assert 12 <= sum(c.born is None for c in before_care(lives)) <= 24


def test_about_40_children_left_care_to_permanence_in_the_last_year(lives: list[Child]) -> None:
    settled = [c for c in lives if c.permanence_on and c.permanence_on > A_YEAR_AGO]
    assert 32 <= sum(not c.in_care for c in settled) <= 48
    assert any(c.in_care for c in settled), "some were matched long term and stay in care"


def test_ages_are_near_the_national_bands(lives: list[Child]) -> None:
    def band(c: Child) -> str:
        years = c.age_on(TODAY)
        return (
            "0"
            if years < 1
            else "1-4"
            if years < 5
            else "5-9"
            if years < 10
            else "10-15"
            if years < 16
            else "16+"
        )

    found = shares(in_care(lives), band)
    assert all(
        abs(found[key] - share) <= 8
        for key, share in {"0": 5, "1-4": 13, "5-9": 18, "10-15": 38, "16+": 26}.items()
    )


def test_legal_statuses_are_near_the_national_shares(lives: list[Child]) -> None:
    found = shares(in_care(lives), lambda c: c.period.status_on(TODAY))
    assert all(
        abs(found[code] - share) <= 5 for code, share in {"C2": 56, "C1": 20, "V2": 17, "E1": 5}.items()
    )


def test_homes_are_near_the_national_shares(lives: list[Child]) -> None:
    found = shares(in_care(lives), lambda c: c.period.home_on(TODAY).place)
    relatives = found["U1"] + found["U2"] + found["U3"]
    fostered = relatives + found["U4"] + found["U5"] + found["U6"]
    assert 62 <= fostered <= 74
    assert 12 <= relatives <= 20
    assert all(abs(found[code] - share) <= 4 for code, share in {"K2": 10, "K3": 9, "P1": 7, "A6": 3}.items())


def test_one_child_in_twelve_came_alone_to_the_country(lives: list[Child]) -> None:
    assert 6 <= 100 * sum(c.unaccompanied for c in in_care(lives)) / len(in_care(lives)) <= 10


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)])
def test_something_is_overdue_for_about_one_child_in_five_and_never_for_most(
    council: str, today: date
) -> None:
    policy = load(["england", PACKS[council]])
    lives = children(council, today)
    seen = [
        {d.status(today) for d in judge(policy, history(c), today)}
        for c in in_care(lives) + before_care(lives)
    ]
    overdue, soon = (
        100 * sum(word in words for words in seen) / len(seen) for word in ("overdue", "due_soon")
    )
    assert 13 <= overdue <= 27
    assert 12 <= soon <= 30
