"""Makes docs/security/asvs.md from asvs.toml, and the tables of dpia-template.md from the classification.

PYTHONPATH=src:. python tests/security_pages.py
"""

from __future__ import annotations

import ast
import os
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from homeward.records import classification  # noqa: E402
from homeward.records.models import FACTS  # noqa: E402
from homeward.records.roles import FIELD_SETS  # noqa: E402

HOUSE = Path(__file__).parents[1]
PAGE = HOUSE / "docs" / "security" / "asvs.md"
DPIA = HOUSE / "docs" / "security" / "dpia-template.md"
BEGIN, END = "<!-- from records/classification.toml -->", "<!-- until here -->"
STATES = {
    "tests": "shown by a test",
    "read": "a document",
    "not_ours": "not applicable, or the host's",
    "missing": "**unmet**",
}
TOP = """# What of OWASP ASVS 5.0.0 is shown, and by which test

Made from [tests/asvs.toml](../../tests/asvs.toml) by `python tests/security_pages.py`; do not edit it here.

This is our own list and nobody's certificate. The standard has 345 requirements. Listed here are those of levels 1 and 2, and the 40 of level 3 that our security design adopts. Left out are whole parts that are about what Homeward is not: V4.3 (GraphQL), V4.4 (WebSocket), V10.4, V10.6 and V10.7 (an OAuth server or OpenID provider), and V17 (WebRTC). The middle column is our short word for what a requirement is about. The standard's own words are at <https://github.com/OWASP/ASVS/tree/v5.0.0>, and only they count. A test shows what it tests: whether that is all that a requirement asks for is for an assessor to say.

A requirement is shown when every test named here exists and passes with the build; where a document is asked for, the document is named; what has neither is unmet, with what is missing.
"""


def requirements() -> list[tuple[str, str, str, dict[str, Any]]]:
    """(chapter, its title, number, what is said of it)."""
    tables = tomllib.loads((HOUSE / "tests" / "asvs.toml").read_text("utf-8"))
    return [
        (code, table["title"], number, said)
        for code, table in tables.items()
        for number, said in table.items()
        if number != "title"
    ]


def state(said: dict[str, Any]) -> str:
    """Which of STATES; a test that is not there makes it unmet."""
    if not all(exists(test) for test in said.get("tests", [])):
        return "missing"
    return next(name for name in STATES if name in said)


def exists(test: str) -> bool:
    file, _, name = test.partition("::")
    return name in _tests_of(file)


@cache
def _tests_of(file: str) -> frozenset[str]:
    path = HOUSE / file
    tree = ast.parse(path.read_text("utf-8")) if path.exists() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def render() -> str:
    found = requirements()
    lines = [TOP, "| Level | " + " | ".join(STATES.values()) + " | all |", "|---|---|---|---|---|---|"]
    for level in (1, 2, 3):
        counted = Counter(state(said) for *_, said in found if said["level"] == level)
        lines.append(
            f"| {level} | " + " | ".join(str(counted[name]) for name in STATES) + f" | {counted.total()} |"
        )
    before = ""
    for code, title, number, said in found:
        if code != before:
            lines += ["", f"## {code} {title}", "", "| | Level | About | |", "|---|---|---|---|"]
        before = code
        lines.append(f"| {number} | {said['level']} | {said['asks']} | {_how(said)} |")
    return "\n".join(lines) + "\n"


def _how(said: dict[str, Any]) -> str:
    held = state(said)
    if held == "tests":
        return "<br>".join(f"`{test.replace('tests/', '', 1)}`" for test in said["tests"])
    if held == "read":
        return f"[{said['read']}](../../{said['read']})"
    return f"Unmet: {said.get('missing', 'a test is not there')}" if held == "missing" else said["not_ours"]


def dpia() -> str:
    """The template with its tables as the classification has them now."""
    before, _, rest = DPIA.read_text("utf-8").partition(BEGIN)
    return before + BEGIN + "\n\n" + _data() + "\n" + END + rest.partition(END)[2]


def _data() -> str:
    """What is held of whom, by class and field set, and how long each table is kept."""
    tables, keeping = classification.read()
    rows = [row for row in classification.held(tables) if row.kind not in ("PUBLIC", "OFFICIAL")]
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        named = f"{row.table.replace('records.', '')}.{row.field}"
        groups.setdefault((row.kind, row.field_set), []).append(named)
    lines = ["| Class | Field set | Fields |", "|---|---|---|"]
    order = [(kind, fields) for kind in classification.CLASSES for fields in ("", *FIELD_SETS)]
    for key in (key for key in order if key in groups):
        shared, own = _shared(groups[key])
        lines.append(f"| {key[0]} | {key[1] or 'none'} | {', '.join([*shared, *own])} |")
    lines += ["", "| Kept | Tables |", "|---|---|"]
    for name, words in keeping.items():
        tables_of = dict.fromkeys(row.table.replace("records.", "") for row in rows if row.kept == name)
        if tables_of:
            lines.append(f"| {words} | {', '.join(tables_of)} |")
    return "\n".join(lines) + "\n"


def _shared(names: list[str]) -> tuple[list[str], list[str]]:
    """What every fact has is said once."""
    ends = Counter(name.partition(".")[2] for name in names)
    common = [end for end, number in ends.items() if number >= len(FACTS)]
    own = [name for name in names if name.partition(".")[2] not in common]
    return [f"{end} of every fact" for end in common], own


if __name__ == "__main__":
    PAGE.write_text(render(), "utf-8")
    DPIA.write_text(dpia(), "utf-8")
