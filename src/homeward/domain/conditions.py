"""Named conditions, due dates, ends and counts that rules refer to; each cites where it comes from.

A condition answers True (the rule applies to this start), False, or a sentence naming the fact it lacks.
A due date is a day, None (no date yet) or a sentence naming the fact it lacks; it looks at what happened
until the rule ended.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from homeward.domain.calendar import DAY, add_months, add_working_days
from homeward.domain.events import Event, Span
from homeward.domain.life import Life, return_from_adopters

if TYPE_CHECKING:
    from homeward.domain.policy import Rule

NO_DATE_OF_BIRTH = "the child's date of birth is not recorded"
NO_EXPECTED_DATE = "the expected date of birth is not recorded"
NO_HEARING = "the date of the Issues Resolution Hearing is not recorded"
NO_CARE_START = "the return does not hold the start of this period of care"


# Conditions


def unborn(life: Life, rule: Rule, start: Event) -> bool | str:
    """Judged on the day of the gateway (CLOCK.md, agreement 10)."""
    return life.unborn_on(start.on)


def no_earlier_unborn_review(life: Life, rule: Rule, start: Event) -> bool | str:
    """Left out only when the review before birth (SLO-092) comes sooner (CLOCK.md, agreement 10)."""
    if not life.unborn_on(start.on) or life.birth_expected is None:
        return True
    return rule.within[0].after(start.on) <= life.birth_expected - timedelta(days=14)


def under_three(life: Life, rule: Rule, start: Event) -> bool | str:
    """Under 3 on the day the clock starts; unborn counts (CLOCK.md, agreement 13)."""
    if life.unborn_on(start[0]):
        return True
    third = life.birthday(3)
    return NO_DATE_OF_BIRTH if third is None else start[0] < third


def not_an_adoptive_home(life: Life, rule: Rule, start: Event) -> bool | str:
    """The Care Planning Regulations stop at placement for adoption (reg 3); AAR reg 35 plans take over."""
    return not start.detail.startswith("A")


CONDITIONS: dict[str, Callable[[Life, Rule, Event], bool | str]] = {
    "unborn": unborn,
    "no_earlier_unborn_review": no_earlier_unborn_review,
    "under_three": under_three,
    "not_an_adoptive_home": not_an_adoptive_home,
}


# Due dates

Due = date | None | str


def _days(kind: str, life: Life, start: Event, until: date | None) -> list[date]:
    """The days of a kind from the start until the rule ends."""
    on = start[0]
    days = [e[0] for e in life.all(kind) if e[0] >= on and (until is None or e[0] <= until)]
    return list(dict.fromkeys(days)) if len(days) > 1 else days


def second_review(life: Life, start: Event, until: date | None) -> Due:
    """The day of the second review or, until it is held, the day it is due (CPPCR 2010 reg 33)."""
    held = _days("review_held", life, start, until)
    if len(held) > 1:
        return held[1]
    return add_months(held[0] if held else add_working_days(start.on, 20), 3)


def second_adoption_review(life: Life, start: Event, until: date | None) -> Due:
    held = _days("adoption_review_held", life, start, until)
    return held[1] if len(held) > 1 else None


def first_permanence_meeting(life: Life, start: Event, until: date | None) -> Due:
    """The first core or oversight meeting after the clock starts."""
    met = life.first(("permanence_meeting_held", "permanence_tracked"), start.on, until)
    return met.on if met else None


def first_review(life: Life, start: Event, until: date | None) -> Due:
    met = life.first(("review_held",), start.on, until)
    return met.on if met else None


def day_before_18(life: Life, start: Event, until: date | None) -> Due:
    birthday = life.birthday(18)
    return birthday - DAY if birthday else NO_DATE_OF_BIRTH


def two_weeks_before_birth(life: Life, start: Event, until: date | None) -> Due:
    return life.birth_expected - timedelta(days=14) if life.birth_expected else NO_EXPECTED_DATE


def day_before_hearing(life: Life, start: Event, until: date | None) -> Due:
    """The last hearing date recorded for these proceedings counts (CLOCK.md, agreement 8)."""
    later = life.first(("proceedings_issued",), start.on + DAY)
    dates = [h.on for h in life.all("issues_resolution_hearing") if h.on >= start.on]
    dates = [day for day in dates if later is None or day < later.on]
    return dates[-1] - DAY if dates else NO_HEARING


DUE_DATES: dict[str, Callable[[Life, Event, date | None], Due]] = {
    "second_review": second_review,
    "second_adoption_review": second_adoption_review,
    "first_permanence_meeting": first_permanence_meeting,
    "first_review": first_review,
    "day_before_18": day_before_18,
    "two_weeks_before_birth": two_weeks_before_birth,
    "day_before_hearing": day_before_hearing,
}


# Ends


def adoptive_home_left(life: Life, start: Event) -> date | None:
    """Placed again, or moved to a home that is neither adoptive nor temporary (CLOCK.md, agreement 12)."""
    again = life.first(("placed_for_adoption",), start.on + DAY)
    back = return_from_adopters(life, start.on)
    days = [day for day in (again.on if again else None, back) if day]
    return min(days, default=None)


def home_left(life: Life, start: Event) -> date | None:
    """The carer's home was left; what ended on the day of a move belongs to the home left (agreement 18)."""
    moved = life.first(("placement_ended", "placement_started"), start.on + DAY)
    return moved.on if moved else None


ENDS: dict[str, Callable[[Life, Event], date | None]] = {
    "adoptive_home_left": adoptive_home_left,
    "home_left": home_left,
}


# Counts: the event from which a flag is counted, in a period of care, or None


def two_moves_in_12_months(life: Life, span: Span) -> Event | None:
    """The later of two moves inside 12 months, T codes set aside first (CLOCK.md, agreement 17)."""
    homes = [
        home
        for home in life.all("placement_started")
        if span.holds(home.on) and not home.detail.startswith("T") and life.period_on(home.on) == span
    ]
    moves = homes[1:]
    for earlier, later in pairwise(moves):
        if later.on <= add_months(earlier.on, 12):
            return later
    return None


COUNTS: dict[str, Callable[[Life, Span], Event | None]] = {"two_moves_in_12_months": two_moves_in_12_months}
