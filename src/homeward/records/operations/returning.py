"""The plan for a child's return home: opened, agreed as the best plan, gone, looked at and ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction

from homeward.domain.returning import HELP, KINDS, OUTCOMES, SAFEST, STATES, STOPPED, WEIGHED
from homeward.domain.wording import day_words
from homeward.records.models import Child, Person, ReturnPlan, ReturnReview, ReturnStep
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.refused import Refused

# Another person to go to, or other conditions, are another plan: a manager agrees anew.
_AGREED = ("to_whom", "conditions")
_NOT_AGREED = {"best_by": "", "best_role": "", "best_on": None, "best_says": ""}


@transaction.atomic
def open_return(
    child: Child, values: dict[str, Any], helps: Iterable[str], *, by: Person, now: datetime
) -> ReturnPlan:
    """A plan with the help that starts at once; raises Refused while another is open.

    `values` are fields of ReturnPlan.
    """
    _complete(values)
    Child.objects.select_for_update().get(pk=child.pk)
    if ReturnPlan.current.filter(child=child, ended_on=None).exists():
        raise Refused("", "A plan for return home is open already. Change that one, or end it first.")
    plan = cast(
        ReturnPlan,
        record_fact(child, "ReturnPlan", values, start=values["opened_on"], by=by, now=now),
    )
    for what in helps:
        add_step(plan, {"kind": HELP, "what": what, "agreed_on": plan.opened_on}, by=by, now=now)
    return plan


def change_return(
    plan: ReturnPlan, values: dict[str, Any], *, reason: str, by: Person, now: datetime
) -> ReturnPlan:
    """What the plan says from now on. Raises Refused, AlreadyReplaced, NotYet.

    Another home to go to, or other conditions, take the manager's agreement away.
    """
    _open(plan)
    _complete(values)
    if not reason.strip():
        raise Refused("reason", "Say why it is changed")
    if any(values.get(name, getattr(plan, name)) != getattr(plan, name) for name in _AGREED):
        values = values | _NOT_AGREED
    return _plan(correct_fact(plan, values, by=by, now=now, reason=reason.strip()))


def agree_best(plan: ReturnPlan, on: date, says: str, *, role: str, by: Person, now: datetime) -> ReturnPlan:
    """A manager agrees that it is the best plan; raises Refused while what is to be weighed is not written.

    `role` is the role that the person acts in. Raises AlreadyReplaced, NotYet.
    """
    _open(plan)
    if lacking := missing(plan):
        raise Refused("", f"Before it can be agreed, the plan needs {_listed(lacking)}.")
    if on < plan.opened_on:
        raise Refused("best_on", "This day is before the plan was opened")
    if not says.strip():
        raise Refused("best_says", "Say what shows that it is the best plan")
    agreed = {"best_by": by.name, "best_role": role, "best_on": on, "best_says": says.strip()}
    return _plan(correct_fact(plan, agreed, by=by, now=now, reason="Agreed as the best plan"))


def record_home(
    plan: ReturnPlan, returned_on: date, next_on: date | None, *, by: Person, now: datetime
) -> ReturnPlan:
    """The day on which the child went home, and the first day on which it is checked how it goes.

    Sent again it puts the day right. Raises Refused, AlreadyReplaced, NotYet.
    """
    _open(plan)
    if returned_on < plan.opened_on:
        raise Refused("returned_on", "This day is before the plan was opened")
    if next_on is not None and next_on <= returned_on:
        raise Refused("next_on", "The first check must be after the child went home")
    gone = {"returned_on": returned_on, "next_on": next_on}
    return _plan(correct_fact(plan, gone, by=by, now=now, reason="The child went home"))


def end_return(
    plan: ReturnPlan, on: date, outcome: str, says: str, *, by: Person, now: datetime
) -> ReturnPlan:
    """Lasted, broke down, or stopped before the child went home. Raises Refused, AlreadyReplaced, NotYet."""
    _open(plan)
    if outcome not in OUTCOMES:
        raise Refused("outcome", "Choose how it ended")
    if (outcome == STOPPED) == (plan.returned_on is not None):
        gone = "The child has gone home" if plan.returned_on else "No return is recorded yet"
        raise Refused("outcome", f"{gone}, so this cannot be how it ended")
    if on < (plan.returned_on or plan.opened_on):
        raise Refused("ended_on", "This day is before the plan was opened or the child went home")
    if not says.strip():
        raise Refused("outcome_says", "Say what happened and what was learned")
    ended = {"ended_on": on, "outcome": outcome, "outcome_says": says.strip()}
    return _plan(correct_fact(plan, ended, by=by, now=now, reason="The plan for return ended"))


def add_step(plan: ReturnPlan, values: dict[str, Any], *, by: Person, now: datetime) -> ReturnStep:
    """Help or a milestone. `values` are fields of ReturnStep. Raises Refused, NotYet."""
    _open(plan)
    _step_complete(values)
    told = values | {"plan": plan.thread, "what": values["what"].strip()}
    return cast(
        ReturnStep, record_fact(plan.child, "ReturnStep", told, start=values["agreed_on"], by=by, now=now)
    )


def change_step(
    step: ReturnStep, values: dict[str, Any], *, reason: str, by: Person, now: datetime
) -> ReturnStep:
    """Raises Refused, AlreadyReplaced, NotYet."""
    if not reason.strip():
        raise Refused("reason", "Say why it is changed")
    _step_complete(values)
    return cast(ReturnStep, correct_fact(step, values, by=by, now=now, reason=reason.strip()))


def close_step(step: ReturnStep, state: str, on: date, says: str, *, by: Person, now: datetime) -> ReturnStep:
    """Done, or no longer needed, with what came of it. Raises Refused, AlreadyReplaced, NotYet."""
    if state not in STATES:
        raise Refused("state", "Choose whether it is done or no longer needed")
    if on < step.agreed_on:
        raise Refused("closed_on", "This day is before it was agreed")
    if not says.strip():
        raise Refused("says", "Enter what came of it")
    closed = {"state": state, "closed_on": on, "says": says.strip()}
    return cast(ReturnStep, correct_fact(step, closed, by=by, now=now, reason=says.strip()[:300]))


def record_review(plan: ReturnPlan, values: dict[str, Any], *, by: Person, now: datetime) -> ReturnReview:
    """How the way home goes or, after the return, whether it holds. Raises Refused, NotYet.

    `values` are fields of ReturnReview; `after_return` says which of the two it is.
    """
    _open(plan)
    _review_complete(plan, values)
    return cast(
        ReturnReview,
        record_fact(
            plan.child,
            "ReturnReview",
            values | {"plan": plan.thread},
            start=values["held_on"],
            by=by,
            now=now,
        ),
    )


def correct_review(
    review: ReturnReview, plan: ReturnPlan, values: dict[str, Any], *, reason: str, by: Person, now: datetime
) -> ReturnReview:
    """Raises Refused, AlreadyReplaced, NotYet."""
    if not reason.strip():
        raise Refused("reason", "Say why it is changed")
    _review_complete(plan, values)
    return cast(ReturnReview, correct_fact(review, values, by=by, now=now, reason=reason.strip()))


def missing(plan: ReturnPlan) -> list[str]:
    """What is not yet written and has to be before a manager can agree, in words."""
    return [words for name, words in WEIGHED.items() if not getattr(plan, name)]


def _open(plan: ReturnPlan) -> None:
    if plan.ended_on is not None:
        raise Refused("", f"The plan ended on {day_words(plan.ended_on)}.")


def _plan(fact: Any) -> ReturnPlan:
    assert isinstance(fact, ReturnPlan)
    return fact


def _complete(values: dict[str, Any]) -> None:
    if not values["to_whom"].strip():
        raise Refused("to_whom", "Enter to whom the child is to go home")
    if not values["reasons"].strip():
        raise Refused("reasons", "Say why the child came into care")
    for name, sentence in (
        ("target_on", "The target must not be before the plan was opened"),
        ("next_on", "This day must not be before the plan was opened"),
    ):
        day = values.get(name)
        if day is not None and day < values["opened_on"]:
            raise Refused(name, sentence)


def _step_complete(values: dict[str, Any]) -> None:
    if values["kind"] not in KINDS:
        raise Refused("kind", "Choose whether it is help or a milestone")
    if not values["what"].strip():
        raise Refused("what", "Enter what it is")
    by_on = values.get("by_on")
    if by_on is not None and by_on < values["agreed_on"]:
        raise Refused("by_on", "This day is before it was agreed")


def _review_complete(plan: ReturnPlan, values: dict[str, Any]) -> None:
    held_on = values["held_on"]
    if not values["by_name"].strip():
        raise Refused("by_name", "Enter who looked at it")
    if not values["says"].strip():
        raise Refused("says", "Say how it goes")
    after = values.get("after_return", False)
    begun = plan.returned_on if after else plan.opened_on
    if begun is None or held_on < begun:
        said = "the child went home" if after else "the plan was opened"
        raise Refused("held_on", f"This day is before {said}")
    next_on = values.get("next_on")
    if next_on is not None and next_on <= held_on:
        raise Refused("next_on", "The next day must be after this one")
    if after and not values.get("at_home"):
        raise Refused("at_home", "Say whether the child still lives at home")
    safe = values.get("feels_safe")
    if safe is not None and not 0 <= safe <= SAFEST:
        raise Refused("feels_safe", f"The child’s answer is a number from 0 to {SAFEST}")


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
