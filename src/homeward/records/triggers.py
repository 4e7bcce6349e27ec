"""Database triggers that refuse to change or delete what was recorded, on SQLite and PostgreSQL.

A fact may be marked superseded once, an imported row dropped once; nothing else changes. A meeting and its
items change until the meeting is signed. What is written for the board never changes. Facts and imported
rows may be deleted only while a disposal permit for their child exists (named erasure), and on PostgreSQL
nobody truncates a table. The triggers are written after every migration, because altering a table on SQLite
drops them silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.models import Model

from homeward.records.models import (
    FACTS,
    AuditChild,
    AuditEntry,
    BoardAction,
    BoardCommentary,
    ImportedRow,
    Meeting,
    MeetingItem,
)

_WHATS = {"sqlite": ("kept", "unchanged"), "postgresql": ("kept", "unchanged", "whole")}
# When a row may be deleted: a permit names the child, or the child by whose code the row came.
_NEVER = "1 = 0"
_OF_CHILD = "EXISTS (SELECT 1 FROM records_disposalpermit WHERE child_id = OLD.child_id)"
_OF_CODE = (
    "EXISTS (SELECT 1 FROM records_disposalpermit p JOIN records_childidentifier i "
    "ON i.child_id = p.child_id "
    "WHERE i.authority_id = OLD.authority_id AND i.scheme = OLD.source AND i.value = OLD.child)"
)


def _guarded(vendor: str = "sqlite") -> list[tuple[type[Model], str, str]]:
    """(model, when a row may be changed, when it may be deleted)."""

    def once(model: type[Model], column: str) -> str:
        return _once(model, column, "IS" if vendor == "sqlite" else "IS NOT DISTINCT FROM")

    facts: list[tuple[type[Model], str, str]]
    facts = [(model, once(model, "superseded_at"), _OF_CHILD) for model in FACTS.values()]
    open_meeting, open_item = "OLD.state <> 'signed'", "NOT OLD.signed"
    return [
        *facts,
        (ImportedRow, once(ImportedRow, "dropped_by_id"), _OF_CODE),
        (AuditEntry, _NEVER, _NEVER),
        (AuditChild, _NEVER, _NEVER),
        (BoardCommentary, _NEVER, _NEVER),
        (BoardAction, _NEVER, _NEVER),
        (Meeting, open_meeting, open_meeting),
        (MeetingItem, open_item, f"{open_item} OR {_OF_CHILD}"),
    ]


def _once(model: type[Model], column: str, same_as: str) -> str:
    """The column is set once, and nothing else with it."""
    others = [str(field.column) for field in model._meta.concrete_fields if field.column != column]
    same = " AND ".join(f'OLD."{each}" {same_as} NEW."{each}"' for each in others)
    return f'OLD."{column}" IS NULL AND NEW."{column}" IS NOT NULL AND {same}'


def names(vendor: str = "sqlite") -> list[str]:
    """Every trigger that must exist."""
    return [f"{model._meta.db_table}_{what}" for model, _, _ in _guarded() for what in _WHATS[vendor]]


def write(using: str = "default") -> None:
    """Writes the triggers anew; safe to repeat."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model, allowed, held in _guarded(connection.vendor):
            for statement in _WRITERS[connection.vendor](model, allowed, held):
                cursor.execute(statement)


def drop(using: str = "default") -> None:
    """Takes the triggers away, for tests that empty tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model, _, _ in _guarded():
            table = model._meta.db_table
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            for what in _WHATS[connection.vendor]:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{what}{on}")


def missing(using: str = "default") -> list[str]:
    """Triggers that should exist and do not; none where the tables are not there yet."""
    connection = connections[using]
    if "records_auditentry" not in connection.introspection.table_names():
        return []
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in names(connection.vendor) if name not in there]


def check(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A system check: the record is not safe without its triggers."""
    return [
        Error(f"The trigger {name} is missing; run `homeward check --mend`.", id="records.E001")
        for using in databases or ()
        for name in missing(using)
    ]


def _sqlite(model: type[Model], allowed: str, held: str) -> list[str]:
    table = model._meta.db_table
    return [
        f"DROP TRIGGER IF EXISTS {table}_unchanged",
        f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} WHEN NOT ({allowed}) "
        f"BEGIN SELECT RAISE(ABORT, 'what was recorded is not changed: {table}'); END",
        f"DROP TRIGGER IF EXISTS {table}_kept",
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN NOT ({held}) "
        f"BEGIN SELECT RAISE(ABORT, 'what was recorded is not deleted: {table}'); END",
    ]


def _postgresql(model: type[Model], allowed: str, held: str) -> list[str]:
    table = model._meta.db_table
    return [
        _refusal(f"{table}_unchanged", allowed, "NEW", f"what was recorded is not changed: {table}"),
        f"DROP TRIGGER IF EXISTS {table}_unchanged ON {table}",
        f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_unchanged()",
        _refusal(f"{table}_kept", held, "OLD", f"what was recorded is not deleted: {table}"),
        f"DROP TRIGGER IF EXISTS {table}_kept ON {table}",
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_kept()",
        _refusal(f"{table}_whole", "FALSE", "NULL", f"what was recorded is not emptied: {table}"),
        f"DROP TRIGGER IF EXISTS {table}_whole ON {table}",
        f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_whole()",
    ]


def _refusal(name: str, allowed: str, row: str, words: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {allowed} THEN RETURN {row}; END IF; RAISE EXCEPTION '{words}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )


_WRITERS = {"sqlite": _sqlite, "postgresql": _postgresql}
