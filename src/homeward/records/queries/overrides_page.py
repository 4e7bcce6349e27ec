"""Rules of the council that were gone past, in a person's reach: with which reason, and by whom."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Authority, GateAnswer
from homeward.records.operations.decisions import decider_words
from homeward.records.queries.fact_words import GATE_WORDS


def of(actor: Actor, authority: Authority) -> QuerySet[GateAnswer]:
    """The newest first."""
    children = children_shown_to(actor, "history").filter(authority=authority)
    found: QuerySet[GateAnswer] = GateAnswer.current.filter(child__in=children)
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
    return gate.replace("_", " ").capitalize()


def line(fact: GateAnswer) -> dict[str, Any]:
    overridden = fact.answer == GateAnswer.OVERRIDDEN
    return {
        "fact": fact,
        "child": fact.child,
        "words": GATE_WORDS[fact.answer],
        "status": "overdue" if overridden else "due_soon",
        "gate": gate_words(fact.gate, fact.child.authority),
        "role": decider_words(fact.by_role),
    }
