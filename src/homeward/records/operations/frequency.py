"""Agreeing how often a child is visited and reviewed: with the reason, and never less often than the law."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from homeward.domain.frequency import Agreed, law_words, limit, too_seldom
from homeward.domain.life import Life
from homeward.records.history import history_of
from homeward.records.models import Child, Decision, Person
from homeward.records.operations.decisions import FREQUENCY, record_decision
from homeward.records.operations.refused import Refused

_FIELDS = {"visits": "weeks", "reviews": "months"}


def agree_frequency(
    child: Child, asked: Agreed, values: dict[str, Any], *, on: date, by: Person, now: datetime
) -> Decision:
    """A decision in fixed words; `values` are its other fields, `on` the day whose law counts.

    Raises Refused where the law sets no interval, and at the field that is less often than the law asks
    (CPPCR 28 and 33).
    """
    law = limit(Life(history_of(child), on))
    if law is None:
        raise Refused("", "The child is not in care, or lives with adopters, where other regulations count")
    for what in too_seldom(asked, law):
        raise Refused(_FIELDS[what], f"Less often than the law allows. By law: {law_words(law)}")
    return record_decision(child, values | {"kind": FREQUENCY, "what": asked.words}, by=by, now=now)
