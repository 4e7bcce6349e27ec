"""The files of a demonstration council are a return and a bundle that any reader of SSDA903 would take."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from tests.demo.conftest import TODAY

from homeward.demo.councils import Council
from homeward.demo.make import make
from homeward.demo.returns import closing
from homeward.domain import codes
from homeward.domain.events import IN_ADVANCE, KINDS, ROUTES

# Columns of the return that hold a code, and the set it is from.
CODED = {
    "SEX": "SEX",
    "ETHNIC": "ETHNIC",
    "RNE": "RNE",
    "LS": "LS",
    "CIN": "CIN",
    "PLACE": "PLACE",
    "PLACE_PROVIDER": "PLACE_PROVIDER",
    "REC": "REC",
    "REASON_PLACE_CHANGE": "REASON_PLACE_CHANGE",
    "REVIEW_CODE": "REVIEW_CODE",
    "REASON_PLACED_CEASED": "REASON_PLACED_CEASED",
    "PREV_PERM": "PREV_PERM",
    "MISSING": "MISSING",
    "SEX_ADOPTR": "SEX_ADOPTR",
    "LS_ADOPTR": "LS_ADOPTR",
    "SW_REASON": "SW_REASON",
}
DATES = {
    "DOB",
    "DECOM",
    "DEC",
    "REVIEW",
    "DUC",
    "DATE_INT",
    "DATE_MATCH",
    "DATE_PLACED",
    "DATE_PLACED_CEASED",
}
DATES |= {"MIS_START", "MIS_END", "SW_DECOM", "SW_DEC", "DATE_PERM"}
FIRST_YEAR_WITH_LETTERS = 2025

Row = dict[str, str]


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def returns(made: list[Council]) -> Iterator[tuple[int, Path]]:
    for council in made:
        for folder in sorted(council.returns.iterdir()):
            yield int(folder.name[:4]) + 1, folder


def episodes(council: Council) -> dict[str, list[Row]]:
    """Each child's episodes from all years, a later file's row taking the place of an earlier one's."""
    found: dict[tuple[str, date], Row] = {}
    for folder in sorted(council.returns.iterdir()):
        for row in table(folder / "episodes.csv"):
            found[row["CHILD"], day(row["DECOM"])] = row
    by_child: dict[str, list[Row]] = {}
    for (child, _), row in sorted(found.items()):
        by_child.setdefault(child, []).append(row)
    return by_child


def test_every_code_is_one_the_return_of_its_year_takes(made: list[Council]) -> None:
    for year, folder in returns(made):
        for path in folder.iterdir():
            for row in table(path):
                for column, code in row.items():
                    if column in CODED and code and not (column == "SEX" and year < FIRST_YEAR_WITH_LETTERS):
                        assert codes.is_valid_in(CODED[column], code, year), (path.name, row)


def test_every_date_is_a_day_up_to_today_and_the_year_is_told_by_the_episodes(made: list[Council]) -> None:
    for year, folder in returns(made):
        for path in folder.iterdir():
            for row in table(path):
                assert all(day(row[column]) <= TODAY for column in DATES & set(row) if row[column]), (
                    path,
                    row,
                )
        dates = [
            day(cell) for row in table(folder / "episodes.csv") for cell in (row["DECOM"], row["DEC"]) if cell
        ]
        assert closing(max(dates)) == year


def test_every_table_of_a_year_is_about_children_in_its_header(made: list[Council]) -> None:
    for _, folder in returns(made):
        known = {row["CHILD"] for row in table(folder / "header.csv")}
        assert all({row["CHILD"] for row in table(path)} <= known for path in folder.iterdir())


def test_all_tables_of_the_return_are_written(made: list[Council]) -> None:
    wanted = {"header", "episodes", "reviews", "uasc", "oc2", "oc3", "ad1", "placed_adoption", "prev_perm"}
    for council in made:
        names = {path.stem for _, folder in returns([council]) for path in folder.iterdir()}
        assert names == wanted | {"missing", "social_worker"}
        assert closing(TODAY) == max(year for year, _ in returns([council]))


def test_a_childs_episodes_join_without_gap_and_end_together_with_a_reason(made: list[Council]) -> None:
    for council in made:
        children = episodes(council)
        # Of a few children the first return held does not hold the start of care.
        assert sum(rows[0]["RNE"] != "S" for rows in children.values()) <= 0.05 * len(children)
        for rows in children.values():
            for row, following in zip(rows, [*rows[1:], None], strict=True):
                assert bool(row["DEC"]) == bool(row["REC"])
                if row["REC"] == "X1":
                    assert following and following["DECOM"] == row["DEC"] and following["RNE"] != "S"
                elif following:
                    assert following["RNE"] == "S" and day(following["DECOM"]) >= day(row["DEC"])
                moves = bool(row["REC"] == "X1" and following and following["RNE"] in "PTBU")
                assert bool(row["REASON_PLACE_CHANGE"]) == moves, row


def test_providers_and_inspection_numbers_fit_the_kind_of_home(made: list[Council]) -> None:
    for council in made:
        for row in (row for rows in episodes(council).values() for row in rows):
            assert (row["PLACE_PROVIDER"] == "PR0") == (row["PLACE"] == "P1")
            assert row["URN"] in ("", "XXXXXXX")


def test_nothing_looks_like_a_real_childs_or_workers_number(made: list[Council]) -> None:
    for _, folder in returns(made):
        assert {row["UPN"] for row in table(folder / "header.csv")} <= {"UN1", "UN2", "UN3", "UN5"}
        path = folder / "social_worker.csv"
        assert all(
            re.fullmatch(r"XX[NE]\d{4}", row["SW_ID"]) for row in (table(path) if path.exists() else ())
        )


def test_the_bundle_speaks_of_the_children_of_the_return_and_of_those_not_in_care(
    made: list[Council],
) -> None:
    for council in made:
        people = table(council.bundle / "children.csv")
        named = {row["child"] for row in people}
        assert set(episodes(council)) < named
        assert all(row["called"] and (row["born"] or row["expected"]) for row in people)
        assert all({row["child"] for row in table(path)} <= named for path in council.bundle.iterdir())


def test_the_bundles_kinds_routes_and_days_are_ones_homeward_reads(made: list[Council]) -> None:
    for council in made:
        for row in table(council.bundle / "events.csv"):
            assert row["kind"] in KINDS
            assert row["kind"] in IN_ADVANCE or date.fromisoformat(row["on"]) <= TODAY
        assert {row["meeting"] for row in table(council.bundle / "meetings.csv")} <= set(KINDS)
        assert {row["route"] for row in table(council.bundle / "plans.csv")} <= set(ROUTES)
        rows = [tuple(row.values()) for row in table(council.bundle / "events.csv")]
        assert len(rows) == len(set(rows))


def test_files_are_the_same_to_the_byte_for_a_day_and_a_seed(made: list[Council], tmp_path: Path) -> None:
    again = make(tmp_path, TODAY)
    for first, second in zip(made, again, strict=True):
        names = sorted(path.relative_to(first.folder) for path in first.folder.rglob("*.csv"))
        assert names == sorted(path.relative_to(second.folder) for path in second.folder.rglob("*.csv"))
        assert all(
            (first.folder / name).read_bytes() == (second.folder / name).read_bytes() for name in names
        )


def test_storylines_are_written_beside_the_files_for_whoever_shows_them(made: list[Council]) -> None:
    for council in made:
        text = council.storylines.read_text("utf-8")
        assert "Four who belong together" in text and "## Brothers and sisters" in text


@pytest.mark.parametrize("today", [date(2027, 4, 1)])
def test_the_last_return_is_the_year_still_running_or_the_one_just_closed(
    tmp_path: Path, today: date
) -> None:
    for council in make(tmp_path, today):
        year, folder = list(returns([council]))[-1]
        assert year in (closing(today), closing(today - timedelta(days=30)))
        assert max(day(row["DECOM"]) for row in table(folder / "episodes.csv")) <= today
