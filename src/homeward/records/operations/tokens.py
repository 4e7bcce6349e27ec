"""Tokens of the read API: a person makes one for a program, in the role they act in; it is shown once.

Only the SHA-256 of a token is kept. It does what its person may do in that role and council today and no
more, and nothing once the person, the role or the token has ended (SECURITY V9).
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings

from homeward.records import access
from homeward.records.access import Actor
from homeward.records.models import ApiToken, Person

UNDER = "/api/"  # where tokens are taken, and nothing else
DOCUMENT = f"{UNDER}v1/openapi.json"  # the one address there that a signed-in person may open too
LONGEST = 90  # days
# What a token may be made for: the action that the role must allow, and what it reads.
SCOPES = {
    "tracker": ("see_children", "The tracker: a row for each child in reach"),
    "child": ("see_children", "A child: where the child stands, plans and the life so far"),
    "deadlines": ("see_children", "A child’s dates, and what each was counted from"),
    "promises": (
        "see_policy",
        "The promises of the council’s policy, and how many children each is kept for",
    ),
}


def scopes_for(actor: Actor) -> dict[str, str]:
    """The scopes that the person's role can use, with what each reads."""
    return {key: words for key, (action, words) in SCOPES.items() if access.may(actor, action)}


def make(actor: Actor, *, name: str, scopes: list[str], days: int) -> tuple[ApiToken, str]:
    """A token in the role that the person acts in, and its text, which is not kept."""
    assert actor.role is not None and actor.authority is not None
    assert 1 <= days <= LONGEST and scopes and scopes_for(actor).keys() >= set(scopes)
    text, now = f"homeward_{secrets.token_urlsafe(32)}", settings.NOW()
    token = ApiToken.objects.create(
        person=actor.person,
        role=actor.role,
        authority=actor.authority,
        name=name,
        hash=_hash(text),
        scopes=scopes,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return token, text


def of(person: Person) -> list[ApiToken]:
    """The tokens that have not ended, the newest first."""
    live = ApiToken.objects.filter(person=person, ended_at=None, expires_at__gt=settings.NOW())
    return list(live.select_related("role", "authority").order_by("-made_at", "-pk"))


def end(person: Person, pk: int) -> bool:
    """Ends a token of this person; it is refused from its next request on."""
    live = ApiToken.objects.filter(person=person, pk=pk, ended_at=None)
    return bool(live.update(ended_at=settings.NOW()))


def presented(header: str) -> tuple[ApiToken, Actor] | None:
    """The token of an Authorization header, with its person in its role; None when it opens nothing."""
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "bearer":
        return None
    live = ApiToken.objects.filter(hash=_hash(text), ended_at=None, expires_at__gt=settings.NOW())
    token = live.select_related("person").first()
    if token is None:
        return None
    key = f"{token.role_id}:{token.authority_id or ''}"
    actor = next((place for place in access.places_of(token.person) if place.key == key), None)
    if actor is None:
        return None
    if token.last_used_on != settings.TODAY():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=settings.TODAY())
    return token, actor


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
