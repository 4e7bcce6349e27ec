"""Everything that files gave of an authority, as files that `homeward import` reads to the same record.

Facts follow from rows (docs/adr/0003), so the rows are written as they came: returns by year, Homeward's
bundle, and Annex A as a workbook.
"""

from __future__ import annotations

import csv
from pathlib import Path

import xlsxwriter

from homeward.records.models import Authority
from homeward.records.queries.rows import tables_held

Rows = list[dict[str, str]]


def write_everything(authority: Authority, folder: Path) -> list[Path]:
    """Writes the files into a folder that must be new or empty; returns what was written."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder, so that nothing is overwritten")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written: list[Path] = []
    lists: dict[str, Rows] = {}
    for (source, table, year), rows in tables_held(authority):
        if source == "annex_a":
            lists[table] = rows
        else:
            place = folder / (f"ssda903-{year}" if source == "903" else "bundle")
            written.append(_write_csv(place / f"{table.lower()}.csv", rows))
    if lists:
        written.append(_write_workbook(folder / "annex-a.xlsx", lists))
    return written


def columns_of(rows: Rows) -> list[str]:
    """Every column of the rows, the child's code first."""
    names = dict.fromkeys(name for row in rows for name in row)
    return sorted(names, key=lambda name: (not name.upper().startswith("CHILD"), list(names).index(name)))


def _write_csv(path: Path, rows: Rows) -> Path:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns_of(rows), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _write_workbook(path: Path, lists: dict[str, Rows]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for table, rows in lists.items():
            sheet = book.add_worksheet(table[:31])
            columns = columns_of(rows)
            sheet.write_row(0, 0, columns)
            for number, row in enumerate(rows, 1):
                sheet.write_row(number, 0, [row.get(name, "") for name in columns])
    return path
