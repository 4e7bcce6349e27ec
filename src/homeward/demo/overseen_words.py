"""The words of supervision, judgements, needs and checks in the demonstration, by where a child stands."""

from __future__ import annotations

# stage -> (what was thought, what it changes); an empty stage fits every child. {name} is the child's.
THOUGHT: dict[str, tuple[tuple[str, str], ...]] = {
    "in_pre_proceedings": (
        (
            "What has changed since the letter, and what {name} would notice of it. "
            "The agreed visits took place; the evenings are still what worries everybody.",
            "If the evenings are no calmer by the next meeting, the legal gateway is asked again.",
        ),
        (
            "Who in the family could care for {name}. The paternal aunt has come "
            "forward and nobody has visited.",
            "The aunt is visited this week; the plan alongside names her.",
        ),
    ),
    "in_proceedings": (
        (
            "What {name} is waiting for. The assessment of the parents is late and the "
            "hearing is in five weeks.",
            "The court is told now, and the plan alongside goes on meanwhile.",
        ),
        (
            "Family time: {name} comes back quiet after it. The carer’s notes were read together.",
            "Family time is shorter and at the centre until the guardian has seen {name}.",
        ),
    ),
    "waiting_for_match": (
        (
            "Weeks of looking. Two families read the profile and neither went on; it says little of what "
            "makes {name} laugh.",
            "The profile is written again with the carer; foster carers are asked whether they would adopt.",
        ),
        (
            "Whether the search is wide enough, and what {name} has been told of it.",
            "The agency looks in the neighbouring regions; the worker speaks with "
            "{name} with a picture book.",
        ),
    ),
    "placed_for_adoption": (
        (
            "How {name} is in the new family: sleeping, eating, playing. The visits say a good deal and the "
            "letterbox has not been thought of.",
            "The adopters’ application waits for the third review; the letterbox is agreed before it.",
        ),
    ),
    "waiting_for_long_term_match": (
        (
            "{name} calls it home; the match has not been to panel.",
            "The assessment of the carers is finished by the end of the month, and a panel day is asked for.",
        ),
        (
            "What would make this home last: school, respite, and a carer who is tired.",
            "Support for the carers is asked for before the match, not after it.",
        ),
    ),
    "guardianship_planned": (
        (
            "What the guardians need to know before they decide. They were not told "
            "about support after an order.",
            "The support plan is shared with them; independent legal advice is paid for.",
        ),
    ),
    "returning_home": (
        (
            "Whether going home is safe enough and slow enough for {name}. The first nights went well.",
            "A weekend at home before the review; the plan if it fails is written down.",
        ),
    ),
    "no_plan": (
        (
            "Why there is no plan for {name} yet. What the worker knows is not written down.",
            "The main plan and a plan alongside are proposed before the second review.",
        ),
    ),
    "": (
        (
            "What life is like for {name} now, and what {name} says of it. Little is known of evenings.",
            "The worker sees {name} alone before the next supervision.",
        ),
        (
            "Whether the plan still fits. {name} is settled at school, and the carers want to go on.",
            "The plan stands. Nothing is to wait for the next review.",
        ),
        (
            "What holds things up: two actions are past their day and nobody had asked why.",
            "Both are given a new day, and the manager asks after them on it.",
        ),
        (
            "Who matters most to {name}, when {name} last saw them, and who arranges it.",
            "A rhythm is agreed that does not hang on one person.",
        ),
        (
            "The life story: {name} asked again why it is not possible to live at home.",
            "Life story work begins; the words are agreed with the carer first.",
        ),
    ),
}
READ = (
    (
        "The record was read. The plan is clear, and the chronology stops in spring.",
        "It is brought up to date.",
    ),
    ("The record was read after a change of worker.", "The plan stands; the new worker meets the family."),
    ("The record was read before the panel. The child’s view is not in the papers.", "It is asked for."),
)
# How far from the best word, and why.
WHY_SUPERVISION = (
    (0, "It stays with the child from the first line to the last and ends with who does what by when."),
    (1, "Clear about what has changed, and it asks what the child would say."),
    (1, "It notices drift and deals with it; the family’s view is thin."),
    (2, "It tells what was done and hardly asks what it means for the child."),
    (2, "Nothing is decided, and the next day is the only plan."),
)
WHY_PLAN = (
    (0, "The child’s own words are in it, and each step has a day and a reason."),
    (1, "It says what must be true for it to stand, and there is a plan beside it."),
    (1, "Sound, and in the child’s time. The brothers and sisters are missing."),
    (2, "It names a route and not what it waits for."),
    (2, "Nobody could tell from it what the child thinks."),
    (3, "It was written for another child and changed in places."),
)
WHY_REPORT = (
    (0, "A family that reads it would know this child."),
    (1, "Complete, honest and kind. The health summary is older than a year."),
    (1, "The reasons for adoption are set out against the other routes."),
    (2, "The chronology is missing and the birth father is not described."),
)
# stage -> which report, for which panel or meeting.
REPORTS: dict[str, str] = {
    "adoption_planned": "Child’s Permanence Report, for the agency decision maker",
    "waiting_for_match": "Child’s Permanence Report, for the agency decision maker",
    "matched": "Child’s Permanence Report, for the matching panel",
    "placed_for_adoption": "Child’s Permanence Report, for the matching panel",
    "waiting_for_long_term_match": "Child’s report, for the long-term matching panel",
}
# Area, what is needed, the assessment, days in which to meet it, the action, what came of it; from which age.
NEEDS: tuple[tuple[str, str, str, int, str, str, int], ...] = (
    (
        *("health", "To see a dentist who has time", "Review health assessment", 90),
        *("Find a dentist who treats children in care", "Seen twice; no pain since", 3),
    ),
    (
        *("health", "To sleep through the night", "Review health assessment", 60),
        *("Ask the health visitor for a sleep plan", "The plan works on most nights", 0),
    ),
    (
        *("education", "To catch up with reading", "Personal education plan", 120),
        *("Agree one-to-one reading with the virtual school", "Reads at the level of the class", 6),
    ),
    (
        *("education", "A school that does not change with the home", "Personal education plan", 45),
        *("Agree transport with the school", "Stays at the same school", 5),
    ),
    (
        *("identity", "To know why it is not possible to live at home", "Single assessment", 150),
        *("Begin life story work with the carer", "The first three pages are written", 4),
    ),
    (
        *(
            "emotional",
            "Somebody to talk to who is not going away",
            "Strengths and difficulties questionnaire",
            75,
        ),
        *("Ask for an independent visitor", "An independent visitor comes every month", 8),
    ),
    (
        *("emotional", "To feel safe when adults raise their voices", "Single assessment", 100),
        *("Ask the clinical team to work with the carers", "Six sessions took place", 2),
    ),
    (
        *("family_time", "To see grandmother without an office around", "Single assessment", 60),
        *("Visit grandmother and write down what is agreed", "Every second Sunday at grandmother’s", 1),
    ),
    (
        *("home", "A room that is not shared", "Placement plan", 120),
        *("Ask the fostering service what is possible", "Moved to the room upstairs", 9),
    ),
    (
        *("culture", "To hear and speak the language of the family", "Single assessment", 90),
        *("Find a Saturday school", "Goes every week with a cousin", 4),
    ),
    (
        *("culture", "Food and prayer as at home", "Placement plan", 30),
        *("The family shows how it is done at home", "Known what is eaten and when", 3),
    ),
)
UNMET = (
    "The worker asks the family by the end of the week.",
    "It is the first thing at the next meeting; the manager asks after it in supervision.",
    "An assessment is asked for today, and the plan says what happens if it is late.",
)
