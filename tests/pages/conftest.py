"""Pages are asked for through their addresses, by one of the cast."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from tests import twice
from tests.cast import Cast, assemble

from homeward.records.audit import CHAINS, FIRST
from homeward.records.models import AuditHead


class Browser(Client):
    """Sends a form's once-key along, as every form on a page does; a test may give its own.

    What had its effect is sent a second time with the same key, as by a double click (tests/twice.py).
    """

    def post(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:
        if not isinstance(data, dict | None):
            return super().post(path, data, *args, **extra)
        whole = {"once": secrets.token_urlsafe(18)} | (data or {})
        send = partial(super().post, path, whole, *args, **extra)
        answer = send()
        if not extra.get("follow"):
            _from_the_start(whole.values())
            twice.again(self, answer, send)
        return answer


def _from_the_start(sent: Iterable[Any]) -> None:
    for value in sent:
        for each in value if isinstance(value, list | tuple) else [value]:
            if hasattr(each, "seek"):
                each.seek(0)


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    # A chain of the audit begins with its first entry; here all have begun, so that queries can be counted.
    heads = [AuditHead(chain=chain, seq=0, hash=FIRST) for chain in range(CHAINS[connection.vendor])]
    AuditHead.objects.bulk_create(heads, ignore_conflicts=True)
    return assemble()


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """A client in which this person of the cast is signed in."""

    def client(key: str) -> Client:
        made = Browser()
        made.force_login(cast.people[key])
        return made

    return client
