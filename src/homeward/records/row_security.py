"""Row-level security on PostgreSQL: a second lock on every table that holds something of a child.

The first lock is `access.children_visible_to`. Should a page ever forget it, the database still shows a
person no row of another council, of a child they are excluded from, of a sealed child, nor (to the regional
agency) of a child that is not shared. Without somebody who acts, it shows no row at all.

Who acts stands in settings of the transaction, put there only by this module: `acting` for a request,
`whole` for the few lines that must look past it, `as_command` for commands at the machine. Written after
every migration, like the triggers; on SQLite there is nothing of this.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction
from django.db.backends.signals import connection_created
from django.db.models import Model

from homeward.records.models import Authority, Child, Draft, ImportedRow, Load, Meeting, Restriction

if TYPE_CHECKING:
    from homeward.records.access import Actor

# ---- Which tables, and which of their rows ----

# Each setting is read once a statement (a subselect), not once a row.
_SCOPE = "(SELECT current_setting('homeward.scope', true))"
_AUTHORITY = "(SELECT nullif(current_setting('homeward.authority', true), '')::bigint)"
_PERSON = "(SELECT nullif(current_setting('homeward.person', true), '')::bigint)"
_AGENCY = "(SELECT nullif(current_setting('homeward.agency', true), ''))"
_KEPT = "SELECT unnest(string_to_array(current_setting('homeward.kept', true), ',')::bigint[])"
_KEPT_CODES = "SELECT unnest(string_to_array(current_setting('homeward.kept_codes', true), chr(31)))"
_SHARED = "SELECT unnest(string_to_array(current_setting('homeward.shared', true), ',')::bigint[])"
_SETTINGS = ("scope", "authority", "person", "agency", "kept", "kept_codes", "shared")
# command: every row; authority: every row of one council; actor: what the person may ever be shown of it.
_ANYBODY = "(SELECT current_setting('homeward.scope', true) IN ('command', 'authority', 'actor'))"


@cache
def protected() -> dict[str, tuple[str, str]]:
    """{table: (rows of the council, rows that the actor may reach)}: what points at a child, and files."""
    found = {
        _table(Child): (
            f"authority_id = {_AUTHORITY}",
            f"id NOT IN ({_KEPT}) AND ({_AGENCY} IS NULL OR id IN ({_SHARED}))",
        ),
        _table(Meeting): (f"authority_id = {_AUTHORITY}", f"{_AGENCY} IS NULL"),
        # A file's rows name a child by its code; the agency is shown children and no files.
        _table(Load): (f"authority_id = {_AUTHORITY}", f"{_AGENCY} IS NULL"),
        _table(ImportedRow): (
            f"authority_id = {_AUTHORITY}",
            f"{_AGENCY} IS NULL AND child NOT IN ({_KEPT_CODES})",
        ),
    }
    for model in apps.get_app_config("records").get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is Child:
                found[_table(model)] = (_of_a_child(model, str(field.column)), "TRUE")
    for many in Restriction._meta.local_many_to_many:
        through: Any = many.remote_field.through
        table = _table(through)
        owner = f"EXISTS (SELECT FROM {_table(Restriction)} r WHERE r.id = {table}.restriction_id)"
        found[table] = (owner, "TRUE")
    return found


def _of_a_child(model: type[Model], column: str) -> str:
    """The rows of children whom the policy of their own table shows."""
    table = _table(model)
    rows = f"EXISTS (SELECT FROM {_table(Child)} c WHERE c.id = {table}.{column})"
    columns = {str(field.column) for field in model._meta.concrete_fields}
    if model._meta.get_field(column.removesuffix("_id")).null:
        owner = f"person_id = {_PERSON}" if model is Draft else "TRUE"
        rows = f"({column} IS NULL AND {owner} OR {rows})"
    return f"authority_id = {_AUTHORITY} AND {rows}" if "authority_id" in columns else rows


def _table(model: type[Model]) -> str:
    return str(model._meta.db_table)


def policies() -> dict[tuple[str, str], str]:
    """{(table, policy): the rest of its CREATE POLICY}; the restrictive ones must all agree."""
    found = {}
    for table, (council, reach) in protected().items():
        found[table, "somebody_acts"] = f"AS PERMISSIVE USING ({_ANYBODY})"
        found[table, "own_council"] = f"AS RESTRICTIVE USING ({_SCOPE} = 'command' OR ({council}))"
        if reach != "TRUE":
            found[table, "own_reach"] = f"AS RESTRICTIVE USING ({_SCOPE} <> 'actor' OR ({reach}))"
    return found


def write(using: str = "default") -> None:
    """Writes the policies of every table that lacks one, has another one, or is not locked for its owner."""
    wrong = {name.split(" ")[0] for name in missing(using)}
    with connections[using].cursor() as cursor:
        for table in sorted(wrong):
            cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = %s", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP POLICY "{name}" ON {table}')
            for (where, name), rest in policies().items():
                if where == table:
                    cursor.execute(f"CREATE POLICY {name} ON {table} {rest}")
                    cursor.execute(f"COMMENT ON POLICY {name} ON {table} IS '{_mark(rest)}'")
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")


def missing(using: str = "default") -> list[str]:
    """What is not as it must be, as “table policy”; nothing on SQLite or where no table is there yet."""
    if connections[using].vendor != "postgresql":
        return []
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class "
            "WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
        )
        locked = dict(cursor.fetchall())
        cursor.execute(
            "SELECT relname, polname, obj_description(pol.oid, 'pg_policy') FROM pg_policy pol "
            "JOIN pg_class ON pg_class.oid = polrelid WHERE relnamespace = current_schema()::regnamespace"
        )
        there = {(table, name): mark or "" for table, name, mark in cursor.fetchall()}
    wanted = {key: _mark(rest) for key, rest in policies().items() if key[0] in locked}
    wrong = [key for key in wanted.keys() | there.keys() if key[0] in protected()]
    return sorted(
        {" ".join(key) for key in wrong if wanted.get(key) != there.get(key)}
        | {f"{table} row_level_security" for table in protected() if locked.get(table) is False}
    )


def _mark(rest: str) -> str:
    """Tells a policy of an earlier version from this one's."""
    return hashlib.sha256(rest.encode()).hexdigest()[:16]


def check(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A system check: on PostgreSQL the record is not served without its second lock."""
    return [
        Error(f"The policy {name} is missing; run `homeward check --mend`.", id="records.E002")
        for using in databases or ()
        for name in missing(using)
    ]


# ---- Who acts ----

_looks_past = ContextVar("looks_past", default=False)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """What follows in this transaction sees what the actor may ever be shown; opened inside `atomic`."""
    if connection.vendor != "postgresql":
        yield
        return
    authority = actor.authority.pk if actor.authority else None
    agency = actor.role.agency_id if actor.role else None
    now = settings.NOW()
    with _put_back():
        _put(scope="command")
        with connection.cursor() as cursor:
            cursor.execute(_OF_THE_ACTOR, [actor.person.pk, authority, agency, now, now])
            kept, codes, shared = cursor.fetchone()
        _put(
            scope="actor",
            authority=authority,
            person=actor.person.pk,
            agency=agency,
            kept=kept,
            kept_codes=codes,
            shared=shared,
        )
        yield


@contextmanager
def whole(authority: Authority | None = None) -> Iterator[None]:
    """These few lines see every row of the council (or of all): what they find is not shown as it stands."""
    token = _looks_past.set(True)
    try:
        if connection.vendor != "postgresql":
            yield
            return
        with transaction.atomic(), _put_back():
            if authority is None:
                _put(scope="command")
            else:
                _put(scope="authority", authority=authority.pk)
            yield
    finally:
        _looks_past.reset(token)


def as_command() -> None:
    """From here on this process works at the machine, for no person: commands, migrations, tests."""
    connection_created.connect(_connected_as_command, dispatch_uid="homeward.command")
    if connection.connection is not None:
        _connected_as_command(connection)


@contextmanager
def before_serving() -> Iterator[None]:
    """A worker works as a command does until it serves; then its connection is another one."""
    _connected_as_command(connection)
    try:
        yield
    finally:
        connection.close()


def _connected_as_command(connection: Any, **_: Any) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('homeward.scope', 'command', false)")


# Children of whom the person is shown nothing, the codes by which files name them, and those shared.
_OF_THE_ACTOR = """
    WITH kept AS (
        SELECT child_id FROM records_exclusion WHERE person_id = %s AND lifted_at IS NULL
        UNION
        SELECT child_id FROM records_restriction r JOIN records_child c ON c.id = r.child_id
        WHERE r.level = 3 AND r.ended_at IS NULL AND c.authority_id = %s
    )
    SELECT (SELECT string_agg(child_id::text, ',') FROM kept),
        (SELECT string_agg(value, chr(31)) FROM records_childidentifier JOIN kept USING (child_id)),
        (SELECT string_agg(child_id::text, ',') FROM records_share
         WHERE agency_id = %s AND made_at <= %s AND until > %s AND ended_at IS NULL)
"""


@contextmanager
def _put_back() -> Iterator[None]:
    """The settings as they were, after the block; a rollback or a commit puts them back by itself."""
    with connection.cursor() as cursor:
        names = ", ".join(f"current_setting('homeward.{name}', true)" for name in _SETTINGS)
        cursor.execute(f"SELECT {names}")
        before = dict(zip(_SETTINGS, cursor.fetchone(), strict=True))
    yield
    if not connection.needs_rollback:
        _put(**before)


def _put(**values: Any) -> None:
    """Puts settings for the rest of the transaction."""
    marks = ", ".join(f"set_config('homeward.{name}', %s, true)" for name in values)
    with connection.cursor() as cursor:
        said = ["" if value is None else str(value) for value in values.values()]
        cursor.execute(f"SELECT {marks}", said)


# ---- Nobody signed in: on both databases ----


def refuse_to_strangers(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """An execute wrapper: while nobody is signed in, no statement may name a protected table."""
    if not _looks_past.get() and _names().search(sql):
        raise PermissionDenied("nobody is signed in, and the statement names a table of children")
    return execute(sql, params, many, context)


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(protected()))})\b", re.IGNORECASE)
