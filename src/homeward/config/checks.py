"""Whether the database keeps what it says it has kept, and is a lock at all: asked before anything else.

A risk may be named in settings.DATABASE_RISKS, as the tests do, whose database may forget everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_PROMISES = {
    "fsync": "a power cut may destroy the record",
    "full_page_writes": "a power cut may tear pages of the record",
    "synchronous_commit": "what was saved may be lost after all",
}
_KEPT = ("on", "remote_apply")  # remote_apply waits for a second server as well


def refuse_unsafe() -> None:
    """Raises with a sentence for each risk, which says what to mend."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connection

    wrong = [words for risk, words in risks(connection) if risk not in settings.DATABASE_RISKS]
    if wrong:
        raise ImproperlyConfigured("\n".join(wrong))


def risks(connection: Any) -> Iterator[tuple[str, str]]:
    """(risk, sentence) of this database."""
    connection.ensure_connection()
    yield from (_postgresql if connection.vendor == "postgresql" else _sqlite)(connection)


def _postgresql(connection: Any) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for name, harm in _PROMISES.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] not in _KEPT:
                yield name, f"PostgreSQL runs with {name} off, so {harm}: set {name} = on."
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        role, superuser, passes_by = cursor.fetchone()
    if superuser:
        yield (
            "superuser",
            (
                f"Homeward connects to PostgreSQL as the superuser {role}, whom no row-level security binds: "
                "connect as an ordinary role that owns the database (docs/how-to/run-it.md)."
            ),
        )
    elif passes_by:
        yield "bypassrls", f"Row-level security does not bind {role}: ALTER ROLE {role} NOBYPASSRLS."
    info = connection.connection.info
    yield from transport(info.host, info.get_parameters().get("sslmode", ""))


def transport(host: str, sslmode: str) -> Iterator[tuple[str, str]]:
    """Over a network, only to the server whose certificate bears the name that was asked for."""
    here = host in ("", "localhost", "::1") or host.startswith(("/", "127."))
    if not here and sslmode != "verify-full":
        yield (
            "tls",
            (
                f"The way to PostgreSQL on {host} is not safe from listeners: add ?sslmode=verify-full to "
                "DATABASE_URL, and sslrootcert= with the file of the authority that signed its certificate."
            ),
        )


def _sqlite(connection: Any) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for pragma, wanted, harm in (
            (
                "journal_mode",
                "wal",
                "readers and writers wait: keep HOMEWARD_DATA on a local disk",
            ),
            ("synchronous", 2, "what was saved may be lost in a power cut: set synchronous=FULL"),
            ("foreign_keys", 1, "rows may point at nothing: set foreign_keys=ON"),
        ):
            found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if found != wanted:
                yield pragma, f"SQLite runs with {pragma}={found}, so {harm}."
    if connection.transaction_mode != "IMMEDIATE":
        yield "transaction_mode", "SQLite must begin its transactions IMMEDIATE, or a save fails half-way."
