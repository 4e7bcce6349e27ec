"""A CSV file becomes the rows of one table."""

from __future__ import annotations

import re

from homeward.intake import cells
from homeward.intake.files import Document, csv_lines
from homeward.intake.notes import problem_of
from homeward.intake.row import Row
from homeward.intake.tables import CannotRead, Recognised, recognise
from homeward.records.drafts import Problem

_YEAR = re.compile(r"(20\d\d)(?:\s*[-/]\s*(\d\d|20\d\d))?")


def read_csv(document: Document) -> tuple[list[Row], list[Problem]]:
    """The rows of a CSV file; a year only where a YEAR column gives it. Raises CannotRead."""
    lines = csv_lines(document)
    _, headers = next(lines, (1, None))
    if headers is None:
        raise CannotRead(f"{document.name} is empty. Export it again, or leave it out.")
    recognised = recognise(headers, document.name)
    width, name = len(headers), document.name
    kept = [(at, column) for at, column in enumerate(recognised.columns) if column]
    child_column = "CHILD" if recognised.table.source == "903" else "child"
    rows: list[Row] = []
    problems = _about_columns(recognised, document)
    source, table = recognised.table.source, recognised.table.name
    for number, record in lines:
        if len(record) != width:
            record = _levelled(record, width, name, number)
        row = {column: record[at].strip() for at, column in kept}
        child = cells.child_code(row[child_column])
        if not child:
            where = f"{name}, line {number}"
            problems.append(problem_of("no_child", "", child_column, name, number, where=where))
            continue
        rows.append(Row(source, table, _year(row, name, number), child, row, name, number, document.sha))
    if not rows:
        problems.append(problem_of("no_rows", "", "", name, 1, where=name, table=table))
    return rows, problems


def _levelled(record: list[str], width: int, name: str, number: int) -> list[str]:
    """A record as long as the header: missing cells at the end are blank, blank ones too many are dropped."""
    if any(cell.strip() for cell in record[width:]):
        raise CannotRead(
            f"{name}, line {number}: there are {len(record)} cells under {width} column names. "
            "A cell with a comma in it must stand between quotation marks."
        )
    return record[:width] + [""] * (width - len(record))


def _year(row: dict[str, str], name: str, number: int) -> int | None:
    written = row.get("YEAR", "")
    if not written:
        return None
    found = _YEAR.fullmatch(cells.code(written))
    if not found:
        raise CannotRead(
            f"{name}, line {number}: the YEAR {written!r} is not a year such as 2022 or 2021/22."
        )
    return int(found[1]) + (1 if found[2] else 0)


def _about_columns(recognised: Recognised, document: Document) -> list[Problem]:
    table = recognised.table.name
    return [
        problem_of(
            kind,
            "",
            ", ".join(columns),
            document.name,
            1,
            where=document.name,
            table=table,
            columns=", ".join(columns),
        )
        for kind, columns in (("extra_column", recognised.extra), ("missing_column", recognised.missing))
        if columns
    ]
