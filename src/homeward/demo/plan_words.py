"""What is written of plans and routes in the demonstration: every name of a person is left out."""

from __future__ import annotations

# What must be true for a plan to stand, by route.
STANDS_IF: dict[str, tuple[str, ...]] = {
    "return_home": (
        "The parenting assessment is positive, and six clean tests in a row.",
        "The parents keep living apart and the safety plan holds through unsupervised days at home.",
        "Mum finishes the programme and the family’s own plan has somebody there every evening.",
    ),
    "family_and_friends": (
        "The relative is approved as a foster carer, and the school run can be managed.",
        "The grandparents’ assessment is positive and their home has a room of the child’s own.",
    ),
    "child_arrangements": (
        "The parent who offers a home is assessed well, and handovers stay calm.",
        "The court agrees, and family time with the other parent is safe.",
    ),
    "special_guardianship": (
        "The assessment for the court is positive and the support plan is agreed.",
        "The carers still want it when they know the support plan, and the child feels at home.",
    ),
    "adoption": (
        "The court makes a placement order and adopters are found who can keep the family ties that matter.",
        "Nothing less will do in the court’s eyes, and a family is found within the agency’s area or beyond.",
    ),
    "long_term_fostering": (
        "The carers commit themselves until adulthood and are approved for it.",
        "The match is agreed and the child wants to stay.",
    ),
    "residential": (
        "No foster family can meet these needs now, and the home keeps bringing the child closer to one.",
        "The school and the home work to one plan, and weekends with a family go on.",
    ),
    "supported_independence": (
        "Somebody the young person trusts stays in touch every week, and the place is near college.",
        "The pathway plan is signed and money, health and study are settled in it.",
    ),
    "other": ("The family’s own plan holds.",),
}
# The assessments a plan may wait for, by route.
WAITS_FOR: dict[str, tuple[str, ...]] = {
    "return_home": ("Parenting assessment", "Hair strand tests", "Psychological assessment of a parent"),
    "family_and_friends": ("Connected person assessment", "Medical of the carer", "Checks from abroad"),
    "child_arrangements": ("Assessment of the other parent", "Section 7 report"),
    "special_guardianship": (
        "Special guardianship assessment",
        "Support plan",
        "Together-or-apart assessment",
    ),
    "adoption": ("Child permanence report", "Together-or-apart assessment", "Adoption medical"),
    "long_term_fostering": ("Assessment of the carers for the long term", "Together-or-apart assessment"),
    "residential": ("Education, health and care plan", "Search for a specialist foster family"),
    "supported_independence": ("Needs assessment for leaving care", "Decision of the Home Office"),
    "other": (),
}
# What would make another plan the main one, by the route of the main plan; {other} is that plan.
SWITCH: dict[str, tuple[str, ...]] = {
    "return_home": (
        "If the parenting assessment is negative, {other} becomes the main plan.",
        "If the safety plan is broken once more, {other} becomes the main plan.",
    ),
    "family_and_friends": ("If the relative withdraws or is not approved, {other} becomes the main plan.",),
    "child_arrangements": ("If the court does not agree, {other} becomes the main plan.",),
    "special_guardianship": (
        "If the assessment is negative, {other} becomes the main plan.",
        "If the carers decide against it, {other} becomes the main plan.",
    ),
    "adoption": (
        "If no placement order is made, {other} becomes the main plan.",
        "If no family is found by this day, {other} becomes the main plan.",
    ),
    "long_term_fostering": ("If the carers cannot commit themselves, {other} becomes the main plan.",),
    "residential": ("When a specialist foster family is found, {other} becomes the main plan.",),
    "supported_independence": ("If the place is not safe, {other} becomes the main plan.",),
}
WHY: dict[str, tuple[str, ...]] = {
    "return_home": ("The parents have begun to change what was unsafe, and come to every family time.",),
    "family_and_friends": ("The child knows them, and they came forward at the family meeting.",),
    "child_arrangements": ("The other parent has always been there and offers a home.",),
    "special_guardianship": ("They know the child, and the tie with the parents is kept.",),
    "adoption": ("Young enough to need parents for life, if the family’s own plans do not hold.",),
    "long_term_fostering": ("Needs one family until adulthood, and the ties to the family of birth matter.",),
    "residential": ("Only while no family can give what is needed; the staff know how to help.",),
    "supported_independence": ("Wants a place of one’s own, with people close by.",),
    "other": ("The family has made a plan of its own.",),
}
# Why less than an order would not be enough; not asked where the plan is home.
LESS = (
    "A support plan without an order was tried and did not keep the child safe.",
    "Section 20 was thought of: it can be ended on any day, and the child needs to know where home is.",
    "A supervision order would not give anybody the say that is needed for the next years.",
)
# The child's own timescale and why, by age below which it fits.
TIMESCALES: tuple[tuple[int, str, str], ...] = (
    (1, "Settled before the first birthday", "The first attachments are being made now."),
    (3, "Settled before starting nursery", "Every move now is a loss of the one person who is known."),
    (5, "Settled before starting school", "A new school and a new home at once would be too much."),
    (10, "Settled before the next school year", "Asks at bedtime where home will be."),
    (12, "Settled before moving to secondary school", "Two changes at once went badly before."),
    (16, "Settled before the examination years", "Wants to stop packing bags."),
    (19, "Settled well before the eighteenth birthday", "Time is needed to trust people who stay."),
)
# Why a route was ruled out, by route.
RULED_OUT: dict[str, tuple[str, ...]] = {
    "return_home": (
        "The assessments show that what was unsafe has not changed enough for this child’s time.",
        "The parents say themselves that they cannot offer a home now.",
    ),
    "family_and_friends": (
        "Everybody named by the family was asked; nobody can offer a home.",
        "The two relatives who came forward were screened and are not suitable.",
    ),
    "child_arrangements": ("Nobody who could ask the court offers a home.",),
    "special_guardianship": ("No relative or carer wants it now; the carers prefer to go on fostering.",),
    "adoption": (
        "Old enough to say no to new parents, and the ties with the family are strong.",
        "A lasting home in the family is near, so nobody could say that nothing else will do.",
    ),
    "long_term_fostering": ("A home with more security in law can be reached.",),
    "residential": ("A family can meet these needs.", "Too young, and settled in a family."),
    "supported_independence": ("Not yet sixteen.",),
    "other": ("An order is needed.",),
}
TESTING: dict[str, str] = {
    "return_home": "Looked at again at every meeting; family time goes on.",
    "family_and_friends": "An aunt and a family friend are being asked.",
    "special_guardianship": "Talked through with the carers; they are thinking about it.",
    "child_arrangements": "The other parent has asked what it would mean.",
    "adoption": "Explored with the agency at the same time.",
    "long_term_fostering": "Carers who might commit themselves are being looked for.",
    "residential": "Only if no family is found.",
    "supported_independence": "For later, with the personal adviser.",
    "other": "The family has been asked for a plan of its own.",
}
# Stories whose plans are told in their own words: position -> fields.
STORIES: dict[str, dict[str, dict[str, object]]] = {
    "aunt_in_week_fourteen": {
        "main": {
            "stands_if": "The aunt’s assessment is positive, and the support plan says who helps.",
            "waits_for": ["Special guardianship assessment of the aunt", "Support plan"],
            "switch_rule": "If the assessment is negative, long-term fostering becomes the main plan.",
            "timescale": "Settled before starting school",
            "timescale_why": "She asks each evening whether she may stay.",
        }
    },
    "order_without_a_match": {
        "main": {
            "stands_if": "A family is found who can take him as he is, with his asthma and his questions.",
            "waits_for": ["Answer of the family that is being explored"],
            "switch_rule": "If this family says no as well, long-term fostering with his present carers "
            "becomes the main plan.",
        }
    },
    "drift_and_recovery": {
        "main": {
            "stands_if": "His carers are approved for the long term; they have said yes.",
            "waits_for": ["Assessment of the carers for the long term"],
            "timescale": "Settled before Christmas",
            "timescale_why": "He was left waiting for seven months and has noticed.",
        }
    },
    "section_20_drift": {"main": {}},
    "step_down_from_residential": {
        "main": {
            "stands_if": "The specialist carers and the supporting worker hold through the first winter.",
            "waits_for": ["Assessment of the carers for the long term"],
            "switch_rule": "If the home ends, nobody goes back to the children’s home without a new plan.",
        }
    },
    "turning_eighteen_alone": {
        "main": {
            "waits_for": ["Decision of the Home Office", "Staying Put agreement"],
            "stands_if": "He may stay with his carer after his birthday, whatever the Home Office says.",
        }
    },
}
