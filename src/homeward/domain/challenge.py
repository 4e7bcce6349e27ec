"""Matters that a reviewing officer or chair raises: stages, the formal process, and how an answer stands."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from homeward.domain.calendar import add_working_days, working_days_between
from homeward.domain.wording import day_words

NEAR = 5  # working days before its day in which an answer is soon due


class Stage(NamedTuple):
    """A stage of a council's way with matters raised: the `formal` ones are counted, `outside` is Cafcass."""

    key: str
    name: str
    formal: bool = False
    outside: bool = False
    note: str = ""
    promises: tuple[str, ...] = ()


THEMES: dict[str, str] = {
    "delay": "Delay or drift",
    "plan": "The plan does not fit the child’s needs",
    "not_done": "What was agreed is not done",
    "home": "Where the child lives",
    "family_time": "Family time",
    "brothers_and_sisters": "Brothers and sisters",
    "voice": "The child is not heard",
    "advocacy": "Advocacy and the child’s rights",
    "health": "Health",
    "education": "School and learning",
    "reviews": "Reviews, visits and their papers",
    "support": "Support and what it costs",
    "legal": "Legal steps, and whether what is done is lawful",
    "other": "Another matter",
}
ADDRESSED: dict[str, str] = {
    "worker": "A worker",
    "team": "The team",
    "department": "The department",
    "legal": "Legal services",
    "partner": "A partner",
}
OUTCOMES: dict[str, str] = {
    "agreed": "Agreed as asked",
    "in_part": "Agreed in part",
    "explained": "Explained and accepted",
    "not_agreed": "Not agreed",
    "elsewhere": "With Cafcass or the court",
    "not_needed": "No longer needed",
}


class Stands(NamedTuple):
    """How a day stands, in words and shortly, with the status that gives it its colour."""

    status: str
    words: str
    short: str = ""


def weekday_words(day: date) -> str:
    """`Friday 4 December 2026`."""
    return f"{day:%A} {day_words(day)}"


def working_days_words(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"


def answer_stands(answer_by: date | None, answered_on: date | None, *, settled: bool, on: date) -> Stands:
    """Whether an answer is due, late or given, counted in working days."""
    if answered_on is not None:
        given = f"Answered on {day_words(answered_on)}"
        if answer_by is None or answered_on <= answer_by:
            return Stands("done_on_time", given, "Answered")
        late = working_days_between(answer_by, answered_on)
        words = f"{given}, {working_days_words(late)} late" if late else given
        return Stands("done_late", words, "Answered late")
    if settled:
        return Stands("ended", "Settled without an answer", "No answer")
    if answer_by is None:
        return Stands("undated", "No day set for the answer", "No day set")
    if answer_by < on:
        late = working_days_between(answer_by, on)
        by = f"by {working_days_words(late)}" if late else "since then"
        words = f" {by}" if late else f": it was due {weekday_words(answer_by)}"
        return Stands("overdue", f"Answer late{words}", f"Late {by}")
    if answer_by == on:
        return Stands("due_soon", "Answer due today", "Due today")
    left = working_days_between(on, answer_by)
    within = f"in {working_days_words(left)}"
    words = f"Answer due {weekday_words(answer_by)}, {within}"
    return Stands("due_soon" if left <= NEAR else "on_track", words, f"Due {within}")


def formal_stands(formal_on: date, limit: int, settled_on: date | None, on: date) -> Stands:
    """The day on which the formal process, of `limit` working days in all, ends; or how long it took."""
    until = add_working_days(formal_on, limit)
    if settled_on is not None:
        took = working_days_words(working_days_between(formal_on, settled_on))
        words = f"The formal process took {took}"
        if settled_on <= until:
            return Stands("done_on_time", words, f"Took {took}")
        return Stands("done_late", f"{words}: more than the {limit}", f"Took {took}")
    whole = f"The {limit} working days of the formal process"
    if until < on:
        over = working_days_words(working_days_between(until, on))
        words = f"{whole} ended on {weekday_words(until)}, {over} ago"
        return Stands("overdue", words, f"{over} over the {limit}")
    if until == on:
        return Stands("due_soon", f"{whole} end today", f"Last of the {limit} days")
    left = working_days_between(on, until)
    words = f"{whole} end on {weekday_words(until)}, in {working_days_words(left)}"
    short = f"{left} of {working_days_words(limit)} left"
    return Stands("due_soon" if left <= NEAR else "on_track", words, short)
