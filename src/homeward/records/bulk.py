"""Many rows into a table at once, past the ORM: only the import and the kept copies may do this."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts rows of plain values, given in the order of the columns' names."""
    marks = ", ".join(["%s"] * len(columns))
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    statement = f"INSERT INTO {model._meta.db_table} ({quoted}) VALUES ({marks})"  # noqa: S608, our own names
    adapters = _adapters()
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[_adapted(value, adapters) for value in row] for row in rows])


def _adapted(value: Any, adapters: dict[type, Callable[[Any], Any]]) -> Any:
    adapt = adapters.get(type(value))
    return value if adapt is None else adapt(value)


def _adapters() -> dict[type, Callable[[Any], Any]]:
    """How the database takes what it may not know; SQLite has neither dates nor identifiers of its own."""
    ops, native = connection.ops, connection.features.has_native_uuid_field
    return {
        datetime: ops.adapt_datetimefield_value,
        date: ops.adapt_datefield_value,
        UUID: (lambda value: value) if native else (lambda value: value.hex),
        **dict.fromkeys((list, tuple, dict), json.dumps),
    }
