"""The answer that is a table in a file, which the browser saves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from homeward.reports import tables

KINDS = ("csv", "xlsx")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, kind: str = "csv", title: str = ""
) -> HttpResponse:
    """The table as a file of one of KINDS, `name` without its ending; `title` is that of the Excel sheet."""
    if kind == "csv":
        answer = HttpResponse(tables.as_csv(headings, rows), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(tables.as_xlsx(title, headings, rows), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
