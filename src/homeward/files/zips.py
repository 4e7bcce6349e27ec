"""Zip files, read within limits that hold while they are read, whatever their headers say."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from homeward.files.kinds import MB, Refused

LARGEST_EXPANDED = 200 * MB  # SECURITY 5.2
MOST_MEMBERS = 200
LARGEST_RATIO = 100
RATIO_COUNTS_FROM = 10 * MB  # a small table of blank cells may well shrink a hundred times
_STEP = MB


def opened(name: str, content: bytes) -> zipfile.ZipFile:
    """The zip, once what it says of itself is within the limits; `name` is what the person calls it."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, UnicodeDecodeError):
        raise Refused(f"{name} is not a whole zip file: it may have been cut off. Make it again.") from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Refused(
            f"{name} holds more than {MOST_MEMBERS} files. Make it smaller, or take one part at a time."
        )
    if sum(member.file_size for member in members) > LARGEST_EXPANDED:
        raise Refused(_would_grow(name))
    for member in members:
        _check(name, member)
    return archive


def members(name: str, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """(path, content) of each file in the zip, by path. Nothing is ever written to a path from a zip."""
    left = LARGEST_EXPANDED
    seen: set[str] = set()
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        if member.is_dir():
            continue
        if member.filename in seen:
            raise Refused(f"{name} holds {member.filename} twice. Make the zip again.")
        seen.add(member.filename)
        content = expanded(name, archive, member, left)
        left -= len(content)
        yield member.filename, content


def expanded(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """A file of the zip, as long as it stays within what is left."""
    parts: list[bytes] = []
    try:
        with archive.open(member) as stream:
            while part := stream.read(_STEP):
                parts.append(part)
                left -= len(part)
                if left < 0:
                    raise Refused(_would_grow(name))
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        LookupError,
    ) as broken:
        raise Refused(
            f"{name}: {member.filename} cannot be unpacked ({broken}). Make the zip again."
        ) from None
    return b"".join(parts)


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """An Excel or OpenDocument workbook is a zip too."""
    names = archive.namelist()
    return "[Content_Types].xml" in names or ("content.xml" in names and "mimetype" in names)


def repacked(name: str, archive: zipfile.ZipFile) -> bytes:
    """The same files in a zip whose headers are true, for a reader that believes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for path, content in members(name, archive):
            made.writestr(zipfile.ZipInfo(path), content)
    return out.getvalue()


def _would_grow(name: str) -> str:
    return (
        f"{name} would grow to more than {LARGEST_EXPANDED // MB} MB when it is unpacked. "
        "Split it and take the parts one at a time."
    )


def _check(name: str, member: zipfile.ZipInfo) -> None:
    if not member.filename:
        raise Refused(f"{name} holds a file without a name. Make the zip again.")
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
        raise Refused(f"{name}: {member.filename} points outside the zip. Make the zip again.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused(f"{name}: {member.filename} is a link, not a file. Make the zip again from real files.")
    if member.flag_bits & 1:
        raise Refused(f"{name} has a password. Unpack it and take the files by themselves.")
    grows = member.file_size > RATIO_COUNTS_FROM
    if grows and member.file_size > LARGEST_RATIO * max(member.compress_size, 1):
        raise Refused(f"{name}: {member.filename} shrinks too well to be what it says. Make the file again.")
