"""`homeward deadlines` says what the policy means for a list of events, or only what is wrong with it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
HISTORY = """child,kind,on,detail
AB,became_looked_after,2026-08-07,
AB,review_held,2026-09-02,
AB,placement_started,2026-08-07,U5
CD,adoption_celebrated,2024-12-20,
CD,later_life_letter_given,2025-01-02,
"""
NAMES = {
    "child", "rule", "title", "force", "promises", "ids", "counted_from", "due_on", "met_on", "met_by",
    "status", "days", "owner", "source", "why",
}  # fmt: skip
STATUSES = {"on_track", "due_soon", "overdue", "done_on_time", "done_late", "ended", "undated", "cannot_say"}


def homeward(*arguments: str, where: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "homeward", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=where,
        env={
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONIOENCODING": "utf-8",
            "HOMEWARD_DATA": str(where / "nowhere"),
        },
        timeout=60,
        check=False,
    )


def deadlines(
    folder: Path,
    text: str,
    policy: str = "england,slough",
    as_at: str = "2026-12-03",
    encoding: str = "utf-8",
) -> subprocess.CompletedProcess[str]:
    path = folder / "history.csv"
    path.write_text(text, encoding=encoding)
    return homeward(
        "deadlines",
        "--policy",
        policy,
        "--events",
        str(path),
        "--as-at",
        as_at,
        "--format",
        "json",
        where=folder,
    )


def rows(answer: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_every_deadline_says_what_it_counts_from_and_where_it_comes_from(tmp_path: Path) -> None:
    said = rows(deadlines(tmp_path, HISTORY))
    assert said
    for row in said:
        assert set(row) == NAMES
        assert set(row["counted_from"]) == {"kind", "on"}
        assert set(row["source"]) == {"document", "section", "url"}
        assert row["status"] in STATUSES
        assert row["force"] in {"must", "should", "aim"}
        assert bool(row["ids"]) != bool(row["promises"])
        assert row["title"] and row["owner"] and row["why"].endswith(".")
        assert (row["met_on"] is None) == (row["met_by"] is None)
        if row["due_on"] is None:
            assert row["days"] is None


def test_the_second_review_of_a_baby_is_a_day_overdue_and_the_letter_came_three_days_late(
    tmp_path: Path,
) -> None:
    said = rows(deadlines(tmp_path, HISTORY))
    second = [row for row in said if row["ids"] == ["R2"]]
    assert [(r["child"], r["due_on"], r["status"], r["days"]) for r in second] == [
        ("AB", "2026-12-02", "overdue", 1)
    ]
    letter = [row for row in said if row["promises"] == ["SLO-124"]]
    assert [(r["child"], r["due_on"], r["status"], r["days"]) for r in letter] == [
        ("CD", "2024-12-30", "done_late", 3)
    ]


def test_only_the_packs_named_are_judged(tmp_path: Path) -> None:
    said = rows(deadlines(tmp_path, HISTORY, policy="slough"))
    assert said and all(row["ids"] == [] and row["promises"] for row in said)
    national = rows(deadlines(tmp_path, HISTORY, policy="england"))
    assert national and all(row["ids"] and row["promises"] == [] for row in national)


def test_the_open_interval_of_a_repeating_rule_comes_last(tmp_path: Path) -> None:
    said = [row["ids"] for row in rows(deadlines(tmp_path, HISTORY)) if row["rule"] == "looked_after_review"]
    assert said == [["R1"], ["R2"]]


def test_a_list_without_events_has_no_deadlines(tmp_path: Path) -> None:
    assert rows(deadlines(tmp_path, "child,kind,on,detail\n")) == []


def test_a_file_saved_by_a_spreadsheet_reads_the_same(tmp_path: Path) -> None:
    plain = rows(deadlines(tmp_path, HISTORY))
    assert rows(deadlines(tmp_path, HISTORY.replace("\n", "\r\n"), encoding="utf-8-sig")) == plain


WRONG = {
    "an unknown kind": ("AB,review_hold,2026-09-02,", 3, "review_hold"),
    "a date that does not exist": ("AB,review_held,2026-02-30,", 3, "2026-02-30"),
    "a date written the other way": ("AB,review_held,02/09/2026,", 3, "02/09/2026"),
    "no date": ("AB,review_held,,", 3, "date"),
    "no child": (",review_held,2026-09-02,", 3, "child"),
    "a row the same as another in all four columns": ("AB,became_looked_after,2026-08-07,", 3, "same"),
    "too many columns": ("AB,review_held,2026-09-02,,more", 3, "child,kind,on,detail"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_row_is_refused_with_file_line_and_reason(wrong: str, tmp_path: Path) -> None:
    row, line, word = WRONG[wrong]
    answer = deadlines(tmp_path, f"child,kind,on,detail\nAB,became_looked_after,2026-08-07,\n{row}\n")
    assert answer.returncode in (1, 2)
    assert answer.stdout == ""
    assert "history.csv" in answer.stderr
    assert f"line {line}" in answer.stderr
    assert word in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("header", ["child,event,on,detail", "child,kind,on", ""])
def test_a_wrong_header_is_refused(header: str, tmp_path: Path) -> None:
    answer = deadlines(tmp_path, f"{header}\nAB,became_looked_after,2026-08-07,\n")
    assert answer.returncode in (1, 2)
    assert answer.stdout == ""
    assert "history.csv" in answer.stderr and "child,kind,on,detail" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    answer = homeward(
        *("deadlines", "--policy", "england", "--events", "gone.csv", "--as-at", "2026-12-03"), where=tmp_path
    )
    assert answer.returncode in (1, 2)
    assert answer.stdout == ""
    assert "gone.csv" in answer.stderr and "Traceback" not in answer.stderr


def test_an_unknown_policy_is_refused_with_the_ones_there_are(tmp_path: Path) -> None:
    answer = deadlines(tmp_path, HISTORY, policy="england,swindon")
    assert answer.returncode in (1, 2)
    assert answer.stdout == ""
    assert "swindon" in answer.stderr and "slough" in answer.stderr and "Traceback" not in answer.stderr


@pytest.mark.parametrize("as_at", ["yesterday", "2026-02-30"])
def test_an_as_at_that_is_no_date_is_refused(as_at: str, tmp_path: Path) -> None:
    answer = deadlines(tmp_path, HISTORY, as_at=as_at)
    assert answer.returncode in (1, 2)
    assert answer.stdout == ""
    assert as_at in answer.stderr and "Traceback" not in answer.stderr


def test_the_rules_of_a_policy_are_printed_in_words_with_their_source() -> None:
    answer = homeward("deadlines", "--policy", "england,dudley", "--rules")
    assert answer.returncode == 0, answer.stderr
    assert "regulation 33" in answer.stdout and "DUD-036" in answer.stdout
    assert "Switched off" in answer.stdout  # P6 until it is commenced
