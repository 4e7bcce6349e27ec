"""Reads the tables of one pack file; every mistake is refused with the file, the line and the mend."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from homeward.domain.challenge import Stage
from homeward.domain.duties import COUNTS, ROLES
from homeward.domain.entries import ENTRIES, EXITS
from homeward.domain.events import ROUTES
from homeward.domain.ledger import COUNCIL_OF
from homeward.domain.meetings import CHAIRS, MEETING_KINDS, SCOPES, Meeting
from homeward.domain.needs import AT_MEETINGS, Need
from homeward.domain.needs_of_plans import AT_PLANS
from homeward.domain.policy import OWNERS, duration
from homeward.domain.steps import ACTS, EFFECTS, GIVEN, Gate

NEEDS: dict[str, Need] = AT_MEETINGS | AT_PLANS
TABLES: dict[str, frozenset[str]] = {
    "meeting": frozenset(Meeting._fields) - {"pack"},
    "gate": frozenset(Gate._fields) - {"pack", "document", "section"} | {"source"},
    "approval": frozenset({"what", "role", "promises"}),
    "option": frozenset({"route", "name", "asks", "promises"}),
    "guidance": frozenset({"slug", "title", "text", "promises"}),
    "standard": frozenset({"key", "asks", "source", "promises", "note"}),
    "duty": frozenset({"of", "says", "counts", "source", "promises", "note"}),
    "stage": frozenset(Stage._fields),
}
_SETTING = frozenset({"value", "says", "promises"})
_META = frozenset({"name", "title", "version", "owner", "review"})
_WORDS = frozenset({"core_meeting", "oversight_meeting", "review", "child"})
# What a row cannot do without.
_NEEDED = {
    "meeting": ("key", "name", "kind"),
    "gate": ("key", "at", "needs", "effect", "says", "source"),
    "approval": ("what", "role"),
    "option": ("route",),
    "guidance": ("slug", "title", "text"),
    "standard": ("key", "asks", "source"),
    "duty": ("of", "says", "source"),
    "stage": ("key", "name"),
}
# What may stand in the place of a name in the sentence of a gate.
PLACES = ("meeting", "chairs", "roles", "missing", "limit")
_ALLOWED: dict[str, Iterable[str]] = {
    "kind": MEETING_KINDS,
    "kinds": MEETING_KINDS,
    "route": ROUTES,
    "role": OWNERS,
    "roles": CHAIRS,
    "chairs": CHAIRS,
    "may_override": CHAIRS,
    "scope": SCOPES,
    "entry": ENTRIES,
    "exit": EXITS,
    "at": ACTS,
    "needs": NEEDS,
    "effect": EFFECTS,
    "of": ROLES,
    "counts": COUNTS,
}
_ALLOWED_IN: dict[str, dict[str, Iterable[str]]] = {"option": {"asks": GIVEN}}


class PackError(Exception):
    """A pack file that cannot be read; the message names the file, the key and the mend."""


def tables(where: str, text: str, name: str = "", meetings: Collection[str] = ()) -> dict[str, Any]:
    """The checked tables of a file. A file without [pack] is told its pack; a gate may name its own meetings
    and the common `meetings`."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where} is not well-formed TOML: {error}") from error
    file = _File(where, text)
    file.knows("the file", found, frozenset({"pack", "words", "settings", *TABLES}))
    meta = found.get("pack", {"name": name, "title": name} if name else {})
    file.knows("[pack]", meta, _META)
    file.has("[pack]", meta, ("name", "title"))
    file.knows("[words]", found.get("words", {}), _WORDS)
    for key, setting in found.get("settings", {}).items():
        file.knows(f"[settings.{key}]", setting, _SETTING)
        file.has(f"[settings.{key}]", setting, ("value", "says"))
        file.owns(f"[settings.{key}]", setting, meta["name"])
    for table, columns in TABLES.items():
        for place, row in file.rows(table, found.get(table, []), columns, meta["name"]):
            if table == "meeting":
                file.meets(place, row)
            if table == "gate":
                file.guards(place, row, {each.get("key") for each in found.get("meeting", ())} | {*meetings})
    return found


class _File(NamedTuple):
    """A pack file while it is checked."""

    where: str
    text: str

    def rows(
        self, table: str, rows: list[dict[str, Any]], columns: frozenset[str], pack: str
    ) -> Iterable[tuple[str, dict[str, Any]]]:
        """Each row that has what every row of its table needs, with its place."""
        seen: set[str] = set()
        for number, row in enumerate(rows, 1):
            called = (row.get(key) for key in ("name", "slug", "what", "key"))
            place = f"[[{table}]] {next(filter(None, called), number)}"
            self.knows(place, row, columns)
            self.has(place, row, _NEEDED[table])
            self.says(place, row, _ALLOWED | _ALLOWED_IN.get(table, {}))
            self.owns(place, row, pack)
            if table in ("gate", "standard", "duty"):
                self.sourced(place, row)
            if "key" in row:
                self.keyed(place, row["key"], seen)
            yield place, row

    def keyed(self, place: str, key: str, seen: set[str]) -> None:
        """A key is a word for addresses and rows, once in its table."""
        at = rf'key = "{re.escape(key)}"'
        if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
            raise self.wrong(place, at, f'key "{key}" is not one; write small letters, digits and _')
        if key in seen:
            raise self.wrong(place, at, f'key "{key}" is written twice')
        seen.add(key)

    def knows(self, place: str, table: dict[str, Any], columns: frozenset[str]) -> None:
        for name in sorted(table.keys() - columns):
            known = ", ".join(sorted(columns))
            raise self.wrong(place, rf"\[*{re.escape(name)}\b", f"{name} is not known here; write {known}")

    def has(self, place: str, table: dict[str, Any], names: tuple[str, ...]) -> None:
        for name in names:
            if name not in table:
                raise self.wrong(place, "", f"{name} is missing")

    def says(self, place: str, row: dict[str, Any], allowed: dict[str, Iterable[str]]) -> None:
        """Kinds, routes, roles, needs and the like are words that Homeward knows."""
        for key in sorted(allowed.keys() & row.keys()):
            for word in row[key] if isinstance(row[key], list) else (row[key],):
                if word not in allowed[key]:
                    raise self.wrong(
                        place,
                        rf'{key} = .*"{re.escape(str(word))}"',
                        f'{key} "{word}" is not known; write one of: {_told(key, allowed[key])}',
                    )

    def owns(self, place: str, row: dict[str, Any], pack: str) -> None:
        """A promise belongs to the council whose pack names it."""
        for promise in row.get("promises", ()):
            if COUNCIL_OF.get(str(promise)[:3]) != pack:
                theirs = COUNCIL_OF.get(str(promise)[:3], "no council")
                raise self.wrong(
                    place,
                    rf'.*"{re.escape(str(promise))}"',
                    f"promise {promise} belongs to {theirs}, not to {pack}",
                )

    def meets(self, place: str, row: dict[str, Any]) -> None:
        """What only a meeting has: an interval, a day, papers with words."""
        self.length(place, row, "every")
        if not isinstance(row.get("chairs_from", date.min), date):
            raise self.wrong(place, "chairs_from = ", "chairs_from is a day; write 2024-10-01")
        for paper in row.get("papers", ()):
            if not isinstance(paper, dict) or set(paper) != {"key", "words"}:
                raise self.wrong(place, "papers = ", 'a paper is written { key = "...", words = "..." }')

    def guards(self, place: str, row: dict[str, Any], meetings: Collection[Any]) -> None:
        """What only a gate has: a meeting of the pack, a length, a sentence with known places."""
        self.length(place, row, "limit")
        if row.get("meeting", "") not in {"", *meetings}:
            raise self.wrong(
                place,
                rf'meeting = "{re.escape(row["meeting"])}"',
                f'meeting "{row["meeting"]}" is the key of none here; write one of: '
                f"{', '.join(sorted(meetings))}",
            )
        if row["effect"] == "ask" and row.get("may_override"):
            raise self.wrong(
                place, "may_override = ", "an ask is answered by anybody; leave may_override out"
            )
        for _, name, _, _ in string.Formatter().parse(row["says"]):
            if name is not None and name not in PLACES:
                raise self.wrong(
                    place, "says = ", f"{{{name}}} is not known here; write {', '.join(PLACES)} in braces"
                )

    def sourced(self, place: str, row: dict[str, Any]) -> None:
        source = row["source"]
        if not isinstance(source, dict) or not {"document"} <= set(source) <= {"document", "section"}:
            raise self.wrong(place, "source = ", 'a source is written { document = "...", section = "..." }')

    def length(self, place: str, row: dict[str, Any], key: str) -> None:
        if row.get(key):
            try:
                duration(row[key])
            except ValueError as error:
                raise self.wrong(place, rf'{key} = "{re.escape(row[key])}"', f"{key} {error}") from error

    def wrong(self, place: str, line: str, says: str) -> PackError:
        """The sentence; `line` is a pattern for the beginning of the line that is wrong."""
        at = line and next((n for n, each in enumerate(self.text.splitlines(), 1) if re.match(line, each)), 0)
        return PackError(f"{self.where}, {f'line {at}, ' if at else ''}{place}: {says}")


def _told(key: str, words: Iterable[str]) -> str:
    kinds = key in ("kind", "kinds")
    return (
        "docs/reference/meetings-and-gates.md and docs/reference/bundle.md list the kinds"
        if kinds
        else ", ".join(words)
    )
