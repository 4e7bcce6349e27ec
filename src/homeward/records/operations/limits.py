"""How much one person may search, export, add and open in a while (SECURITY 2, V2.4)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from homeward.records.models import AuditEntry, Person, Spent

ALLOWED = {
    "search": (60, timedelta(minutes=1)),
    "export": (10, timedelta(hours=1)),
    "calendar": (60, timedelta(hours=1)),
    "upload": (100, timedelta(hours=1)),
}
CHILDREN_AN_HOUR = 150
# Pages of one child whose names do not begin with the word.
OPENED = ("record", "correct", "exclusion_lift", "looked_record")


class TooMuch(Exception):
    """The allowance is spent; says what and for how long."""


def spend(person: Person, what: str) -> None:
    """Counts one search, export or upload; raises TooMuch when the allowance of the while is spent."""
    allowed, while_ = ALLOWED[what]
    now = settings.NOW()
    with transaction.atomic():
        Spent.objects.bulk_create([Spent(person=person, what=what, since=now)], ignore_conflicts=True)
        spent = Spent.objects.select_for_update().get(person=person, what=what)
        if spent.since <= now - while_:
            spent.since, spent.used = now, 0
        if spent.used >= allowed:
            raise TooMuch(what)
        spent.used += 1
        spent.save(update_fields=["since", "used"])


def opened_too_many(person: Person, child: int) -> bool:
    """Whether this child would be one more than 150 different children opened within an hour."""
    since = settings.NOW() - timedelta(hours=1)
    place = (
        Q(place__in=OPENED)
        | Q(place__startswith="api:child")
        | (Q(place__startswith="child") & ~Q(place="children"))
    )
    # From the entries of this person's hour: the audit of a council holds millions of others.
    entries = AuditEntry.objects.filter(place, person=person, at__gt=since)
    opened = entries.exclude(action="refuse")  # what was refused was not opened
    distinct = set(opened.filter(shown__child__isnull=False).values_list("shown__child", flat=True))
    return len(distinct) >= CHILDREN_AN_HOUR and child not in distinct
