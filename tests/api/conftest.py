"""A program asks the API with a token that one of the cast made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.cast import Cast, assemble

from homeward.records import access
from homeward.records.operations import tokens

ALL = list(tokens.SCOPES)


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return assemble()


def bearer(text: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {text}"})


@pytest.fixture
def program(cast: Cast) -> Callable[..., Any]:
    """A client that sends a token which this person made in their first role."""

    def made(key: str, *scopes: str, days: int = 90) -> Client:
        actor = access.acting(cast.people[key])
        wanted = list(scopes or tokens.scopes_for(actor))
        token, text = tokens.make(actor, name="a report", scopes=wanted, days=days)
        client = bearer(text)
        client.token, client.text = token, text
        return client

    return made
