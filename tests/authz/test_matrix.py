"""The matrix: what each role gets at every address, by every method, for a child in every state.

Three tables are kept by hand and never worked out from the code: roles.csv (who may do and be shown what),
reach.csv (which role sees a child in which state: yes, read or not at all) and routes.csv (what an address
needs, and what it answers to GET and POST when that is given). A cell is their product. An address that is
not in the table fails, and so does a line for one that is gone. A refusal must answer as for a child who is
not there, name nobody and write nothing; every cell leaves exactly one entry in the audit (SECURITY 3.4).

Roles for which the tables say the same of an address are asked in turn, one of them at each address, and who
may see no child is asked in three states; HOMEWARD_LONG asks every role in every state.
"""

from __future__ import annotations

import copy
import csv
import io
import os
import re
import secrets
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from tests.authz.routes import address, of_a_child, routes
from tests.authz.world import CANARY, SHARED, STATES, World, build
from tests.cast import TODAY

from homeward.records import access, row_security
from homeward.records.models import AuditEntry, Child
from homeward.records.roles import ROLES
from homeward.web.sign_in import middleware

# The mark has the test database made; the world is built once around all of its transactions.
pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
RAA = "family_finder_raa"
STRANGERS = ("anonymous", "disabled", "left")
WHO = (*ROLES, *STRANGERS)
# What a refused write may touch: the audit itself, who is told of it, and Django's own session.
MAY_BE_TOUCHED = re.compile(
    r'"(records_audit\w+|records_searchtext|records_once|records_notice|django_session|usersessions\w+)"'
)


def table(name: str) -> dict[str, dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return {row[next(iter(row))]: row for row in csv.DictReader(file)}


MAY, REACH, ROUTES = table("roles.csv"), table("reach.csv"), table("routes.csv")


def wanted(route: str, method: str, state: str, who: str) -> tuple[str, bool]:
    """The status that the tables say, and whether it is a refusal."""
    row = ROUTES[route]
    if who in STRANGERS and row["needs"] != "open":
        return ("401" if route.startswith("api:") else "302"), True
    if row[method] == "405" or row["needs"] in ("open", "signed_in"):
        return row[method], row[method] == "405"
    allowed = any(MAY[who][action] for action in needed(route, method))
    if row["child"]:
        reach = REACH[who][state]
        reads = row["child"] == "read" and method == "GET"
        if row["child"] == "record":  # of the council, without seeing the child
            allowed &= state not in ("elsewhere", "missing", "excluded")
        else:
            allowed &= reach == "yes" or (reach == "read" and reads)
    if row["fields"]:
        asked = row["fields"].split("|")
        allowed &= all(MAY[who][name] for name in asked)
        allowed &= (who, state) != (RAA, "shared_core") or asked == ["core"]
    return (row[method], False) if allowed else ("404", True)


def needed(route: str, method: str) -> list[str]:
    row = ROUTES[route]
    return ((method == "POST" and row["POST needs"]) or row["needs"]).split("|")


LONG = bool(os.environ.get("HOMEWARD_LONG"))
SHORT = ("-", "allocated", "elsewhere", "missing")


def asked_of(route: str, method: str) -> list[str]:
    """Who is asked: every stranger, and of the roles that are alike here the mightiest and one in turn."""
    if LONG:
        return list(WHO)
    row = ROUTES[route]
    alike: dict[str, list[str]] = {}
    for who in ROLES:
        names = (*needed(route, method), *row["fields"].split("|"))
        said = [MAY[who][name] for name in names if name in MAY[who]]
        reach = list(REACH[who].values())[1:] if row["child"] else []
        alike.setdefault(repr((said, reach)), []).append(who)
    turn = zlib.crc32(f"{route} {method}".encode())
    chosen = {roles[turn % len(roles)] for roles in alike.values()}
    chosen |= {max(roles, key=lambda who: list(MAY[who].values()).count("yes")) for roles in alike.values()}
    return [*sorted(chosen), *STRANGERS]


def states_for(route: str, method: str, who: str) -> tuple[str, ...]:
    if not ROUTES[route]["child"]:
        return ("-",)
    blind = who in STRANGERS or not any(list(REACH[who].values())[1:]) or ROUTES[route][method] == "405"
    return SHORT[1:] if blind and not LONG else tuple(STATES)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once; every cell is rolled back to it."""
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world: World) -> Iterator[dict[str, Client]]:
    """Each person signed in once. Every cell is rolled back, and with it when the person was last seen."""
    found = {}
    for who in WHO:
        role = "permanence_lead" if who in STRANGERS else who
        token = {} if who == "anonymous" else {"HTTP_AUTHORIZATION": f"Bearer {world.tokens[role]}"}
        client = Client(raise_request_exception=False, **token)
        if who != "anonymous":
            client.force_login(world.people[role])
        found[who] = client
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "IDLE", middleware.ABSOLUTE)  # on a slow machine all the cells take longer
        yield found


@pytest.fixture(scope="module")
def not_there(clients: dict[str, Client]) -> dict[str, str]:
    """What each person is told of a child who is not there."""
    return {who: text_of(asked(client, "/child/nobodyhere12", "GET")) for who, client in clients.items()}


@contextmanager
def standing(world: World, client: Client, who: str) -> Iterator[None]:
    """What a cell does is undone: in the database and in the browser, which may have been signed out.

    A stranger is the permanence lead after leaving or being disabled, with the session still open.
    """
    cookies = copy.deepcopy(client.cookies)
    person = world.people["permanence_lead"]
    change: dict[str, Any] = {"disabled": {"is_active": False}, "left": {"left_on": TODAY}}.get(who, {})
    with transaction.atomic():
        if change:
            type(person).objects.filter(pk=person.pk).update(**change)
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def test_every_address_stands_in_the_table_and_no_other() -> None:
    here, there = set(ROUTES), set(routes())
    assert not there - here, f"Not in routes.csv: {sorted(there - here)}"
    assert not here - there, f"No longer an address: {sorted(here - there)}"


def test_the_tables_name_every_role_and_state() -> None:
    assert {name for name, pattern in routes().items() if of_a_child(pattern)} == {
        name for name, row in ROUTES.items() if row["child"]
    }
    assert set(MAY) == set(REACH) == set(ROLES)
    assert all(set(row) - {"role"} == set(STATES) for row in REACH.values())


@pytest.mark.parametrize("role", ROLES)
def test_roles_toml_says_what_was_agreed(role: str) -> None:
    given = ROLES[role].actions | ROLES[role].fields | ({"break_glass"} if ROLES[role].break_glass else set())
    assert given == {name for name, said in MAY[role].items() if said == "yes"}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", sorted(routes()))
def test_each_role_gets_what_the_tables_say(
    world: World, clients: dict[str, Client], not_there: dict[str, str], name: str, method: str
) -> None:
    pattern = routes()[name]
    wrong: list[str] = []
    for who in asked_of(name, method):
        for state in states_for(name, method, who):
            path = address(pattern, world.child(state), world.facts.get(state, world.facts["allocated"]))
            says, refusal = wanted(name, method, state, who)
            with standing(world, clients[who], who):
                wrong += [
                    f"{method} {path} as {who}, {state}: {what}"
                    for what in cell(clients[who], path, method, says, not_there[who] if refusal else "")
                ]
    assert not wrong, "\n".join(wrong[:12])


def cell(client: Client, path: str, method: str, says: str, not_there: str) -> Iterator[str]:
    """What is wrong with one cell; `not_there` is given for one that must be refused."""
    before = AuditEntry.objects.count()
    written: list[str] = []
    with connection.execute_wrapper(_noted(written)):
        answer = asked(client, path, method)
    got, text = str(answer.status_code), text_of(answer)
    if got != says:
        yield f"{got}, not {says}"
    if (entries := AuditEntry.objects.count() - before) != 1:
        yield f"{entries} entries in the audit"
    if not not_there:
        return
    if CANARY in text:
        yield "the refusal names the child"
    if touched := [sql for sql in written if not MAY_BE_TOUCHED.search(sql)]:
        yield f"the refusal wrote {touched[0][:80]}"
    if got == "404" and path.startswith("/child/") and text != not_there:
        yield "the refusal differs from that of a child who is not there"


def asked(client: Client, path: str, method: str) -> Any:
    if method == "GET":
        return client.get(path)
    return client.post(path, {"once": secrets.token_urlsafe(18)})


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):  # a Word file or a workbook: what stands in it
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    return content.decode(errors="replace")


def _noted(written: list[str]) -> Any:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", sql):
            written.append(sql)
        return execute(sql, params, many, context)

    return note


@pytest.mark.parametrize("name", sorted(routes()))
def test_no_address_answers_to_other_methods(world: World, clients: dict[str, Client], name: str) -> None:
    path = address(routes()[name], world.child("allocated"), world.facts["allocated"])
    client = clients["permanence_lead"]
    for method in ("put", "patch", "delete"):
        with standing(world, client, "permanence_lead"):
            key = {"Idempotency-Key": secrets.token_urlsafe(18)}
            answer = getattr(client, method)(path, headers=key)
        # allauth's own pages lead a signed-in person on, whatever the method.
        usual = (302, 405) if name.startswith("mfa_") else (404, 405)
        assert answer.status_code in usual, f"{method} {path}: {answer.status_code}"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_lists_hold_the_children_that_a_role_reaches_and_no_others(
    world: World, clients: dict[str, Client], role: str
) -> None:
    reached = {CANARY + state for state in STATES if REACH[role][state] == "yes"}
    for path in ("/tracker", "/children", "/tracker/export"):
        with standing(world, clients[role], role):
            answer = clients[role].get(path)
        shown = set(re.findall(rf"{CANARY}[a-z_]+", text_of(answer))) if answer.status_code == 200 else set()
        if path != "/tracker/export" or MAY[role]["export"]:
            assert shown == reached, (path, shown ^ reached)


# ---- On PostgreSQL once more, with the locks of the application taken off ----

KEPT_BY_THE_DATABASE = frozenset({"elsewhere", "excluded", "sealed"})
# It looks past the database's lock, so that a review never gets lost, and leaves names out by the first lock.
LOOKS_PAST = "emergency_reviews"
long_on_postgresql = pytest.mark.skipif(
    not (LONG and connection.vendor == "postgresql"), reason="in the long form, on PostgreSQL"
)


@pytest.fixture
def first_locks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every role may do everything, and a page that asks for the children it may show is given all."""
    closed = access.children_visible_to
    for name, module in list(sys.modules.items()):
        if name.startswith("homeward") and getattr(module, "children_visible_to", None) is closed:
            monkeypatch.setattr(module, "children_visible_to", lambda actor: Child.objects.all())
    monkeypatch.setattr(access, "may", lambda *_: True)
    monkeypatch.setattr(access, "basis_of", lambda actor, children: {"oversight": sorted(set(children))})


def given_away(world: World, client: Client, who: str) -> set[str]:
    """Where a child stands whom the database keeps from this person."""
    agency = ROLES[who].reach == "agency"
    kept = set(STATES) - {*SHARED, "missing"} if agency else set(KEPT_BY_THE_DATABASE)
    found = set()
    for name, pattern in routes().items():
        if ROUTES[name]["GET"] == "405" or name == LOOKS_PAST:
            continue
        for state in sorted(kept) if of_a_child(pattern) else ["allocated"]:
            path = address(pattern, world.child(state), world.facts.get(state, world.facts["allocated"]))
            with standing(world, client, who):
                said = set(re.findall(rf"{CANARY}[a-z_]+", text_of(client.get(path))))
            found |= {f"{word} at {path}" for word in said & {CANARY + state for state in kept}}
    return found


@long_on_postgresql
@pytest.mark.parametrize("who", ROLES)
def test_the_database_alone_keeps_from_each_role_what_nobody_may_show_it(
    world: World, clients: dict[str, Client], first_locks_off: None, who: str
) -> None:
    assert given_away(world, clients[who], who) == set()


@long_on_postgresql
def test_without_the_database_either_the_pages_would_give_them_away(
    world: World, clients: dict[str, Client], first_locks_off: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_security, "acting", lambda actor: row_security.whole())
    assert given_away(world, clients["head_of_service"], "head_of_service")
