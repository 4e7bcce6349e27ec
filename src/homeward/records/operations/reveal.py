"""Showing a masked field set once: who, which, and the reason they wrote down."""

from __future__ import annotations

from django.conf import settings

from homeward.records.access import Actor, field_sets_for
from homeward.records.models import Child, Reveal
from homeward.records.roles import MASKED


def reveal(actor: Actor, child: Child, field_set: str, reason: str) -> Reveal | None:
    """None for a field set that this person may not be shown at all."""
    if field_set not in field_sets_for(actor, child) & MASKED:
        return None
    return Reveal.objects.create(
        person=actor.person, child=child, field_set=field_set, reason=reason.strip(), at=settings.NOW()
    )
