"""Finding children by name or reference, among those a person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from homeward.records.access import children_visible_to
from homeward.records.models import Authority, Child, KeptStanding, Person


@dataclass(slots=True)
class Found:
    """A child in a list."""

    public_id: str
    name: str
    code: str
    born_on: date | None
    expected_on: date | None
    legal_status: str
    placement: str
    worker: str


def found(person: Person, authority: Authority, q: str, *, everyone: bool) -> QuerySet[Child]:
    """Children by part of a name or the start of a reference; those in scope only, unless everyone is asked for."""
    children = children_visible_to(person).filter(authority=authority)
    if q:
        children = children.filter(Q(called__icontains=q) | Q(identifiers__value__istartswith=q)).distinct()
    if not everyone:
        children = children.filter(standing__in_scope=True)
    return children.order_by("called", "pk")


def described(children): return []
