"""The people who may be chosen at sign-in: those of a demonstration, and no others."""

from __future__ import annotations

from collections.abc import Sequence

from homeward.records import access
from homeward.records.models import Person, Role


def demonstration_people() -> list[dict[str, object]]:
    """Each place with its people and what they are there: [{name, people: [{pk, name, role_words}]}]."""
    roles = (
        Role.objects.filter(person__is_demonstration=True)
        .select_related("person", "authority")
        .order_by("authority__name", "pk")
    )
    places: dict[str, dict[int, dict[str, object]]] = {}
    for role in roles:
        place = places.setdefault(role.authority.name, {})
        place[role.person_id] = {"pk": role.person_id, "name": role.person.name, "role_words": role.role}
    return [{"name": name, "people": list(people.values())} for name, people in places.items()]


def demonstration_person(key: str) -> Person | None:
    """The person of the demonstration with this key; a live account is never given."""
    if not key.isdigit():
        return None
    return Person.objects.filter(pk=int(key), is_demonstration=True, is_active=True).first()
