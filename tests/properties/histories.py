"""Strategies that tell plausible stories of children: unborn, in care, placed, adopted, back again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from homeward.domain.events import KINDS

Row = tuple[str, str, date, str]

CHILD = "AB"

# Days on which clocks like to go wrong: ends of months, leap days, Easter, Christmas, jubilees.
AWKWARD = [
    date(2011, 3, 31), date(2011, 4, 28), date(2012, 2, 29), date(2012, 6, 1), date(2013, 6, 30),
    date(2014, 4, 22), date(2015, 3, 31), date(2016, 2, 29), date(2018, 1, 31), date(2019, 12, 20),
    date(2020, 2, 29), date(2020, 4, 9), date(2020, 5, 7), date(2021, 12, 24), date(2022, 6, 1),
    date(2022, 8, 31), date(2022, 9, 16), date(2023, 4, 28), date(2023, 10, 31), date(2024, 1, 30),
    date(2024, 2, 29), date(2024, 12, 20), date(2025, 4, 17), date(2026, 1, 5), date(2026, 3, 31)
]  # fmt: skip

GAPS = [0] * 3 + [
    1,
    1,
    3,
    5,
    7,
    7,
    8,
    14,
    20,
    27,
    28,
    28,
    29,
    30,
    41,
    42,
    42,
    43,
    60,
    61,
    70,
    91,
    92,
    112,
    113,
]
LONG_GAPS = [140, 141, 168, 182, 183, 184, 272, 300, 365, 366, 425, 730]
AGES = [0, 1, 6, 100, 365, 1000, 1095, 1096, 2000, 5000, 5660, 5840, 5844, 5900, 6200, 6500, 6574]


# What tends to happen together. A story mixes a few of these, so that its events touch the same rules.
MIXES = {
    "reviews": """
        review_held review_held review_held review_held midway_review_held midway_review_held
        permanence_plan_recorded permanence_plan_agreed permanence_plan_confirmed parallel_plan_recorded
        contingency_plan_recorded staying_put_considered staying_put_agreed health_assessment_completed
        personal_education_plan_completed care_plan_recorded ceased_looked_after became_looked_after""",
    "visits": """
        child_visited child_visited child_visited child_visited child_visited child_visited placement_started
        placement_started placement_changed placement_ended review_held long_term_match_agreed
        placement_plan_recorded care_plan_recorded placed_for_adoption ceased_looked_after""",
    "with parents": """
        placement_started placed_with_parents placed_with_parents placement_with_parents_approved
        interim_care_order_made interim_care_order_ended care_order_made care_order_ended review_held
        child_visited child_visited child_visited child_visited became_looked_after ceased_looked_after""",
    "connected people": """
        temporary_approval_given temporary_approval_given temporary_approval_extended
        temporary_approval_ended connected_person_approved connected_person_assessment_started
        connected_person_assessment_completed connected_person_assessment_withdrawn placement_started
        child_visited child_visited child_visited review_held family_network_meeting_held
        first_assessment_completed ceased_looked_after""",
    "moves": """
        placement_started placement_started placement_started placement_started placement_changed
        placement_changed placement_ended residential_placement_started special_guardianship_considered
        return_home_reviewed option_ruled_out long_term_match_agreed permanence_achieved
        placement_plan_recorded long_term_fostering_became_the_plan ceased_looked_after
        became_looked_after""",
    "court": """
        legal_gateway_held legal_gateway_held legal_gateway_review_held pre_proceedings_started
        pre_proceedings_started pre_proceedings_ended proceedings_issued proceedings_issued
        proceedings_concluded court_extension_granted issues_resolution_hearing issues_resolution_hearing
        review_held review_held family_group_conference_offered family_group_conference_declined
        family_group_conference_held became_looked_after ceased_looked_after""",
    "before birth": """
        birth_expected born legal_gateway_held legal_gateway_held legal_gateway_review_held
        pre_proceedings_started pre_proceedings_ended early_permanence_considered permanence_meeting_held
        permanence_tracked proceedings_issued became_looked_after""",
    "permanence": """
        need_identified pre_proceedings_started pre_proceedings_ended permanence_meeting_held
        permanence_meeting_held permanence_meeting_held permanence_tracked early_permanence_considered
        placed_permanently permanence_achieved permanence_plan_agreed permanence_plan_confirmed
        family_group_conference_held life_story_work_started return_home_reviewed became_looked_after
        ceased_looked_after proceedings_concluded""",
    "adoption": """
        adoption_became_the_plan adoption_decision_made adoption_decision_made adoption_decision_reversed
        placement_order_made placement_order_made placement_order_revoked adoption_consent_given
        matched_with_adopters placed_for_adoption placed_for_adoption adoption_review_held
        adoption_review_held adoption_review_held adoption_review_held life_story_book_started
        special_guardianship_became_the_plan adoption_order_made review_held review_held
        midway_review_held placement_started child_visited ceased_looked_after became_looked_after""",
    "celebration": """
        adoption_order_made adoption_celebrated adoption_celebrated life_story_book_given
        life_story_book_given later_life_letter_given later_life_letter_given ceased_looked_after""",
}

THEMES = {theme: kinds.split() for theme, kinds in MIXES.items()}

CODES = [
    "U1",
    "U2",
    "U3",
    "U4",
    "U4",
    "U5",
    "U6",
    "U6",
    "P1",
    "A3",
    "A5",
    "K1",
    "K2",
    "R1",
    "T0",
    "T1",
    "T3",
    "Z1",
]
COMES_WITH = {
    "U1": "placed_with_connected_person",
    "P1": "placed_with_parents",
    "A3": "placed_for_adoption",
    "A5": "placed_for_adoption",
    "K1": "residential_placement_started",
    "K2": "residential_placement_started",
}
AHEAD = {
    "birth_expected": [-30, 0, 10, 14, 40, 55, 56, 57, 100, 180],
    "issues_resolution_hearing": [0, 1, 30, 126],
}
ANY = sorted(KINDS)


Choose = Callable[[Sequence[Any]], Any]


def opening(choose: Choose, day: date) -> list[Row]:
    """How it begins: an age, an expected birth or neither; often with coming into care and a home."""
    rows: list[Row] = []
    known = choose(["age", "age", "expected", "neither"])
    if known == "age":
        rows.append((CHILD, "born", day - timedelta(days=choose(AGES)), ""))
    if known == "expected":
        rows.append((CHILD, "birth_expected", day + timedelta(days=choose(range(200))), ""))
    if choose([True, True, False]):
        rows.append((CHILD, "became_looked_after", day, ""))
        if choose([True, False]):
            rows.append((CHILD, "placement_started", day, choose(CODES)))
    return rows


def happening(choose: Choose, kind: str, day: date) -> list[Row]:
    """One event, with its code where it has one, and what the return would give beside it."""
    on = day + timedelta(days=choose(AHEAD[kind])) if kind in AHEAD else day
    detail = ""
    if kind in ("placement_started", "placement_changed"):
        detail = choose(CODES)
    if kind == "court_extension_granted":
        detail = choose(["1", "4", "8"])
    rows = [(CHILD, kind, on, detail)]
    if kind == "placement_started" and detail in COMES_WITH and choose([True, False]):
        rows.append((CHILD, COMES_WITH[detail], on, ""))
    return rows


def story(choose: Choose) -> list[Row]:
    """A child's rows in file order: mostly plausible, sometimes not, often with several things on one day."""
    day = choose(AWKWARD) + timedelta(days=choose(range(-3, 4)))
    rows = opening(choose, day)
    themes = {choose(sorted(THEMES)) for _ in range(choose([1, 1, 2, 3]))}
    likely = [kind for theme in sorted(themes) for kind in THEMES[theme]]
    slow = choose([True, False, False])
    for _ in range(choose(range(1, 30))):
        day += timedelta(days=choose([*GAPS, *LONG_GAPS] if slow else GAPS))
        kind = choose(ANY if choose(range(25)) == 24 else likely)
        if kind == "born" and any(row[1] == "born" for row in rows):
            continue
        rows += happening(choose, kind, day)
        if kind == "died":
            break
    return list(dict.fromkeys(rows))


def reading(choose: Choose) -> tuple[list[Row], date]:
    """A story and the day it is read: near one of its events, or well after them all."""
    rows = story(choose)
    day = choose([row[2] for row in rows][::-1] + [rows[-1][2]] * 5)
    return rows, day + timedelta(days=choose([0, 1, 6, 7, 28, 60, 200, 1200, 6600]))


def told(tell: Callable[[Choose], Any]) -> st.SearchStrategy[Any]:
    """Stories chosen step by step, which shrink well, and stories from a seed, which range more widely."""

    @st.composite
    def chosen(draw: st.DrawFn) -> Any:
        return tell(lambda options: draw(st.sampled_from(options)))

    seeded = st.integers(0, 2**40).map(lambda seed: tell(Random(seed).choice))
    return st.one_of(seeded, seeded, seeded, chosen())


histories = told(story)
readings = told(reading)
