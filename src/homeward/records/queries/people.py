"""The people who may be chosen at sign-in: those of a demonstration, and no others."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from homeward.records.models import Authority, Fact, Person, Role
from homeward.records.roles import ROLES

SEES = {
    "mine": "sees the children they work with",
    "team": "sees the children of their team",
    "authority": "sees every child of the council",
    "none": "sees no child’s record",
    "window": "sees the children of a panel or a life story, for as long as it lasts",
    "agency": "sees the children that a council shares with the agency",
}


# Roles that are tried less often; they are listed after the others.
SELDOM = (
    *("supervising_social_worker", "family_finder", "panel_adviser", "panel_chair", "panel_member"),
    *("life_story_worker", "administrator", "data_manager", "information_governance"),
)


def demonstration_people() -> list[dict[str, object]]:
    """[{name, people: [{pk, name, role_words, sees}]}], a council at a time; nobody who left."""
    roles = Role.objects.filter(
        Q(person__left_on=None) | Q(person__left_on__gt=settings.TODAY()),
        person__is_demonstration=True,
        person__is_active=True,
    ).select_related("person", "authority", "agency")
    order = list(ROLES)
    placed = [
        (role.key in SELDOM, place.name, order.index(role.key), role)
        for role in roles
        if (place := role.authority or role.agency)
    ]
    places: dict[str, dict[int, dict[str, object]]] = {}
    for seldom, council, _, role in sorted(placed, key=lambda place: place[:3]):
        meaning = ROLES[role.key]
        places.setdefault(f"{council}, other roles" if seldom else council, {})[role.person_id] = {
            "pk": role.person_id,
            "name": role.person.name,
            "role_words": meaning.title,
            "sees": SEES[meaning.reach],
        }
    return [{"name": name, "people": list(people.values())} for name, people in places.items()]


def demonstration_person(key: str) -> Person | None:
    """The person of the demonstration with this key; a live account is never given."""
    if not key.isdigit():
        return None
    return Person.objects.filter(pk=int(key), is_demonstration=True, is_active=True).first()


def worker_names(authority: Authority) -> dict[str, str]:
    """Worker's id in the files -> name, for the social workers who sign in here."""
    roles = Role.objects.filter(authority=authority, key="social_worker").select_related("person")
    return {worker: role.person.name for role in roles for worker in role.workers}


def spells_on(model: type[Fact], on: date) -> QuerySet[Any]:
    """Who works with the children on a day, the newest last."""
    spells = model.current.filter(started_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gte=on))
    return spells.order_by("started_on")
