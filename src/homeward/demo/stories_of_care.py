"""Stories of young people: residential care, section 20, remand, alone in the country."""

from __future__ import annotations

from homeward.demo import pathways
from homeward.demo.child import Child, days
from homeward.demo.storylines import Story, Teller


def step_down_from_residential(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "A year and a half in a children's home after two foster homes ended early. Specialist foster carers got to know "
        "the child over a summer of weekends; moved in three months ago and it holds.",
        13.2,
    )
    start = t.ago(months=34)
    pathways.in_a_childrens_home(c, start, t.way(last="K2", weeks=30))
    c.note(t.ago(months=4), "care_planning_meeting_held")
    c.moves(t.ago(months=3), "U6", t.carers(), "PR4", why="CARPL")
    c.plans_for("main", "long_term_fostering", t.ago(months=3.6), t.ago(months=3.5), t.ago(months=3.4))
    c.plans_for("parallel", "family_and_friends", t.ago(months=3.6), t.ago(months=3.5))
    c.plans_for("contingency", "residential", t.ago(months=3.6), t.ago(months=3.5))
    c.note(t.ago(weeks=3), "child_views_recorded")
    return [c]


def turning_eighteen_alone(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Came alone at sixteen; eighteen in five weeks. His foster carer would like him to stay; the Home Office has "
        "not answered, and nothing is agreed yet for after his birthday.",
        17.9,
    )
    start = t.ago(months=19)
    pathways.alone_in_the_country(c, start, t.way(first="U6", last="U6"))
    c.home_postcode = ""
    c.leave_out("staying_put_agreed", start)
    c.note(start + days(240), "return_home_reviewed")
    return [c]


def section_20_drift(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Section 20 for sixteen months, at their mother's request. The plan still says home; nobody has "
        "tested it since the second review, and it was never confirmed.",
        9.9,
    )
    start = t.ago(months=16)
    way = t.way()
    pathways.comes_in(c, start, way, "V2")
    c.plans_for("main", "return_home", start + days(90), start + days(98))
    c.leave_out("return_home_reviewed", start)
    c.leave_out("permanence_meeting_held", t.ago(weeks=11))
    return [c]


def after_remand(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Remanded in the spring, then bailed to a children's home under section 20. His plan is supported "
        "accommodation near his grandmother, with her in the plan.",
        16.6,
    )
    c.need = "N6"
    start = t.ago(months=8)
    c.note(start - days(30), "family_network_meeting_offered")
    c.note(start - days(12), "family_group_conference_offered")
    c.enters(start, "J1", "R5", t.carers())
    c.order(start + days(50), "V2")
    c.moves(start + days(50), "K2", t.carers(), why="OTHER")
    c.note(start + days(170), "return_home_reviewed")
    c.plans_for("main", "supported_independence", start + days(80), start + days(98), start + days(120))
    c.plans_for("parallel", "family_and_friends", start + days(80), start + days(98))
    c.plans_for("contingency", "residential", start + days(98))
    return [c]


def goes_missing(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Missing four times since the summer, found each time with the same older friends. Living in a children's "
        "home twenty miles from the town where it happens.",
        15.3,
    )
    start = t.ago(months=11)
    pathways.by_agreement(c, start, t.way(first="U6", last="K2"))
    for months, nights in ((5.2, 1), (3.9, 2), (2.4, 1), (0.7, 3)):
        c.goes_missing(t.ago(months=months), nights)
    c.note(t.ago(months=2.1), "stability_meeting_held")
    return [c]


def residential_school(t: Teller) -> list[Child]:
    (c,) = t.cast(
        "Autistic and happiest with routine: a residential school in term and his foster family between. Both are "
        "in the plan, and adult services have joined the meetings.",
        14.1,
    )
    c.need = "N2"
    start = t.ago(months=30)
    pathways.by_agreement(c, start, t.way(first="U6", last="S1"))
    c.plans_for("main", "residential", start + days(150), start + days(158), start + days(168))
    c.note(start + days(380), "permanence_achieved", "residential")
    return [c]


STORIES: dict[str, Story] = {
    "step_down_from_residential": step_down_from_residential,
    "turning_eighteen_alone": turning_eighteen_alone,
    "section_20_drift": section_20_drift,
    "after_remand": after_remand,
    "goes_missing": goes_missing,
    "residential_school": residential_school,
}
