"""A council's own words and settings: its meetings, who may approve what, its options and guidance."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from homeward.domain.events import KINDS, ROUTES
from homeward.domain.policy import PACKS

_TABLES: dict[str, frozenset[str]] = {
    "meeting": frozenset({"name", "kind", "every", "chair", "attends", "agenda", "promises"}),
    "approval": frozenset({"what", "role", "promises"}),
    "option": frozenset({"route", "promises"}),
    "guidance": frozenset({"slug", "title", "text", "promises"}),
}
_SETTING = frozenset({"value", "says", "promises"})


class PackError(Exception):
    """A words file that cannot be read; the message names the file, the key and the mend."""


class Pack(NamedTuple):
    """`meta`, `words` and `settings` by key; the rest as the file lists it."""

    name: str
    title: str
    meta: dict[str, str]
    words: dict[str, str]
    settings: dict[str, dict[str, Any]]
    meetings: list[dict[str, Any]]
    approvals: list[dict[str, Any]]
    options: list[dict[str, Any]]
    guidance: list[dict[str, Any]]


@cache
def pack(name: str) -> Pack:
    """The words and settings of a policy; raises PackError for a name or a file that is wrong."""
    if name not in PACKS:
        raise PackError(f'there is no policy "{name}"; the policies are {", ".join(PACKS)}')
    folder = resources.files("homeward.policy") / ("england" if name == "england" else "councils")
    return read(f"{name}.words.toml", (folder / f"{name}.words.toml").read_text("utf-8"))


def read(where: str, text: str) -> Pack:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where} is not well-formed TOML: {error}") from error
    _known(where, "the file", tables, frozenset({"pack", "words", "settings", *_TABLES}))
    for table, columns in _TABLES.items():
        for row in tables.get(table, []):
            _known(where, table, row, columns)
    for key, setting in tables.get("settings", {}).items():
        _known(where, f"settings.{key}", setting, _SETTING)
    _check_names(where, tables)
    meta = tables["pack"]
    return Pack(
        meta["name"],
        meta["title"],
        meta,
        tables.get("words", {}),
        tables.get("settings", {}),
        *(tables.get(table, []) for table in _TABLES),
    )


def _known(where: str, place: str, table: dict[str, Any], columns: frozenset[str]) -> None:
    unknown = table.keys() - columns
    if unknown:
        names = ", ".join(sorted(unknown))
        raise PackError(f"{where}, {place}: {names} is not known here; write {', '.join(sorted(columns))}")


def _check_names(where: str, tables: dict[str, Any]) -> None:
    for meeting in tables.get("meeting", []):
        if meeting["kind"] not in KINDS:
            raise PackError(f'{where}, meeting {meeting["name"]}: "{meeting["kind"]}" is not a kind of event')
    for option in tables.get("option", []):
        if option["route"] not in ROUTES:
            raise PackError(f'{where}, option: "{option["route"]}" is not one of {", ".join(ROUTES)}')
