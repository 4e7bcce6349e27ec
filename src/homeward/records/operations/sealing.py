"""Sealing takes two people: one asks and says why, another agrees; until then nothing is sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from homeward.records.models import Child, Notice, Person, Restriction, Sealing
from homeward.records.operations import notices, protect
from homeward.records.operations.refused import Refused
from homeward.records.roles import ROLES

GONE = "Nobody asks any more that this record is sealed. Look at it again"


def asked_for(child: Child) -> Sealing | None:
    """What was asked and is open: nobody agreed to it, declined it or took it back."""
    return Sealing.objects.filter(child=child, ended_at=None).select_related("asked_by").first()


@transaction.atomic
def ask(child: Child, *, reason: str, by: Person) -> Sealing:
    """The first of the two people; whoever else may seal hears of it."""
    Child.objects.select_for_update().get(pk=child.pk)
    if found := asked_for(child):
        raise Refused("", f"{found.asked_by.name} asks for it already. Look at what was asked")
    if child.restrictions.filter(ended_at=None, level=Restriction.SEALED).exists():
        raise Refused("", "This record is sealed already")
    made = Sealing.objects.create(child=child, reason=reason.strip(), asked_by=by, asked_at=settings.NOW())
    for role in (key for key, meaning in ROLES.items() if "seal" in meaning.actions):
        notices.tell(child.authority, role, "seal_asked", child=child, about=made.pk)
    return made


@transaction.atomic
def agree(sealing: Sealing, *, by: Person) -> Restriction:
    """The second person, and with that the record is sealed; the database refuses the first one too."""
    if sealing.asked_by == by:
        raise Refused("", "You asked for it yourself. Another person has to agree")
    _end(sealing, by, agreed_by=by)
    return protect.seal(sealing.child, by=by, reason=sealing.reason, now=settings.NOW())


@transaction.atomic
def end(sealing: Sealing, *, by: Person) -> None:
    """Who asked takes it back, or another declines; the record stays open."""
    _end(sealing, by)


def _end(sealing: Sealing, by: Person, **more: Person) -> None:
    now = settings.NOW()
    still = Sealing.objects.filter(pk=sealing.pk, ended_at=None)
    if not still.update(ended_by=by, ended_at=now, **more):
        raise Refused("", GONE)
    told = Notice.objects.filter(kind="seal_asked", about=sealing.pk, seen_at=None)
    told.update(seen_by=by, seen_at=now)
