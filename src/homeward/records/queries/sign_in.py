"""Who may sign in."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q

from homeward.records.models import Person
from homeward.records.roles import ROLES


def is_here(person: Person) -> bool:
    """Neither disabled nor gone; asked on every request."""
    return person.is_active and not (person.left_on and person.left_on <= settings.TODAY())


def may_sign_in(person: Person) -> bool:
    """Is here and holds a role today."""
    today = settings.TODAY()
    held = person.roles.filter(Q(started_on=None) | Q(started_on__lte=today), key__in=list(ROLES))
    return is_here(person) and held.filter(Q(ended_on=None) | Q(ended_on__gte=today)).exists()


def has_factor(person: Person) -> bool:
    """Whether an app or a passkey is set up here; recovery codes alone are none."""
    return Authenticator.objects.filter(user=person, type__in=["totp", "webauthn"]).exists()


def people_with_factor(people: Iterable[int]) -> set[int]:
    """Those of these people who have set up an app or a passkey here."""
    own = Authenticator.objects.filter(user__in=people, type__in=["totp", "webauthn"])
    return set(own.values_list("user_id", flat=True))
