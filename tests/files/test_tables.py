"""Tables that leave the house: no cell is ever a formula, and what was written is what is read."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import homeward
from homeward.reports.tables import as_csv, as_xlsx, cell

SIGNS = st.sampled_from(
    ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", " ", "\u3000", "\ufeff", "'", '"', ","]
)
# What a person can type, and what a spreadsheet would like to read as something else.
TYPED = st.builds(
    "".join,
    st.tuples(
        st.lists(SIGNS, max_size=3).map("".join),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    ),
)
TEXTS = st.lists(TYPED, min_size=100, max_size=100)  # 100 examples: 10,000 strings


def formula(text: str) -> bool:
    return bool(re.match(r"\s*[=+\-@＝＋－＠]", text.lstrip("\ufeff\u200b"))) or text[:1] in (
        "\t",
        "\r",
        "\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44",
        "-2",
        "@SUM(A1)",
        "\tx",
        " =1+1",
        "\r=1",
        "\nx",
        "\u3000＝1",
        "\ufeff=1",
        " ＋1",
        "－1",
        "＠x",
        " \tx",
    ],
)
def test_text_that_begins_like_a_formula_gets_a_mark(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_and_days_stay_what_they_are() -> None:
    assert cell(-2) == -2
    assert cell(-0.5) == -0.5
    assert cell(None) == ""
    assert cell(date(2026, 11, 25)) == "2026-11-25"
    assert cell("Zoë-Mae") == "Zoë-Mae"


@given(TEXTS)
@settings(max_examples=100)
def test_csv_is_read_back_as_it_was_written_and_holds_no_formula(texts: list[str]) -> None:
    written = as_csv(["Text"], ([text] for text in texts))
    read = [
        row[0] if row else "" for row in csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
    ]
    assert read == ["Text", *(str(cell(text)) for text in texts)]
    assert not [text for text in read if formula(text)]


@given(TEXTS)
@settings(max_examples=100)
def test_excel_is_read_back_as_it_was_written_and_holds_no_formula(texts: list[str]) -> None:
    content = as_xlsx("Tracker", ["No", "Text"], ([number, text] for number, text in enumerate(texts)))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
        assert not re.search(rb"<f[ >]", sheet)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == list(range(len(texts)))
    read = [str(row[1]) for row in rows[1:]]
    assert [same(text) for text in read] == [same(str(cell(text))) for text in texts]
    assert not [text for text in read if formula(text)]


def same(text: str) -> str:
    """XML knows one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_day_is_a_day_in_excel() -> None:
    content = as_xlsx("Tracker", ["Child", "Due"], [["=HYPERLINK(1)", date(2026, 11, 25)]])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1] == ["'=HYPERLINK(1)", date(2026, 11, 25)]


def test_tables_are_written_in_one_place_and_rows_that_came_in_go_out_in_another() -> None:
    source = Path(homeward.__file__).parent
    writing = {
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        if re.search(r"csv\.(Dict)?[wW]riter\(|xlsxwriter", file.read_text("utf-8"))
        and file.parent.name != "demo"
    }
    assert writing == {"reports/tables.py", "reports/everything.py"}
