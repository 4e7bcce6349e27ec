"""Nothing that a person types, and nothing of a child, is written to the log at any level (LOG-01, short)."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError
from django.test import Client
from django.utils.module_loading import import_string
from tests.cast import Cast
from tests.pages.test_child_files import form, place

from homeward.records.models import Child

CANARY = "Zaubervogel"
SignedIn = Callable[[str], Client]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any part says, written as the shipped settings write it."""
    line = django_settings.LOGGING["formatters"]["line"]
    held = io.StringIO()
    handler = logging.StreamHandler(held)
    handler.setFormatter(import_string(line["class"])(line["format"], style=line["style"]))
    names = ["", *(name for name in logging.root.manager.loggerDict if "." not in name)]
    loggers = [logging.getLogger(name) for name in names]
    before = [each.level for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
        if not each.propagate or not each.name or each.name == "root":
            each.addHandler(handler)
    yield held
    for each, level in zip(loggers, before, strict=True):
        each.setLevel(level)
        each.removeHandler(handler)


def test_what_a_person_types_is_in_no_log(cast: Cast, signed_in: SignedIn, log: io.StringIO) -> None:
    maya = cast.children["Maya"]
    Child.objects.filter(pk=maya.pk).update(called=CANARY, home_postcode="ZZ9 9ZZ")
    page = f"/child/{maya.public_id}"
    anybody = Client()
    anybody.post("/sign-in", {"email": f"{CANARY}@northmere.example", "password": CANARY})
    anybody.get(f"/sign-in?next=/{CANARY}")
    amina, marcia, lindsay = (signed_in(key) for key in ("amina", "marcia", "lindsay"))
    amina.post("/children", {"q": CANARY}, follow=True)
    amina.post("/tracker/views", {"name": CANARY, "query": ""})
    amina.post(page + "/reveal", {"field_set": "location", "reason": f"{CANARY} asked where"})
    amina.post(place(cast, "Maya") + "/add", form(f"{CANARY}.png", title=CANARY))
    amina.post(place(cast, "Maya") + "/add", form(f"{CANARY}.exe", b"MZ", title=CANARY))
    amina.post(page + "/record?kind=plan", {"reason": CANARY})
    amina.post(page + "/draft", {"form": "plan", "reason": CANARY})
    marcia.post(page + "/access/exclude", {"person": "x", "reason": CANARY})
    marcia.post(page + "/shares", {"purpose": CANARY})
    lindsay.post("/people/add", {"name": CANARY, "email": f"{CANARY}@northmere.example"})
    for address in (page, page + "/dates", page + "/timeline", page + "/history", "/tracker", "/children"):
        assert amina.get(address).status_code == 200
    amina.get("/tracker/export?format=csv")
    said = log.getvalue()
    assert "WARNING" in said and "/sign-in" in said  # it did listen
    assert CANARY.casefold() not in said.casefold()
    assert "ZZ9" not in said


def test_an_error_is_logged_by_its_place_and_kind_only(
    cast: Cast, signed_in: SignedIn, log: io.StringIO, settings: Any
) -> None:
    def breaks() -> Any:
        try:
            raise DatabaseError(f"Key (called)=({CANARY}) already exists.")
        except DatabaseError as error:
            raise ValueError(f"{CANARY} is no day") from error

    amina = signed_in("amina")
    amina.raise_request_exception = False
    settings.TODAY = breaks
    answer = amina.get("/tracker")
    said = log.getvalue()
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert "DatabaseError, and then:" in said and "ValueError" in said and "access.py" in said
    assert CANARY not in said.replace(f'f"{CANARY}', "")


def test_a_line_break_in_an_address_makes_no_line_of_its_own(db: None, log: io.StringIO) -> None:
    Client().get("/nowhere%0d%0a2026-11-25 ERROR homeward: forged")
    assert not any(
        line.startswith("2026-11-25 ERROR homeward: forged") for line in log.getvalue().splitlines()
    )
