"""The sheets of a workbook, read in a process of its own and within a number of rows and columns."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from homeward.files import apart
from homeward.files.kinds import ZIP, Refused
from homeward.files.zips import opened, repacked

MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 10_000_000  # of a sheet: between its first and last cell

Cell = str | int | float | bool


def sheets(name: str, content: bytes) -> list[tuple[str, list[list[Cell]]]]:
    """(title, rows) of each sheet; days as 2026-11-25, times as nothing. Raises Refused."""
    if content.startswith(ZIP):
        content = repacked(name, opened(name, content))
    try:
        found = json.loads(apart.made_anew("workbook", content))
    except Refused as refused:
        if str(refused) == apart.TOO_MUCH:
            raise Refused(
                f"{name} takes too long or too much memory to open safely. Copy its cells to a new workbook "
                "and save that."
            ) from None
        raise Refused(f"{name} {refused}") from None
    return [(title, rows) for title, rows in found]


def read_here(kind: str, content: bytes) -> bytes:
    """The same in this process, as JSON."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return json.dumps([(title, _rows(book, title)) for title in book.sheet_names]).encode()
    except PasswordError:
        raise Refused("has a password. Take it off and save it again.") from None
    except (CalamineError, ValueError, OSError) as broken:
        raise Refused(
            f"cannot be opened as a workbook ({broken}). "
            "If it has a password, take it off; else save it again."
        ) from None


def _rows(book: CalamineWorkbook, title: str) -> list[list[Cell]]:
    sheet = book.get_sheet_by_name(title)
    if sheet.width > MOST_COLUMNS or sheet.height * sheet.width > MOST_CELLS:
        raise Refused(
            f"has cells far out on its sheet {title} ({sheet.height:,} rows, {sheet.width:,} columns). "
            "Delete the rows and columns after the last that is needed, and save it again."
        )
    return [[_plain(cell) for cell in row] for row in sheet.to_python(nrows=MOST_ROWS)]


def _plain(cell: Any) -> Cell:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (time, timedelta)):
        return ""
    plain: Cell = cell
    return plain
