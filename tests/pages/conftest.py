"""Pages are asked for through their addresses, by one of the cast."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.cast import Cast, assemble


class Browser(Client):
    """Sends a form's once-key along, as every form on a page does; a test may give its own."""

    def post(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:
        whole = {"once": secrets.token_urlsafe(18)} | (data or {}) if isinstance(data, dict | None) else data
        return super().post(path, whole, *args, **extra)


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return assemble()


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """A client in which this person of the cast is signed in."""

    def client(key: str) -> Client:
        made = Browser()
        made.force_login(cast.people[key])
        return made

    return client
