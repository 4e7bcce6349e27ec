"""Who works with a child: from a day, to a day, in a role that they hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction

from homeward.domain.wording import day_words
from homeward.records.models import Allocation, Child, Exclusion, Person, Role
from homeward.records.operations.people import live, not_over, present
from homeward.records.operations.refused import Refused
from homeward.records.roles import ROLES

# Whoever may record works with the child as the social worker; a family finder stands beside them.
WORKERS = frozenset(
    key for key, role in ROLES.items() if role.reach in ("mine", "team") and "record" in role.actions
)
# A role that reaches only what is allocated sees it to the day; for panel papers or a life story.
WINDOWS = ("panel", "life_story")


def basis_for(key: str) -> str:
    """On which basis a person in this role works with a child; "" when the role needs no allocation."""
    meaning = ROLES.get(key)
    if meaning is None:
        return ""
    if meaning.reach == "window":
        return "life_story" if key == "life_story_worker" else "panel"
    return "allocated" if meaning.reach == "mine" or key in WORKERS else ""


@transaction.atomic
def allocate(
    child: Child, role: Role, *, started_on: date, ended_on: date | None, reason: str, by: Person
) -> Allocation:
    """The person in this role works with the child; a panel or a life story needs the day it ends."""
    name, basis = role.person.name, basis_for(role.key)
    if role.authority_id != child.authority_id or not basis or not _holds(role, started_on):
        raise Refused("role", "Choose somebody who holds the role on that day")
    if basis in WINDOWS and ended_on is None:
        raise Refused("ended_on", "Enter the last day: access for a panel or a life story ends with it")
    if ended_on is not None and ended_on < started_on:
        raise Refused("ended_on", "The last day must not be before the first")
    if Exclusion.objects.filter(child=child, person=role.person, lifted_at=None).exists():
        raise Refused("role", f"{name} must not see this record. Choose somebody else")
    same = Allocation.objects.select_for_update().filter(child=child, person=role.person, basis=basis)
    standing = same.filter(not_over(started_on)).order_by("started_on").first()
    if standing is not None and (ended_on is None or standing.started_on <= ended_on):
        since = day_words(standing.started_on)
        raise Refused("role", f"{name} works with this child from {since} already. End that first")
    return Allocation.objects.create(
        child=child,
        person=role.person,
        basis=basis,
        started_on=started_on,
        ended_on=ended_on,
        reason=reason.strip(),
        made_by=by,
        made_at=settings.NOW(),
    )


@transaction.atomic
def end_allocation(allocation: Allocation, on: date) -> None:
    """The last day; hand-over follows an allocation, nothing follows a panel or a life story."""
    if on < allocation.started_on:
        raise Refused("ended_on", "The last day must not be before the first")
    if allocation.ended_on is not None and on > allocation.ended_on:
        raise Refused("ended_on", "It ends earlier than that already. Allocate again for longer")
    allocation.ended_on = on
    allocation.save(update_fields=["ended_on"])


@transaction.atomic
def reassign(children: Iterable[Child], role: Role, *, reason: str, by: Person) -> list[Allocation]:
    """One person takes over several children from today; all or none."""
    today = settings.TODAY()
    return [
        allocate(child, role, started_on=today, ended_on=None, reason=reason, by=by) for child in children
    ]


def _holds(role: Role, on: date) -> bool:
    """Whether the role is held on the day, by somebody who is here."""
    on = max(on, settings.TODAY())
    return Role.objects.filter(live(on), present(on, "person__"), pk=role.pk).exists()
