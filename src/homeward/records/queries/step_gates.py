"""What the council's policy asks before a step that is recorded on a child's page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from homeward.domain.gates import Unmet, guards
from homeward.domain.meetings import Meeting
from homeward.domain.step_answers import ASKS
from homeward.domain.steps import GIVEN, Gate
from homeward.records.history import history_of
from homeward.records.models import Child, OptionAnswer, PermanencePlan
from homeward.records.operations import gates


def in_the_way(
    child: Child, acts: Sequence[str], on: date, given: dict[str, Any], series: Meeting | None = None
) -> list[Unmet]:
    """Everything that is still asked before these steps on a day, each gate once, stops first.

    `series` is the meeting that is recorded, where the step is one.
    """
    if not acts:
        return []
    history, known = history_of(child), _known(child) | given
    found: dict[str, Unmet] = {}
    for act in acts:
        key = series.key if series else ""
        for one in gates.in_the_way(child, act, today=on, history=history, given=known, meeting_key=key):
            found.setdefault(one.gate.key, one)
    return sorted(found.values(), key=lambda one: not one.stops)


def answered(
    child: Child, acts: Sequence[str], said: dict[str, str], series: Meeting | None = None
) -> list[tuple[Gate, str, str]]:
    """Each gate that was answered on the form: (gate, what was asked, the answer in words)."""
    found: dict[str, tuple[Gate, str, str]] = {}
    for gate in (gate for act in acts for gate in guards(child.authority.pack, act, series)):
        names = [name for name in ASKS.get(gate.needs, ()) if name in said]
        if names:
            labels = "; ".join(GIVEN[name] for name in names)
            found[gate.key] = (gate, labels, "; ".join(said[name] for name in names))
    return list(found.values())


def _known(child: Child) -> dict[str, Any]:
    """What the record already says of what a gate may look at."""
    plans = list(PermanencePlan.current.filter(child=child, ended_on=None).order_by("pk"))
    main = next((plan for plan in plans if plan.position == "main"), None)
    return {
        "route": main.route if main else "",
        "routes": tuple(OptionAnswer.current.filter(child=child).values_list("route", flat=True)),
        "open_assessments": tuple(words for plan in plans for words in plan.waits_for),
    }
