"""What a policy asks before a step: the gates that stand in the way, each with its sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from homeward.domain.meetings import CHAIRS, Meeting
from homeward.domain.packs import NEEDS, gates, meeting, meetings, pack
from homeward.domain.steps import ACTS, Gate, Situation


class Unmet(NamedTuple):
    """A gate that is not satisfied, and the sentence that says what is missing and how to mend it."""

    gate: Gate
    sentence: str

    @property
    def stops(self) -> bool:
        """Whether the step is refused unless one of `gate.may_override` lets it go on with a reason."""
        return self.gate.effect == "stop"


def asked(name: str, act: str, meeting_key: str, situation: Situation) -> list[Unmet]:
    """What the policy still asks before `act`, stops first; `meeting_key` is empty outside a meeting.

    England's gates are asked too, save where the council's own gate needs the same.
    """
    series = meeting(name, meeting_key) if meeting_key else None
    guarding = guards(name, act, series)
    options = tuple(option["route"] for option in pack(name).options)
    ready = replace(situation, meeting=series, options=options)
    unmet = []
    for gate in guarding:
        answer = NEEDS[gate.needs](replace(ready, roles=gate.roles, limit=gate.limit))
        if answer is not True:
            unmet.append(Unmet(gate, _sentence(gate, series, answer or "")))
    return sorted(unmet, key=lambda one: not one.stops)


def guards(name: str, act: str, series: Meeting | None) -> list[Gate]:
    """The gates of a policy before an act, at a meeting or outside one."""
    own = [gate for gate in gates(name) if gate.pack == name and _applies(gate, act, series)]
    met = {gate.needs for gate in own}
    common = [gate for gate in gates(name) if gate.pack != name and _applies(gate, act, series)]
    return [*own, *(gate for gate in common if gate.needs not in met)]


def _applies(gate: Gate, act: str, series: Meeting | None) -> bool:
    if gate.at != act:
        return False
    if gate.meeting:
        return series is not None and series.key == gate.meeting
    return not gate.kinds or (series is not None and series.kind in gate.kinds)


def before(name: str, gate: Gate) -> str:
    """The step that a gate guards, in words: "before: record that a meeting is held (Disruption Meeting)"."""
    where = [one.name for one in meetings(name) if gate.meeting == one.key or one.kind in gate.kinds]
    return f"before: {ACTS[gate.at]}" + (f" ({', '.join(where)})" if where else "")


def said(name: str, gate: Gate) -> str:
    """The sentence of a gate as a page about the policy shows it, where nothing is missing yet."""
    return _sentence(gate, meeting(name, gate.meeting) if gate.meeting else None, "…")


def _sentence(gate: Gate, series: Meeting | None, missing: str | bool) -> str:
    return gate.says.format(
        meeting=series.name if series else "meeting",
        chairs=series.chairs_words if series else "",
        roles=" or ".join(CHAIRS[role] for role in gate.roles),
        missing=missing,
        limit=gate.limit.words if gate.limit else "",
    )
