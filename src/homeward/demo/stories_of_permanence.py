"""Stories of adoption and long-term fostering: found, lost, found again."""

from __future__ import annotations

from homeward.demo import pathways
from homeward.demo.child import Child, days
from homeward.demo.storylines import Story, Teller
from homeward.domain.calendar import add_months


def early_permanence(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "From the maternity ward to carers who are approved to foster and to adopt. The court is in week nineteen; "
        "whatever it decides, this baby need not move to strangers again.",
        0.385,
    )
    start = t.today - days(0.385 * 365.25 - 4)
    way = t.way(first="U5", weeks=27)
    pathways.in_proceedings(c, start, way)
    pathways.early_plans(c, start, way, "adoption", "special_guardianship")
    return [c]


def early_permanence_adopted(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Went to early permanence carers at five days old, who became the adopters. Adopted three weeks ago; the "
        "celebration hearing was last week and the life story book is nearly ready.",
        1.55,
    )
    start = t.today - days(1.55 * 365.25 - 5)
    way = t.way(first="U5", weeks=28)
    final = pathways.in_proceedings(c, start, way)
    pathways.early_plans(c, start, way, "adoption", "special_guardianship")
    decided = final - days(40)
    pathways.new_plan(c, final - days(66), way, "adoption", "long_term_fostering")
    c.is_decided_for_adoption(decided)
    c.order(final, "E1")
    matched = final + days(30)
    c.adoption = pathways.an_adoptive_family(t.rng, decided, matched, True)
    c.note(matched, "matched_with_adopters")
    c.moves(matched + days(10), "A5", "", stays=True)
    c.note(matched + days(116), "life_story_book_started")
    c.leaves(t.ago(weeks=3), "E12")
    c.note(t.ago(days_=6), "adoption_celebrated")
    c.note(t.ago(days_=2), "later_life_letter_given")
    return [c]


def book_is_late(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Adopted; a joyful celebration hearing four weeks ago. Her later life letter is with the family, the life "
        "story book is not: photographs from the first foster carers are still missing.",
        3.1,
    )
    start = t.ago(months=24)
    way = t.way(weeks=27)
    final = pathways.in_proceedings(c, start, way)
    pathways.early_plans(c, start, way, "adoption", "long_term_fostering")
    pathways.new_plan(c, final - days(66), way, "adoption", "long_term_fostering")
    decided, placed = final - days(38), t.ago(months=9)
    c.is_decided_for_adoption(decided)
    c.order(final, "E1")
    c.adoption = pathways.an_adoptive_family(t.rng, decided, placed - days(30), False)
    c.note(placed - days(30), "matched_with_adopters")
    c.note(placed - days(13), "adopters_information_given")
    c.note(placed - days(11), "introductions_started")
    c.moves(placed, "A6", t.carers())
    c.note(placed + days(105), "life_story_book_started")
    c.leaves(t.ago(weeks=7), "E12")
    c.note(t.ago(weeks=4), "adoption_celebrated")
    c.note(t.ago(weeks=3), "later_life_letter_given")
    return [c]


def order_without_a_match(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "A placement order nine months ago and still no match. Two families looked at him and said no; one is "
        "being explored now. Long-term fostering with his present carers is the plan if this fails.",
        3.2,
    )
    start = t.ago(months=16)
    way = t.way(weeks=30)
    pathways.adopted(c, start, way)
    c.note(start + days(260), "return_home_reviewed")
    return [c]


def placed_together(t: Teller) -> list[Child]:
    both = t.cast(
        "Brother and sister placed together with adopters four months ago, four months after the decision. The "
        "second adoption review is close and the first part of the life story book has been handed over.",
        3.9, 2.3,
    )  # fmt: skip
    start = t.ago(months=12.2)
    for c in both:
        pathways.adopted(c, start, t.way(weeks=26, settled=8))
        c.note(start + days(65), "sibling_assessment_completed", "together")
        c.note(t.ago(days_=12), "life_story_book_started")
    return both


def adoption_came_apart(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Placed for adoption last winter; it ended in the spring. Back with the foster family who knew the child best. "
        "The decision was reversed in summer and long-term fostering with them is the plan.",
        5.4,
    )
    start = t.ago(months=27)
    way = t.way(weeks=27)
    final = pathways.in_proceedings(c, start, way)
    pathways.early_plans(c, start, way, "adoption", "long_term_fostering")
    pathways.new_plan(c, final - days(66), way, "adoption", "long_term_fostering")
    decided = final - days(38)
    c.is_decided_for_adoption(decided)
    c.order(final, "E1")
    c.note(t.ago(months=12), "matched_with_adopters")
    c.adoption = pathways.an_adoptive_family(t.rng, decided, t.ago(months=12), False)
    c.moves(t.ago(months=11), "A6", t.carers())
    c.moves(t.ago(months=7), "U6", c.period.homes[0].postcode, why="CREQO")
    c.note(t.ago(months=6.2), "disruption_meeting_held")
    c.is_not_decided_for_adoption(t.ago(months=4), "RD1")
    c.plans_for("main", "long_term_fostering", t.ago(months=4.2), t.ago(months=4), t.ago(months=3.8))
    c.note(t.ago(months=4), "option_ruled_out", "adoption")
    c.order(t.ago(months=2), "C2")
    return [c]


def matched_for_good(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Has lived with the same foster family for two and a half years and asked to stay. Matched long term two "
        "weeks ago; special guardianship was talked through with the family and is for later.",
        12.6,
    )
    start = t.ago(months=31)
    pathways.fostered_long_term(c, start, t.way(weeks=28))
    c.period.homes[1:] = []
    c.note(start + days(200), "return_home_reviewed")
    c.note(t.ago(weeks=6), "child_views_recorded")
    c.note(t.ago(weeks=5), "special_guardianship_considered")
    c.note(t.ago(weeks=2), "long_term_match_agreed")
    c.moves(t.ago(weeks=2), "U4", "", stays=True)
    return [c]


def drift_and_recovery(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Social workers came and went, no planning meeting for seven months, and a plan nobody had looked at. A new "
        "worker and the tracking meeting put it right: his carers have been asked, and said yes.",
        9.3,
    )
    start = t.ago(months=26)
    pathways.fostered_long_term(c, start, t.way(weeks=31))
    c.period.homes[1:] = []
    c.note(start + days(220), "return_home_reviewed")
    c.leave_out("permanence_meeting_held", t.ago(months=10), t.ago(months=3))
    c.leave_out("permanence_tracked", t.ago(months=10), t.ago(months=3.5))
    c.leave_out("child_visited", t.ago(months=9), t.ago(months=7))
    c.plans_for("main", "long_term_fostering", t.ago(months=2.6), t.ago(months=2.5), t.ago(months=2.3))
    c.plans_for("parallel", "special_guardianship", t.ago(months=2.6), t.ago(months=2.5))
    c.note(t.ago(months=2.5), "special_guardianship_considered")
    c.note(t.ago(weeks=3), "child_views_recorded")
    return [c]


def staying_put(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Matched long term at eleven; turns eighteen in three months and will stay with the same family. The Staying "
        "Put agreement was signed in the summer.",
        17.74,
    )
    start = add_months(t.today, -92)
    pathways.fostered_long_term(c, start, t.way(weeks=30, settled=16))
    c.note(t.ago(months=5), "staying_put_agreed")
    c.plans_for("main", "supported_independence", t.ago(months=6), t.ago(months=5.8), t.ago(months=5.5))
    return [c]


def two_moves(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Three homes in eight months: a carer fell ill, the next could not manage. A stability meeting has been held "
        "and a supporting worker visits each week.",
        13.4,
    )
    start = t.ago(months=12.5)
    way = t.way(weeks=28)
    final = pathways.in_proceedings(c, start, way)
    pathways.early_plans(c, start, way, "long_term_fostering", "residential")
    pathways.new_plan(c, final - days(30), way, "long_term_fostering", "residential")
    c.moves(t.ago(months=8), "U6", t.carers(), why="CREQO")
    c.order(final, "C2")
    c.moves(t.ago(months=2.5), "U6", t.carers(), why="CREQB")
    c.note(t.ago(months=1.9), "stability_meeting_held")
    return [c]


STORIES: dict[str, Story] = {
    "early_permanence": early_permanence,
    "early_permanence_adopted": early_permanence_adopted,
    "book_is_late": book_is_late,
    "order_without_a_match": order_without_a_match,
    "placed_together": placed_together,
    "adoption_came_apart": adoption_came_apart,
    "matched_for_good": matched_for_good,
    "drift_and_recovery": drift_and_recovery,
    "staying_put": staying_put,
    "two_moves": two_moves,
}
