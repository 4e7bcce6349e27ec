"""Folders, zips and single files become documents to read; the unsafe and the broken are refused."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from homeward.files import zips
from homeward.files.kinds import MB, OLD_OFFICE, ZIP
from homeward.intake.tables import CannotRead

LARGEST_FILE = 200 * MB
LONGEST_LINE = 200_000

READ_IN_A_FOLDER = {".csv", ".xml", ".xlsx", ".xlsm", ".xls", ".zip"}
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_OLD_EXCEL = OLD_OFFICE[:4]


class Document(NamedTuple):
    """One file: its name as shown, the folder it lay in, its bytes and their hash."""

    name: str
    folder: str
    content: bytes
    sha: str

    @property
    def kind(self) -> str:
        """'workbook', 'xml' or 'csv', by what is in it."""
        if self.content.startswith((ZIP, _OLD_EXCEL)):
            return "workbook"
        start = self.content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return "xml" if start.startswith(b"<") or self.name.lower().endswith(".xml") else "csv"


def documents(paths: Iterable[Path | str]) -> tuple[list[Document], list[str]]:
    """The files at `paths`, in a steady order, and the names of files in folders that are not looked at."""
    found: list[Document] = []
    passed_over: list[str] = []
    for path in map(Path, paths):
        if path.is_dir():
            _from_folder(path, found, passed_over)
        elif path.is_file():
            found += _from_file(path, path.name, "")
        else:
            raise CannotRead(f"{path} is not there. Check the path to the file or folder.")
    if not found:
        raise CannotRead(
            f"Nothing to read in {', '.join(str(path) for path in paths)}: "
            "a folder needs .csv, .xml, .xlsx or .zip files."
        )
    return found, passed_over


def from_bytes(name: str, content: bytes) -> list[Document]:
    """An uploaded file, or each file of an uploaded zip."""
    return _opened(PurePosixPath(name.replace("\\", "/")).name, "", content)


def _from_folder(root: Path, found: list[Document], passed_over: list[str]) -> None:
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if any(part.startswith((".", "__MACOSX")) for part in inside.parts) or not path.is_file():
            continue
        if path.name.startswith("~$") or path.suffix.lower() not in READ_IN_A_FOLDER:
            passed_over.append(str(inside))
            continue
        found += _from_file(path, str(inside), str(root / inside.parent))


def _from_file(path: Path, name: str, folder: str) -> list[Document]:
    if path.stat().st_size > LARGEST_FILE:
        raise CannotRead(_too_large(name))
    return _opened(name, folder or str(path.parent), path.read_bytes())


def _too_large(name: str) -> str:
    return f"{name} is larger than {LARGEST_FILE // MB} MB. Split it by year and import the parts."


def _opened(name: str, folder: str, content: bytes) -> list[Document]:
    if len(content) > LARGEST_FILE:
        raise CannotRead(_too_large(name))
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise CannotRead(f"{name} is empty. Export it again, or leave it out.")
    if not content.startswith(ZIP):
        return [_document(name, folder, content)]
    archive = zips.opened(name, content)
    if zips.is_workbook(archive):
        if PurePosixPath(name).suffix.lower() not in _WORKBOOKS:
            raise CannotRead(
                f"{name} is a spreadsheet with another kind of name. Open it in Excel and save it as "
                "CSV UTF-8, or give it back its ending .xlsx if it is an Annex A workbook."
            )
        return [_document(name, folder, content)]
    return list(_members(name, folder, archive))


def _document(name: str, folder: str, content: bytes) -> Document:
    if content.startswith(_OLD_EXCEL) and PurePosixPath(name).suffix.lower() not in _WORKBOOKS:
        raise CannotRead(f"{name} is an old Excel workbook with another kind of name. Save it as CSV UTF-8.")
    return Document(name, folder, content, hashlib.sha256(content).hexdigest())


def _members(name: str, folder: str, archive: zipfile.ZipFile) -> Iterator[Document]:
    for path, content in zips.members(name, archive):
        inside = PurePosixPath(path)
        if "__MACOSX" in inside.parts or inside.name.startswith("."):
            continue
        if inside.suffix.lower() not in READ_IN_A_FOLDER:
            continue
        if content.startswith(ZIP) and not zips.is_workbook(zips.opened(path, content)):
            raise CannotRead(f"{name} holds another zip, {path}. Unpack it and import again.")
        yield from _opened(path, f"{folder}/{name}/{inside.parent}", content)


def csv_lines(document: Document) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file with the line each began on; blank lines are passed over."""
    text = _text(document)
    lines = list(io.StringIO(text, newline=""))  # only true line ends: a cell may hold a pasted U+2028
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise CannotRead(
                f"{document.name}, line {number}: the line has more than {LONGEST_LINE:,} letters. "
                "It is not a table, or its line ends were lost: export it again."
            )
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(lines, delimiter=_delimiter(lines[0]), strict=True)
    began = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                yield began, record
            began = reader.line_num + 1
    except csv.Error as broken:
        raise CannotRead(
            f'{document.name}, line {began}: a quotation mark (") is opened and not closed as it should be '
            f"({broken}). Close it, or write it twice inside a cell."
        ) from None


def _delimiter(first_line: str) -> str:
    return max(",;\t", key=first_line.count) if "," not in first_line else ","


def _text(document: Document) -> str:
    content = document.content
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        line = content[: max(content.find(b"\0"), 0)].count(b"\n") + 1
        raise CannotRead(
            f"{document.name}, line {line}: there are NUL bytes in it, so it is damaged or saved as UTF-16. "
            "Save it as CSV UTF-8."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as broken:
        line = content[: broken.start].count(b"\n") + 1
        raise CannotRead(
            f"{document.name}, line {line}: a letter can be read neither as UTF-8 nor as Windows text. "
            "Save it as CSV UTF-8."
        ) from None
