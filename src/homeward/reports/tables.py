"""Tables in files: CSV and Excel, in which no cell can be taken for a formula.

Every table that leaves the house is written here, but one: `homeward export` (everything.py) gives rows back
as they came, to be imported again, and a mark before a value would change it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TextIO

import xlsxwriter

# A spreadsheet reads a cell that begins with one of these as a formula or a command: whatever blanks stand
# before it, and in the wide forms of East Asian keyboards too.
_DANGEROUS = re.compile("[\\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\\-@＝＋－＠]|[ ]*[\t\r\n]")
_LONGEST = 32_767  # letters in a cell of Excel


def cell(value: Any) -> str | int | float:
    """A value as it may stand in a file: ISO dates, a quote before text that begins like a formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = str(value)
    return f"'{text}" if _DANGEROUS.match(text) else text


def write_csv(file: TextIO, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    writer = csv.writer(file)
    writer.writerow([cell(heading) for heading in headings])
    writer.writerows([cell(value) for value in row] for row in rows)


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The table as CSV with a byte order mark, which Excel needs to read accents."""
    out = io.StringIO()
    write_csv(out, headings, rows)
    return "\ufeff" + out.getvalue()


def as_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The table as one Excel sheet with a frozen first row and column; real dates stay dates."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        as_day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
        widths = [len(heading) for heading in headings]
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, str(cell(heading)), bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, as_day)
                widths[column] = min(48, max(widths[column], len(str(value or ""))))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width + 2)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, as_day: Any) -> None:
    """Text is written as text and numbers as numbers: nothing is left to what a value looks like."""
    if isinstance(value, date):
        day = datetime(value.year, value.month, value.day)  # noqa: DTZ001 – a day on paper has no zone
        sheet.write_datetime(row, column, day, as_day)
        return
    plain = cell(value)
    if isinstance(plain, str):
        sheet.write_string(row, column, plain[:_LONGEST])
    else:
        sheet.write_number(row, column, plain)
