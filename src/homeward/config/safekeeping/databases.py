"""Copies of a database while it is in use, and what proves them: rows and hash of every table.

The hash of a table is SHA-256 over its rows as text in a fixed order, so that two databases with the same
rows have the same hash, whatever lies where in their files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from homeward.config.safekeeping import DATABASE, CannotKeep, CannotRestore

DUMP = "homeward.pgdump"


class StillInUse(CannotRestore):
    """Somebody is connected to the database, which therefore kept its name; nothing was restored."""


@dataclass(frozen=True)
class Proof:
    """What a copy must hold: per table its rows and their hash, and the migrations it has had."""

    tables: dict[str, dict[str, Any]]
    migrations: list[list[str]]


# ---- SQLite ----


def copy_sqlite(source: Path, folder: Path) -> Proof:
    """A copy as of one moment: in WAL mode neither readers nor writers wait for it."""
    with closing(sqlite3.connect(source, timeout=60)) as live, closing(_open(folder / DATABASE)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing in a log beside it
    return prove_sqlite(folder / DATABASE)


def prove_sqlite(file: Path) -> Proof:
    """Raises CannotRestore when the copy is not a whole database."""
    with closing(_open(file)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise CannotRestore("The database in the backup is damaged.")
        names = [
            name
            for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not name.startswith("sqlite_")
        ]
        tables = {name: _digest_sqlite(copy, name) for name in names}
        return Proof(tables, [list(row) for row in copy.execute(_MIGRATIONS)])


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file)


def _digest_sqlite(copy: sqlite3.Connection, table: str) -> dict[str, Any]:
    columns = copy.execute(f'PRAGMA table_info("{table}")').fetchall()
    key = [name for _, name, *_, place in sorted(columns, key=lambda c: c[5]) if place]
    order = ", ".join(f'"{name}"' for name in key or [column[1] for column in columns])
    digest, rows = hashlib.sha256(), 0
    for row in copy.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):  # noqa: S608, names of our tables
        digest.update(repr(row).encode("utf-8"))
        rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


# ---- PostgreSQL ----


def dump_postgres(params: dict[str, str], folder: Path) -> Proof:
    """pg_dump and the proof look at one exported snapshot, while others write on."""
    from homeward.records import row_security

    if row_security.missing():
        raise CannotKeep("Row-level security is not as it must be: run homeward check --mend first.")
    with _postgres(params) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
        _run(
            CannotKeep,
            params,
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            "--enable-row-security",  # as a command sees: every row (records/row_security.py)
            f"--snapshot={snapshot}",
            f"--file={folder / DUMP}",
        )
        proof = _prove(connection)
        connection.execute("ROLLBACK")
    return proof


def load_postgres(params: dict[str, str], dump: Path) -> Proof:
    """Makes a database beside the one that is there and reads the dump into it; the proof of it."""
    beside = {**params, "dbname": beside_of(params)}
    drop(params, beside["dbname"])
    with _postgres(_maintenance(params)) as connection:
        connection.execute(f'CREATE DATABASE "{beside["dbname"]}" TEMPLATE template0')
    _run(
        CannotRestore,
        beside,
        "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        str(dump),
    )
    with _postgres(beside) as connection:
        return _prove(connection)


def exchange(params: dict[str, str]) -> None:
    """The database beside takes the name of the one that was there, in one transaction; repeated, nothing."""
    name, beside = params["dbname"], beside_of(params)
    with _postgres(_maintenance(params)) as connection:
        there = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if beside in there:
            with connection.transaction():
                if name in there:
                    connection.execute(f'ALTER DATABASE "{name}" RENAME TO "{replaced_of(params)}"')
                connection.execute(f'ALTER DATABASE "{beside}" RENAME TO "{name}"')


def drop(params: dict[str, str], name: str) -> None:
    """Takes away a database that is not the one in use: the one beside, or the one that was replaced."""
    with _postgres(_maintenance(params)) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')


def beside_of(params: dict[str, str]) -> str:
    return f"{params['dbname']}_restoring"


def replaced_of(params: dict[str, str]) -> str:
    return f"{params['dbname']}_replaced"


def parameters(settings: dict[str, Any]) -> dict[str, str]:
    """What libpq needs, from Django's settings of a database."""
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    own = {key: str(settings[name]) for key, name in named.items() if settings.get(name)}
    return own | {key: str(value) for key, value in settings.get("OPTIONS", {}).items() if key in _LIBPQ}


_AS_COMMAND = "-c homeward.scope=command"
_LIBPQ = ("sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "service", "connect_timeout")


def _maintenance(params: dict[str, str]) -> dict[str, str]:
    """Databases are made and renamed from another one."""
    return {**params, "dbname": "template1" if params["dbname"] == "postgres" else "postgres"}


@contextmanager
def _postgres(params: dict[str, str]) -> Iterator[Any]:
    import psycopg

    try:
        with psycopg.connect(**params, options=_AS_COMMAND, autocommit=True) as connection:  # type: ignore[arg-type]
            connection.execute("SET TIME ZONE 'UTC'")
            yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        raise CannotRestore(
            f"PostgreSQL refuses: {str(error).strip()}. A backup needs an account that reads every row, a "
            "restore one that owns the database and may make databases "
            "(docs/how-to/back-up-and-restore.md)."
        ) from error
    except psycopg.errors.ObjectInUse as error:
        raise StillInUse(
            "The database is in use. Stop Homeward, and whatever else is connected, on every host."
        ) from error
    except psycopg.Error as error:
        raise CannotRestore(f"PostgreSQL says: {str(error).strip().splitlines()[0]}.") from error


def _prove(connection: Any) -> Proof:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE \"C\""
    names = [row[0] for row in connection.execute(query)]
    migrations = [list(row) for row in connection.execute(_MIGRATIONS)]
    return Proof({name: _digest_postgres(connection, name) for name in names}, sorted(migrations))


def _digest_postgres(connection: Any, table: str) -> dict[str, Any]:
    """Ordered by the text of the row as bytes: how words are sorted differs from host to host."""
    digest, rows = hashlib.sha256(), 0
    said = f'COPY (SELECT t::text FROM "{table}" t ORDER BY t::text COLLATE "C") TO STDOUT'  # noqa: S608
    with connection.cursor() as cursor, cursor.copy(said) as copy:
        for row in copy:
            digest.update(row)
            rows += bytes(row).count(b"\n")
    return {"rows": rows, "sha256": digest.hexdigest()}


def _run(error: type[Exception], params: dict[str, str], tool: str, *words: str) -> None:
    """PostgreSQL's own tool; the password goes through the environment, where others cannot read it."""
    from psycopg.conninfo import make_conninfo

    shown = {key: value for key, value in params.items() if key != "password"}
    secret = {"PGPASSWORD": params["password"]} if "password" in params else {}
    done = subprocess.run(  # noqa: S603, our own words
        [_tool(tool), f"--dbname={make_conninfo(**shown)}", *words],
        env={**os.environ, **secret, "PGOPTIONS": _AS_COMMAND},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it did not say why"])[0]
        raise error(f"{tool} did not succeed: {said}")


def _tool(name: str) -> str:
    found = shutil.which(name) or next(
        (str(file) for file in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        raise CannotKeep(
            f"{name} is not on this machine: install PostgreSQL's client of the server's version."
        )
    return found
