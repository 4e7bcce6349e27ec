"""Which kinds of event a council's record holds at all."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import DateField, Max

from homeward.records import row_security
from homeward.records.history import GIVES, Gathered
from homeward.records.models import Authority, Fact, Load

KEPT_FOR = 300  # seconds; a kind that a person records for the first time is noticed after that


def kinds_held(authority: Authority) -> frozenset[str]:
    """Kept until the next import: it changes seldom and every list asks for it."""
    newest = Load.objects.filter(authority=authority).order_by("-pk").values_list("pk", flat=True).first()
    key = f"kinds-{authority.slug}-{newest}"
    held = cache.get(key)
    if held is None:
        gathered = Gathered()
        with row_security.whole(authority):  # kept for everybody, so not as one person sees it
            for model, fields, give in GIVES:
                for values in _one_of_each(model, fields, authority):
                    give(gathered, *values)
        held = frozenset(event.kind for event in gathered.events)
        cache.set(key, held, KEPT_FOR)
    return held


def _one_of_each(model: type[Fact], fields: tuple[str, ...], authority: Authority) -> list[list[Any]]:
    """One row for each combination of the fields that are no dates, with the newest of each date."""
    dates = [name for name in fields if isinstance(model._meta.get_field(name), DateField)]
    codes = [name for name in fields if name not in dates]
    newest = {f"newest_{name}": Max(name) for name in dates}
    facts = model.current.filter(child__authority=authority).order_by()
    rows = facts.values(*codes).annotate(**newest) if codes else [facts.aggregate(**newest)]
    found = [[row[name] if name in codes else row[f"newest_{name}"] for name in fields] for row in rows]
    # A table without rows still has one aggregate, of nothing.
    return [values for values in found if any(value is not None for value in values)]
