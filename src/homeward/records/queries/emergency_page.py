"""Emergency accesses that wait for a review, and those reviewed.

An access to a record that was sealed since is reviewed all the same, so row-level security is looked past;
what a reviewer may not know (a name, the reference of a sealed record) is left out here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from homeward.records import row_security
from homeward.records.access import Actor, children_visible_to
from homeward.records.models import BreakGlass, Exclusion, Restriction

REVIEWED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Access:
    """An access; `name` and `public_id` only for a reviewer who sees the child, `reference` unless sealed."""

    opened: BreakGlass
    name: str
    public_id: str
    reference: str
    overdue: bool
    own: bool


def _of(actor: Actor) -> QuerySet[BreakGlass]:
    """Accesses of the council, without those to a child from whom the reviewer is excluded."""
    excluded = Exclusion.objects.filter(person=actor.person, lifted_at=None).values("child")
    found = BreakGlass.objects.filter(child__authority=actor.authority).exclude(child__in=excluded)
    return found.select_related("person", "child__authority", "reviewed_by")


def waiting(actor: Actor) -> list[Access]:
    """To be reviewed, the longest wait first."""
    with row_security.whole(actor.authority):
        return _told(actor, _of(actor).filter(reviewed_at=None).order_by("review_due_on", "pk"))


def reviewed(actor: Actor) -> list[Access]:
    return _told(
        actor, _of(actor).filter(reviewed_at__isnull=False).order_by("-reviewed_at")[:REVIEWED_SHOWN]
    )


def waiting_now(actor: Actor) -> tuple[int, int]:
    """How many wait for a review, and how many of these are overdue."""
    with row_security.whole(actor.authority):
        days = list(_of(actor).filter(reviewed_at=None).values_list("review_due_on", flat=True))
    return len(days), sum(day < settings.TODAY() for day in days)


def access_of(actor: Actor, pk: int) -> BreakGlass | None:
    with row_security.whole(actor.authority):
        return _of(actor).filter(pk=pk).first()


def _told(actor: Actor, found: Iterable[BreakGlass]) -> list[Access]:
    lines = list(found)
    children = [one.child_id for one in lines]
    seen = set(children_visible_to(actor).filter(pk__in=children).values_list("pk", flat=True))
    sealed = Restriction.objects.filter(child__in=children, ended_at=None, level=Restriction.SEALED)
    closed = set(sealed.values_list("child", flat=True))
    return [
        Access(
            opened=one,
            name=one.child.name if one.child_id in seen else "",
            public_id=one.child.public_id if one.child_id in seen else "",
            reference="" if one.child_id in closed else one.child.code,
            overdue=one.reviewed_at is None and one.review_due_on < settings.TODAY(),
            own=one.person_id == actor.person.pk,
        )
        for one in lines
    ]
