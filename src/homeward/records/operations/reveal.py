"""Showing a masked field set once: who, which, and the reason they wrote down."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from homeward.records.access import Actor, field_sets_for
from homeward.records.models import Child, Reveal
from homeward.records.roles import MASKED

TWICE = timedelta(minutes=1)


def reveal(actor: Actor, child: Child, field_set: str, reason: str) -> Reveal | None:
    """None for a field set that this person may not be shown at all."""
    if field_set not in field_sets_for(actor, child) & MASKED:
        return None
    same = {"person": actor.person, "child": child, "field_set": field_set, "reason": reason.strip()}
    now = settings.NOW()
    just_now = Reveal.objects.filter(**same, at__gt=now - TWICE).first()  # a double click is one look
    return just_now or Reveal.objects.create(**same, at=now)
