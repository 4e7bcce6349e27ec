"""The plan of a child in pre-proceedings held against the council's early permanence standards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from homeward.domain.packs import standards
from homeward.records.models import Child, Grade, Person
from homeward.records.operations.facts import record_fact
from homeward.records.operations.grades import STANDARDS
from homeward.records.operations.refused import Refused

ANSWERS = {"met": "Met", "not": "Not met", "na": "Does not apply to this child"}


def check_standards(
    child: Child,
    answers: Mapping[str, str],
    says: str,
    next_on: date | None,
    *,
    on: date,
    by: Person,
    role: str,
    now: datetime,
) -> Grade:
    """Records one check: `answers` is an answer (ANSWERS) to each standard of the council, by its key.

    Signed by who is signed in. Raises Refused where a standard is not answered, or one is not met and nothing
    is said of it; NotYet for a day still to come.
    """
    for standard in standards(child.authority.pack):
        if answers.get(standard["key"]) not in ANSWERS:
            raise Refused(standard["key"], "Answer this standard")
    if "not" in answers.values() and not says.strip():
        raise Refused("says", "Say what is done about what is not met")
    if next_on is not None and next_on <= on:
        raise Refused("for_on", "The next check must be after this one")
    values = {
        "subject": STANDARDS,
        "standards": dict(answers),
        "says": says.strip(),
        "graded_on": on,
        "for_on": next_on,
        "by_name": by.name,
        "by_role": role,
    }
    fact = record_fact(child, "Grade", values, start=on, by=by, now=now)
    assert isinstance(fact, Grade)
    return fact
