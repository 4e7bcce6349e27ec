"""The words of the meetings that are minuted in the demonstration: what children say, and what was agreed."""

from __future__ import annotations

# The heading of Merton's planning meeting that asks for the reason (MER-066).
FAMILY_TIME = (
    "Family time: why each arrangement is as it is, "
    "and how stability was weighed against identity and belonging"
)

# story -> what each child of it says, in the order of the story; empty: too young to be asked
SAYS: dict[str, tuple[str, ...]] = {
    "four_who_belong_together": (
        "I am the oldest. I want us four in one house. I can share with my brother, he snores but it is OK.",
        "Saturdays are best, when we are all at the park. I cry on the way back and nobody minds.",
        "I want bunk beds.",
        "She drew four people under one roof and named them all.",
    ),
    "aunt_in_week_fourteen": ("I sleep in the room with the stars. Auntie does my hair on Sundays.",),
    "order_without_a_match": ("He brought his digger and showed where the new family lives: over the hill.",),
    "uncle_ruled_out": ("I still want to see my uncle at Eid. I like that they cook what I know.",),
    "three_last_week": (
        "I want to know when we see Mum. I look after the little ones at night.",
        "I like the dog.",
        "",
    ),
    "drift_and_recovery": ("They said yes! I asked them first myself.",),
    "matched_for_good": ("I asked to stay and I am staying. I want it written down properly.",),
    "step_down_from_residential": ("It is quieter here. I want to keep football on Thursdays.",),
    "turning_eighteen_alone": ("I want to stay here and finish college. What happens after my birthday?",),
    "section_20_drift": ("Nobody asks me about going home any more. Can somebody ask Mum?",),
    "adoption_came_apart": ("I live here now. This is my bed.",),
    "home_with_dad": ("Dad burns the toast. I have my own room.",),
    "after_remand": ("I want to live near Nan. I have not missed one appointment.",),
    "placed_together": ("We have a garden. My brother has the small room.", ""),
}
NOT_ASKED = "Too young to be asked in words; watched at play and at bedtime by the carers, who were asked."
# story -> what others say: (who, words)
OTHERS: dict[str, tuple[str, str]] = {
    "four_who_belong_together": ("Foster carers", "Both homes will go on until there is one for all four."),
    "aunt_in_week_fourteen": (
        "Her aunt",
        "I have asked the surgery twice for my report. I am not going away.",
    ),
    "order_without_a_match": (
        "Foster carer",
        "We would keep him if no family comes. We want the best for him.",
    ),
    "uncle_ruled_out": ("His uncle", "The assessment was fair. I will be his uncle all my life."),
    "three_last_week": ("Their mother", "I want them together, and I want to show that I can change."),
    "home_with_dad": ("His father", "The visits help. I would say so if it were too much."),
    "turning_eighteen_alone": ("Foster carer", "The room is his for as long as he wants it."),
}
# story -> heading -> what was said under it; other headings say what DEFAULT says
SECTIONS: dict[str, dict[str, str]] = {
    "four_who_belong_together": {
        "Main plan, parallel plan and their timescales": "Long-term fostering for all four together; if no home is found by the next review, two and two with weekly time.",
        "Brothers and sisters": "The together-or-apart assessment says together. Saturdays at the park go on every week until then.",
        "The family that would best meet the child's identity and needs": "Carers with room for four, near both schools.",
        "Family finding": "Two families have asked to read the profile of all four. The search goes beyond the region.",
    },
    "aunt_in_week_fourteen": {
        "Main plan, parallel plan and their timescales": "Special guardianship with her aunt; long-term fostering alongside. The temporary approval runs out at sixteen weeks.",
        "Specialist assessments to commission": "None new. The aunt's health report is the only part that is missing.",
        "The carer's experience and the support needed": "Her aunt raised two of her own. Respite one evening a week and help with the nursery fees.",
        "Final assessments": "All are in but the aunt's health report, which the surgery has promised.",
        "Final care plan": "Special guardianship with her aunt, if the report shows nothing that stands in the way.",
        "Return home under an order": "Not now: her mother agrees that the aunt's home is the right one.",
    },
    "order_without_a_match": {
        "Main plan, parallel plan and their timescales": "Adoption; long-term fostering with his present carers is alongside if no family is matched by the spring.",
        "Family finding": "Two families read about him and said no. A third has been visited and asked for a second visit.",
        "Life story work": "The first chapters are written; the digger has a page.",
    },
    "uncle_ruled_out": {
        "Main plan, parallel plan and their timescales": "Long-term fostering with a family who share his faith and speak his language. His uncle was assessed and agrees.",
        FAMILY_TIME: "Every second Friday with his uncle, and both Eids: it keeps his faith and his cooking; more often would unsettle the week at school, so it is not every Friday.",
        "The family that would best meet the child's identity and needs": "His present carers do; they are asked about long term.",
    },
    "three_last_week": {
        "Latest assessment and chronology": "The assessment of the children and the chronology were read. Police protection, then an interim order.",
        "Early permanence and parallel plans for adoption": "Family first: two aunts and a grandfather are seen. Early permanence is kept open for the youngest.",
        "Actions and timescales": "As listed below; the carers are told today.",
        "Review date": "Six weeks from today.",
        "Unborn child: date for draft documents, and date to decide whether coming into care is still indicated": "Does not apply.",
    },
    "drift_and_recovery": {
        "Delay, drift and open disputes": "Seven months without a planning meeting are put right. The carers said yes; the match goes to panel.",
    },
    "matched_for_good": {"Planning meetings held and actions done": "The match was agreed. Nothing is open."},
    "step_down_from_residential": {
        "Planning meetings held and actions done": "Three settled months with the foster carers; the supporting worker goes on until spring.",
    },
    "turning_eighteen_alone": {
        "Delay, drift and open disputes": "Nothing is agreed for after his birthday. Staying put is asked for now, whatever the Home Office answers.",
    },
    "section_20_drift": {
        "Plans for return home": "Nobody has tested the plan of home since the second review. Return home is looked at within four weeks.",
        "Delay, drift and open disputes": "Sixteen months by agreement without a confirmed plan.",
    },
    "adoption_came_apart": {
        "Planning meetings held and actions done": "Settled with the family who knew the child best; the match is prepared.",
    },
    "after_remand": {
        "Progress until adopted, matched or permanent within the family": "Supported accommodation near his grandmother; she is part of the plan.",
    },
    "placed_together": {
        "Progress until adopted, matched or permanent within the family": "Settled together with the adopters; the first part of the life story book is with them.",
        "Planning meetings held and actions done": "Settled together with the adopters; the first part of the life story book is with them.",
    },
    "home_with_dad": {
        "Plans for return home": "Visits every four weeks go well; the court hears it in its time."
    },
}
# heading -> what is said where the story says nothing of its own
DEFAULT: dict[str, str] = {
    "The child's views, identity and needs": "As said above. The child's religion, language and friends are in the plan.",
    "Main plan, parallel plan and their timescales": "Both plans stand as recorded.",
    "Brothers and sisters": "Nothing new since the last meeting.",
    "Heightened needs, development and attachment": "Sleeping and eating well; the health visitor or the school nurse is content.",
    "Disrupted living arrangements, in the family and in care": "No move since the last meeting.",
    "The family that would best meet the child's identity and needs": "As in the profile.",
    "Kind of order and home, and any move abroad": "As in the care plan; no move abroad.",
    "The carer's experience and the support needed": "The carers are well supported and asked for nothing more.",
    "Life story work": "The memory box is kept by the carers and grows.",
    FAMILY_TIME: "As agreed, and for the same reason: often enough to know whom the child comes from, and on days that leave the week at home and at school in peace.",
    "Specialist assessments to commission": "None.",
    "Family finding": "Not needed at present.",
    "Actions since the last meeting": "Done, or still to be done by the day that was agreed.",
    "What has changed for the child": "Nothing that changes the plan.",
    "What stands in the way, and the risk of delay": "Nothing at present.",
    "Specialist assessments, commissioned and back": "None is open.",
    "Family finding update from the adoption agency": "Not needed at present.",
    "Final assessments": "They are in.",
    "Final care plan": "As agreed.",
    "Brothers and sisters together or apart, with each child's views": "Does not arise.",
    "Return home under an order": "Not now.",
    "Adoption plan: tasks for the Agency Decision Maker": "None: adoption is not the plan.",
    "Has a family group conference taken place and, if not, does the family agree to one": "Offered, and the family agrees; the first day is being found.",
    "Progress until adopted, matched or permanent within the family": "As planned; nothing stands in the way.",
}
# What a meeting about many children says of each; the other headings are for the list as a whole.
OF_EACH = frozenset({"Progress until adopted, matched or permanent within the family"})
# story -> (kind, what, role of who decided, on what basis, alternatives)
DECIDED: dict[str, tuple[str, str, str, str, str]] = {
    "four_who_belong_together": (
        *("together_or_apart", "The four are placed together; the search goes on for one home.", "chair"),
        *("The together-or-apart assessment, and what each of them says.", "Two and two, near each other."),
    ),
    "order_without_a_match": (
        *("match", "The family that asked for a second visit is explored until the next meeting.", "chair"),
        *("The first visit, and the carers' account.", "Beginning the long-term match with his carers now."),
    ),
    "uncle_ruled_out": (
        *("family_time", "His uncle sees him every second Friday and at both Eids.", "chair"),
        *("What he asks for, and the visits so far.", "Once a month."),
    ),
    "three_last_week": (
        *("legal", "Care proceedings go on for all three, together with one foster family.", "chair"),
        *("The assessment, the chronology and the interim order.", "Pre-proceedings; not safe now."),
    ),
    "drift_and_recovery": (
        *("match", "The match with his present carers goes to panel.", "chair"),
        *("Two settled years, and that both sides said yes.", ""),
    ),
}
# story -> (what, who: "" for the child's worker, else a role or somebody without an account; days until then)
AGREED: dict[str, tuple[tuple[str, str, int], ...]] = {
    "four_who_belong_together": (
        ("Send the profile of all four to the neighbouring agencies", "family_finder", 21),
        ("Photograph the Saturdays for their books", "Foster carers", 42),
    ),
    "aunt_in_week_fourteen": (
        ("Ask the surgery for the aunt's health report and say by when", "", 7),
        ("Ask for the extension of the temporary approval in good time", "", 14),
    ),
    "order_without_a_match": (("Arrange the second visit of the family", "family_finder", 21),),
    "uncle_ruled_out": (
        ("Ask his carers whether they would care long term", "supervising_social_worker", 28),
    ),
    "three_last_week": (
        ("See both aunts and the grandfather", "", 14),
        ("Book the health assessments", "Looked-after children's nurse", 14),
    ),
    "drift_and_recovery": (("Finish the matching report", "", 28),),
    "turning_eighteen_alone": (("Ask for the staying put agreement in writing", "", 21),),
    "section_20_drift": (("Meet the mother about return home, with the reviewing officer", "", 21),),
    "after_remand": (("See the flat near the grandmother together", "", 21),),
    "placed_together": (("Hand over the second part of the life story book", "", 35),),
}
EARLY = "No: the child is with the family the plan is for, and was asked about at the last review."
CONFERENCE = "Not yet held; the family agrees and has named who should come."
THIS_WEEK = "Not asked this week; what was said at the last visit stands."
REST = (
    "The other children of that day stand in the case system’s list; here are those with something to agree."
)
NOT_INVITED = "Told by telephone the day before and asked for a written view."
UNEXPLAINED = {
    "": "The cause is entered on the child’s page this week.",
    "placed_together": "They settle first; the adopters apply to the court after the second adoption review.",
    "section_20_drift": "Return home is looked at first; the plan is confirmed after that.",
    "order_without_a_match": "The search is told under family finding.",
}
UNSIGNED = "Notes of the day; to be finished with the social worker."
CANCELLED = "The chair is ill. A new day is found this week."
PUT_THERE = "Asked for at the last supervision"
