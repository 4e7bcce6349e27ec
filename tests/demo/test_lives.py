"""Lives hang together: nothing before its cause, nothing after today, brothers and sisters alike."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from tests.demo.conftest import TODAY
from tests.demo.histories import history

from homeward.demo.child import Child
from homeward.demo.councils import CARE_1, NAMES, PACKS, demonstration_worker, workers
from homeward.demo.make import children
from homeward.demo.people import people
from homeward.demo.places import postcodes
from homeward.demo.storylines import CAST
from homeward.domain.calendar import birthday
from homeward.domain.events import IN_ADVANCE, KINDS, ROUTES
from homeward.domain.policy import load
from homeward.domain.timescales import judge


def days_of(c: Child) -> list[date | None]:
    """Every day a life names, but for births and hearings that may lie ahead."""
    found: list[date | None] = [c.born, *c.visits, *(on for on, _ in c.reviews)]
    found += [on for on, kind, _ in c.events if kind not in IN_ADVANCE]
    for period in c.periods:
        found += [
            period.start,
            period.end,
            *(on for on, _ in period.legal),
            *(home.on for home in period.homes),
        ]
    for plan in c.plans:
        found += [plan.recorded, plan.agreed, plan.confirmed, plan.ended]
    found += [day for _, start, end in c.missing for day in (start, end)]
    found += [day for _, start, end, _ in c.workers for day in (start, end)]
    return found + list(c.decision[:2] if c.decision else ())


@pytest.mark.parametrize("today", [date(2027, 4, 1), date(2028, 2, 29)])
def test_nothing_lies_after_today_but_births_and_listed_hearings(council: str, today: date) -> None:
    for c in children(council, today):
        assert all(on <= today for on in days_of(c) if on), c.code


def test_a_council_is_the_same_again_for_a_seed_and_another_for_another(
    lives: list[Child], council: str
) -> None:
    assert lives == children(council, TODAY)
    assert lives != children(council, TODAY, seed=2)


def test_no_one_comes_into_care_before_birth_or_stays_after_eighteen(lives: list[Child]) -> None:
    for c in lives:
        for period in c.periods:
            assert c.born and c.born <= period.start
            assert (period.end or TODAY) <= birthday(c.born, 18), c.code


def test_every_kind_and_route_is_one_homeward_knows(lives: list[Child]) -> None:
    assert {kind for c in lives for _, kind, _ in c.events} <= set(KINDS)
    assert {plan.route for c in lives for plan in c.plans} <= set(ROUTES)


def test_homes_and_orders_follow_one_another_within_care(lives: list[Child]) -> None:
    for period in (period for c in lives for period in c.periods):
        moves, orders = [home.on for home in period.homes], [on for on, _ in period.legal]
        assert moves[0] == orders[0] == period.start
        assert all(a < b for a, b in pairwise(moves))
        assert all(a < b for a, b in pairwise(orders))
        assert all(a[1] != b[1] for a, b in pairwise(period.legal))
        assert period.end is None or max(moves[-1], orders[-1]) < period.end


def test_brothers_and_sisters_share_home_background_and_are_born_apart(lives: list[Child]) -> None:
    families: dict[str, list[Child]] = {}
    for c in lives:
        families.setdefault(c.family, []).append(c)
    groups = [family for family in families.values() if len(family) > 1]
    assert len(groups) >= 50
    for family in groups:
        assert len({c.home_postcode for c in family}) == 1
        assert len({c.ethnicity for c in family}) == 1
        assert len({c.called for c in family}) == len(family)
        births = sorted(c.born for c in family if c.born)
        assert all(b - a >= timedelta(days=270) for a, b in pairwise(births))
        assert len({c.periods[0].start for c in family if c.periods}) <= 1
        assert len({c.workers[-1][0] for c in family if c.in_care}) <= 1


def test_families_and_carers_live_only_at_town_halls_and_stations(lives: list[Child], council: str) -> None:
    known = {postcode for group in postcodes(council).values() for postcode in group} | {""}
    assert {c.home_postcode for c in lives} <= known
    assert {home.postcode for c in lives for period in c.periods for home in period.homes} <= known
    assert all(c.home_postcode == "" for c in lives if c.unaccompanied)


def test_each_social_worker_has_a_list_of_usual_length(lives: list[Child], council: str) -> None:
    load_now = dict.fromkeys((worker.id for worker in workers(council)), 0)
    for c in lives:
        assert c.workers, c.code
        if c.workers[-1][2] is None:
            load_now[c.workers[-1][0]] += 1
    assert min(load_now.values()) >= 10 and max(load_now.values()) <= 21


def test_the_demonstration_social_worker_has_a_lively_list(lives: list[Child], council: str) -> None:
    hers = demonstration_worker(council).id
    mine = [c for c in lives if c.workers[-1][0] == hers and c.workers[-1][2] is None]
    assert 14 <= len(mine) <= 20
    assert sum(bool(c.story) for c in mine) >= 8
    policy = load(["england", PACKS[council]])
    late = [c for c in mine if any(d.status(TODAY) == "overdue" for d in judge(policy, history(c), TODAY))]
    assert 3 <= len(late) <= len(mine) - 5


def test_the_same_thirty_stories_are_told_in_both_councils(lives: list[Child], council: str) -> None:
    assert len(CAST[council]) == 30
    assert {c.story for c in lives if c.story} == set(CAST["northmere"]) == set(CAST["easterby"])


def test_a_plan_that_became_the_main_one_runs_beside_nothing(lives: list[Child]) -> None:
    for c in lives:
        main = {plan.route for plan in c.plans if plan.position == "main" and plan.ended is None}
        beside = {plan.route for plan in c.plans if plan.position == "parallel" and plan.ended is None}
        assert not main & beside, c.code


def test_dates_run_late_as_in_a_council_that_works_at_it(lives: list[Child], council: str) -> None:
    """Few wait too long for a permanent home, and outside the stories nothing is years overdue."""
    policy = load(["england", PACKS[council]])
    late = [
        (d.rule.key, (TODAY - d.due_on).days)
        for c in lives
        if not c.story
        for d in judge(policy, history(c), TODAY)
        if d.status(TODAY) == "overdue" and d.due_on
    ]
    assert sum(key == "merton_permanent_home" for key, _ in late) <= 35
    assert max(days for _, days in late) <= 365, sorted(late, key=lambda pair: pair[1])[-5:]


def story(lives: list[Child], name: str) -> list[Child]:
    return [c for c in lives if c.story == name]


def overdue(c: Child, council: str) -> set[str]:
    policy = load(["england", PACKS[council]])
    return {d.rule.key for d in judge(policy, history(c), TODAY) if d.status(TODAY) == "overdue"}


def test_four_brothers_and_sisters_live_in_two_homes_while_one_is_looked_for(lives: list[Child]) -> None:
    four = story(lives, "four_who_belong_together")
    assert [c.period.home_on(TODAY).place for c in four] == ["U6"] * 4
    assert len({c.period.home_on(TODAY).postcode for c in four[2:]}) == 1
    assert all(("sibling_assessment_completed", "together") in {e[1:] for e in c.events} for c in four)


def test_the_life_story_book_is_late_and_the_letter_is_not(lives: list[Child], council: str) -> None:
    (c,) = story(lives, "book_is_late")
    assert "life_story_book" in overdue(c, council)
    assert "later_life_letter" not in overdue(c, council)


def test_a_placement_order_waits_nine_months_without_a_match(lives: list[Child], council: str) -> None:
    (c,) = story(lives, "order_without_a_match")
    assert c.period.status_on(TODAY) == "E1" and "adoption_match" in overdue(c, council)
    assert 250 <= (TODAY - c.period.legal[-1][0]).days <= 300


def test_who_came_back_into_care_has_two_periods_of_care(lives: list[Child]) -> None:
    (c,) = story(lives, "home_and_it_did_not")
    assert [period.reason for period in c.periods] == ["E4A", ""]


def test_the_placement_that_came_apart_was_reversed_after_it_ended(lives: list[Child]) -> None:
    (c,) = story(lives, "adoption_came_apart")
    assert [home.place for home in c.period.homes] == ["U6", "A6", "U6"]
    assert c.decision and c.decision[1] and c.decision[1] > c.period.homes[-1].on
    assert c.period.status_on(TODAY) == "C2"


def test_a_person_signs_in_for_every_role_of_each_council() -> None:
    found = people(TODAY)
    for council in NAMES:
        own = [person for person in found if person["authority"] == council and person["listed"]]
        assert len({person["role"] for person in own}) == len(own) >= 12
        assert own[0]["role"] == "social_worker"
        assert all(person["email"].endswith(f"@{council}.example") for person in own)
        social_worker = next(person for person in own if person["role"] == "social_worker")
        assert social_worker["worker"] in {worker.id for worker in workers(council) if worker.team == CARE_1}
    assert [p["name"] for p in found if p["agency"]] == ["Teresa Quill"]
    assert len({person["email"] for person in found}) == len(found)


def test_every_social_worker_has_a_name_to_show(council: str) -> None:
    named = {person["worker"] for person in people(TODAY) if person["authority"] == council}
    assert {worker.id for worker in workers(council)} <= named


def test_a_plan_that_ended_says_how_and_nothing_was_agreed_of_it_afterwards(lives: list[Child]) -> None:
    for c in lives:
        for plan in c.plans:
            if plan.ended:
                assert plan.details["outcome"] in ("achieved", "changed", "ruled_out"), c.code
                assert plan.recorded <= plan.ended, c.code
                assert all(on <= plan.ended for on in (plan.agreed, plan.confirmed) if on), c.code
            assert not plan.agreed or plan.details["agreed_at"], c.code
            assert not plan.confirmed or plan.details["confirmed_by"], c.code


def test_most_plans_say_what_must_be_true_and_those_that_stand_what_they_wait_for(lives: list[Child]) -> None:
    plans = [plan for c in lives for plan in c.plans]
    said = sum("stands_if" in plan.details for plan in plans)
    assert 0.7 < said / len(plans) < 0.95
    waiting = [plan for plan in plans if plan.details.get("waits_for")]
    assert len(waiting) > 100 and all(plan.ended is None for plan in waiting)
    assert len({plan.details.get("target_on") for plan in waiting}) > 50


def test_only_the_agency_decision_maker_confirms_adoption(lives: list[Child]) -> None:
    confirmed = [plan for c in lives for plan in c.plans if plan.confirmed and plan.route == "adoption"]
    assert confirmed
    assert {plan.details["confirmed_role"] for plan in confirmed} == {"agency_decision_maker"}
