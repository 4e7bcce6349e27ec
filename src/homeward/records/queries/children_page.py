"""Finding children by name or reference, among those a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from homeward.records.access import Actor, children_visible_to, field_sets_by_child
from homeward.records.fields import shown_place
from homeward.records.models import Authority, Child, SocialWorkerSpell
from homeward.records.queries.people import worker_names


@dataclass(slots=True)
class Found:
    """A child in a list."""

    public_id: str
    name: str
    code: str
    born_on: date | None
    expected_on: date | None
    fields: frozenset[str]
    legal_status: str
    placement: str
    worker: str


def found(actor: Actor, authority: Authority, q: str, *, everyone: bool) -> QuerySet[Child]:
    """Children by part of a name or the start of a reference; without `everyone` those in scope only."""
    children = children_visible_to(actor).filter(authority=authority)
    if q:
        children = children.filter(Q(called__icontains=q) | Q(identifiers__value__istartswith=q)).distinct()
    if not everyone:
        children = children.filter(standing__in_scope=True)
    return children.select_related("standing").order_by("called", "pk")


def described(actor: Actor, listed: Sequence[Child], authority: Authority) -> list[Found]:
    """The children of one page with where they stand; as many queries for one as for fifty."""
    shown = field_sets_by_child(actor, [child.pk for child in listed])
    names = worker_names(authority)
    spells = SocialWorkerSpell.current.filter(child__in=listed, ended_on=None).order_by("started_on")
    workers: dict[int, str] = dict(spells.values_list("child_id", "worker"))
    return [
        Found(
            public_id=child.public_id,
            name=child.name,
            code=child.code,
            born_on=child.born_on,
            expected_on=child.expected_on,
            fields=shown[child.pk],
            legal_status=child.standing.legal_status if "legal" in shown[child.pk] else "",
            placement=shown_place(child.standing.placement, shown[child.pk]),
            worker=names.get(workers.get(child.pk, ""), workers.get(child.pk, "")),
        )
        for child in listed
    ]
