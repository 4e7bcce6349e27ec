"""Where a person is signed in, and ending it (SECURITY V7)."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from homeward.records.models import ApiToken, CalendarFeed, Person


def seen(request: HttpRequest) -> None:
    """Keeps where this session was last used from; called at sign-in and then at most once a minute."""
    UserSession.objects.create_from_request(request)


def of(person: Person) -> list[Any]:
    """The sessions that stand, the newest first."""
    return sorted(UserSession.objects.purge_and_list(person), key=lambda one: one.created_at, reverse=True)


def forget() -> None:
    """What is left of sessions that nobody came back to."""
    SessionStore.clear_expired()


def end_one(person: Person, pk: int) -> bool:
    found = UserSession.objects.filter(user=person, pk=pk).first()
    if found is not None:
        found.end()
    return found is not None


def end_all(person: Person, *, but: str = "") -> None:
    """Ends every session, token of the API and calendar of this person; each is refused on its next request.

    Call it when a person is disabled or leaves, and when a role, a password or a second factor changes.
    `but` is the key of the session that asks and goes on; web/sign_in/factor.py keeps it valid.
    """
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(sign_ins_ended=F("sign_ins_ended") + 1)
        person.refresh_from_db(fields=["sign_ins_ended"])
        for one in UserSession.objects.filter(user=person).exclude(session_key=but):
            one.end()
        for program in (ApiToken, CalendarFeed):
            program.objects.filter(person=person, ended_at=None).update(ended_at=settings.NOW())
