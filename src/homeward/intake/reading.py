"""`read` takes files, folders and zips in every form Homeward knows and gives their rows with their years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from homeward.intake.annex_a import SHEET, read_workbook
from homeward.intake.files import Document, documents, from_bytes
from homeward.intake.row import Row
from homeward.intake.ssda903_csv import read_csv
from homeward.intake.ssda903_xml import read_xml
from homeward.intake.tables import CannotRead
from homeward.intake.years import Sheet, with_years
from homeward.records.drafts import Problem

__all__ = [
    "CannotRead",
    "FileRead",
    "Reading",
    "Row",
    "read",
    "read_uploads",
    "wrong_authority",
]

_READERS = {"csv": read_csv, "xml": read_xml, "workbook": read_workbook}


class FileRead(NamedTuple):
    """One file and what was in it."""

    name: str
    sha: str
    tables: tuple[str, ...]
    years: tuple[int, ...]
    rows: int


@dataclass(frozen=True)
class Reading:
    """Everything that was read; `passed_over` are files in folders that were not looked at."""

    rows: list[Row]
    files: list[FileRead]
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def present(self) -> set[tuple[str, str, int | None]]:
        """(source, table, year) of every table that was there."""
        return {(row.source, row.table, row.year) for row in self.rows}

    @property
    def years(self) -> list[int]:
        """The collection years of the return in these files."""
        return sorted({row.year for row in self.rows if row.year and row.table == "Episodes"})

    @property
    def children(self) -> set[str]:
        return {row.child for row in self.rows if row.child}


def read(paths: Iterable[Path | str] | Path | str, *, year: int | None = None) -> Reading:
    """Read files, folders and zips. Raises CannotRead, and then nothing was read."""
    found, passed_over = documents([paths] if isinstance(paths, (str, Path)) else list(paths))
    return _reading(found, passed_over, year)


def read_uploads(uploads: Iterable[tuple[str, bytes]], *, year: int | None = None) -> Reading:
    """As `read`, for files that came through a page: (name, content)."""
    found = [document for name, content in uploads for document in from_bytes(name, content)]
    if not found:
        raise CannotRead("Nothing to read: choose .csv, .xml, .xlsx or .zip files.")
    return _reading(found, [], year)


def wrong_authority(reading: Reading, las: Iterable[str]) -> tuple[Reading, int]:
    """The reading without the rows of a regional file that name another authority, and how many those were.

    `las` are the names and codes the authority goes by; rows without an LA column are its own.
    """
    own = {" ".join(la.lower().split()) for la in las}
    kept = [row for row in reading.rows if " ".join(row.cells.get("LA", "").lower().split()) in own | {""}]
    return replace(reading, rows=kept), len(reading.rows) - len(kept)


def _reading(found: list[Document], passed_over: list[str], year: int | None) -> Reading:
    rows: list[Row] = []
    problems: list[Problem] = []
    sheets: list[Sheet] = []
    found = list(_once(found))
    for document in found:
        own, noted = _READERS[document.kind](document)
        problems += noted
        undated = [row for row in own if row.source == "903" and row.year is None]
        rows += own if not undated else [row for row in own if row.source != "903" or row.year is not None]
        sheets += _sheets(document, undated)
    rows += with_years(sheets, year)
    if not rows:
        raise CannotRead(f"{found[0].name} has column names but no rows. Export it again.")
    return Reading(rows, _files(found, rows), problems, passed_over)


def _once(found: list[Document]) -> Iterable[Document]:
    """A file that was named twice is read once; two years may well hold files that are alike."""
    return {(document.folder, document.name, document.sha): document for document in found}.values()


def _sheets(document: Document, rows: list[Row]) -> list[Sheet]:
    tables = dict.fromkeys(row.table for row in rows)
    # An XML file is a whole return by itself, as if it lay alone in a folder.
    folder = f"{document.folder}/{document.name}" if document.kind == "xml" else document.folder
    return [
        Sheet(document.name, folder, table, [row for row in rows if row.table == table]) for table in tables
    ]


def _files(found: list[Document], rows: list[Row]) -> list[FileRead]:
    by_file: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_file[row.sha, row.file.partition(SHEET)[0]].append(row)
    return [_file(document, by_file[document.sha, document.name]) for document in found]


def _file(document: Document, rows: list[Row]) -> FileRead:
    tables = tuple(dict.fromkeys(row.table for row in rows))
    years = tuple(sorted({row.year for row in rows if row.year}))
    return FileRead(document.name, document.sha, tables, years, len(rows))
