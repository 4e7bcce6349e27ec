"""The rules of the policy that stand before a step, as a form shows them: layout/gates.html."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.http import HttpRequest

from homeward.domain.gates import Unmet
from homeward.records.operations.gates import field_of, may_go_on, who_may


class Asked(NamedTuple):
    """One gate on a form: what it says, by whose authority, and the reason that was typed so far."""

    field: str
    sentence: str
    source: str
    promises: tuple[str, ...]
    stops: bool
    may_go_on: bool
    who_may: str
    reason: str
    error: str


def asked(request: HttpRequest, unmet: Iterable[Unmet]) -> list[Asked]:
    """The gates with what was sent for each; one that was shown before and left empty says so."""
    return [_asked(one, request.POST, role_of(request)) for one in unmet]


def reasons(request: HttpRequest) -> dict[str, str]:
    """What was typed for each gate, by the name of its field."""
    return {name: str(value)[:2000] for name, value in request.POST.items() if name.startswith("gate_")}


def role_of(request: HttpRequest) -> str:
    return request.actor.role.key if request.actor.role else ""


def _asked(one: Unmet, data: Mapping[str, str], role: str) -> Asked:
    field, may = field_of(one), may_go_on(one, role)
    empty = field in data and not data[field].strip()
    document, section = one.gate.document, one.gate.section
    return Asked(
        field=field,
        sentence=one.sentence,
        source=f"{document}, {section}" if section else document,
        promises=one.gate.promises,
        stops=one.stops,
        may_go_on=may,
        who_may=who_may(one) if one.stops else "",
        reason=data.get(field, ""),
        error="Write why it goes on all the same" if may and empty else "",
    )
