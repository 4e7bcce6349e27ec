"""Acting for a colleague: who, for whom, from when to when. It always ends."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction

from homeward.records.access import roles_of
from homeward.records.models import Authority, Cover, Person
from homeward.records.operations.refused import Refused
from homeward.records.roles import ROLES


@transaction.atomic
def make_cover(
    authority: Authority,
    *,
    covered: Person,
    acts: Person,
    started_on: date,
    ended_on: date,
    reason: str,
    by: Person,
) -> Cover:
    """`acts` sees the own children of `covered` from the first day to the last."""
    if covered.pk == acts.pk:
        raise Refused("acts", "Choose a colleague: nobody acts for themselves")
    if acts.pk == by.pk and not _manages(by, authority):
        raise Refused("acts", "Somebody else says that you act for a colleague: the colleague or a manager")
    if ended_on < started_on:
        raise Refused("ended_on", "The last day must not be before the first")
    if ended_on < settings.TODAY():
        raise Refused("ended_on", "Enter a last day that is still to come")
    same = Cover.objects.filter(authority=authority, covered=covered, by=acts)
    if same.filter(started_on__lte=ended_on, ended_on__gte=started_on).exists():
        raise Refused("acts", f"{acts.name} acts for {covered.name} on some of these days already")
    return Cover.objects.create(
        authority=authority,
        covered=covered,
        by=acts,
        started_on=started_on,
        ended_on=ended_on,
        reason=reason.strip(),
        made_by=by,
        made_at=settings.NOW(),
    )


def _manages(person: Person, authority: Authority) -> bool:
    """Sees the children of the team or the council anyway, and so gains nothing by acting for a worker."""
    held = (role for role in roles_of(person) if role.authority_id == authority.pk)
    return any(ROLES[role.key].reach in ("team", "authority") for role in held)


@transaction.atomic
def end_cover(cover: Cover) -> None:
    """Ends tonight; one that has not begun is taken back."""
    today = settings.TODAY()
    if cover.started_on > today:
        cover.delete()
    elif cover.ended_on > today:
        cover.ended_on = today
        cover.save(update_fields=["ended_on"])
