"""Who has looked at a child: the entries of the audit that name the child, by person and day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from homeward.records.access import Actor
from homeward.records.models import AuditChild, Authority, Child, Exclusion, Person, Restriction


def entries(child: int, person: int = 0, day: date | None = None) -> QuerySet[AuditChild]:
    """Newest first; one query for a page of any length."""
    found = AuditChild.objects.filter(child=child).select_related("entry__person", "entry__authority")
    if person:
        found = found.filter(entry__person=person)
    if day:
        start = timezone.make_aware(datetime.combine(day, time.min))
        found = found.filter(entry__at__gte=start, entry__at__lt=start + timedelta(days=1))
    return found.order_by("-entry__at", "-pk")


def people_who_looked(child: int) -> list[Person]:
    """For the choice of a person, by name."""
    seen = AuditChild.objects.filter(child=child).values("entry__person")
    return list(Person.objects.filter(pk__in=seen).order_by("name"))


def child_with(actor: Actor, authority: Authority, reference: str) -> Child | None:
    """For who sees no child: by exact reference, never a sealed record or one they are excluded from."""
    found = _open_to(actor, authority).filter(code=reference).order_by("pk")[:2]
    return found[0] if len(found) == 1 else None


def child_at(actor: Actor, authority: Authority, public_id: str) -> Child | None:
    return _open_to(actor, authority).filter(public_id=public_id).first()


def _open_to(actor: Actor, authority: Authority) -> QuerySet[Child]:
    excluded = Exclusion.objects.filter(person=actor.person, lifted_at=None).values("child")
    sealed = Restriction.objects.filter(ended_at=None, level=Restriction.SEALED).values("child")
    return Child.objects.filter(authority=authority).exclude(pk__in=excluded).exclude(pk__in=sealed)
