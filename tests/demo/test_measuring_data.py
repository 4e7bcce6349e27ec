"""What benchmarks measure with is what they say it is."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from homeward.domain.events import KINDS

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

generate = pytest.importorskip("generate")


def test_a_history_to_measure_with_has_about_ten_known_events() -> None:
    found = list(generate.histories(500))
    assert 9 <= sum(len(history.recorded) for history in found) / len(found) <= 12
    assert {event.kind for history in found for event in history.recorded} <= set(KINDS)


def test_ten_years_of_returns_grow_with_the_number_of_children_in_care(tmp_path: Path) -> None:
    small = generate.write_returns(30, tmp_path / "small")
    large = generate.write_returns(120, tmp_path / "large")
    assert len(list((tmp_path / "small").iterdir())) == generate.YEARS
    assert 3 <= large / small <= 5
    assert 19 <= large / 120 <= 27  # about 13,000 rows for 600 in care
    with (tmp_path / "large" / "2025-26" / "episodes.csv").open(encoding="utf-8") as file:
        open_now = sum(row["DEC"] == "" for row in csv.DictReader(file))
    assert 80 <= open_now <= 160
