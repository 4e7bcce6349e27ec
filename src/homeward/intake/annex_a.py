"""An Annex A workbook becomes rows: lists 6 to 11, known by their columns whatever the sheets are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from homeward.files import workbooks
from homeward.intake import cells
from homeward.intake.files import Document
from homeward.intake.notes import problem_of
from homeward.intake.row import Row
from homeward.intake.tables import CannotRead
from homeward.records.drafts import Problem

SHEET = ", sheet "  # between the file's name and the sheet's
HEADER_IS_WITHIN = 15  # rows: some councils put a title above the column names

DECIDED = "Date of Decision that Child Should be Placed for Adoption"
REVERSED = "Date of Decision that Child Should No Longer be Placed for Adoption"
REASON_REVERSED = "Reason Why Child No Longer Placed for Adoption"
EARLY_PERMANENCE = "Date the child was placed for fostering in FFA or concurrent planning placement"

# Our name of a column, and what councils call it when case, brackets and punctuation are set aside.
_COLUMNS = {
    "Child Unique ID": r"child(s)? (unique )?(id|identifier|ref|reference)( number)?|unique child id",
    "Individual adopter identifier": r"individual adopter (identifier|id)",
    "Family identifier": r"family (identifier|id)",
    "Gender": r"gender|sex|child s gender",
    "Ethnicity": r"ethnicity|ethnic (origin|group|background)",
    "Date of Birth": r"(child s )?date of birth.*|dob",
    "Date Started to be Looked After": r"date (the child )?(started|began) (to be )?(looked after|lac|cla).*",
    "Child's Category of Need": r"(child s )?category of need",
    "Start date of current legal status": r"(start date|date of start) of (the )?(current )?legal status.*",
    "Child's Legal Status": r"(child s )?(current )?legal status",
    "Date of Latest Statutory Review": r"date of (the )?(latest|last) statutory review",
    "Date of Last Social Work Visit": r"date of (the )?(last|latest) (social work|statutory)( worker)? visit",
    "What is the permanence plan for this child?": r"(what is the )?permanence plan.*",
    "Date of Last Health Assessment": r"date of (the )?(last|latest) health assessment",
    "Date Ceased to be Looked After": r"date ceased (to be )?(looked after|lac|cla)",
    "Reason Ceased to be Looked After": r"reason ceased (to be )?(looked after|lac|cla)",
    "Start Date of Most Recent Placement": r"start date of (the )?(most recent|latest|current) placement",
    "Placement Type": r"(type of placement|placement type)",
    "Placement Provider": r"placement provider",
    "Placement postcode": r"placement post ?code|post ?code of placement",
    "URN of Placement": r"urn( of placement)?|placement urn",
    "Date the Child Entered Care": r"date (the )?child entered care",
    DECIDED: r"date of (the )?decision that (the )?child should be placed.*",
    "Date of Placement Order": r"date of placement order",
    "Date of Matching Child and Prospective Adopters": r"date of matching.*",
    "Date Placed for Adoption": r"date (the child was )?placed for adoption",
    "Date of Adoption Order": r"date of adoption order",
    REVERSED: r"date of (the )?decision that (the )?child should no longer be placed.*",
    REASON_REVERSED: r"reason why (the )?child (should )?no longer (be )?placed.*",
    EARLY_PERMANENCE: r"date (the )?child (was )?placed (for fostering )?in ffa.*",
    "CIN Start Date": r"(cin|child in need) start date",
    "Case Status": r"case status",
    "Child Protection Plan Start Date": r"(cp|child protection) plan start date",
    "Eligibility Category": r"eligibility category",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _COLUMNS.items()}

_LISTS = {
    "list_6": {"Child Unique ID", "CIN Start Date", "Case Status"},
    "list_7": {"Child Unique ID", "Child Protection Plan Start Date"},
    "list_8": {"Child Unique ID", "Date Started to be Looked After", "Child's Legal Status"},
    "list_9": {"Child Unique ID", "Eligibility Category"},
    "list_10": {"Child Unique ID", DECIDED},
    "list_11": {"Individual adopter identifier"},
}
_JUNK = {"#N/A", "#MULTIVALUE", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "N/A", "NULL", "NONE", "-"}


def read_workbook(document: Document) -> tuple[list[Row], list[Problem]]:
    """The rows of the Annex A lists in a workbook. Raises CannotRead when it holds none."""
    rows: list[Row] = []
    problems: list[Problem] = []
    titles = []
    for title, sheet in workbooks.sheets(document.name, document.content):
        titles.append(title)
        found = _header(sheet)
        if found:
            _read_sheet(document, title, sheet, *found, rows, problems)
    if not rows:
        raise CannotRead(
            f"{document.name} is a workbook without an Annex A list from 6 to 11 "
            f"(its sheets: {', '.join(titles[:12])}). The first line of a sheet must hold the column names "
            "of the list. An SSDA903 table must be saved as CSV."
        )
    return rows, problems


def squash(text: str) -> str:
    """Words alone: case, brackets, quotes and doubled spaces set aside."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _named(header: str) -> str:
    """Our name for a column, or the council's own when we have none."""
    plain = squash(header)
    return next(
        (name for name, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), " ".join(header.split())
    )


def _header(sheet: Sequence[Sequence[Any]]) -> tuple[str, int, list[str]] | None:
    """The list a sheet holds, the row of its column names and the names."""
    for at, line in enumerate(sheet[:HEADER_IS_WITHIN]):
        names = [_named(str(cell)) for cell in line]
        fitting = [key for key, marks in _LISTS.items() if marks <= set(names)]
        if len(fitting) == 1:
            return fitting[0], at, names
    return None


def _read_sheet(
    document: Document,
    title: str,
    sheet: list[list[Any]],
    table: str,
    at: int,
    names: list[str],
    rows: list[Row],
    problems: list[Problem],
) -> None:
    file = f"{document.name}{SHEET}{title}"
    for number, line in enumerate(sheet[at + 1 :], at + 2):
        row = {name: text(cell) for name, cell in zip(names, line, strict=False) if name}
        if not any(row.values()):
            continue
        child = cells.child_code(row.get("Child Unique ID", ""))
        if not child and table != "list_11":
            where = f"{file}, line {number}"
            problems.append(problem_of("no_child", "", "Child Unique ID", file, number, where=where))
            continue
        rows.append(Row("annex_a", table, None, child, row, file, number, document.sha))


def text(cell: Any) -> str:
    """A cell as text: whole numbers without .0, a spreadsheet's error marks as blank."""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    plain = " ".join(str(cell).split())
    return "" if plain.upper() in _JUNK else plain
