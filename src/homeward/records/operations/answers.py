"""What is said of each route to permanence for a child: viable, being tested, or ruled out and by whom."""

from __future__ import annotations

from datetime import date, datetime

from homeward.domain.events import ROUTES
from homeward.domain.wording import day_words
from homeward.records.models import Child, Meeting, OptionAnswer, Person
from homeward.records.operations.facts import record_fact
from homeward.records.operations.refused import Refused

ANSWERS = {
    OptionAnswer.VIABLE: "Viable",
    OptionAnswer.TESTING: "Being tested",
    OptionAnswer.RULED_OUT: "Ruled out",
}


def answer_option(
    child: Child,
    route: str,
    answer: str,
    *,
    on: date,
    reason: str,
    signed_by: str = "",
    signed_role: str = "",
    meeting: Meeting | None = None,
    by: Person,
    now: datetime,
) -> OptionAnswer:
    """Records the answer of a day; ruling out, and opening again what was ruled out, need a reason.

    Raises Refused for a route or an answer that is not known, a missing reason or signature, or a day before
    the newest answer of the route.
    """
    reason, signed_by = reason.strip(), signed_by.strip()
    if route not in ROUTES or answer not in ANSWERS:
        raise Refused("answer", "Choose what is said of this route")
    _refuse(newest_answer(child, route), answer, on, reason, signed_by)
    values = {
        "route": route,
        "answer": answer,
        "answered_on": on,
        "reason": reason,
        "signed_by": signed_by,
        "signed_role": signed_role,
        "meeting": meeting,
    }
    fact = record_fact(child, "OptionAnswer", values, start=on, by=by, now=now)
    assert isinstance(fact, OptionAnswer)
    return fact


def _refuse(before: OptionAnswer | None, answer: str, on: date, reason: str, signed_by: str) -> None:
    if before is not None and on < before.answered_on:
        raise Refused("on", f"This route was answered later, on {day_words(before.answered_on)}")
    if answer == OptionAnswer.RULED_OUT and not signed_by:
        raise Refused("signed_by", "Enter who signed off that this route is no longer viable")
    opens_again = before is not None and before.answer == OptionAnswer.RULED_OUT and answer != before.answer
    if not reason and (answer == OptionAnswer.RULED_OUT or opens_again):
        what = "opened again" if opens_again else "ruled out"
        raise Refused("reason", f"Say why this route is {what}")


def newest_answer(child: Child, route: str) -> OptionAnswer | None:
    """The answer that counts; of two on one day, the one recorded last."""
    answers = OptionAnswer.current.filter(child=child, route=route)
    found: OptionAnswer | None = answers.order_by("answered_on", "pk").last()
    return found
