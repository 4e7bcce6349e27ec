"""Every rule has a worked example, counted by hand, and the clock gives exactly what the example says."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.slow_clock import PACKS, slow_deadlines

from homeward.domain.events import Event, History
from homeward.domain.policy import load
from homeward.domain.timescales import judge

ROOT = Path(__file__).parents[1]
EXAMPLES = [
    example
    for path in sorted((ROOT / "tests" / "examples").glob("*.toml"))
    for example in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
]


def expected_rows(example: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows an example promises, in the shape of the `deadlines` command."""
    rows = []
    for said in example["expected"]:
        kind, on = said["counted_from"]
        met_by, met_on = said.get("met", (None, None))
        rows.append(
            {
                "rule": example["rule"],
                "ids": said.get("ids", []),
                "counted_from": {"kind": kind, "on": on.isoformat()},
                "due_on": said["due_on"].isoformat() if "due_on" in said else None,
                "met_on": met_on.isoformat() if met_on else None,
                "met_by": met_by,
                "status": said["status"],
                "days": said.get("days"),
            }
        )
    return rows


def the_clock(example: dict[str, Any]) -> list[dict[str, Any]]:
    history = History(
        example["events"][0][0], [Event(on, kind, detail) for _, kind, on, detail in example["events"]]
    )
    deadlines = judge(load([example["pack"]]), history, example["as_at"])
    rows = [d.as_json(history.child, example["as_at"]) for d in deadlines]
    wanted = ("rule", "ids", "counted_from", "due_on", "met_on", "met_by", "status", "days")
    return [{key: row[key] for key in wanted} for row in rows if row["rule"] == example["rule"]]


def each(examples: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(e, id=f"{e['rule']}: {e['title']}") for e in examples]


@pytest.mark.parametrize("example", each(EXAMPLES))
def test_the_clock_gives_what_was_counted_by_hand(example: dict[str, Any]) -> None:
    assert the_clock(example) == expected_rows(example)


@pytest.mark.parametrize("example", each(EXAMPLES))
def test_the_slow_clock_gives_what_was_counted_by_hand(example: dict[str, Any]) -> None:
    rows = slow_deadlines([example["pack"]], example["events"], example["as_at"])
    assert [row for row in rows if row["rule"] == example["rule"]] == expected_rows(example)


def test_every_rule_of_every_pack_has_an_example_and_a_late_one_where_there_is_a_date() -> None:
    for pack in PACKS:
        for rule in load([pack]).rules:
            if rule.off:
                continue
            said = [
                row for e in EXAMPLES if (e["pack"], e["rule"]) == (pack, rule.key) for row in e["expected"]
            ]
            assert said, f"{pack}: {rule.key} has no worked example"
            if any("due_on" in row for row in said):
                missed = [
                    row for row in said if row["status"] in ("done_late", "overdue") or row.get("days", 0) > 0
                ]
                assert missed, f"{pack}: {rule.key} has no example of a missed date"


def test_every_example_names_the_source_of_its_rule() -> None:
    for example in EXAMPLES:
        rules = [rule for rule in load([example["pack"]]).rules if rule.key == example["rule"]]
        known = {name for rule in rules for name in (*rule.promises, *rule.ids)}
        assert known & set(example["source"]), example["title"]


def renderer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("render_reference", ROOT / "docs" / "render_reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_page_of_timescales_is_current() -> None:
    page = ROOT / "docs" / "reference" / "timescales.md"
    assert page.read_text(encoding="utf-8") == renderer().page(), "run python docs/render_reference.py"


def test_the_reference_page_of_meetings_and_gates_is_current_and_says_what_each_word_means() -> None:
    page = renderer().meetings_page()
    written = ROOT / "docs" / "reference" / "meetings-and-gates.md"
    assert written.read_text(encoding="utf-8") == page, "run python docs/render_reference.py"
    assert "` |  |" not in page


def test_the_reference_of_the_api_is_as_it_is_described() -> None:
    page = ROOT / "docs" / "reference" / "api.md"
    assert page.read_text(encoding="utf-8") == renderer().api_page(), "run python docs/render_reference.py"
