"""The guide to the routes, who confirms a plan, and when every route is asked again."""

from __future__ import annotations

from datetime import date

import pytest

from homeward.domain.events import ROUTES, Event, History
from homeward.domain.orders import BY_KEY
from homeward.domain.packs import pack
from homeward.domain.plans import OVERSEERS, confirmers, reopened, return_home
from homeward.domain.policy import COUNCILS
from homeward.domain.routes import CERTAINTY_WORDS, GUIDES, option, options
from homeward.domain.standing import standing

TODAY = date(2026, 11, 25)


def history(*events: Event) -> History:
    return History("A", [Event(date(2026, 1, 5), "became_looked_after"), *events])


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_says_who_decides_until_when_what_it_gives_and_what_it_asks(route: str) -> None:
    guide = GUIDES[route]
    assert all(guide[1:9]) and guide.law and guide.certainty in CERTAINTY_WORDS


@pytest.mark.parametrize(
    ("route", "order"),
    [
        ("adoption", "adoption_order"),
        ("special_guardianship", "special_guardianship_order"),
        ("child_arrangements", "child_arrangements_order"),
    ],
)
def test_a_route_that_rests_on_an_order_says_what_the_order_says(route: str, order: str) -> None:
    guide = GUIDES[route]
    assert (guide.responsibility, guide.until) == (BY_KEY[order].responsibility, BY_KEY[order].lasts)
    assert guide.certainty == BY_KEY[order].certainty


@pytest.mark.parametrize("council", COUNCILS)
def test_a_councils_routes_come_in_its_own_order_with_its_promises(council: str) -> None:
    listed = options(pack(council))
    assert [one.route for one in listed] == [row["route"] for row in pack(council).options]
    assert all(one.promises for one in listed)
    assert [one.route for one in options(pack("england"))] == list(ROUTES)


def test_what_a_council_says_differently_of_a_route_stands_beside_the_law() -> None:
    fostering = option(pack("lambeth"), "long_term_fostering")
    assert "to 21" in fostering.guide.until
    assert any(said.endswith(": 25") for said in fostering.local)


def test_the_agency_decision_maker_confirms_adoption_and_an_overseer_the_rest() -> None:
    merton = pack("merton")
    assert confirmers(merton, "adoption", "C1").roles == ("agency_decision_maker",)
    assert confirmers(merton, "adoption", "C1").promises == ("MER-047",)
    assert confirmers(pack("lambeth"), "adoption", "").roles == ("agency_decision_maker",)
    assert confirmers(merton, "long_term_fostering", "C2").roles == OVERSEERS


def test_going_home_under_an_order_is_confirmed_by_whom_the_policy_names_for_it() -> None:
    croydon = pack("croydon")
    assert confirmers(croydon, "return_home", "C2").roles == ("director",)
    assert confirmers(croydon, "return_home", "V2").roles == OVERSEERS


def test_after_the_plan_changed_every_route_is_asked_again_until_the_arrangement_is_a_lasting_one() -> None:
    first = Event(date(2026, 3, 2), "return_home_became_the_plan")
    change = Event(date(2026, 8, 3), "adoption_became_the_plan")
    assert reopened(history(first), TODAY) is None
    found = reopened(history(first, change), TODAY)
    assert found is not None and found.since == date(2026, 8, 3)
    assert reopened(history(first, change), date(2026, 8, 2)) is None
    lasting = (
        Event(date(2026, 11, 2), "adoption_order_made"),
        Event(date(2026, 11, 2), "ceased_looked_after", "E12"),
    )
    assert reopened(history(first, change, *lasting), TODAY) is None


def test_return_home_stays_open_until_permanence_is_reached() -> None:
    assert return_home(history(), TODAY).open
    reached = Event(date(2026, 11, 2), "permanence_achieved", "long_term_fostering")
    plan = Event(date(2026, 5, 4), "long_term_fostering_became_the_plan")
    assert not return_home(history(plan, reached), TODAY).open
    assert return_home(history(plan, reached), date(2026, 11, 1)).open


def test_a_plan_that_ended_stands_no_longer_on_the_tracker() -> None:
    beside = Event(date(2026, 3, 2), "parallel_plan_recorded", "adoption")
    assert standing(history(beside), TODAY).parallel_plan == "adoption"
    over = Event(date(2026, 5, 4), "parallel_plan_ended", "adoption")
    assert standing(history(beside, over), TODAY).parallel_plan == ""
    again = Event(date(2026, 6, 1), "parallel_plan_recorded", "adoption")
    assert standing(history(beside, over, again), TODAY).parallel_plan == "adoption"
    same_day = Event(date(2026, 5, 4), "parallel_plan_recorded", "adoption")
    assert standing(history(beside, over, same_day), TODAY).parallel_plan == "adoption"
    main = Event(date(2026, 3, 2), "return_home_became_the_plan")
    ruled_out = Event(date(2026, 5, 4), "main_plan_ended", "return_home")
    assert standing(history(main, ruled_out), TODAY).main_plan == ""
    assert standing(history(main, ruled_out), date(2026, 5, 3)).main_plan == "return_home"
