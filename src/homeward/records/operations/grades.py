"""How good a plan or a report is: the very version, in the council's words, signed by a manager."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from homeward.domain.quality import grades
from homeward.records.models import Child, Grade, PermanencePlan, Person
from homeward.records.operations.facts import correct_fact, record_fact, withdraw_fact
from homeward.records.operations.refused import Refused

PLAN, REPORT, STANDARDS = "plan", "report", "standards"


def grade_plan(
    plan: PermanencePlan, grade: str, says: str, *, on: date, by: Person, role: str, now: datetime
) -> Grade:
    """Judges this version of a plan; a later version is to be judged anew. Raises Refused, NotYet."""
    _complete(plan.child, grade, says)
    if plan.recorded_on and on < plan.recorded_on:
        raise Refused("graded_on", "This day is before the plan was recorded")
    values = {"subject": PLAN, "plan": plan, "graded_on": on, "grade": grade, "says": says.strip()}
    return _signed(plan.child, values, by, role, now)


def grade_report(
    child: Child, report: str, for_on: date | None, grade: str, says: str, /, **signed: Any
) -> Grade:
    """Judges a report for the panel or meeting of a day; `signed`: on, by, role, now.

    Raises Refused, NotYet.
    """
    if not report.strip():
        raise Refused("report", "Enter which report it is, and for which panel or meeting")
    _complete(child, grade, says)
    values = {"subject": REPORT, "report": report.strip(), "for_on": for_on, "graded_on": signed["on"]}
    values |= {"grade": grade, "says": says.strip()}
    return _signed(child, values, signed["by"], signed["role"], signed["now"])


def correct_grade(
    fact: Grade, values: dict[str, Any], *, reason: str, by: Person, role: str, now: datetime
) -> Grade:
    """What stands in its place, signed by who corrects it, with the reason.

    Raises Refused, AlreadyReplaced, NotYet.
    """
    if not reason.strip():
        raise Refused("reason", "Say why it is corrected")
    _complete(fact.child, values.get("grade", fact.grade), values.get("says", fact.says))
    signed = values | {"by_name": by.name, "by_role": role}
    return _made(correct_fact(fact, signed, by=by, now=now, reason=reason.strip()))


def withdraw_grade(fact: Grade, *, reason: str, by: Person, now: datetime) -> Grade:
    """Marks it as recorded in error; raises AlreadyReplaced."""
    return _made(withdraw_fact(fact, by=by, now=now, reason=reason))


def _complete(child: Child, grade: str, says: str) -> None:
    if grade not in grades(child.authority.pack):
        raise Refused("grade", "Choose how good it is")
    if not says.strip():
        raise Refused("says", "Say why")


def _signed(child: Child, values: dict[str, Any], by: Person, role: str, now: datetime) -> Grade:
    """The signature is of who is signed in, in the role they act in: nobody signs for another."""
    values = values | {"by_name": by.name, "by_role": role}
    return _made(record_fact(child, "Grade", values, start=values["graded_on"], by=by, now=now))


def _made(fact: Any) -> Grade:
    assert isinstance(fact, Grade)
    return fact
