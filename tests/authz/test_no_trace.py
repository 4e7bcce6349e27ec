"""To somebody who is kept from every child, a council looks as if it had none: in no list, number or file.

The demonstration council is asked for every address without a child in it, once by a person who is excluded
from each of its children, and once more when its children are gone. The answers must be the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from tests.authz.routes import of_a_child, routes
from tests.authz.test_matrix import MAY, RAA, ROUTES, needed, text_of
from tests.cast import NOW, TODAY

from homeward.config import demonstration
from homeward.records.models import (
    Action,
    Authority,
    Challenge,
    Child,
    Decision,
    Delay,
    Exclusion,
    Fact,
    GateAnswer,
    Grade,
    KeptDeadline,
    Need,
    OptionAnswer,
    Person,
    ReturnPlan,
    ReturnReview,
    ReturnStep,
    Role,
    Scrutiny,
    Share,
    SocialWorkerSpell,
    Spent,
    Supervision,
)
from homeward.records.operations.grades import STANDARDS
from homeward.web.drift.lists import lists_of

pytestmark = pytest.mark.django_db
OF_THE_MOMENT = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"|nonce="[^"]*"')
DRIFT = "/oversight/drift"
WHO = ("head_of_service", "permanence_lead", "iro", "data_manager", "team_manager")
# What tells of no child, whoever asks.
OF_NO_CHILD = {
    *("/account/calendar/make", "/board/actions/add", "/board/commentary", "/cover", "/emergency", "/import"),
    *("/meetings/arrange", "/oversight/alerts", "/oversight/drift", "/school-holidays"),
    *("/policy/routes", "/policy/rules", "/policy/words"),
    *("/actions/export", "/oversight/delay/ruled-out"),  # of oneself; and of nobody in this demonstration
}


@pytest.fixture(scope="module")
def council(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Authority]:
    """Made once; every test is rolled back to it."""
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(demonstration, "now", lambda: NOW)
        demonstration.fill(tmp_path_factory.mktemp("demonstration"), TODAY, demonstration.SEED)
        council = Authority.objects.get(slug="northmere")
        waiting = KeptDeadline.objects.filter(child__authority=council, met_on=None, ended_on=None)
        waiting.filter(pk__in=list(waiting.values_list("pk", flat=True)[:3])).update(cannot_say="No start")
        yield council
        transaction.set_rollback(True)


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


def come_in(place: dict[str, Any], *roles: str) -> dict[str, tuple[Person, Client]]:
    people = {who: Person.objects.create(email=f"{who}@kept.example", name="Kept Out") for who in roles}
    workers = sorted(set(SocialWorkerSpell.current.values_list("worker", flat=True)))  # a manager of all
    Role.objects.bulk_create(Role(person=people[who], key=who, workers=workers, **place) for who in roles)
    found = {who: (person, Client()) for who, person in people.items()}
    for person, client in found.values():
        client.force_login(person)
    return found


def untold(*models: type[Fact]) -> None:
    """As if none of these facts had been recorded; what is checked before court is shown with the orders."""
    for model in models:
        facts = model.current.exclude(subject=STANDARDS) if model is Grade else model.current.all()
        facts.update(superseded_at=NOW)


@pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="row security takes the children off the agendas: meetings would look empty",
)
def test_who_is_kept_from_every_child_is_shown_a_council_without_children(council: Authority) -> None:
    children = Child.objects.filter(authority=council)
    shown, kept, people = {}, {}, come_in({"authority": council}, *WHO)
    for who, (person, client) in people.items():
        shown[who] = answers(client, addresses(who))
        made: dict[str, Any] = {"reason": "A relative", "made_by": person, "made_at": NOW}
        Exclusion.objects.bulk_create(Exclusion(child=child, person=person, **made) for child in children)
        kept[who] = answers(client, addresses(who))
    children.update(authority=Authority.objects.create(slug="elsewhere", name="Elsewhere", pack="merton"))
    told = {}
    for who, (_, client) in people.items():
        without = answers(client, addresses(who))
        told |= {(who, place): kept[who][place] for place in without if kept[who][place] != without[place]}
    assert sorted(told) == []
    told_of = {place for who in WHO for place in shown[who] if shown[who][place] != kept[who][place]}
    alike = {place for who in WHO for place in shown[who]} - told_of
    assert alike == OF_NO_CHILD, "a page that tells of no child proves nothing"


def test_who_is_not_shown_how_the_council_watches_its_work_finds_no_trace_of_it(council: Authority) -> None:
    people = come_in({"authority": council}, "head_of_service", "data_manager", "legal")
    shown = {who: answers(client, addresses(who)) for who, (_, client) in people.items()}
    for place, said in (("/oversight/roles", "Matters answered"), ("/oversight", "a matter not settled")):
        assert said in shown["head_of_service"][place] and said not in shown["data_manager"][place]
    untold(Challenge, Grade, Scrutiny, Supervision)
    told = {
        who: [place for place, said in answers(client, addresses(who)).items() if said != shown[who][place]]
        for who, (_, client) in people.items()
    }
    assert told["data_manager"] == told["legal"] == [] and len(told["head_of_service"]) > 3


def test_an_agency_with_whom_the_history_is_not_shared_finds_no_trace_of_it(council: Authority) -> None:
    ((_, client),) = come_in({"agency": council.agency}, RAA).values()
    maker = Person.objects.get(email=f"{RAA}@kept.example")
    made: dict[str, Any] = {"agency": council.agency, "purpose": "Finding a family", "made_by": maker}
    days = {"made_at": NOW - timedelta(days=2), "until": NOW + timedelta(days=9)}
    Share.objects.all().delete()
    for child in Child.objects.filter(authority=council):
        Share.objects.create(child=child, field_sets=["core"], **made, **days)
    shown = answers(client, addresses(RAA))
    assert "No cause recorded" not in shown["/tracker"], "which would not be known"
    untold(Action, Decision, Delay, GateAnswer, Need, OptionAnswer, ReturnPlan, ReturnReview, ReturnStep)
    assert [place for place, said in answers(client, addresses(RAA)).items() if said != shown[place]] == []
    Share.objects.update(field_sets=["core", "history"])
    assert answers(client, addresses(RAA)) != shown
