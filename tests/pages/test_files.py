"""Tables that leave the house."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest

from homeward.reports.tables import as_csv, as_xlsx, cell


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\tx", " =1+1", "\r=1"])
def test_no_cell_can_be_taken_for_a_formula(text: str) -> None:
    assert str(cell(text)).startswith("'")


def test_a_table_is_read_back_as_it_was_written() -> None:
    text = as_csv(["Child", "Due"], [["Zoë", date(2026, 11, 25)], ["=cmd", None]])
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows == [["Child", "Due"], ["Zoë", "2026-11-25"], ["'=cmd", ""]]


def test_an_excel_file_holds_no_formula() -> None:
    content = as_xlsx("Tracker", ["Child", "Due"], [["=HYPERLINK(1)", date(2026, 11, 25)]])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")
