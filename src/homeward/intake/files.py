"""Folders, zips and single files become documents to read; the unsafe and the broken are refused."""

from __future__ import annotations

import csv
import hashlib
import io
import stat
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from homeward.intake.tables import CannotRead

MB = 1024 * 1024
LARGEST_FILE = 300 * MB
LARGEST_EXPANDED = 400 * MB
MOST_MEMBERS = 2_000
LARGEST_RATIO = 200
RATIO_COUNTS_FROM = 10 * MB
LONGEST_LINE = 200_000

READ_IN_A_FOLDER = {".csv", ".xml", ".xlsx", ".xlsm", ".xls", ".zip"}
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Document(NamedTuple):
    """One file: its name as shown, the folder it lay in, its bytes and their hash."""

    name: str
    folder: str
    content: bytes
    sha: str

    @property
    def kind(self) -> str:
        """'workbook', 'xml' or 'csv', by what is in it."""
        if self.content.startswith((_ZIP, _OLD_EXCEL)):
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
    if not content.startswith(_ZIP):
        return [_document(name, folder, content)]
    archive = _archive(name, content)
    if _is_workbook(archive):
        _check_sizes(name, archive)
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


def _archive(name: str, content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise CannotRead(
            f"{name} is not a whole zip file: it may have been cut off. Make it again."
        ) from None


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    return "[Content_Types].xml" in names or ("content.xml" in names and "mimetype" in names)


def _check_sizes(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse by what the archive declares, before anything is expanded."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise CannotRead(
            f"{name} holds more than {MOST_MEMBERS} files. Zip only the return and import again."
        )
    if sum(member.file_size for member in members) > LARGEST_EXPANDED:
        raise CannotRead(
            f"{name} would grow to more than {LARGEST_EXPANDED // MB} MB. "
            "Zip one return at a time, or unpack it."
        )
    for member in members:
        if member.file_size > RATIO_COUNTS_FROM and member.file_size > LARGEST_RATIO * max(
            member.compress_size, 1
        ):
            raise CannotRead(
                f"{name}: {member.filename} shrinks too well to be a return. Zip the right file."
            )


def _members(name: str, folder: str, archive: zipfile.ZipFile) -> Iterator[Document]:
    _check_sizes(name, archive)
    for member in sorted(archive.infolist(), key=lambda m: m.filename):
        inside = PurePosixPath(member.filename)
        if member.is_dir() or "__MACOSX" in inside.parts or inside.name.startswith("."):
            continue
        _check_member(name, member, inside)
        if inside.suffix.lower() not in READ_IN_A_FOLDER:
            continue
        content = _expanded(name, archive, member)
        if content.startswith(_ZIP) and not _is_workbook(_archive(member.filename, content)):
            raise CannotRead(f"{name} holds another zip, {member.filename}. Unpack it and import again.")
        yield from _opened(str(inside), f"{folder}/{name}/{inside.parent}", content)


def _check_member(name: str, member: zipfile.ZipInfo, inside: PurePosixPath) -> None:
    if inside.is_absolute() or ".." in inside.parts or "\\" in member.filename or ":" in member.filename:
        raise CannotRead(f"{name}: {member.filename} points outside the zip. Make the zip again.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise CannotRead(
            f"{name}: {member.filename} is a link, not a file. Make the zip again from real files."
        )
    if member.flag_bits & 1:
        raise CannotRead(f"{name} has a password. Unpack it and import the files.")


def _expanded(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as stream:
            content = stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as broken:
        raise CannotRead(
            f"{name}: {member.filename} cannot be unpacked ({broken}). Make the zip again."
        ) from None
    except Exception as broken:  # zlib.error and its kin share no base class
        raise CannotRead(f"{name}: {member.filename} is damaged ({broken}). Make the zip again.") from None
    return content


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
