"""Reads classification.toml; a field that is not in it, or in it and no longer there, stops every start."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.core.checks import Error
from django.db.models import Model

from homeward.records.roles import FIELD_SETS, MASKED

CLASSES = ("PUBLIC", "OFFICIAL", "PERSONAL", "SPECIAL", "CONFIDENTIAL_LOCATION", "SEALED")
FILE = Path(__file__).with_name("classification.toml")


class Held(NamedTuple):
    """How a field is protected (a class, and the field set that shows it) and how long it is kept."""

    table: str
    field: str
    kind: str
    field_set: str
    kept: str


def read(text: str | None = None) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """The tables as written, and how long each of `[keeping]` means."""
    tables = tomllib.loads(text if text is not None else FILE.read_text("utf-8"))
    return tables, tables.pop("keeping")


def held(tables: dict[str, dict[str, Any]]) -> list[Held]:
    """Every field of every table, with what all tables and all facts have."""
    from homeward.records.models import FACTS

    found = []
    for label, model in _models().items():
        own = tables.get(label, {})
        shared = [tables["*"]] if model._meta.pk.name == "id" else []
        shared += [tables["fact"]] if model in FACTS.values() else []
        for part in (*shared, own):
            for heading, names in part.items():
                kind, _, field_set = heading.partition(" ")
                if heading != "kept":
                    found += [Held(label, name, kind, field_set, own.get("kept", "")) for name in names]
    return found


def check(app_configs: Any = None, tables: dict[str, Any] | None = None, **_: Any) -> list[Error]:
    """`manage.py check` and every start of a command."""
    written, keeping = read()
    tables = written if tables is None else tables
    rows = held(tables)
    unknown = tables.keys() - _models().keys() - {"*", "fact"}
    return [
        *(_error("E021", f"[{label}] is no table of the record any more") for label in sorted(unknown)),
        *(
            _error("E022", f"{row.table}.{row.field}: {said}")
            for row in rows
            for said in _wrong(row, keeping)
        ),
        *_missing_and_stale(rows),
    ]


def _missing_and_stale(rows: Iterable[Held]) -> list[Error]:
    written: dict[str, list[str]] = {label: [] for label in _models()}
    for row in rows:
        written[row.table].append(row.field)
    errors = []
    for label, model in _models().items():
        there, said = {field.name for field in model._meta.local_fields}, written[label]
        for name in sorted(there - set(said)):
            errors.append(_error("E020", f"{label}.{name} is not classified"))
        for name in sorted({name for name in said if name not in there or said.count(name) > 1}):
            errors.append(_error("E021", f"{label}.{name} is written twice, or is no field any more"))
    return errors


def _wrong(row: Held, keeping: dict[str, str]) -> list[str]:
    said = []
    if row.kind not in CLASSES:
        said.append(f"no class {row.kind}")
    if row.field_set and row.field_set not in FIELD_SETS:
        said.append(f"no field set {row.field_set}")
    if row.kind == "CONFIDENTIAL_LOCATION" and row.field_set not in MASKED:
        said.append("CONFIDENTIAL_LOCATION belongs to a masked field set")
    if row.kept not in keeping:
        said.append("`kept` names nothing in [keeping]")
    return said


def _models() -> dict[str, type[Model]]:
    return {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def _error(number: str, said: str) -> Error:
    return Error(said, hint="See records/classification.toml.", id=f"records.{number}")
