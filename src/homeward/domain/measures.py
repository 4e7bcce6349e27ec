"""What the report for the board counts: measures, the principles that they serve, and councils' targets.

The figures are described in policy/measures.toml; how each is counted stands in records/queries/measures.py.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

SHOWS = ("share", "count", "time")
BETTER = ("up", "down", "")
ACT = "Children and Social Work Act 2017, section 1(1)"


class Principle(NamedTuple):
    key: str
    paragraph: str
    says: str


class Section(NamedTuple):
    key: str
    title: str


class Measure(NamedTuple):
    """One line of the report; `means` completes the sentence “this is …”."""

    key: str
    title: str
    means: str
    section: str
    principle: str
    shows: str
    counts: str
    source: str
    rules: tuple[str, ...] = ()
    better: str = ""


class Target(NamedTuple):
    """What a council's strategy says it wants to reach; `least` is a whole percentage."""

    measure: str
    pack: str
    words: str
    least: int
    promise: str


class Measures(NamedTuple):
    principles: tuple[Principle, ...]
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...]

    def target(self, measure: str, pack: str) -> Target | None:
        return next((t for t in self.targets if (t.measure, t.pack) == (measure, pack)), None)


@cache
def measures() -> Measures:
    """Raises ValueError for a file that does not hang together."""
    text = (resources.files("homeward.policy") / "measures.toml").read_text("utf-8")
    return read(text)


def read(text: str) -> Measures:
    tables = tomllib.loads(text)
    found = Measures(
        tuple(Principle(**row) for row in tables["principle"]),
        tuple(Section(**row) for row in tables["section"]),
        tuple(_measure(row) for row in tables["measure"]),
        tuple(Target(**row) for row in tables["target"]),
    )
    _check(found)
    return found


def _measure(row: dict[str, Any]) -> Measure:
    return Measure(**row | {"rules": tuple(row.get("rules", ()))})


def _check(found: Measures) -> None:
    principles, sections = {p.key for p in found.principles}, {s.key for s in found.sections}
    keys = [measure.key for measure in found.measures]
    for measure in found.measures:
        if measure.principle not in principles or measure.section not in sections:
            raise ValueError(f"measures.toml, {measure.key}: its principle or section is not in the file")
        if measure.shows not in SHOWS or measure.better not in BETTER:
            raise ValueError(f"measures.toml, {measure.key}: write shows as {SHOWS} and better as up or down")
    if len(set(keys)) < len(keys):
        raise ValueError("measures.toml: two measures have the same key")
    if wrong := [target.measure for target in found.targets if target.measure not in keys]:
        raise ValueError(f"measures.toml: a target names no measure of the file: {wrong[0]}")
