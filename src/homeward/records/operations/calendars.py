"""A person's meetings as an address that a calendar programme reads; it is shown once.

Only the SHA-256 of the address is kept. It gives what its person may know of in that role and council today
and no more, and nothing once the person, the role or the address has ended.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from homeward.records import access
from homeward.records.access import Actor
from homeward.records.models import CalendarFeed, Person

UNDER = "/calendar/"  # where these addresses are, and nothing else
ENDS = ".ics"
LONGEST = 180  # days


@transaction.atomic
def make(actor: Actor, *, only_mine: bool, days: int) -> tuple[CalendarFeed, str]:
    """The one calendar of the person in this role, in place of an earlier one; and the address's secret."""
    assert actor.role is not None and actor.authority is not None
    assert 1 <= days <= LONGEST and access.may(actor, "meet")
    text, now = secrets.token_urlsafe(32), settings.NOW()
    held = CalendarFeed.objects.filter(person=actor.person, role=actor.role, authority=actor.authority)
    held.filter(ended_at=None).update(ended_at=now)
    feed = CalendarFeed.objects.create(
        person=actor.person,
        role=actor.role,
        authority=actor.authority,
        hash=_hash(text),
        only_mine=only_mine,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return feed, text


def of(person: Person) -> list[CalendarFeed]:
    """The calendars that have not ended, the newest first."""
    live = CalendarFeed.objects.filter(person=person, ended_at=None, expires_at__gt=settings.NOW())
    return list(live.select_related("role", "authority").order_by("-made_at", "-pk"))


def end(person: Person, pk: int) -> bool:
    """Ends a calendar of this person; its address is not found from the next request on."""
    live = CalendarFeed.objects.filter(person=person, pk=pk, ended_at=None)
    return bool(live.update(ended_at=settings.NOW()))


def presented(path: str) -> tuple[CalendarFeed, Actor] | None:
    """The calendar of an address, with its person in its role; None when it opens nothing."""
    text = path.removeprefix(UNDER)
    if not text.endswith(ENDS):
        return None
    hashed = _hash(text.removesuffix(ENDS))
    live = CalendarFeed.objects.filter(hash=hashed, ended_at=None, expires_at__gt=settings.NOW())
    feed = live.select_related("person").first()
    if feed is None:
        return None
    key = f"{feed.role_id}:{feed.authority_id}"
    actor = next((place for place in access.places_of(feed.person) if place.key == key), None)
    if actor is None:
        return None
    if feed.last_used_on != settings.TODAY():
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_on=settings.TODAY())
    return feed, actor


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
