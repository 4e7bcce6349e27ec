"""A form has its effect once: the same key again is answered as the first time, without a second effect."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from homeward.records.models import Once, Person

KEPT = timedelta(days=2)  # at least 24 hours (SECURITY R2)


class AnotherBody(Exception):
    """The key was used for something else."""


def begin(person: Person, key: str, place: str, body: str) -> Once:
    """A new row within the caller's transaction, or the row of the first time (its status is then set).

    Of two that run at once the database lets the second wait for the first. Raises AnotherBody.
    """
    now = settings.NOW()
    Once.objects.filter(person=person, at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            return Once.objects.create(person=person, key=key, place=place, body=body, at=now)
    except IntegrityError:
        first = Once.objects.get(person=person, key=key)
        if (first.place, first.body) != (place, body):
            raise AnotherBody from None
        return first


def finish(once: Once, status: int, location: str) -> None:
    """Keeps the answer, which is always the address to go to; a form that was shown again had no effect."""
    if 300 <= status < 400:
        once.status, once.location = status, location
        once.save(update_fields=["status", "location"])
    else:
        once.delete()
