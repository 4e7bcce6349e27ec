"""A council's own words and settings: its meetings, who may approve what, its options and guidance."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from homeward.domain.events import KINDS, ROUTES
from homeward.domain.ledger import COUNCIL_OF
from homeward.domain.policy import OWNERS, PACKS

_TABLES: dict[str, frozenset[str]] = {
    "meeting": frozenset({"name", "kind", "every", "chair", "attends", "agenda", "promises"}),
    "approval": frozenset({"what", "role", "promises"}),
    "option": frozenset({"route", "promises"}),
    "guidance": frozenset({"slug", "title", "text", "promises"}),
}
_SETTING = frozenset({"value", "says", "promises"})
_META = frozenset({"name", "title", "version", "owner", "review"})
_WORDS = frozenset({"core_meeting", "oversight_meeting", "review", "child"})
# What a row cannot do without.
_NEEDED = {
    "meeting": ("name", "kind"),
    "approval": ("what", "role"),
    "option": ("route",),
    "guidance": ("slug", "title", "text"),
}
# The meetings for which every pack has a word, whatever else its strategy lists.
_WORD_OF = {
    "permanence_meeting_held": "core_meeting",
    "permanence_tracked": "oversight_meeting",
    "review_held": "review",
}


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

    def meeting(self, kind: str) -> str:
        """What the council calls the meeting that a kind of event records; empty when it has no word."""
        if kind in _WORD_OF:
            return self.words.get(_WORD_OF[kind], "")
        names = [meeting["name"] for meeting in self.meetings if meeting["kind"] == kind]
        return names[0] if len(names) == 1 else ""

    def event(self, kind: str) -> str:
        """A kind of event as the council would say it: its meetings have their own names."""
        name = self.meeting(kind)
        if not name:
            return KINDS.get(kind, "")
        return f"the child was heard at the {name}" if kind == "permanence_tracked" else f"{name} held"


@cache
def pack(name: str) -> Pack:
    """The words and settings of a policy; raises PackError for a name or a file that is wrong."""
    if name not in PACKS:
        raise PackError(f'there is no policy "{name}"; the policies are {", ".join(PACKS)}')
    folder = resources.files("homeward.policy") / ("england" if name == "england" else "councils")
    return read(f"{name}.words.toml", (folder / f"{name}.words.toml").read_text("utf-8"))


def read(where: str, text: str) -> Pack:
    """A words file; every mistake is refused with the file, the line where it can be told, and the mend."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where} is not well-formed TOML: {error}") from error
    file = _File(where, text)
    file.knows("the file", tables, frozenset({"pack", "words", "settings", *_TABLES}))
    meta = tables.get("pack", {})
    file.knows("[pack]", meta, _META)
    file.has("[pack]", meta, ("name", "title"))
    file.knows("[words]", tables.get("words", {}), _WORDS)
    for key, setting in tables.get("settings", {}).items():
        file.knows(f"[settings.{key}]", setting, _SETTING)
        file.has(f"[settings.{key}]", setting, ("value", "says"))
        file.owns(f"[settings.{key}]", setting, meta["name"])
    for table, columns in _TABLES.items():
        for number, row in enumerate(tables.get(table, []), 1):
            place = f"[[{table}]] {row.get('name') or row.get('slug') or row.get('what') or number}"
            file.knows(place, row, columns)
            file.has(place, row, _NEEDED[table])
            file.says(place, row)
            file.owns(place, row, meta["name"])
    return Pack(
        meta["name"],
        meta["title"],
        meta,
        tables.get("words", {}),
        tables.get("settings", {}),
        *(tables.get(table, []) for table in _TABLES),
    )


class _File(NamedTuple):
    """A words file while it is checked."""

    where: str
    text: str

    def knows(self, place: str, table: dict[str, Any], columns: frozenset[str]) -> None:
        for name in sorted(table.keys() - columns):
            known = ", ".join(sorted(columns))
            raise self._wrong(place, rf"\[*{re.escape(name)}\b", f"{name} is not known here; write {known}")

    def has(self, place: str, table: dict[str, Any], names: tuple[str, ...]) -> None:
        for name in names:
            if name not in table:
                raise self._wrong(place, "", f"{name} is missing")

    def says(self, place: str, row: dict[str, Any]) -> None:
        """Kinds, routes and roles are words that Homeward knows; a chair may be left open."""
        allowed = {"kind": KINDS, "route": ROUTES, "role": OWNERS, "chair": ("", *OWNERS)}
        for key, words in allowed.items():
            if key in row and row[key] not in words:
                known = (
                    "docs/reference/bundle.md lists the kinds"
                    if key == "kind"
                    else ", ".join(filter(None, words))
                )
                raise self._wrong(
                    place,
                    rf'{key} = "{re.escape(str(row[key]))}"',
                    f'{key} "{row[key]}" is not known; write one of: {known}',
                )

    def owns(self, place: str, row: dict[str, Any], pack: str) -> None:
        """A promise belongs to the council whose pack names it."""
        for promise in row.get("promises", ()):
            if COUNCIL_OF.get(str(promise)[:3]) != pack:
                theirs = COUNCIL_OF.get(str(promise)[:3], "no council")
                raise self._wrong(
                    place,
                    rf'.*"{re.escape(str(promise))}"',
                    f"promise {promise} belongs to {theirs}, not to {pack}",
                )

    def _wrong(self, place: str, line: str, says: str) -> PackError:
        """The sentence; `line` is a pattern for the beginning of the line that is wrong."""
        at = line and next((n for n, each in enumerate(self.text.splitlines(), 1) if re.match(line, each)), 0)
        return PackError(f"{self.where}, {f'line {at}, ' if at else ''}{place}: {says}")
