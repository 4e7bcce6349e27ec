"""Sharing a child with the council's regional agency: for a purpose, some field sets, until a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from homeward.records.models import Child, Person, Share
from homeward.records.operations.refused import Refused
from homeward.records.roles import FIELD_SETS, ROLES

PURPOSES = {
    "family_finding": "Finding adopters",
    "early_permanence": "Early permanence",
    "matching": "Matching and panel",
    "support": "Adoption support",
    "other": "Something else",
}
# What somebody of an agency may be shown at most; core always goes along.
SHARED = {
    name: words
    for name, words in FIELD_SETS.items()
    if name != "core" and any(r.reach == "agency" and name in r.fields for r in ROLES.values())
}


@transaction.atomic
def share(
    child: Child, *, purpose: str, words: str, field_sets: Iterable[str], until: date, by: Person
) -> Share:
    """The agency sees these field sets of this child to the end of the day, and nothing else."""
    agency = child.authority.agency
    if agency is None:
        raise Refused("", "This council works with no regional agency in Homeward")
    if until < settings.TODAY():
        raise Refused("until", "The last day must not be in the past")
    said = PURPOSES[purpose] + (f": {words.strip()}" if words.strip() else "")
    return Share.objects.create(
        child=child,
        agency=agency,
        purpose=said[:300],
        field_sets=["core", *sorted(set(field_sets) & set(SHARED))],
        made_by=by,
        made_at=settings.NOW(),
        until=timezone.make_aware(datetime.combine(until, time.max)),
    )


@transaction.atomic
def end_share(given: Share, *, by: Person) -> None:
    """At once: the next page that the agency asks for is not found."""
    Share.objects.filter(pk=given.pk, ended_at=None).update(ended_by=by, ended_at=settings.NOW())
