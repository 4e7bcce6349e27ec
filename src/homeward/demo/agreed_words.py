"""The words of what was agreed and decided in the demonstration, by where a child stands."""

from __future__ import annotations

# (rule, stage) -> causes that fit; an empty stage stands for every other.
CAUSE_OF: dict[tuple[str, str], tuple[str, ...]] = {
    ("adoption_match", ""): ("family_finding", "family_finding", "family_finding", "decision_maker_capacity"),
    ("adopted_after_placement_order", "waiting_for_match"): ("family_finding",),
    ("adopted_after_placement_order", "placed_for_adoption"): (
        *("in_childs_interest", "court_listing", "support_or_funding"),
    ),
    ("merton_permanent_home", "waiting_for_long_term_match"): ("family_finding", "home_or_placement"),
    ("merton_permanent_home", "placed_for_adoption"): ("in_childs_interest", "court_listing"),
    ("merton_permanent_home", "waiting_for_match"): ("family_finding",),
    ("merton_permanent_home", ""): ("assessment", "family_taking_part"),
    ("looked_after_review", ""): ("change_of_worker", "late_recording", "in_childs_interest"),
    ("statutory_visit", ""): ("change_of_worker", "late_recording"),
    ("permanency_planning_meeting", ""): (
        "decision_maker_capacity",
        "family_taking_part",
        "change_of_worker",
    ),
    ("health_assessment", ""): ("health_report",),
    ("confirmed_plan", ""): ("decision_maker_capacity", "assessment"),
    ("return_home_reassessed", ""): ("assessment",),
    ("care_proceedings", ""): ("court_listing",),
    ("proceedings_limit", ""): ("court_listing",),
    ("legal_gateway_review", ""): ("legal_advice",),
    ("unborn_gateway_review", ""): ("assessment",),
    ("placement_plan", ""): ("late_recording", "change_of_worker"),
    ("permanence_plan_by_second_review", ""): ("assessment", "immigration"),
}
# cause -> (who deals with it: a role, a name in words, or nothing for the child's worker; what is being done)
DOING: dict[str, tuple[tuple[str, str], ...]] = {
    "assessment": (
        ("", "The parenting assessment is booked; the report comes three weeks after."),
        ("team_manager", "An independent social worker has been asked to finish it."),
    ),
    "court_listing": (("legal", "The court has been asked for an earlier day."),),
    "family_finding": (
        ("family_finder", "Three families have read the profile; two are being visited."),
        ("family_finder", "The profile goes to the regional agency’s next activity day."),
        ("family_finder", "The search has been widened to the neighbouring agencies."),
    ),
    "decision_maker_capacity": (("panel_adviser", "An extra panel day has been asked for."),),
    "health_report": (
        ("The looked-after children’s nurse", "The appointment was missed and is booked again."),
    ),
    "immigration": (("legal", "The Home Office has been asked for a day."),),
    "legal_advice": (("legal", "Counsel’s advice is expected this month."),),
    "family_taking_part": (("", "A new day has been agreed with the grandparents."),),
    "change_of_worker": (
        ("team_manager", "A new social worker starts with the family this month."),
        ("team_manager", "The team manager visits until the new worker has started."),
    ),
    "home_or_placement": (("supervising_social_worker", "Two foster homes are being looked at."),),
    "support_or_funding": (("head_of_service", "The support plan is before the funding panel."),),
    "late_recording": (("", "It took place; the note is being written."),),
}
PURPOSEFUL = (
    "More time to settle with the new family before the next change; the review agreed to wait.",
    "The last weeks of the school year are finished before the move.",
    "A brother’s assessment ends next month, and they are planned for together.",
)
PARTNERS: dict[str, tuple[str, ...]] = {
    "carer": (
        *("Sunita Bose, foster carer", "Alan Priestley, foster carer", "Joyce Adeyemi, foster carer"),
        *("Mary and Tom Hallett, foster carers", "Dawn Rudge, foster carer"),
    ),
    "school": ("The virtual school", "The designated teacher"),
    "health": ("The looked-after children’s nurse", "The health visitor"),
    "family": ("The maternal grandmother", "An aunt of the father’s"),
}
# stage -> (what, who: "" for the child's worker, a role or a sort of partner; what came of it)
ACTIONS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "waiting_for_match": (
        ("Bring the child permanence report up to date", "", "Ready for the panel."),
        ("Show the profile at the agency’s activity day", "family_finder", "Four families asked to read it."),
        ("Make a short film with the child for families to see", "carer", "Filmed in the garden."),
    ),
    "placed_for_adoption": (
        ("Agree the support plan with the adopters", "", "Agreed and signed."),
        ("Finish the first part of the life story book", "", "Handed over."),
    ),
    "waiting_for_long_term_match": (
        ("Ask the carers whether they would care long term", "supervising_social_worker", "They would."),
        ("Read the matching report with the child", "", "Read together; two words were changed."),
    ),
    "returning_home": (
        ("Set out the steps of the return home week by week", "", "In the care plan."),
        ("Offer the parents a place in the parenting group", "family", "The first session was attended."),
    ),
    "in_proceedings": (
        ("File the updated care plan with the court", "legal", "Filed."),
        ("See both grandparents and write the viability assessment", "", "Positive for one of them."),
    ),
    "in_pre_proceedings": (
        ("Offer the family a group conference and record the answer", "", "Accepted."),
        ("Write to the parents about what must change by when", "", "Sent and explained in person."),
    ),
    "": (
        ("Ask the school how the child has been since the last meeting", "school", "Doing well in maths."),
        ("Visit and ask what the child wants to say at the next review", "", "Three things, written down."),
        ("Book the health assessment", "health", "Booked."),
        ("Add photographs of this summer to the memory box", "carer", "Twelve photographs."),
        ("Draw the family tree together with the child", "", "Two cousins were new to us."),
        ("Agree the days of family time until the spring", "family", "Every second Saturday."),
        ("Read the file for names of relatives who were never asked", "administrator", "Two names found."),
    ),
}
# stage -> (kind, what, the role that decided, on what basis, what else was thought of)
DECISIONS: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "waiting_for_match": (
        (
            "match",
            "The search is widened beyond the region.",
            "permanence_lead",
            "No family in the region after three months.",
            "Waiting three months longer; judged not to be in the child’s timescale.",
        ),
    ),
    "waiting_for_long_term_match": (
        (
            "match",
            "The match with the present carers is prepared.",
            "team_manager",
            "Two settled years, and the carers’ own wish.",
            "A search for another home; it would cost school and friends.",
        ),
    ),
    "returning_home": (
        (
            "home",
            "Overnight stays with the parents begin.",
            "head_of_service",
            "The parenting assessment is positive and the risks are managed.",
            "Day visits for two more months.",
        ),
    ),
    "in_proceedings": (
        (
            "assessment",
            "An aunt is assessed as a special guardian.",
            "team_manager",
            "The viability assessment was positive.",
            "Foster care until the final hearing; both go on side by side.",
        ),
    ),
    "": (
        (
            "family_time",
            "Family time is every second Saturday, with the carer there.",
            "team_manager",
            "What the last six visits showed, and the child’s safety in them.",
            "Every week; too much beside school.",
        ),
        (
            "support",
            "Twelve sessions of play therapy are paid for.",
            "head_of_service",
            "The therapist’s letter and the carers’ account.",
            "",
        ),
        (
            "home",
            "The child stays in this home until the plan is settled.",
            "team_manager",
            "Another move would harm more than the longer way to school.",
            "A home nearer to the school.",
        ),
    ),
}
VIEWS: tuple[tuple[str, ...], ...] = (
    ("Too young to say; settles best with the people she or he knows.",),
    ("“I want to stay with my dog.”", "“Can my sister come too?”", "Drew the house with everybody in it."),
    (
        "“OK, if I can still go to my school.”",
        "“I said I wanted it sooner.”",
        "“Fine. Tell me before it happens.”",
    ),
)
