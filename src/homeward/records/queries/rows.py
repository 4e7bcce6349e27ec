"""The rows of files that stand, as they came."""

from __future__ import annotations

import json
from collections.abc import Iterator

from homeward.records.models import Authority, ChildIdentifier, ImportedRow, Restriction

Table = tuple[str, str, int | None]


def tables_held(authority: Authority) -> Iterator[tuple[Table, list[dict[str, str]]]]:
    """(source, table, year) with its rows in the order in which they were read; none of a sealed child."""
    sealed = Restriction.objects.filter(ended_at=None, level=Restriction.SEALED).values("child")
    codes = ChildIdentifier.objects.filter(child__in=sealed).values("value")
    held = ImportedRow.objects.filter(authority=authority, dropped_by=None).exclude(child__in=codes)
    for table in held.values_list("source", "table", "year").distinct().order_by("source", "table", "year"):
        source, name, year = table
        rows = (
            held.filter(source=source, table=name, year=year).order_by("pk").values_list("cells", flat=True)
        )
        yield table, [json.loads(cells) for cells in rows]
