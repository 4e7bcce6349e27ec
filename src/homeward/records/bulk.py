"""Many rows into a table at once, past the ORM: only the import and the kept copies may do this."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

BATCH = 500  # rows of a statement on PostgreSQL, which plans the checks of row-level security once for each


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts rows of plain values, given in the order of the columns' names."""
    marks = f"({', '.join(['%s'] * len(columns))})"
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    statement = f"INSERT INTO {model._meta.db_table} ({quoted}) VALUES "  # noqa: S608, our own names
    adapters = _adapters()
    values = [[adapters[type(v)](v) if type(v) in adapters else v for v in row] for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(statement + marks, values)
            return
        for start in range(0, len(values), BATCH):
            some = values[start : start + BATCH]
            cursor.execute(statement + ", ".join([marks] * len(some)), [v for row in some for v in row])


def _adapters() -> dict[type, Callable[[Any], Any]]:
    """How the database takes what it has no type for; SQLite has neither dates nor identifiers of its own."""
    ops = connection.ops
    return {
        datetime: cache(ops.adapt_datetimefield_value),
        date: ops.adapt_datefield_value if connection.vendor == "postgresql" else date.isoformat,
        UUID: (lambda v: v) if connection.features.has_native_uuid_field else (lambda v: v.hex),
        list: json.dumps,
        tuple: cache(json.dumps),
        dict: json.dumps,
    }
