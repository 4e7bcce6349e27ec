"""Who saw which children: written with the read, append only, without names."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from homeward.records.access import basis_of
from homeward.records.models import AccessLog, Person


def saw(person: Person, children: Iterable[int], place: str) -> None:
    """Writes that a person was shown children (by pk) on a page; raises when it cannot be written."""
    roles = sorted({role.key for role in person.roles.all()})
    AccessLog.objects.create(
        at=timezone.now(),
        person=person,
        role=", ".join(roles)[:80],
        place=place[:80],
        children=sorted(set(children)),
        basis=basis_of(person),
    )
