"""Words of the demonstration's returns home: by why a child came into care, and how it goes."""

from __future__ import annotations

from typing import NamedTuple


class Why(NamedTuple):
    """What is said of one reason for coming into care; `{name}` is the child, `{whom}` the family."""

    reasons: str
    risks: str
    strengths: str
    partners: str
    needs: str
    conditions: tuple[str, ...]
    helps: tuple[tuple[str, str], ...]  # what, who
    realistic: str


NEGLECT = Why(
    "The house was not safe, {name} was often hungry, and school saw it for a year before it was acted on.",
    "Drinking that comes back when money is short; promises that were not kept before.",
    "{name} and {whom} love to be together. A grandmother lives near and steps in.",
    "School, the health visitor and the alcohol service",
    "Somebody to ring when it gets hard, a working cooker, and help with the rent that is owed.",
    (
        "The house is clean, warm and safe on every visit for two months",
        "Nobody drinks in the house; the service confirms it",
        "{name} is at school on time every day after nights at home",
    ),
    (
        ("Weekly sessions with the alcohol service", "Alcohol service"),
        ("A family support worker, two mornings a week", "Family support"),
        ("Help with the rent that is owed", "Money advice"),
    ),
    "Two months without a drink are behind them, and {name} should be home before the next school year.",
)
ILLNESS = Why(
    "{whom} was in hospital and nobody else in the family could look after {name} at once.",
    "An illness that can come back; it has twice before, in winter.",
    "Treatment works, and {whom} asks for help early now. An aunt has a key and knows the signs.",
    "The mental health team, the school nurse or health visitor, and the family’s doctor",
    "A plan for bad days that everyone has read, and a rest at weekends.",
    (
        "{whom} has been well for three months, and the doctor says so",
        "There is a plan for bad days, and {name} knows whom to ring",
        "An aunt has moved into the street or stays at weekends",
    ),
    (
        ("Treatment and a nurse who visits each week", "Mental health team"),
        ("Respite every second weekend", "Short breaks"),
    ),
    "The doctor expects three more months of treatment; that is within what {name} can wait.",
)
STRESS = Why(
    "After the parents parted there was shouting and pushing at home; the police came three times.",
    "Rows that begin again when the other parent comes to the house.",
    "{whom} has kept every session and says openly what went wrong. {name} misses home.",
    "The police, the health visitor and the domestic abuse service",
    "Safe times for handing over, and a friend’s number that {name} may ring.",
    (
        "No police call to the house for three months",
        "The parents use the safe place to hand over, every time",
        "{whom} finishes the programme",
    ),
    (
        ("A programme about safe relationships, twelve weeks", "Domestic abuse service"),
        ("Mediation between the parents", "Family mediation"),
        ("Somebody for {name} to talk to", "Clinical team"),
    ),
    "Seven of twelve weeks are done, and both parents want the same thing.",
)
BEHAVIOUR = Why(
    "{name} stayed out at night and {whom} could not keep {name} safe any more; it came to blows.",
    "Friends who ring at night, and exclusion from school if it goes on.",
    "{name} comes home to eat every Sunday and texts {whom} each day.",
    "School, the youth justice team and the edge of care team",
    "Calm ways to say no, and a worker who can be rung in the evening.",
    (
        "Home by the hour that was agreed, for six weeks",
        "{name} and {whom} have made rules that both signed",
        "A place at school, or a course, that {name} goes to",
    ),
    (
        ("Family therapy, every second week", "Clinical team"),
        ("An edge of care worker in the evenings", "Edge of care team"),
    ),
    "The rows are shorter and {name} wants to be home by the summer.",
)
INFANT = Why(
    "{name} was not fed and washed often enough, lost weight, and the health visitor was not let in.",
    "Nights without sleep, and nobody to take over when it becomes too much.",
    "{whom} learns fast, comes to every visit, and {name} settles with a known voice.",
    "The health visitor, the family centre and the doctor for children",
    "A place where both can stay for some weeks, and somebody who comes by in the evening.",
    (
        "Feeds, sleep and baths are noted each day for six weeks",
        "{name} gains weight as the doctor expects",
        "The health visitor is let in, announced or not",
    ),
    (
        ("Parenting sessions at the family centre, three mornings a week", "Family centre"),
        ("A visit each week", "Health visitor"),
        ("Somebody who comes by in the evening", "Volunteers"),
    ),
    "Six weeks of notes are good, and {name} is young: waiting longer would weigh more than it gives.",
)
YOUNG = 4  # years under which there is no school yet
WHY = {
    "N1": NEGLECT,
    "N2": ILLNESS,
    "N3": ILLNESS,
    "N4": STRESS,
    "N5": STRESS,
    "N6": BEHAVIOUR,
    "N8": NEGLECT,
}

WHOM = ("Mother", "Mother", "Father")
# Milestones in their order; each some weeks after the one before.
MILESTONES = (
    "A day at home with {worker} there",
    "A day at home without anybody there",
    "A first night at home",
    "Every weekend at home for a month",
)
CAME_OF = (
    "It went well; {name} did not want to leave.",
    "Tears at the door and a good day after that.",
    "It was short, and calm.",
    "They ate together. The next one can be longer.",
)
BEST = (
    "The parenting assessment says that care is good enough with the help that is in place.",
    "The assessment and two family meetings agree. Waiting longer would harm more than it protects.",
    "Both sides of the family stand behind it, and the assessment finds no reason to wait for another way.",
)
# How the way home goes, at a review.
GOES = (
    "Visits were kept, all of them. {name} slept badly after the first and well after the next.",
    "One visit fell out because of a cold. The help began two weeks late and has caught up.",
    "Slower than hoped: the appointment came late. Nothing has gone wrong.",
    "The carer says that {name} is calmer after a visit. The milestones stay as they are.",
    "{whom} rang before it became too much. That is what was hoped for.",
)
# How it goes at home, first and later.
FIRST_CHECK = (
    "The first weeks were loud and tiring, and everyone kept to what was agreed.",
    "{name} tests whether it is for good. {whom} stays calm and says so.",
)
LATER_CHECK = (
    "It has become ordinary: meals, play, bed. The help is less each month.",
    "One hard week, and they rang before it got worse.",
    "{name} sleeps through. Nobody speaks of going back.",
)
COMMUNITY = (
    "Football on Saturdays, and the grandmother’s church.",
    "The library club and a neighbour who helps with fetching.",
    "The mosque, an uncle, and swimming.",
    "Scouts, and the family centre on Wednesdays.",
)
FIRST_SAYS = (
    "I like my own bed.",
    "It is a bit loud. I can see the dog again.",
    "I want it to stay like this.",
)
LATER_SAYS = (
    "It is just home now.",
    "They ask me how I am. That is new.",
    "I do not think about it so much.",
)
LASTED = (
    "A year at home with little help. {name} is well, and the family has people of its own around it.",
    "All milestones were met, and the family rings its own friends first now.",
)
BROKE_DOWN = (
    "It came apart when the help had ended. Learned: the help must go on for longer than the first good "
    "months, and somebody must visit after it ends."
)
BROKEN_CHECK = "The door was not opened twice and nobody rang back. A meeting is held this week."
BROKEN_SAYS = "I do not want to say."
STOPPED = (
    "The assessment said that it would not be safe. It was told to {name} and to the family on the same day; "
    "another plan goes on."
)
