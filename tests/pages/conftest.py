"""Pages are asked for through their addresses, by one of the cast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from tests.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return assemble()


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """A client in which this person of the cast is signed in."""

    def client(key: str) -> Client:
        made = Client()
        made.force_login(cast.people[key])
        return made

    return client
