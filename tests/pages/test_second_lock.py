"""With the first lock taken off: what a page that forgot to ask would still not show."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from tests.cast import NOW, TODAY, Cast

from homeward.records import access, row_security
from homeward.records.models import (
    Authority,
    Child,
    Exclusion,
    Person,
    RegionalAgency,
    Restriction,
    Role,
    Share,
    Visit,
)

WHO = ("priya", "helen", "amina", "marcia", "femi")
postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL’s own")


@pytest.fixture
def crowd(cast: Cast) -> Cast:
    """Zara is another council's, Theo is sealed, all are excluded from Kai, the agency has Maya."""
    agency = RegionalAgency.objects.create(name="Coastal Adoption")
    femi = Person.objects.create(email="femi@coastal.example", name="Femi Ade")
    Role.objects.create(person=femi, agency=agency, key="family_finder_raa")
    cast.people["femi"] = femi
    council = Authority.objects.create(slug="southmere", name="Southmere Council", pack="merton")
    cast.children["Zara"] = Child.objects.create(authority=council, called="Zara", code="Z1", born_on=TODAY)
    Visit.objects.create(child=cast.children["Zara"], on=TODAY, source="person", recorded_at=NOW)
    made = {"made_by": cast.people["lindsay"], "made_at": NOW - timedelta(hours=1)}
    Share.objects.create(
        child=cast.children["Maya"],
        agency=agency,
        purpose="Family finding",
        field_sets=["core"],
        until=NOW + timedelta(days=30),
        **made,
    )
    Restriction.objects.create(child=cast.children["Theo"], level=3, reason="Adopted", **made)
    for who in WHO:
        Exclusion.objects.create(child=cast.children["Kai"], person=cast.people[who], reason="Kin", **made)
    return cast


@pytest.fixture
def first_lock_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page that asks for the children whom a person may see is given every child."""
    assert (
        get_resolver().url_patterns
    )  # every page is imported now: none may keep what stands here for a while
    closed = access.children_visible_to

    def every_child(actor: access.Actor) -> Any:
        return Child.objects.all()

    for name, module in list(sys.modules.items()):
        if name.startswith("homeward") and getattr(module, "children_visible_to", None) is closed:
            monkeypatch.setattr(module, "children_visible_to", every_child)
    monkeypatch.setattr(access, "basis_of", lambda actor, children: {"oversight": sorted(set(children))})


@contextmanager
def no_lock(actor: access.Actor) -> Any:
    with row_security.whole():
        yield


def shown(client: Client, cast: Cast) -> set[str]:
    """Names of children that the lists, the search, the export and the children's own pages give away."""
    said = ""
    for address in ("/", "/tracker?size=all", "/children", "/tracker/export", "/data-quality"):
        answer = client.get(address)
        said += answer.content.decode("utf-8", "replace") if answer.status_code == 200 else ""
    for name, child in cast.children.items():
        said += client.post("/children", {"q": name}, follow=True).content.decode().replace(f'"{name}"', "")
        for page in ("", "/dates", "/timeline", "/history"):
            answer = client.get(f"/child/{child.public_id}{page}")
            if answer.status_code == 200:
                said += f" {name} "
            else:
                assert answer.content == client.get("/child/nobodyhere12").content
    return {name for name in cast.children if f"{name}</a>" in said or f" {name} " in said}


@postgresql_only
@pytest.mark.parametrize("who", WHO)
def test_rows_of_other_councils_and_of_excluded_and_sealed_children_are_on_no_page(
    crowd: Cast, signed_in, first_lock_off: None, who: str
) -> None:
    allowed = {"Maya"} if who == "femi" else {"Maya", "Ruby"}
    assert shown(signed_in(who), crowd) == allowed


@postgresql_only
def test_without_the_second_lock_either_every_child_would_be_shown(
    crowd: Cast, signed_in, first_lock_off: None, monkeypatch
) -> None:
    monkeypatch.setattr(row_security, "acting", no_lock)
    assert shown(signed_in("amina"), crowd) == set(crowd.children)


@postgresql_only
def test_nothing_is_written_about_a_child_behind_the_lock(
    crowd: Cast, signed_in, first_lock_off: None
) -> None:
    amina = signed_in("amina")
    for name in ("Zara", "Theo", "Kai"):
        before = Visit.objects.filter(child=crowd.children[name]).count()
        address = f"/child/{crowd.children[name].public_id}/record?kind=visit"
        assert amina.post(address, {"on_0": "24", "on_1": "11", "on_2": "2026"}).status_code == 404
        assert Visit.objects.filter(child=crowd.children[name]).count() == before


# ---- Nobody signed in: both databases ----


def test_a_page_for_strangers_cannot_read_a_table_of_children(crowd: Cast, settings, monkeypatch) -> None:
    from homeward.records.queries import people

    settings.DEMONSTRATION = lambda: True
    monkeypatch.setattr(people, "demonstration_people", lambda: list(Child.objects.all()))
    answer = Client().get("/sign-in")
    assert answer.status_code == 403
    assert "Maya" not in answer.content.decode()


def test_no_statement_of_a_stranger_may_name_a_table_of_children(cast: Cast) -> None:
    with connection.execute_wrapper(row_security.refuse_to_strangers), connection.cursor() as cursor:
        for table in row_security.protected():
            for statement in (f"SELECT 1 FROM {table}", f'DELETE FROM "{table.upper()}"'):
                with pytest.raises(PermissionDenied):
                    cursor.execute(statement)
        cursor.execute("SELECT 1 FROM records_person")
        with row_security.whole():
            cursor.execute("SELECT 1 FROM records_child")
