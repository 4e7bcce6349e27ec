"""Who may see a child's record, for the page that changes it: restriction, exclusions, shares."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from homeward.records.models import Authority, Child, Exclusion, Person, Role, Share, Team
from homeward.records.operations.people import live, present
from homeward.records.queries.people_page import role_words


def everyone(authority: Authority) -> list[tuple[int, str]]:
    """(pk, name and role) of the council and its agency: an exclusion needs no allocation."""
    today = settings.TODAY()
    place = Q(authority=authority)
    if authority.agency_id:
        place |= Q(agency=authority.agency_id)
    roles = Role.objects.filter(place, live(today), present(today, "person__"))
    found: dict[int, list[str]] = {}
    for role in roles.select_related("person", "team").order_by("person__name", "pk"):
        found.setdefault(role.person_id, [role.person.name]).append(role_words(role))
    return [(pk, ", ".join(dict.fromkeys(words))) for pk, words in found.items()]


def people_with(pks: list[int]) -> list[Person]:
    return list(Person.objects.filter(pk__in=pks))


def teams_of(authority: Authority) -> list[tuple[int, str]]:
    return list(Team.objects.filter(authority=authority).order_by("name").values_list("pk", "name"))


def teams_with(authority: Authority, pks: list[int]) -> list[Team]:
    return list(Team.objects.filter(authority=authority, pk__in=pks))


def exclusions_of(child: Child) -> list[Exclusion]:
    found = Exclusion.objects.filter(child=child)
    return list(found.select_related("person", "made_by", "lift_asked_by", "lifted_by").order_by("-pk"))


def exclusion_of(child: Child, pk: int) -> Exclusion | None:
    found = Exclusion.objects.filter(child=child, pk=pk, lifted_at=None)
    return found.select_related("person", "lift_asked_by").first()


def shares_of(child: Child) -> list[Share]:
    found = Share.objects.filter(child=child).select_related("agency", "made_by", "ended_by")
    return list(found.order_by("-pk"))


def share_of(child: Child, pk: int) -> Share | None:
    return Share.objects.filter(child=child, pk=pk, ended_at=None).select_related("agency").first()
