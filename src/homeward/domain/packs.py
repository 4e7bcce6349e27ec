"""A council's own words and settings: its meetings, who may approve what, its options and guidance."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from homeward.domain.entries import ENTRIES, EXITS
from homeward.domain.events import KINDS, ROUTES
from homeward.domain.ledger import COUNCIL_OF
from homeward.domain.meetings import CHAIRS, MEETING_KINDS, SCOPES, Meeting, Paper
from homeward.domain.policy import OWNERS, PACKS, duration

_TABLES: dict[str, frozenset[str]] = {
    "meeting": frozenset(Meeting._fields) - {"pack"},
    "approval": frozenset({"what", "role", "promises"}),
    "option": frozenset({"route", "promises"}),
    "guidance": frozenset({"slug", "title", "text", "promises"}),
}
_SETTING = frozenset({"value", "says", "promises"})
_META = frozenset({"name", "title", "version", "owner", "review"})
_WORDS = frozenset({"core_meeting", "oversight_meeting", "review", "child"})
# What a row cannot do without.
_NEEDED = {
    "meeting": ("key", "name", "kind"),
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
    meetings: tuple[Meeting, ...]
    approvals: list[dict[str, Any]]
    options: list[dict[str, Any]]
    guidance: list[dict[str, Any]]

    def meeting(self, kind: str) -> str:
        """What the council calls the meeting that a kind of event records; empty when it has no word."""
        if kind in _WORD_OF:
            return self.words.get(_WORD_OF[kind], "")
        names = [meeting.name for meeting in self.meetings if meeting.kind == kind]
        return names[0] if len(names) == 1 else ""

    def event(self, kind: str) -> str:
        """A kind of event as the council would say it: its meetings have their own names."""
        name = self.meeting(kind)
        if not name:
            return KINDS.get(kind, "")
        return f"the child was heard at the {name}" if kind == "permanence_tracked" else f"{name} held"


@cache
def pack(name: str) -> Pack:
    """The words, settings and meetings of a policy; raises PackError for a name or a file that is wrong."""
    if name not in PACKS:
        raise PackError(f'there is no policy "{name}"; the policies are {", ".join(PACKS)}')
    folder = resources.files("homeward.policy") / ("england" if name == "england" else "councils")
    files = (f"{name}.{part}.toml" for part in ("words", "meetings"))
    return _made([_tables(file, (folder / file).read_text("utf-8"), name) for file in files])


@cache
def meetings(name: str) -> tuple[Meeting, ...]:
    """A policy's meetings: its own and, for kinds on which it is silent, England's under its own words."""
    own, common = pack(name), pack("england")
    told = {meeting.kind for meeting in own.meetings}
    defaults = (meeting for meeting in common.meetings if meeting.kind not in told)
    return (*own.meetings, *(one._replace(name=own.meeting(one.kind) or one.name) for one in defaults))


def meeting(name: str, key: str) -> Meeting | None:
    """The meeting of a policy with a key, or None."""
    return next((one for one in meetings(name) if one.key == key), None)


def read(where: str, text: str) -> Pack:
    """One file; every mistake is refused with the file, the line where it can be told, and the mend."""
    return _made([_tables(where, text)])


def _made(files: Sequence[dict[str, Any]]) -> Pack:
    meta = files[0]["pack"]
    rows = {table: [row for file in files for row in file.get(table, ())] for table in _TABLES}
    return Pack(
        meta["name"],
        meta["title"],
        meta,
        files[0].get("words", {}),
        files[0].get("settings", {}),
        tuple(_meeting(meta["name"], row) for row in rows.pop("meeting")),
        *rows.values(),
    )


def _meeting(pack: str, row: dict[str, Any]) -> Meeting:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    values["papers"] = tuple(Paper(**paper) for paper in row.get("papers", ()))
    return Meeting(pack=pack, **values)


def _tables(where: str, text: str, name: str = "") -> dict[str, Any]:
    """The checked tables of a file; a file without [pack] is told which pack it belongs to."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{where} is not well-formed TOML: {error}") from error
    file = _File(where, text)
    file.knows("the file", tables, frozenset({"pack", "words", "settings", *_TABLES}))
    meta = tables.get("pack", {"name": name, "title": name} if name else {})
    file.knows("[pack]", meta, _META)
    file.has("[pack]", meta, ("name", "title"))
    file.knows("[words]", tables.get("words", {}), _WORDS)
    for key, setting in tables.get("settings", {}).items():
        file.knows(f"[settings.{key}]", setting, _SETTING)
        file.has(f"[settings.{key}]", setting, ("value", "says"))
        file.owns(f"[settings.{key}]", setting, meta["name"])
    for table, columns in _TABLES.items():
        file.checks(table, tables.get(table, []), columns, meta["name"])
    return tables


class _File(NamedTuple):
    """A words file while it is checked."""

    where: str
    text: str

    def checks(self, table: str, rows: list[dict[str, Any]], columns: frozenset[str], pack: str) -> None:
        seen: set[str] = set()
        for number, row in enumerate(rows, 1):
            place = f"[[{table}]] {row.get('name') or row.get('slug') or row.get('what') or number}"
            self.knows(place, row, columns)
            self.has(place, row, _NEEDED[table])
            self.says(place, row)
            self.owns(place, row, pack)
            if table == "meeting":
                self.meets(place, row)
            self.once(place, row, seen)

    def once(self, place: str, row: dict[str, Any], seen: set[str]) -> None:
        key = row.get("key", "")
        if key in seen:
            raise self._wrong(place, rf'key = "{re.escape(key)}"', f'key "{key}" is written twice')
        seen.update([key] if key else [])

    def meets(self, place: str, row: dict[str, Any]) -> None:
        """What only a meeting has: a key for addresses, an interval, papers with words, a day."""
        if not re.fullmatch(r"[a-z][a-z_]*", row["key"]):
            raise self._wrong(place, "key = ", f'key "{row["key"]}" is not one; write small letters and _')
        if row.get("every"):
            try:
                duration(row["every"])
            except ValueError as error:
                raise self._wrong(place, "every = ", f"every {error}") from error
        if not isinstance(row.get("chairs_from", date.min), date):
            raise self._wrong(place, "chairs_from = ", "chairs_from is a day; write 2024-10-01")
        for paper in row.get("papers", ()):
            if not isinstance(paper, dict) or set(paper) != {"key", "words"}:
                raise self._wrong(place, "papers = ", 'a paper is written { key = "...", words = "..." }')

    def knows(self, place: str, table: dict[str, Any], columns: frozenset[str]) -> None:
        for name in sorted(table.keys() - columns):
            known = ", ".join(sorted(columns))
            raise self._wrong(place, rf"\[*{re.escape(name)}\b", f"{name} is not known here; write {known}")

    def has(self, place: str, table: dict[str, Any], names: tuple[str, ...]) -> None:
        for name in names:
            if name not in table:
                raise self._wrong(place, "", f"{name} is missing")

    def says(self, place: str, row: dict[str, Any]) -> None:
        """Kinds, routes, roles, triggers and the like are words that Homeward knows."""
        allowed: dict[str, Iterable[str]] = {
            "kind": MEETING_KINDS,
            "route": ROUTES,
            "role": OWNERS,
            "chairs": CHAIRS,
            "scope": SCOPES,
            "entry": ENTRIES,
            "exit": EXITS,
        }
        for key in allowed.keys() & row.keys():
            for word in row[key] if isinstance(row[key], list) else (row[key],):
                if word not in allowed[key]:
                    raise self._wrong(
                        place,
                        rf'{key} = .*"{re.escape(str(word))}"',
                        f'{key} "{word}" is not known; write one of: {_told(key, allowed[key])}',
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


def _told(key: str, words: Iterable[str]) -> str:
    return "docs/reference/policy-packs.md lists the kinds" if key == "kind" else ", ".join(words)
