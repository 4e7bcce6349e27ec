"""Tables in files: CSV and Excel, in which no cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

# A spreadsheet reads a cell that begins with one of these as a formula or a command.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value: Any) -> str | int | float:
    """A value as it may stand in a file: ISO dates, a quote before text that begins like a formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) or text.startswith(_DANGEROUS) else text


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The table as CSV with a byte order mark, which Excel needs to read accents."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(heading) for heading in headings])
    writer.writerows([cell(value) for value in row] for row in rows)
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
        sheet.write_row(0, 0, [cell(heading) for heading in headings], bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, as_day)
                else:
                    sheet.write(number, column, cell(value))
                widths[column] = min(48, max(widths[column], len(str(value or ""))))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width + 2)
        sheet.freeze_panes(1, 1)
    return out.getvalue()
