"""Rules of the council that were gone past, in a person's reach: with which reason, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from homeward.domain.gates import before
from homeward.domain.packs import gates
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Authority, Child, GateAnswer
from homeward.records.operations.decisions import decider_words
from homeward.records.queries.fact_words import GATE_WORDS


@dataclass(frozen=True, slots=True)
class Override:
    """One rule gone past."""

    fact: GateAnswer
    gate: str
    role: str

    @property
    def child(self) -> Child:
        return self.fact.child

    @property
    def status(self) -> str:
        return "overdue" if self.fact.answer == GateAnswer.OVERRIDDEN else "due_soon"

    @property
    def words(self) -> str:
        return GATE_WORDS[self.fact.answer]


def line(fact: GateAnswer, authority: Authority) -> Override:
    return Override(fact, gate_words(fact.gate, authority), decider_words(fact.by_role))


def of(actor: Actor, authority: Authority) -> QuerySet[GateAnswer]:
    """The newest first."""
    children = children_shown_to(actor, "history").filter(authority=authority)
    past = (GateAnswer.ASKED, GateAnswer.OVERRIDDEN)
    found: QuerySet[GateAnswer] = GateAnswer.current.filter(child__in=children, answer__in=past)
    return found.select_related("child", "meeting").order_by("-on", "-pk")


def by_gate(found: QuerySet[GateAnswer], authority: Authority) -> list[dict[str, Any]]:
    """How often each rule was gone past, the most first."""
    rows = found.order_by().values_list("gate", "answer").annotate(number=Count("pk"))
    counted: dict[str, dict[str, int]] = {}
    for gate, answer, number in rows:
        counted.setdefault(gate, {})[answer] = number
    lines = [
        {
            "key": gate,
            "words": gate_words(gate, authority),
            "asked": numbers.get(GateAnswer.ASKED, 0),
            "overridden": numbers.get(GateAnswer.OVERRIDDEN, 0),
        }
        for gate, numbers in counted.items()
    ]
    return sorted(lines, key=lambda each: (-each["overridden"] - each["asked"], each["words"]))


def gate_words(gate: str, authority: Authority) -> str:
    """The gate, and the step that it stands before where the council's pack still has it."""
    title = gate.replace("_", " ").capitalize()
    found = next((one for one in gates(authority.pack) if one.key == gate), None)
    return f"{title}, {before(authority.pack, found)}" if found else title
