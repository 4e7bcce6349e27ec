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
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from tests.authz.routes import address, of_a_child, routes
from tests.authz.test_matrix import REACH, standing, text_of
from tests.authz.world import CANARY, STATES, World, build
from tests.cast import NOW

from homeward.records.models import (
    Action,
    Challenge,
    Decision,
    Delay,
    GateAnswer,
    Grade,
    Home,
    Meeting,
    MeetingItem,
    MeetingReferral,
    Minute,
    Need,
    OptionAnswer,
    PermanencePlan,
    ReturnPlan,
    ReturnReview,
    ReturnStep,
    Scrutiny,
    Supervision,
)
from homeward.records.roles import ROLES

# What a page says does not depend on the database, so one is enough for the crawl.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor == "postgresql", reason="the crawl is made on SQLite"),
]
TRACKING = "permanency_tracking_meeting"
LISTS = (
    *("/tracker/export?format=csv", "/actions", "/actions/export", "/decisions", "/decisions/export"),
    *(
        "/meetings",
        "/meetings/calendar",
        "/oversight",
        "/board",
        "/board?by=principle",
        "/board/children?what=days_waiting",
        "/oversight/delay",
        "/oversight/delay/children",
        "/oversight/overrides",
        "/oversight/supervision?what=late",
        "/oversight/supervision?what=none",
        "/oversight/quality?of=reports&what=",
        "/oversight/needs",
        "/oversight/pre-proceedings",
    ),
)
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
        talked_about(child, made)
    meeting(world)
    return world


PLAN = UUID(int=4)  # of each child's return home


def talked_about(child: Any, made: dict[str, Any]) -> None:
    """What people decide, agree, say and wait for carries the child's word, each as a fact of its own."""
    word, on = child.called, "2026-10-05"
    for model, values in (
        (OptionAnswer, {"route": "adoption", "answer": "ruled_out", "answered_on": on, "reason": word}),
        (Decision, {"kind": "other", "decided_on": on, "what": word, "maker": word, "basis": word}),
        (Action, {"what": word, "owner_name": word, "agreed_on": on, "by_on": "2026-10-12"}),
        (Delay, {"cause": "assessment", "from_on": on, "responsible": word, "doing": word}),
        (MeetingReferral, {"series": TRACKING, "referred_on": on, "why": word}),
        (GateAnswer, {"gate": "a", "answer": "asked", "on": on, "says": word, "reason": word}),
        (Need, {"what": word, "area": "health", "found_in": word, "found_on": on, "by_on": on}),
        (
            Challenge,
            {"raised_on": on, "raised_by": word, "theme": "delay", "says": word, "wants": word}
            | {"stage": "raised", "stage_on": on, "addressed_to": word, "answer_by": "2026-10-19"},
        ),
        (
            Scrutiny,
            {"held_on": on, "kind": "conversation", "by_name": word, "says": word, "wished_home": word}
            | {"fits_needs": "no", "fits_needs_why": word},
        ),
        (Supervision, {"held_on": on, "kind": "supervision", "by_name": word, "says": word}),
        (Grade, {"subject": "report", "report": word, "graded_on": on, "says": word, "by_name": word}),
        (ReturnPlan, {"thread": PLAN, "opened_on": on, "to_whom": word, "reasons": word}),
        (ReturnStep, {"plan": PLAN, "kind": "milestone", "what": word, "agreed_on": on, "by_on": on}),
        (ReturnReview, {"plan": PLAN, "held_on": on, "by_name": word, "says": word, "child_says": word}),
    ):
        model.objects.create(start=on, **values, **made)


def meeting(world: World) -> None:
    """One signed meeting and one whose minutes are being written, each about every child of the council."""
    chair = world.people["head_of_service"]
    about = {"authority": chair.roles.get().authority, "series": TRACKING, "made_by": chair, "made_at": NOW}
    for on, state in (("2026-11-02", Meeting.SIGNED), ("2026-12-07", Meeting.PLANNED)):
        held = Meeting.objects.create(on=on, **about)
        for place, child in enumerate(world.children.values()):
            if child.authority_id != held.authority_id:
                continue
            minute = {"child_says": child.called, "sections": {"Delay": child.called}}
            why = [["stuck", child.called]]
            MeetingItem.objects.create(meeting=held, child=child, position=place, why=why, minute=minute)
            if state == Meeting.SIGNED:
                made = {"child": child, "source": "person", "recorded_at": NOW, "start": on}
                told = {"child_says": child.called, "sections": [["Delay", child.called]]}
                Minute.objects.create(meeting=held, held_on=on, series=TRACKING, **told, **made)
        Meeting.objects.filter(pk=held.pk).update(state=state, signed_by=chair, signed_at=NOW)


def of_meetings() -> list[str]:
    """Every page of every meeting and item, and its record on paper, asked for by hand."""
    found = []
    for held in Meeting.objects.all():
        own = f"/meetings/{held.public_id}"
        found += [own, f"{own}/agenda", f"{own}/sign", f"{own}/record", f"{own}/record?for=colleague&as=docx"]
        for pk in held.items.values_list("pk", flat=True):
            found += [f"{own}/items/{pk}", f"{own}/record?for=carer&as=docx&item={pk}"]
    return found


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
        for path, everything in crawled(client, ["/", *LISTS, *of_meetings(), *by_hand(world)]):
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
        pages = dict(crawled(client, ["/tracker", *of_meetings()]))
    papers = [page for path, page in pages.items() if "as=docx" in path]
    assert sum(f"{CANARY}allocated" in page for page in papers) > 2
    assert any(f"{CANARY}allocated" in page for page in pages.values())
    assert len(pages) > 10
