"""The last two quarters' commentary for the board and its actions, said from each council's own figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

AFTER = timedelta(days=19)  # from the end of a quarter to its report
# council -> section -> what its permanence lead says after the figures, of the older quarter and the newer
SAID = {
    "northmere": {
        "early": (
            "The meetings that were late were mostly put off for a parent or a school. We now offer a "
            "second day in the same week.",
            "A second day in the same week is now always offered when a meeting has to be put off. "
            "Team managers look at the list of meetings due every Monday.",
        ),
        "reached": (
            "For children with special guardians in view, support plans came late. We have asked for "
            "them earlier.",
            "Several assessments of special guardians ended late in the quarter, so their orders will "
            "be in the next report.",
        ),
        "homes": (
            "Each second move was looked at in a stability meeting.",
            "Carers who are relatives tell us that the first six weeks are the hardest. A support "
            "worker now visits in the second week.",
        ),
        "heard": (
            "Young people told us that they want shorter papers.",
            "Papers for young people are now two pages. Where no view is written down the decision "
            "goes back to who made it.",
        ),
        "promises": (
            "Our own six-weekly meetings are the promise that is hardest to keep.",
            "More fell due than before, with more children in our care. What the law asks for comes first.",
        ),
        "delay": (
            "Too many days have no cause recorded. The tracking meeting now asks for it: of the "
            "promise, never of a worker.",
            "Days without a cause are still too many. Of those with one, looking for a family weighs "
            "most on the child.",
        ),
        "meetings": (
            "The tracking meeting looked first at children who had waited longest.",
            "The tracking meeting looked at children under five first, as the board had asked.",
        ),
    },
    "easterby": {
        "early": (
            "Early permanence is now the first question of every legal gateway for a child under three.",
            "For some babies early permanence was considered only after the gateway. Its form now "
            "stops without an answer.",
        ),
        "reached": (
            "Family finding began too late for some children. It now begins with the agency decision.",
            "The months from a placement order to adoption stay out of reach: the wait for the final "
            "hearing is the longest part.",
        ),
        "homes": (
            "We looked at every child who moved twice, one by one.",
            "Two foster homes were registered for brothers and sisters together.",
        ),
        "heard": (
            "Some of the youngest were heard through their carers only. Officers now see them between "
            "reviews.",
            "The reviewing service was short of an officer for part of the quarter. Two new officers "
            "have begun.",
        ),
        "promises": (
            "Health assessments depend on one clinic. We have asked for a second.",
            "The second clinic has opened. Promises with more than one service behind them are the "
            "ones that slip.",
        ),
        "delay": (
            "Changes of social worker cost many of the days that have a cause.",
            "Late recording still costs days that no child had to wait. The new team has no agency workers.",
        ),
        "meetings": (
            "Family group conferences are offered earlier, and more families take them up.",
            "The Permanence Monitoring Group now hears each child who waits at least once a month.",
        ),
    },
}
# council -> what, who, days from the newer report to the day it is due, and what came of it
ACTIONS = {
    "northmere": (
        ("Bring a plan for more foster homes for brothers and sisters", "head_of_service", 60, ""),
        ("Ask for a cause of delay at every tracking meeting", "permanence_lead", 30, ""),
        (
            "Visit two foster carers’ groups and report what they say",
            "board",
            20,
            "Both visited; a note is kept",
        ),
    ),
    "easterby": (
        ("Agree with the court how final hearings are listed", "director", 75, ""),
        ("Report on health assessments and the second clinic", "head_of_service", 25, ""),
        (
            "Meet the young people’s council about shorter papers",
            "board",
            15,
            "Met; their four wishes are kept",
        ),
    ),
}


def write_for_the_board(authority: Any, day: date) -> None:
    """By the permanence lead, some weeks after the end of each quarter."""
    from homeward.domain.quarters import quarter_of
    from homeward.records import access
    from homeward.records.models import Role
    from homeward.records.operations import board as operations
    from homeward.records.queries import board

    role = Role.objects.filter(authority=authority, key="permanence_lead").order_by("pk").first()
    if role is None:
        return
    lead = access.Actor(role.person, role, authority)
    newer = quarter_of(day).before()
    told = board.report(lead, authority, newer, day, frozenset())
    for turn, quarter in enumerate((newer.before(), newer)):
        at = _at(min(quarter.last + AFTER, day))
        for section, said in SAID[authority.slug].items():
            text = " ".join((*_figures(told, section, turn - 2), said[turn]))
            operations.write_commentary(
                lead, quarter, section, text, replaces=None, names_nobody=True, now=at
            )
    for what, who, days, outcome in ACTIONS[authority.slug]:
        agreed = min(newer.last + AFTER, day)
        due = agreed + timedelta(days=days)
        action = operations.agree_action(
            lead, what=what, who=who, by_on=due, names_nobody=True, now=_at(agreed)
        )
        if outcome and due <= day:
            operations.close_action(
                lead, action, done_on=due, outcome=outcome, names_nobody=True, now=_at(due)
            )


def _at(on: date) -> datetime:
    from django.utils import timezone

    return timezone.make_aware(datetime.combine(on, time(15, 10)))


FIRST = {
    "early": (
        "plan_by_second_review",
        "Of the children whose second review fell due, {} had a plan by then.",
    ),
    "reached": ("permanence_reached", "{} children reached permanence in these three months."),
    "homes": ("with_family", "Of the children in our care, {} live with relatives or friends as carers."),
    "heard": (
        "took_part",
        "Of the children aged four and over, {} took part in their review or gave their views.",
    ),
}


def _figures(told: Any, section: str, at: int) -> Iterator[str]:
    """One figure to begin with, where the board may read it."""
    from homeward.domain.small_numbers import is_small, share_words

    if section not in FIRST:
        return
    key, sentence = FIRST[section]
    figure = next(line.figures[at] for line in told.lines if line.measure.key == key)
    if figure.whole is None and not is_small(len(figure.children)):
        yield sentence.format(figure.number)
    elif figure.whole and not share_words(len(figure.children), len(figure.rest)):
        yield sentence.format(f"{figure.percent}%")
