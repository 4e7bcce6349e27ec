"""The rows of files that stand, as they came."""

from __future__ import annotations

import json
from collections.abc import Iterator

from homeward.records.models import Authority, ImportedRow

Table = tuple[str, str, int | None]


def tables_held(authority: Authority) -> Iterator[tuple[Table, list[dict[str, str]]]]:
    """(source, table, year) with its rows in the order in which they were read."""
    held = ImportedRow.objects.filter(authority=authority, dropped_by=None)
    for table in held.values_list("source", "table", "year").distinct().order_by("source", "table", "year"):
        source, name, year = table
        rows = (
            held.filter(source=source, table=name, year=year).order_by("pk").values_list("cells", flat=True)
        )
        yield table, [json.loads(cells) for cells in rows]
