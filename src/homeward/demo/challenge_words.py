"""The words of matters raised and of what reviewing officers heard and judged in the demonstration."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A matter, to whom it goes at each stage, and what may be answered and come of it."""

    theme: str
    says: str
    wants: str
    kind: str  # of domain.challenge.ADDRESSED, at the first stage
    answer: str
    outcome_kind: str
    outcome: str
    handbook: str = ""
    since: int = 0  # from which age of the child they fit


_ON_DISAGREEMENT = "chapter 6, on resolving disagreements"
_ON_MONITORING = "chapter 3, on watching the case between reviews"
# stage of the child ("": any in care) -> matters that fit
MATTERS: dict[str, tuple[Words, ...]] = {
    "waiting_for_match": (
        Words(
            *("delay", "No family has been approached since the last review, and the profile is a year old."),
            *("A new profile, and a search beyond the region, within two weeks.", "worker"),
            "The profile was rewritten with the carer and goes to the neighbouring agencies on Monday.",
            *("agreed", "Four families asked for the profile in the first week."),
            _ON_DISAGREEMENT,
        ),
        Words(
            *(
                "not_done",
                "The children’s medical for the permanence report was agreed twice and not booked.",
            ),
            *("A day for the medical, told to the carer.", "partner"),
            "The clinic offers a day in three weeks; an earlier one is asked for.",
            *("agreed", "The medical took place and the report went to the panel."),
        ),
    ),
    "placed_for_adoption": (
        Words(
            *("support", "The adopters were promised therapy before the application, and nothing has begun."),
            *("A start date and a named therapist.", "department"),
            "The fund has agreed twelve sessions, which begin next month.",
            *("in_part", "Twelve of twenty sessions were paid for; the rest is looked at in the spring."),
        ),
    ),
    "waiting_for_long_term_match": (
        Words(
            *(
                "delay",
                "The carers said that they would care for good. The match is still not at panel.",
            ),
            *("A panel day this quarter.", "team"),
            "The matching report is half written; the panel of next month is booked.",
            *("agreed", "The panel recommended the match, and the child was told by the carers."),
            _ON_MONITORING,
            since=3,
        ),
        Words(
            *("home", "Respite moves the child every third weekend, against what was agreed at the review."),
            *("Respite with one family, or in the carers’ own home.", "worker"),
            "The supervising social worker has found one family for every respite weekend.",
            *("agreed", "One family has the child for respite, whom the child chose."),
        ),
    ),
    "returning_home": (
        Words(
            *("plan", "The plan for return home has no date and no conditions that the parents can read."),
            *("A plan with steps, dates and who helps the parents.", "worker"),
            "The steps were written with the parents; the first overnight stay is next week.",
            *("agreed", "The plan has six steps, and the parents have a copy."),
            _ON_DISAGREEMENT,
        ),
    ),
    "in_proceedings": (
        Words(
            *("legal", "The final care plan was filed before the reviewing officer was asked for a view."),
            *("The officer’s view goes to the court with the plan.", "legal"),
            "The view was filed as an addendum, and the guardian has it.",
            *("agreed", "The court had the view before the hearing."),
            "chapter 8, on proceedings",
        ),
        Words(
            *(
                "family_time",
                "Family time is in a centre an hour away and was cancelled three times without a driver.",
            ),
            *("Family time that takes place, nearer to the carers.", "team"),
            "A family support worker drives from this week; a nearer room is looked for.",
            *("in_part", "No visit was cancelled since; the room is still the old one."),
        ),
    ),
    "": (
        Words(
            *(
                "reviews",
                "The report for the review came that morning; nobody had read it to the child.",
            ),
            *("Reports three working days before, read with the child.", "worker"),
            "The report will be shared a week ahead; the visit to read it is in the diary.",
            *("agreed", "The next report was shared in time, and the child corrected two lines."),
            since=5,
        ),
        Words(
            *(
                "voice",
                "What the child said about the new school at the last review was not answered by anybody.",
            ),
            *("Somebody tells the child what was decided, and why.", "worker"),
            "The social worker took the child for a walk and explained it; the school was visited together.",
            *("agreed", "The child stays at the old school until the summer."),
            _ON_MONITORING,
            since=6,
        ),
        Words(
            *("not_done", "Four actions of the last review are open, two of them for the third time."),
            *("Each action with a person and a day that will be kept.", "team"),
            "Two are done; the others have a new owner and days in this month.",
            *("in_part", "Three of the four are done, and the fourth has a day."),
            _ON_DISAGREEMENT,
        ),
        Words(
            *("health", "The dental check has been due since the winter, and there is pain at night."),
            *("An appointment this week.", "partner"),
            "The community dentist sees the child on Thursday.",
            *("agreed", "Two teeth were treated, and the child sleeps again."),
            since=4,
        ),
        Words(
            *("education", "The personal education plan speaks of a school that the child left in July."),
            *("A new plan with the present school.", "partner"),
            "The virtual school meets the new school next week.",
            *("agreed", "The plan was written anew with the child."),
            since=6,
        ),
        Words(
            *(
                "family_time",
                "The grandmother has not been seen since the summer, though a visit each month was agreed.",
            ),
            *("A day in this month, and who drives.", "worker"),
            "The carer and the grandmother agreed a Sunday each month and drive in turn.",
            *("agreed", "There were two visits since, and the next are in the diary."),
        ),
        Words(
            *("advocacy", "The child asked for an advocate at the last review and has not heard from one."),
            *("The referral is made, and the child is told the name.", "worker"),
            "The advocacy service has named somebody, who visits on Friday.",
            *("agreed", "The advocate came to the review with the child."),
            since=7,
        ),
        Words(
            *(
                "plan",
                "Nobody has said what would change the main plan, and by when it would have to work.",
            ),
            *("A day, and the plan that takes its place if it does not work.", "department"),
            "The plan goes to the planning meeting of this month with a new proposal.",
            *("explained", "A new assessment is under way, and the plan is decided on when it is there."),
            _ON_DISAGREEMENT,
        ),
    ),
}
# Raised by a child protection chair about a child before care.
BEFORE_CARE: tuple[Words, ...] = (
    Words(
        *(
            "delay",
            "The protection plan has run for fifteen months and the same three things have not changed.",
        ),
        *("Legal advice on what comes next, within a week.", "team"),
        "The legal planning meeting is on Tuesday.",
        *("agreed", "Pre-proceedings began, with a family group conference."),
        since=2,
    ),
    Words(
        *("not_done", "The parents were promised a place in the parenting group at two conferences."),
        *("A place, or another way to the same help.", "partner"),
        "The children’s centre has a place from next month.",
        *("agreed", "Both parents have been to four sessions."),
    ),
    Words(
        *("voice", "Nobody has spoken with the child alone since the first conference."),
        *("A visit alone, before the next core group.", "worker"),
        "The visit was made at school; the child’s words are in the report.",
        *("agreed", "The child’s words were read out at the conference."),
        since=5,
    ),
)
# Whom a matter goes to at a stage above the first, by its place in the way.
HIGHER = ("team", "department")
PARTNERS = (
    "The community paediatric service",
    "The virtual school",
    "The children’s centre",
    "The dental service",
)
# route of the main plan -> (from which age, what the child wants from a permanent home)
WISHES: dict[str, tuple[tuple[int, str], ...]] = {
    "return_home": (
        (4, "“I want to sleep in my own bed at Mum’s, and Mum to be well.”"),
        (9, "“Home, but with somebody who comes and checks that we are OK.”"),
        (13, "“I want to go back. If it doesn’t work I want to come back to this house and nowhere else.”"),
    ),
    "special_guardianship": (
        (4, "“Nan’s. With the cat.”"),
        (8, "“To stay with my aunt for ever, and see Mum on Sundays.”"),
        (12, "“With my nan. I don’t want to be in care any more, I want it to be just us.”"),
    ),
    "adoption": (
        (4, "“A mummy and a daddy and a garden with a slide.” Drew four people holding hands."),
        (5, "“A house where my brother can come. And a night light.”"),
        (7, "“Somebody who doesn’t shout. I would like a dog but it doesn’t have to be a big one.”"),
    ),
    "long_term_fostering": (
        (4, "“This house.” Pointed at the room and at the carer."),
        (8, "“I want to stay here until I am grown up, and nobody asks me again.”"),
        (11, "“Here. And my sister to have the room next to mine when she visits.”"),
        (14, "“I’m settled. I want to know that I can stay after I’m eighteen.”"),
    ),
    "residential": (
        (10, "“Somewhere small, with one grown-up who is mine.”"),
        (14, "“I don’t want another family. I’ve got one. I want a place where my stuff stays.”"),
    ),
    "": (
        (4, "“A house with a door that is yellow.”"),
        (8, "“The same school. And people who like football.”"),
        (12, "“I want to be asked before it is decided, not after.”"),
        (15, "“Near my friends. I can do the rest.”"),
    ),
}
TALKED = (
    "School, the new bicycle and who comes to the birthday.",
    "Why there was no visit in the holidays; I promised an answer and gave it by letter.",
    "We walked to the park and back; most was said on the way back.",
    "On a video call, with the carer out of the room.",
    "",
    "",
)
TIMELY: dict[str, tuple[str, ...]] = {
    "yes": (
        "Visits and reviews are in time, and what was agreed is done before the next one.",
        "One date slipped by a week and was explained; the plan has kept its pace.",
        "The permanence meetings come when they are due, and each has moved the plan on.",
    ),
    "no": (
        "What is overdue has been overdue since before the last review.",
        "The change of worker cost six weeks, and they have not been made up.",
        "Dates are kept, but each meeting puts the same decision off to the next.",
    ),
}
FITS: dict[str, tuple[str, ...]] = {
    "yes": (
        "The plan says what the child needs now, and who does what.",
        "The plan was changed after the last assessment and fits what it found.",
        "The carers, the school and the child all know the plan, and it is the same plan.",
    ),
    "no": (
        "The plan was written before the last move and speaks of another home.",
        "What the speech assessment found in the spring stands nowhere in the plan.",
    ),
}
LAWFUL: dict[str, tuple[str, ...]] = {
    "yes": (
        "The child is where the order allows, the review was in time and the carers are approved.",
        "Consent, delegated decisions and the home were looked at; nothing is missing.",
    ),
    "no": ("The placement plan of this home was not signed by anybody with parental responsibility.",),
}
ADVOCACY: dict[str, tuple[str, ...]] = {
    "has": (
        "Comes to reviews when asked; the child has the telephone number.",
        "The same advocate as last year, who helped with the letter to the panel.",
    ),
    "declined": (
        "“I can say it myself.” Knows how to ask later.",
        "Wants the foster carer to speak for her or him; offered again at the next review.",
        "Said no twice; the leaflet is on the fridge.",
    ),
    "not_offered": (
        "Not on the agenda of the last review; the social worker offers one at the next visit.",
        "The referral form was not sent on; asked for this week.",
    ),
}
