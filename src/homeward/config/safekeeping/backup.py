"""Writes a backup while Homeward is in use: one encrypted file, under its name only when it is whole."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from homeward.config import holding
from homeward.config.safekeeping import FOLDERS, MARK, CannotKeep, databases
from homeward.config.safekeeping.container import Writer

MANIFEST = "manifest.json"


def write(target: Path, key: bytes, data: Path, made_at: datetime) -> dict[str, Any]:
    """Makes the backup and returns its manifest; broken off, it leaves nothing under the name."""
    if target.exists():
        raise CannotKeep(f"{target} exists already; a backup is never written over. Name a new file.")
    part = target.with_name(target.name + ".part")
    try:
        with holding.one_backup(data), _staging(data) as staging, part.open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            manifest = _pour(file, key, data, staging, made_at)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        _sync(target.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CannotKeep(f"The backup could not be written: {error.strerror or error}.") from error
    return manifest


def _pour(file: BinaryIO, key: bytes, data: Path, staging: Path, made_at: datetime) -> dict[str, Any]:
    """The database first and the files after it, so that no row of the backup lacks its file."""
    from homeward.records import protections

    lines = protections.read()  # before the database: the ledger is always ahead of it
    proof = _copy_database(staging)
    files: dict[str, dict[str, Any]] = {}
    writer = Writer(file, key)
    with tarfile.open(fileobj=writer, mode="w|", format=tarfile.PAX_FORMAT) as archive:  # type: ignore[call-overload]
        for name, path in (*_below(staging, staging), *_of_folder(data)):
            added = _add(archive, name, path)
            if added:
                files[name] = added
        manifest = {
            "format": 1,
            "made_at": made_at.isoformat(),
            "database": vendor(),
            "migrations": proof.migrations,
            "tables": proof.tables,
            "files": files,
            "keys": names_of_keys(),
            "ledger": {"lines": len(lines), "last": lines[-1].mac if lines else ""},
        }
        content = json.dumps(manifest).encode("utf-8")
        said = tarfile.TarInfo(MANIFEST)
        said.size = len(content)
        archive.addfile(said, io.BytesIO(content))
    writer.finish()
    return manifest


def vendor() -> str:
    from django.db import connection

    return connection.vendor


def _copy_database(staging: Path) -> databases.Proof:
    from django.db import connection

    if connection.vendor == "sqlite":
        return databases.copy_sqlite(Path(str(connection.settings_dict["NAME"])), staging)
    return databases.dump_postgres(databases.parameters(connection.settings_dict), staging)


def _of_folder(data: Path) -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        yield from _below(data / folder, data)
    if (data / MARK).exists():
        yield MARK, data / MARK


def _below(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(root).as_posix(), path


def _add(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, Any] | None:
    """Adds a file and says its size and hash; None for one that was removed a moment ago."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        said = tarfile.TarInfo(name)
        said.size = os.fstat(file.fileno()).st_size
        said.mode = 0o600
        hashed = _Hashed(file)
        archive.addfile(said, hashed)
        return {"size": said.size, "sha256": hashed.digest.hexdigest()}


class _Hashed:
    """Reads a file once, for the archive and for its hash."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        given = self._file.read(size)
        self.digest.update(given)
        return given


def names_of_keys() -> dict[str, str]:
    """Which keys what is sealed in here needs, so that a restore says which are not there; never the keys."""
    from homeward.records import vault

    folder = vault.keys_folder()
    return {
        file.name: hashlib.sha256(b"name of a key of Homeward" + file.read_bytes()).hexdigest()[:16]
        for file in sorted(folder.glob("*.key"))
    }


@contextmanager
def _staging(data: Path) -> Iterator[Path]:
    """A folder beside the database, for its copy; what an earlier backup left when it was killed goes too."""
    for left in data.glob(".backup-*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=".backup-") as folder:
        yield Path(folder)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
