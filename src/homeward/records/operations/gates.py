"""What a council's policy asks before a step: gone on with a recorded reason, or let go by a named senior."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction

from homeward.domain import gates
from homeward.domain.events import History
from homeward.domain.gates import Unmet
from homeward.domain.meetings import CHAIRS
from homeward.domain.steps import Gate, Situation
from homeward.records.history import history_of
from homeward.records.models import Child, GateAnswer, Meeting, Person
from homeward.records.operations.facts import record_fact
from homeward.records.operations.refused import Refused


class Stands(Refused):
    """A gate was not answered, or may not be gone past in this role."""


def in_the_way(
    child: Child,
    act: str,
    *,
    today: date,
    meeting_key: str = "",
    history: History | None = None,
    **known: Any,
) -> list[Unmet]:
    """What the child's council still asks before `act`, stops first; `known` are fields of a Situation."""
    situation = Situation(history or history_of(child), today, **known)
    return gates.asked(child.authority.pack, act, meeting_key, situation)


def may_go_on(unmet: Unmet, role: str) -> bool:
    """Anybody goes past what is only asked; what stops, only a role that the gate names."""
    return not unmet.stops or role in unmet.gate.may_override


def field_of(unmet: Unmet) -> str:
    """The name of the form's field in which the reason stands."""
    return f"gate_{unmet.gate.key}"


@contextmanager
def going_on(
    child: Child,
    unmet: Sequence[Unmet],
    reasons: Mapping[str, str],
    *,
    role: str,
    on: date,
    by: Person,
    now: datetime,
    meeting: Meeting | None = None,
) -> Iterator[None]:
    """Records why each gate was gone past, in one transaction with the step that stands inside.

    `reasons` are by the names of `field_of`; `role` is the one that the person acts in. Raises Stands at the
    field of the first gate that does: nothing is then recorded, and the step is not taken.
    """
    if unmet and on > now.date():
        raise Refused("on", "This day is still to come. Record it when it has happened")
    for one in unmet:
        _refuse(one, reasons, role)
    with transaction.atomic():
        for one in unmet:
            values = {
                "gate": one.gate.key,
                "answer": GateAnswer.OVERRIDDEN if one.stops else GateAnswer.ASKED,
                "on": on,
                "says": one.sentence,
                "reason": reasons[field_of(one)].strip(),
                "by_name": by.name,
                "by_role": role,
                "meeting": meeting,
            }
            record_fact(child, "GateAnswer", values, start=on, by=by, now=now)
        yield


def record_answers(
    child: Child,
    said: Sequence[tuple[Gate, str, str]],
    *,
    role: str,
    on: date,
    by: Person,
    now: datetime,
) -> None:
    """Keeps what each gate was answered with: (gate, what was asked, the answer)."""
    for gate, asked, answer in said:
        values = {
            "gate": gate.key,
            "answer": GateAnswer.ANSWERED,
            "on": on,
            "says": asked,
            "reason": answer,
            "by_name": by.name,
            "by_role": role,
        }
        record_fact(child, "GateAnswer", values, start=on, by=by, now=now)


def _refuse(unmet: Unmet, reasons: Mapping[str, str], role: str) -> None:
    if not may_go_on(unmet, role):
        raise Stands(field_of(unmet), f"{unmet.sentence} {who_may(unmet)}".strip())
    if not reasons.get(field_of(unmet), "").strip():
        raise Stands(field_of(unmet), f"{unmet.sentence} Write why it goes on all the same")


def who_may(unmet: Unmet) -> str:
    """Who may let a step go on that is stopped, as a sentence."""
    named = " or ".join(CHAIRS.get(role, role.replace("_", " ")) for role in unmet.gate.may_override)
    return f"Only the {named} may let it go on all the same." if named else "Nobody may go past this."
