"""What the files say now against what the record holds of them: new, changed, gone, and conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from homeward.records.drafts import FIELDS, Draft
from homeward.records.models import FACTS, Fact

# Beside the start, what tells two facts of a model apart, and which fields bound a span.
_APART = {
    "PermanencePlan": "position",
    "MeetingHeld": "kind",
    "DatedEvent": "kind",
    "MissingEpisode": "kind",
    "LegalStatus": "code",
    "SocialWorkerSpell": "worker",
    "ReviewingOfficer": "officer",
}
_SPANS = frozenset({"PeriodOfCare", "LegalStatus", "Home"})


@dataclass(slots=True)
class Change:
    """A fact that is `new` (draft only), `changed` (both), `gone` (fact only) or a `conflict` (both)."""

    sort: str
    model: str
    child: int
    draft: Draft | None = None
    fact: Fact | None = None


@dataclass(slots=True)
class Difference:
    changes: list[Change] = field(default_factory=list)

    def of(self, sort: str) -> list[Change]:
        return [change for change in self.changes if change.sort == sort]

    @property
    def is_empty(self) -> bool:
        return not any(change.sort != "conflict" for change in self.changes)


def plain(value: Any) -> Any:
    """A field's value as both a draft and the database would give it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (list, tuple)):
        return tuple(plain(each) for each in value)
    return "" if value is None else value


def values_of(model: str, source: Draft | Fact) -> tuple[Any, ...]:
    if isinstance(source, Draft):
        return tuple(plain(source.fields.get(name)) for name in FIELDS[model])
    return tuple(plain(getattr(source, name)) for name in FIELDS[model])


def between(drafts: dict[int, Sequence[Draft]]) -> Difference:
    """The difference for the children named (by pk); their facts are read in one query a model."""
    found = Difference()
    wanted: dict[tuple[str, int], list[Draft]] = defaultdict(list)
    for child, own in drafts.items():
        for draft in own:
            wanted[draft.model, child].append(draft)
    for name in FIELDS:  # what files never give is not compared
        model = FACTS[name]
        held: dict[int, list[Fact]] = defaultdict(list)
        for start in range(0, len(pks := sorted(drafts)), 5000):
            # What a person withdrew is read too: the files do not bring it back by themselves.
            standing = model.objects.filter(Q(withdrawn=False) | Q(source="person"), superseded_at=None)
            for fact in standing.filter(child_id__in=pks[start : start + 5000]).order_by("pk"):
                held[fact.child_id].append(fact)
        for child in held.keys() | {child for model_name, child in wanted if model_name == name}:
            found.changes += _of_child(name, child, wanted.get((name, child), []), held.get(child, []))
    return found


def _of_child(model: str, child: int, drafts: list[Draft], facts: list[Fact]) -> Iterable[Change]:
    """Facts and drafts of one model are matched when equal, then by start, then by overlap."""
    persons = [fact for fact in facts if fact.source == "person"]
    files = [fact for fact in facts if fact.source != "person"]
    drafts, files = _without_equals(model, drafts, files)
    for same in (_same_start, _overlaps if model in _SPANS else None):
        if same is None:
            continue
        for draft in list(drafts):
            fact = next((fact for fact in files if same(model, draft, fact)), None)
            if fact is not None:
                drafts.remove(draft)
                files.remove(fact)
                yield Change("changed", model, child, draft, fact)
    for draft in drafts:
        own = next((fact for fact in persons if _same_start(model, draft, fact)), None)
        if own is None:
            yield Change("new", model, child, draft)
        elif own.withdrawn or values_of(model, own) != values_of(model, draft):
            yield Change("conflict", model, child, draft, own)
    yield from (Change("gone", model, child, fact=fact) for fact in files)


def _without_equals(model: str, drafts: list[Draft], facts: list[Fact]) -> tuple[list[Draft], list[Fact]]:
    held: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        held[values_of(model, fact)].append(fact)
    left = []
    for draft in drafts:
        equal = held.get(values_of(model, draft))
        if equal:
            equal.pop()
        else:
            left.append(draft)
    return left, [fact for same in held.values() for fact in same]


def _same_start(model: str, draft: Draft, fact: Fact) -> bool:
    apart = _APART.get(model)
    return draft.start == fact.start and (apart is None or draft.fields[apart] == getattr(fact, apart))


def _overlaps(model: str, draft: Draft, fact: Any) -> bool:
    if model == "LegalStatus" and draft.fields["code"] != fact.code:
        return False
    begun = draft.fields["started_on"] or draft.fields.get("known_from") or date.min
    held = fact.started_on or getattr(fact, "known_from", None) or date.min
    return bool(begun < (fact.ended_on or date.max) and held < (draft.fields["ended_on"] or date.max))
