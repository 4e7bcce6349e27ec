"""The routes of the demonstration's children are answered as their plans have it."""

from __future__ import annotations

from datetime import date
from random import Random
from types import SimpleNamespace

from homeward.demo.plan_words import RULED_OUT, TESTING
from homeward.demo.routes_answered import _answers
from homeward.domain.events import ROUTES

TODAY = date(2026, 11, 25)


def plan(position: str, route: str, on: date, ended: date | None = None, outcome: str = ""):
    return SimpleNamespace(
        position=position, route=route, recorded_on=on, agreed_on=on, ended_on=ended, outcome=outcome
    )


def answered(seed: int) -> dict[str, dict]:
    child = SimpleNamespace(born_on=date(2022, 9, 10))
    changed = date(2026, 9, 7)
    plans = [
        plan("main", "return_home", date(2026, 3, 2), changed, "ruled_out"),
        plan("main", "adoption", changed),
        plan("contingency", "long_term_fostering", changed),
    ]
    found = _answers(child, plans, list(ROUTES), TODAY, Random(seed))
    return {values["route"]: values for values in found}


def test_the_plan_is_viable_what_was_ruled_out_is_so_and_the_youngest_do_not_live_alone() -> None:
    many = [found for seed in range(60) if (found := answered(seed))]
    assert len(many) > 40
    for found in many:
        for route, values in found.items():
            assert values["answered_on"] <= TODAY
            if route == "adoption":
                assert values["answer"] == "viable"
            if route == "return_home":
                assert (values["answer"], values["answered_on"]) == ("ruled_out", date(2026, 9, 7))
            if route in ("residential", "supported_independence"):
                assert values["answer"] == "ruled_out"
    assert any(len(found) < len(ROUTES) for found in many)


def test_every_route_has_words_for_what_is_said_of_it() -> None:
    assert set(RULED_OUT) == set(TESTING) == set(ROUTES)
