"""Stories in which family members care, or children go home."""

from __future__ import annotations

from homeward.demo import court, pathways
from homeward.demo.child import Child, days
from homeward.demo.edge_of_care import expected, stepped_down
from homeward.demo.storylines import Story, Teller
from homeward.domain.calendar import add_months


def four_who_belong_together(t: Teller) -> list[Child]:
    four = t.cast(
        "Two live with one foster family and two with another, in another town. The together-or-apart assessment "
        "says together; a home for all four is looked for, and the tracking meeting hears them each month.",
        11.2, 9.4, 6.1, 4.3,
    )  # fmt: skip
    start = t.ago(months=12.6)
    for turn, c in enumerate(four):
        pathways.fostered_long_term(c, start, t.way(weeks=32))
        c.period.homes[1:] = []
        if turn > 1:
            c.period.homes[0].postcode = t.carers(besides=four[0].period.homes[0].postcode)
        c.note(start + days(70), "sibling_assessment_completed", "together")
        c.note(t.ago(weeks=9), "child_views_recorded")
        c.note(start + days(200), "return_home_reviewed")
    return four


def home_and_it_held(t: Teller) -> list[Child]:
    both = t.cast(
        "Mum left a violent partner, kept every appointment and the court made supervision orders. Home for eight "
        "months; the plan was signed off as settled three months after.",
        7.5, 5.6,
    )  # fmt: skip
    for c in both:
        pathways.goes_home(c, t.ago(months=14), t.way(settled=3))
    return both


def home_and_it_did_not(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Went home fourteen months ago; Dad drank again. Back in care for five months, with a foster family he knew. "
        "Return home is being looked at again, with long-term fostering alongside.",
        10.3,
    )
    pathways.goes_home(c, t.ago(months=20), t.way(weeks=26))
    again = t.ago(months=5)
    c.note(again - days(30), "family_network_meeting_offered")
    c.note(again - days(9), "family_group_conference_offered")
    c.enters(again, "V2", "U6", t.carers())
    c.order(again + days(10), "C1")
    court.proceedings(c, again + days(10), 28)
    c.plans_for("main", "long_term_fostering", again + days(60), again + days(92), again + days(110))
    c.plans_for("parallel", "return_home", again + days(60), again + days(92))
    c.plans_for("contingency", "residential", again + days(92), again + days(92))
    return [c]


def aunt_becomes_guardian(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Placed with her aunt under regulation 24 on the first night. Assessment done in thirteen weeks, approved, "
        "and the court made a special guardianship order last month.",
        3.4,
    )
    start = t.ago(weeks=31)
    pathways.special_guardianship(c, start, t.way(first="U3", weeks=26.5, reason="E45"))
    return [c]


def aunt_in_week_fourteen(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Lives with her aunt under temporary approval, now in week fourteen of sixteen. The aunt's health report is "
        "late, so the assessment and the approval are both close to their day.",
        4.2,
    )
    start = t.ago(weeks=13.6)
    way = t.way(first="U3", weeks=28)
    pathways.in_proceedings(c, start, way)
    c.note(start, "temporary_approval_given")
    c.note(start - days(1), "viability_assessment_completed", "positive")
    c.note(start + days(2), "connected_person_assessment_started", "aunt")
    pathways.early_plans(c, start, way, "special_guardianship", "adoption")
    pathways.new_plan(c, t.ago(weeks=2), way, "special_guardianship", "long_term_fostering")
    return [c]


def uncle_ruled_out(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "His uncle came forward; the assessment was negative and the uncle agreed with it. Long-term fostering is "
        "the plan, with a family who share his faith and speak his language.",
        8.8,
    )
    start = t.ago(months=9.5)
    c.note(start + days(30), "connected_person_assessment_started", "uncle")
    c.note(start + days(120), "connected_person_assessment_completed", "uncle")
    pathways.fostered_long_term(c, start, t.way(weeks=28))
    c.note(start + days(124), "option_ruled_out", "family_and_friends")
    return [c]


def grandmother_lives_with(t: Teller) -> list[Child]:
    (c,) = t.cast("Her grandmother has a child arrangements order; care ended ten weeks ago.", 6.0)
    pathways.child_arrangements(c, t.ago(weeks=38), t.way(weeks=28))
    return [c]


def home_with_dad(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Under an interim care order he moved from foster care to his father after a regulation 17 approval; "
        "visited weekly until the review and every four weeks since.",
        6.7,
    )
    start = t.ago(weeks=21)
    way = t.way(weeks=29)
    pathways.in_proceedings(c, start, way)
    pathways.early_plans(c, start, way, "family_and_friends", "long_term_fostering")
    c.note(t.ago(weeks=11), "return_home_reviewed")
    c.note(t.ago(weeks=10, days_=3), "placement_with_parents_approved")
    c.moves(t.ago(weeks=10), "P1", c.home_postcode)
    return [c]


def mother_and_baby(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Mother and baby live together in a parent and child unit; the assessment ends in three weeks and points home.",
        0.27,
    )
    start = t.today - days(0.27 * 365.25 - 3)
    way = t.way(first="R3", weeks=24)
    pathways.in_proceedings(c, start, way)
    pathways.early_plans(c, start, way, "family_and_friends", "adoption")
    return [c]


def baby_expected(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Due in eight weeks. A legal gateway three weeks ago; it is to be looked at again two weeks before the birth.",
        -0.155,
    )
    expected(c, t.ago(weeks=3), t.way(first="PLO"))
    return [c]


def baby_due_any_day(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Due in nine days; the gateway has not been looked at again, which was due five days ago.", -0.0247
    )
    expected(c, t.ago(weeks=7), t.way())
    c.leave_out("legal_gateway_review_held", t.ago(weeks=7))
    return [c]


def pre_proceedings_end(t: Teller) -> list[Child]:
    both = t.cast(
        "Pre-proceedings ended last week, in week fourteen: the safety plan held and Nan moved in.", 9.1, 7.2
    )
    for c in both:
        way = t.way()
        stepped_down(c, t.ago(weeks=15), way)
        c.events = [e for e in c.events if e[1] != "pre_proceedings_ended"]
        c.note(t.ago(days_=6), "pre_proceedings_ended")
    return both


def three_last_week(t: Teller) -> list[Child]:
    three = t.cast(
        "Came into care together nine days ago under police protection, then an interim order. Everything of the "
        "first weeks is still to be done; they are together with one foster family.",
        8.4, 5.2, 2.1,
    )  # fmt: skip
    start = t.ago(days_=9)
    for c in three:
        way = t.way(weeks=27)
        court.gateway(c, way.rng, start + days(1), reviewed=False)
        c.note(start - days(15), "family_network_meeting_offered")
        c.note(start + days(1), "family_group_conference_offered")
        c.enters(start, "L1", "U6", three[0].periods[0].homes[0].postcode if three[0].periods else t.carers())
        c.order(start + days(2), "C1")
        court.proceedings(c, start + days(2), 27)
    return three


def court_extended(t: Teller) -> list[Child]:
    """Proceedings extended: what the court's 26 weeks look like when they will not do."""
    (c,) = t.cast(
        "The court extended the 26 weeks by eight for a second opinion on his mother's health; now in week 29.",
        5.0,
    )
    start = t.ago(weeks=29.3)
    pathways.fostered_long_term(c, start, t.way(weeks=33))
    c.note(add_months(start, 5), "return_home_reviewed")
    return [c]


STORIES: dict[str, Story] = {
    "four_who_belong_together": four_who_belong_together,
    "home_and_it_held": home_and_it_held,
    "home_and_it_did_not": home_and_it_did_not,
    "aunt_becomes_guardian": aunt_becomes_guardian,
    "aunt_in_week_fourteen": aunt_in_week_fourteen,
    "uncle_ruled_out": uncle_ruled_out,
    "grandmother_lives_with": grandmother_lives_with,
    "home_with_dad": home_with_dad,
    "mother_and_baby": mother_and_baby,
    "baby_expected": baby_expected,
    "baby_due_any_day": baby_due_any_day,
    "stepped_down": pre_proceedings_end,
    "three_last_week": three_last_week,
    "court_extended": court_extended,
}
