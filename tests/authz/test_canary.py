"""The canary crawl: a word is planted in everything that somebody must not see, and every byte is searched.

Each role opens every page it can find by links, sends every search, takes every list and file, and asks for
every address of every child by hand. No word of a child out of its reach, and no word of a confidential field
that was not revealed, may come back: in a page, a header, a file, a log, the audit, the cache or a session.
"""

from __future__ import annotations

import html
import logging
import os
import re
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from tests.authz.routes import address, of_a_child, routes
from tests.authz.test_matrix import REACH, standing, text_of
from tests.authz.world import CANARY, STATES, World, build
from tests.cast import NOW

from homeward.records.models import Home, PermanencePlan
from homeward.records.roles import ROLES

# What a page says does not depend on the database, so one is enough for the crawl.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "postgresql", reason="the crawl is made on SQLite"),
]
PAGES = 60  # for each role; HOMEWARD_LONG goes on until nothing new is found
CHIEF = (
    *("social_worker", "team_manager", "head_of_service", "permanence_lead", "agency_decision_maker"),
    *("family_finder_raa", "panel_member", "performance_analyst", "auditor", "information_governance"),
    *("system_manager", "carer"),
)
CRAWLERS = tuple(ROLES) if os.environ.get("HOMEWARD_LONG") else CHIEF
# Where the child lives: shown by nothing but a reveal with its reason.
PLACES = {state: f"QZ{number:02d}7ZQ" for number, state in enumerate(STATES)}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield planted(build())
        transaction.set_rollback(True)


def planted(world: World) -> World:
    """Every child gets a secret place and a plan whose reason carries the child's word."""
    for state, child in world.children.items():
        made = {"child": child, "source": "person", "recorded_at": NOW}
        child.home_postcode = PLACES[state]
        child.save(update_fields=["home_postcode"])
        Home.objects.create(
            place="U6", started_on="2026-01-05", postcode=PLACES[state], carer_ref=PLACES[state], **made
        )
        PermanencePlan.objects.create(
            position="main", route="adoption", recorded_on="2026-02-02", reason=child.called, **made
        )
    return world


def crawled(client: Client, starts: list[str]) -> Iterator[tuple[str, str]]:
    """(address, all that came back) of each page that links lead to, and of each address in `starts`."""
    waiting, seen = list(starts), set(starts)
    opened = 0
    while waiting and (opened < PAGES + len(starts) or os.environ.get("HOMEWARD_LONG")):
        path = waiting.pop(0)
        answer = client.get(path)
        opened += 1
        body = text_of(answer)
        yield path, body + repr(dict(answer.headers))
        if "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        for link in re.findall(r'(?:href|action|src)="([^"#]*)', body):
            parts = urlsplit(urljoin(path, html.unescape(link)))
            found = parts.path + (f"?{parts.query}" if parts.query else "")
            if not parts.netloc and found not in seen and not found.startswith(("/static/", "/sign-out")):
                seen.add(found)
                waiting.append(found)


HAND = ("sealed", "excluded", "restricted", "elsewhere")


def by_hand(world: World) -> list[str]:
    """Every address of children that are kept from most; the matrix asks for all of them in every state."""
    return [
        address(pattern, child.public_id, world.facts[state])
        for pattern in routes().values()
        if of_a_child(pattern)
        for state, child in world.children.items()
        if state in HAND
    ]


@pytest.mark.parametrize("role", CRAWLERS)
def test_no_role_is_shown_a_word_of_what_it_does_not_reach(
    world: World, role: str, caplog: pytest.LogCaptureFixture
) -> None:
    reached = {state for state in STATES if REACH[role][state]}
    hidden = {f"{CANARY}{state}" for state in STATES if state not in reached} | set(PLACES.values())
    pattern = re.compile("|".join(rf"{re.escape(word)}(?![a-z_])" for word in sorted(hidden)))
    client = Client(raise_request_exception=False)
    leaks: list[str] = []
    with standing(world, client, role), caplog.at_level(logging.DEBUG):
        client.force_login(world.people[role])
        for path, everything in crawled(client, ["/", "/tracker/export?format=csv", *by_hand(world)]):
            leaks += [f"{path}: {word}" for word in set(pattern.findall(everything))]
        for word in (CANARY, *sorted(hidden)[:3]):
            found = client.post("/children", {"q": word, "once": secrets.token_urlsafe(18)}, follow=True)
            shown = text_of(found).replace(f"“{word}”", "").replace(f'value="{word}"', "")
            leaks += [f"search for {word}: {each}" for each in set(pattern.findall(shown))]
        leaks += [f"{table}: {word}" for table, word in kept_beside_the_record(pattern)]
    leaks += [f"log: {word}" for word in set(re.findall(CANARY + r"\w*|QZ\d+ZQ", ours(caplog)))]
    assert not leaks, "\n".join(leaks[:10])


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """What Homeward and Django wrote to the log; the test client's own notes apart."""
    return "\n".join(
        r.getMessage() for r in caplog.records if not r.name.startswith(("asyncio", "django.db"))
    )


def kept_beside_the_record(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """What a request leaves behind in the audit, the sessions and the tables of limits: ids, never words."""
    words = re.compile(CANARY + r"\w*|QZ\d+ZQ")
    tables = ("auditentry", "auditchild", "searchtext", "spent", "notice")
    for table in (*(f"records_{name}" for name in tables), "django_session"):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for word in words.findall(repr(row)):
                    yield table, word


def test_the_crawl_finds_a_word_when_there_is_a_leak(world: World) -> None:
    """The control: the same search over a page that shows a child finds the child's word."""
    client = Client()
    with standing(world, client, "permanence_lead"):
        client.force_login(world.people["permanence_lead"])
        pages = dict(crawled(client, ["/tracker"]))
    assert any(f"{CANARY}allocated" in page for page in pages.values())
    assert len(pages) > 10
