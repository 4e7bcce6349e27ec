"""Reads a backup beside what is there, proves every byte and row, and only then lets it take its place."""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from homeward.config.safekeeping import DATABASE, FOLDERS, MARK, CannotRestore, databases, swap
from homeward.config.safekeeping.backup import MANIFEST, names_of_keys, vendor
from homeward.config.safekeeping.container import Reader


def read(
    source: Path, key: bytes, data: Path, *, replace: bool, incomplete: bool, only_check: bool
) -> dict[str, Any]:
    """Restores, or with `only_check` proves that it could be; the manifest. Raises CannotRestore."""
    from django.db import connection, connections

    if not (replace or only_check) and not _is_empty(data):
        raise CannotRestore(
            f"{data} holds a record already. Take a backup of it, then say --replace to put this one there."
        )
    try:
        with _staging(data) as staging:
            (staging / "new").mkdir()
            manifest = _unpack(source, key, staging)
            _refuse_unknown(manifest)
            if not incomplete:
                _refuse_without_keys_and_ledger(manifest)
            _prove_files(staging / "new", manifest)
            _prove_database(staging, manifest, connection.settings_dict)
            if only_check:
                swap.forget(staging, connection.settings_dict)
            else:
                connections.close_all()
                swap.decide(staging, data)
                swap.finish(data, connection.settings_dict)
    except OSError as error:
        raise CannotRestore(f"The backup could not be restored: {error.strerror or error}.") from error
    return manifest


def _is_empty(data: Path) -> bool:
    from django.db import DatabaseError, connection

    from homeward.records.models import Authority, Person

    if any(path.is_file() for folder in FOLDERS for path in (data / folder).rglob("*")):
        return False
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return True
    try:
        if Authority._meta.db_table not in connection.introspection.table_names():
            return True
        return not (Authority.objects.exists() or Person.objects.exists())
    except DatabaseError:
        return False  # damaged, or of another version: somebody's record all the same


def _unpack(source: Path, key: bytes, staging: Path) -> dict[str, Any]:
    """Every file of the archive below staging/new; the manifest. The whole stream is read to its end."""
    manifest: dict[str, Any] = {}
    with source.open("rb") as file:
        reader = Reader(file, key)
        try:
            with tarfile.open(fileobj=reader, mode="r|") as archive:  # type: ignore[call-overload]
                for member in archive:
                    content = archive.extractfile(member)
                    if content is None:
                        raise CannotRestore("The backup holds something that is not a file.")
                    if member.name == MANIFEST:
                        manifest = json.loads(content.read())
                        continue
                    place = _place(staging, member.name)
                    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    with place.open("wb") as out:
                        shutil.copyfileobj(content, out, 1 << 20)
        except tarfile.TarError as error:
            raise CannotRestore(f"The backup cannot be read: {error}.") from error
        while reader.read(1 << 20):
            pass  # to the chunk that says it is the last
    if not manifest:
        raise CannotRestore("The backup has no list of what it holds.")
    for folder in FOLDERS:
        (staging / "new" / folder).mkdir(mode=0o700, exist_ok=True)
    return manifest


def _place(staging: Path, name: str) -> Path:
    path = PurePosixPath(name)
    known = path.parts and (path.parts[0] in FOLDERS or name in (DATABASE, MARK, databases.DUMP))
    if not known or path.is_absolute() or ".." in path.parts:
        raise CannotRestore("The backup holds a file that does not belong into the data folder.")
    return staging / name if name == databases.DUMP else staging / "new" / path


def _refuse_unknown(manifest: dict[str, Any]) -> None:
    from django.db.migrations.loader import MigrationLoader

    if manifest["format"] != 1:
        raise CannotRestore("The backup was made by a newer Homeward; install that version first.")
    if manifest["database"] != vendor():
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise CannotRestore(
            f"The backup is of {names.get(manifest['database'])} and Homeward runs on {names[vendor()]} "
            "here; DATABASE_URL says which."
        )
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ())
    newer = [f"{app} {name}" for app, name in manifest["migrations"] if (app, name) not in known]
    if newer:
        raise CannotRestore(
            f"The backup was made by a newer Homeward: this one does not know {', '.join(newer[:3])}. "
            "Install that version first."
        )


def _refuse_without_keys_and_ledger(manifest: dict[str, Any]) -> None:
    """Without keys nothing sealed can be opened; without the ledger a restore would unseal children."""
    from homeward.records import protections

    here = names_of_keys()
    lost = [name for name, said in manifest["keys"].items() if here.get(name) != said]
    if lost:
        raise CannotRestore(
            f"What is sealed in this backup needs the keys {', '.join(lost)}, which are not here or are "
            "others. Put them back from their copy; if they are lost for good, say --incomplete."
        )
    lines, then = protections.read(), manifest["ledger"]
    if then["lines"] and then["last"] not in [line.mac for line in lines]:
        raise CannotRestore(
            "The ledger of seals and erasures here does not hold what it held when the backup was made, so "
            "this restore could open sealed records. Put the ledger back from its copy; if it is lost for "
            "good, say --incomplete."
        )


def _prove_files(new: Path, manifest: dict[str, Any]) -> None:
    there = {path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file()}
    if there | {databases.DUMP} != set(manifest["files"]) | {databases.DUMP}:
        raise CannotRestore("The files in the backup are not those it lists.")
    for name in sorted(there):
        with (new / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != manifest["files"][name]["sha256"]:
                raise CannotRestore("A file in the backup is not what it was when the backup was made.")


def _prove_database(staging: Path, manifest: dict[str, Any], settings: dict[str, Any]) -> None:
    if manifest["database"] == "sqlite":
        proof = databases.prove_sqlite(staging / "new" / DATABASE)
    else:
        proof = databases.load_postgres(databases.parameters(settings), staging / databases.DUMP)
    wrong = [name for name in manifest["tables"] if proof.tables.get(name) != manifest["tables"][name]]
    if wrong or set(proof.tables) != set(manifest["tables"]):
        raise CannotRestore(f"The rows of the backup are not those it lists: {', '.join(wrong[:3])}.")


@contextmanager
def _staging(data: Path) -> Iterator[Path]:
    for left in data.glob(".restore-beside-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=data, prefix=".restore-beside-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
