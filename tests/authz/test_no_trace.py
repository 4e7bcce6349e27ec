"""To somebody who is kept from every child, a council looks as if it had none: in no list, number or file.

The demonstration council is asked for every address without a child in it, once by a person who is excluded
from each of its children, and once more when its children are gone. The answers must be the same.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.authz.routes import of_a_child, routes
from tests.authz.test_matrix import MAY, ROUTES, needed, text_of
from tests.cast import NOW, TODAY

from homeward.config import demonstration
from homeward.records.models import Authority, Child, Exclusion, Person, Role, Spent
from homeward.web.drift.lists import lists_of

pytestmark = pytest.mark.django_db
OF_THE_MOMENT = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"|nonce="[^"]*"')


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    cache.clear()
    monkeypatch.setattr(demonstration, "now", lambda: NOW)
    demonstration._fill(tmp_path, TODAY, demonstration.SEED)
    return Authority.objects.get(slug="northmere")


def addresses(who: str) -> list[str]:
    found = [
        pattern
        for name, pattern in routes().items()
        if not (name.startswith("api:") or of_a_child(pattern))
        and "<" not in pattern
        and ROUTES[name]["GET"] == "200"
        if ROUTES[name]["needs"] not in ("open", "signed_in")
        if any(MAY[who][action] for action in needed(name, "GET"))
    ]
    return sorted([*found, *(f"{DRIFT}?list={each.key}" for each in lists_of("merton") if DRIFT in found)])


def answers(client: Client, places: list[str]) -> dict[str, str]:
    Spent.objects.all().delete()  # what one person may export in an hour
    return {place: OF_THE_MOMENT.sub("", text_of(client.get(place))) for place in places}


DRIFT = "/oversight/drift"
WHO = ("head_of_service", "permanence_lead", "iro", "data_manager")
# What tells of no child, whoever asks.
OF_NO_CHILD = {
    *("/account/calendar/make", "/board/actions/add", "/board/commentary", "/cover", "/emergency", "/import"),
    *("/meetings/arrange", "/oversight/alerts", "/oversight/drift", "/school-holidays"),
    *("/policy/routes", "/policy/rules", "/policy/words"),
    *("/actions/export", "/oversight/delay/ruled-out"),  # of oneself; and of nobody in this demonstration
}


def test_who_is_kept_from_every_child_is_shown_a_council_without_children(council: Authority) -> None:
    children = Child.objects.filter(authority=council)
    people = {who: Person.objects.create(email=f"{who}@kept.example", name="Kept Out") for who in WHO}
    Role.objects.bulk_create(Role(person=people[who], authority=council, key=who) for who in WHO)
    clients, shown, kept = {who: Client() for who in WHO}, {}, {}
    for who, person in people.items():
        clients[who].force_login(person)
        shown[who] = answers(clients[who], addresses(who))
        made: dict[str, Any] = {"reason": "A relative", "made_by": person, "made_at": NOW}
        Exclusion.objects.bulk_create(Exclusion(child=child, person=person, **made) for child in children)
        kept[who] = answers(clients[who], addresses(who))
    children.update(authority=Authority.objects.create(slug="elsewhere", name="Elsewhere", pack="merton"))
    told = {}
    for who, client in clients.items():
        without = answers(client, addresses(who))
        told |= {(who, place): kept[who][place] for place in without if kept[who][place] != without[place]}
    assert sorted(told) == []
    told_of = {place for who in WHO for place in shown[who] if shown[who][place] != kept[who][place]}
    alike = {place for who in WHO for place in shown[who]} - told_of
    assert alike == OF_NO_CHILD, "a page that tells of no child proves nothing"
