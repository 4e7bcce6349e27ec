"""Schemathesis asks whatever the description allows and forbids; the answers keep to it, and none is a 5xx.

HOMEWARD_LONG=1 asks many more times.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as often
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from tests.cast import NOW, Cast

from homeward.records.models import AuditEntry, Child

TIMES = 2500 if os.environ.get("HOMEWARD_LONG") else 15


@contextmanager
def kept_open() -> Iterator[None]:
    """The connection, with the test's transaction, goes on after a request, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", ["tracker", "child", "child_deadlines", "promises"])
def test_the_api_keeps_to_its_description(cast: Cast, program, settings, operation: str, mode: Any) -> None:
    client = program("amina")
    seconds = count()
    settings.NOW = lambda: NOW + timedelta(seconds=2 * next(seconds))  # so that no allowance is spent
    document = client.get("/api/v1/openapi.json").json()
    if mode is GenerationMode.NEGATIVE:  # what is wrong is something else than the token
        for path in document["paths"].values():
            del path["get"]["security"]
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    (found,) = [
        each.ok()
        for each in schema.get_all_operations()
        if each.ok().definition.raw["operationId"] == operation
    ]
    children = list(Child.objects.values_list("public_id", flat=True))

    @often(max_examples=TIMES, suppress_health_check=list(HealthCheck), database=None)
    @given(case=found.as_strategy(generation_mode=mode), child=st.sampled_from(["", *children]))
    def asked(case: Any, child: str) -> None:
        if child and "public_id" in (case.path_parameters or {}):
            case.path_parameters["public_id"] = child
        case.call_and_validate(headers={"Authorization": f"Bearer {client.text}"})

    before = AuditEntry.objects.count()
    with kept_open():
        asked()
    assert AuditEntry.objects.count() >= before + TIMES / 2
