"""The promise ledger: every promise of the five strategies, its state and where it is kept."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

COUNCIL_OF = {"CRO": "croydon", "DUD": "dudley", "LAM": "lambeth", "MER": "merton", "SLO": "slough"}
STATES = ("rule", "setting", "screen", "guidance", "planned", "not_software")
# The capabilities still to come, in order; `planned` names one of them.
CAPABILITIES = (
    "trust",
    "plans and meetings",
    "family first",
    "court, homes, matching, adoption",
    "voice and story",
    "oversight and measures",
    "sufficiency",
    "policy studio",
    "running it",
)
_COLUMNS = frozenset({"id", "section", "text", "state", "where", "why"})


class LedgerError(Exception):
    """A ledger file that cannot be read; the message names the file, the promise and the mend."""


class Promise(NamedTuple):
    id: str
    council: str
    section: str
    text: str
    state: str
    where: tuple[str, ...]
    why: str


@cache
def load() -> tuple[Promise, ...]:
    """Every promise, council by council in the order of the strategies."""
    folder = resources.files("homeward.policy") / "ledger"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    found = [promise for file in files for promise in read(file.name, file.read_text("utf-8"))]
    return tuple(sorted(found, key=lambda promise: promise.id))


def read(where: str, text: str) -> list[Promise]:
    """The promises of one file."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LedgerError(f"{where} is not well-formed TOML: {error}") from error
    return [_promise(where, table) for table in tables.get("promise", [])]


def _promise(where: str, table: dict[str, Any]) -> Promise:
    key = str(table.get("id", "without an id"))
    unknown = table.keys() - _COLUMNS
    if unknown:
        raise LedgerError(f"{where}, {key}: {', '.join(sorted(unknown))} is not known here")
    if key[:3] not in COUNCIL_OF or not table.get("text"):
        raise LedgerError(f"{where}, {key}: a promise has an id of its council and a text")
    if table.get("state") not in STATES:
        raise LedgerError(f"{where}, {key}: state is one of {', '.join(STATES)}")
    places = tuple(table.get("where", ()))
    why = table.get("why", "")
    if (not places and table["state"] != "not_software") or (not why and table["state"] == "not_software"):
        raise LedgerError(f"{where}, {key}: say where it is kept, or why it is not software")
    return Promise(
        key, COUNCIL_OF[key[:3]], table.get("section", ""), table["text"], table["state"], places, why
    )
