"""Notices on home pages: that something happened which somebody must look at. They hold no names."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from homeward.records import row_security
from homeward.records.access import Actor
from homeward.records.models import Authority, BreakGlass, Child, Notice, Person, Sealing
from homeward.records.roles import ROLES


def tell(
    authority: Authority,
    role: str,
    kind: str,
    *,
    child: Child | None = None,
    about: int = 0,
    person: Person | None = None,
) -> None:
    """For whoever holds the role in the authority, or for one person."""
    assert (role in ROLES) != (person is not None)
    Notice.objects.create(
        authority=authority,
        role=role,
        person=person,
        kind=kind,
        child=child,
        about=about or None,
        at=settings.NOW(),
    )


def excluded_person_tried(person: Person, child: int) -> None:
    """The head of service hears at once when an excluded person asks for the child (SECURITY T2)."""
    with row_security.whole():
        found = Child.objects.select_related("authority").get(pk=child)
        for role in ("head_of_service", "information_governance"):
            tell(found.authority, role, "excluded_tried", child=found, about=person.pk)


def seen(actor: Actor, pk: int) -> bool:
    """Marks a notice of this person, or of the role they act in, as seen; False when there is none."""
    found = _of(actor).filter(pk=pk)
    return found.update(seen_by=actor.person, seen_at=settings.NOW()) > 0


def _of(actor: Actor):
    if actor.role is None or actor.authority is None:
        return Notice.objects.none()
    mine = Notice.objects.filter(seen_at=None, authority=actor.authority).exclude(_of_oneself(actor.person))
    return mine.filter(role=actor.role.key) | mine.filter(person=actor.person)


def _of_oneself(person: Person) -> Q:
    """Notices of what this person did: they neither hear of them nor put them away."""
    opened = BreakGlass.objects.filter(person=person).values("pk")
    asked = Sealing.objects.filter(asked_by=person).values("pk")
    tried = Q(kind="excluded_tried", about=person.pk)
    return tried | Q(kind="break_glass", about__in=opened) | Q(kind="seal_asked", about__in=asked)


def open_for(actor: Actor) -> list[Notice]:
    """Notices that nobody has looked at yet, newest first."""
    return list(_of(actor).select_related("child").order_by("-at")[:50])
