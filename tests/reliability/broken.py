"""Homeward as it is served, with the safeguard taken out that BROKEN names.

Every harness of test_writes.py is run once on such a Homeward, and must notice.
"""

from __future__ import annotations

import os
import secrets
import time
from contextlib import contextmanager, nullcontext
from typing import Any

WINDOW = 0.3  # seconds between two commits that should be one, so that few kills are enough to hit it


def _version() -> None:
    """A correction replaces whatever stands now, and not what its writer was shown."""
    from homeward.records.queries import child_page

    of = child_page.fact_of
    child_page.fact_of = lambda child, uid: child_page.standing_version(of(child, uid))


def _once() -> None:
    """A form's key means nothing."""
    from homeward.records.operations import once

    begin = once.begin
    once.begin = lambda person, key, place, body: begin(person, secrets.token_urlsafe(18), place, body)


def _audit() -> None:
    """The change is committed first, its audit entry afterwards."""
    from django.db import transaction

    from homeward.web import guard

    write: Any = guard._write

    def later(request: Any, response: Any) -> None:
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            transaction.on_commit(lambda: (time.sleep(WINDOW), write(request, response)))
        else:
            write(request, response)

    guard._write = later


def _answer() -> None:
    """What the database refused is answered as if it were done."""
    from django.http import HttpResponseRedirect

    from homeward.web import guard

    guard.render = lambda *_, **more: HttpResponseRedirect("/")


def _import() -> None:
    """An import commits table by table."""
    from homeward.records.operations import loads

    loads.transaction = type("Nothing", (), {"atomic": staticmethod(nullcontext)})

    @contextmanager
    def whole(_: Any) -> Any:
        yield

    loads.row_security.whole = whole
    loads.Authority.objects.select_for_update = loads.Authority.objects.all


def take_out(name: str) -> None:
    if name:
        globals()[f"_{name}"]()


def served() -> Any:
    """What gunicorn is given: Homeward's own entry, loaded once, so that a new worker is there at once."""
    from django.db import connections

    from homeward.config.wsgi import application

    connections.close_all()  # no worker inherits one
    take_out(os.environ.get("BROKEN", ""))
    return application
