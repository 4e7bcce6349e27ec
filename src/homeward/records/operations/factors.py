"""The second factors that a person has set up here."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from homeward.records.models import Person
from homeward.records.operations.sessions import end_all


def of(person: Person) -> dict[str, Any]:
    """{app, passkeys, codes_left}; a kind that is not set up is missing."""
    found: dict[str, Any] = {}
    for one in Authenticator.objects.filter(user=person).order_by("created_at"):
        if one.type == "totp":
            found["app"] = one
        elif one.type == "webauthn":
            found.setdefault("passkeys", []).append(one)
        else:
            found["codes_left"] = len(one.wrap().get_unused_codes())
    return found


def one(person: Person, kind: str, pk: int | None) -> Authenticator | None:
    mine = Authenticator.objects.filter(user=person, type=kind)
    return (mine.filter(pk=pk) if pk is not None else mine).first()


def is_last(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type__in=["totp", "webauthn"]).count() == 1


def remove_all(person: Person) -> None:
    """For a lost telephone: the person sets a factor up anew at the next sign-in."""
    Authenticator.objects.filter(user=person).delete()
    end_all(person)
