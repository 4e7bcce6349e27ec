"""Recorded facts in words: what, when, where it came from, and what became of it."""

from __future__ import annotations

from typing import Any

from homeward.records.queries.child_page import Recorded
from homeward.records.queries.fact_words import KIND_WORDS, fact_words, when_words
from homeward.reports import words

SOURCES = {
    "903": "SSDA903",
    "annex_a": "Annex A",
    "bundle": "Council’s tables",
    "repair": "Repair on import",
}

# Sorts of fact that a person corrects here; the others come from a return and are mended there.
BY_HAND = ("Review", "Visit", "MeetingHeld", "PermanencePlan", "DatedEvent")


def groups(facts: dict[str, list[Recorded]], *, then: bool) -> list[dict[str, Any]]:
    """Facts by kind; `then` when read as they stood on a day, so that what came later is not told."""
    return [
        {"title": KIND_WORDS.get(model, model), "facts": [_told(model, each, then) for each in found]}
        for model, found in facts.items()
    ]


def _told(model: str, recorded: Recorded, then: bool) -> dict[str, Any]:
    fact = recorded.fact
    values = vars(fact)
    return {
        "uid": fact.uid if model in BY_HAND and not (then or fact.superseded_at or fact.withdrawn) else "",
        "words": fact_words(model, values),
        "when": when_words(model, values),
        "source": _source(recorded),
        "recorded_on": fact.recorded_at.date(),
        "recorded_by": fact.recorded_by.name if fact.recorded_by else "by import",
        "reason": fact.reason_recorded,
        "replaced": "" if then else _became(fact),
    }


def _source(recorded: Recorded) -> str:
    fact = recorded.fact
    said = SOURCES.get(fact.source, "A person") + (
        f": {fact.repair.replace('_', ' ')}" if fact.repair else ""
    )
    places = [f"{file.rsplit('/', 1)[-1]}, row {number}" for file, number in recorded.places[:3]]
    more = len(recorded.places) - len(places)
    return "; ".join([said, *places]) + (f"; and {words.count(more, 'row')} more" if more > 0 else "")


def _became(fact: Any) -> str:
    if fact.withdrawn:
        return f"withdrawn on {words.day(fact.recorded_at.date())}"
    return f"replaced on {words.day(fact.superseded_at.date())}" if fact.superseded_at else ""
