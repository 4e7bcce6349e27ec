"""Which collection year each file of a return belongs to, by what is in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from homeward.intake import cells
from homeward.intake.cells import IMPOSSIBLE, ONE_DAY, year_closed_by, year_end
from homeward.intake.row import Row
from homeward.intake.tables import CannotRead

SLACK = ONE_DAY  # an episode may be dated 1 April in a return that closes the day before
STRAY_SHARE = 200  # one date in so many, with an empty year before it, is a slip of the pen

# The dates that fall in a table's own year or just before it.
_DATED = {
    "Reviews": ("REVIEW",),
    "Missing": ("MIS_START", "MIS_END"),
    "SWEpisodes": ("SW_DECOM", "SW_DEC"),
    "DoLo": ("DOLO_START", "DOLO_END"),
    "AD1": ("DATE_MATCH",),
    "PlacedAdoption": ("DATE_PLACED", "DATE_PLACED_CEASED"),
}


class Sheet(NamedTuple):
    """The rows of one table in one file, all without a year."""

    file: str
    folder: str
    table: str
    rows: list[Row]

    @property
    def children(self) -> frozenset[str]:
        return frozenset(row.child for row in self.rows)


def with_years(sheets: list[Sheet], year: int | None) -> list[Row]:
    """Every row with its collection year. Raises CannotRead with the question when files could be of several."""
    episodes = [sheet for sheet in sheets if sheet.table == "Episodes"]
    if year is not None:
        _refuse_several(episodes, year)
        return [row._replace(year=year) for sheet in sheets for row in sheet.rows]
    dated = _episode_years(episodes)
    chosen = dict(dated) | _others(sheets, dated)
    return [row._replace(year=chosen[sheet.folder, sheet.file, sheet.table]) for sheet in sheets for row in sheet.rows]


Key = tuple[str, str, str]


def _key(sheet: Sheet) -> Key:
    return (sheet.folder, sheet.file, sheet.table)


def _refuse_several(episodes: list[Sheet], year: int) -> None:
    years = {_year_of(sheet) for sheet in episodes} - {None}
    if len(years) > 1:
        raise CannotRead(
            f"--year {year} speaks for one return, and these Episodes files are of "
            f"{', '.join(str(found) for found in sorted(filter(None, years)))}. Import one year at a time, or leave --year out."
        )


def _episode_years(episodes: list[Sheet]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    of_year: dict[int, Sheet] = {}
    for sheet in episodes:
        year = _year_of(sheet)
        if year is None:
            raise CannotRead(f"{sheet.file} has no date in DECOM or DEC, so its year is not known. Say it with --year 2022.")
        other = of_year.setdefault(year, sheet)
        if other is not sheet and other.children & sheet.children:
            raise CannotRead(
                f"{other.file} and {sheet.file} are both Episodes files that close on 31 March {year}, with the same children. "
                "Which is right? Import that one alone, or say the year of each with --year."
            )
        found[_key(sheet)] = year
    return found


def _year_of(sheet: Sheet) -> int | None:
    """The 31 March that closes the latest DECOM or DEC, one day's slack."""
    counted = Counter(year_closed_by(when - SLACK) for when in _dates(sheet.rows, ("DECOM", "DEC")))
    years = sorted(counted)
    while len(years) > 1 and years[-1] - years[-2] > 1 and counted[years[-1]] * STRAY_SHARE < counted.total():
        years.pop()
    return years[-1] if years else None


def _dates(rows: Iterable[Row], columns: tuple[str, ...]) -> Iterable[date]:
    for row in rows:
        for column in columns:
            when = cells.day(row.cells.get(column, ""))
            if when and when is not IMPOSSIBLE:
                yield when


def _others(sheets: list[Sheet], dated: dict[Key, int]) -> dict[Key, int]:
    """The year of every table that is not Episodes: that of the Episodes file it belongs to."""
    by_key = {_key(sheet): sheet for sheet in sheets}
    others = [sheet for sheet in sheets if sheet.table != "Episodes"]
    options = {_key(sheet): _options(sheet, dated, by_key) for sheet in others}
    _one_each_year(others, options)
    for sheet in others:
        if len(options[_key(sheet)]) != 1:
            raise CannotRead(_question(sheet, options[_key(sheet)]))
    return {key: next(iter(years)) for key, years in options.items()}


def _options(sheet: Sheet, dated: dict[Key, int], by_key: dict[Key, Sheet]) -> set[int]:
    """The years a table may belong to, by its folder, its children and dates, and at last the files' names."""
    near = [by_key[key] for key in dated if key[0] == sheet.folder] or [by_key[key] for key in dated]
    children: dict[int, set[str]] = defaultdict(set)
    files: dict[int, str] = {}
    for episodes in near:
        year = dated[_key(episodes)]
        children[year] |= episodes.children
        files[year] = episodes.file
    years = set(children)
    for narrow in (_by_children, _by_dates, _by_likeness):
        if len(years) > 1:
            years = narrow(sheet, years, children)
    return _by_name(sheet, years, files) if len(years) > 1 else years


def _best(scores: dict[int, float], within: float) -> set[int]:
    top = max(scores.values())
    return {year for year, score in scores.items() if score >= top - within}


def _by_children(sheet: Sheet, years: set[int], children: dict[int, set[str]]) -> set[int]:
    """The years whose Episodes hold the table's children, nearly as many as the best."""
    own = sheet.children
    return _best({year: len(own & children[year]) / len(own) for year in years}, 0.02)


def _by_dates(sheet: Sheet, years: set[int], children: dict[int, set[str]]) -> set[int]:
    """The year that closes the table's latest date, when it is one of them."""
    latest = max(_dates(sheet.rows, _DATED.get(sheet.table, ())), default=None)
    closing = year_closed_by(latest) if latest else None
    return {closing} if closing in years else years


def _by_likeness(sheet: Sheet, years: set[int], children: dict[int, set[str]]) -> set[int]:
    """The year with the same children, for a table that has all of them."""
    own = sheet.children
    scores = {year: len(own & children[year]) / len(own | children[year]) for year in years}
    return _best(scores, 0.02) if max(scores.values()) > 0.9 else years


def _by_name(sheet: Sheet, years: set[int], files: dict[int, str]) -> set[int]:
    """A tie is broken by the words a file's name shares with one Episodes file and not with the others."""
    words = {year: _name_words(files[year]) for year in years}
    common = set.intersection(*words.values())
    scores = {year: len((_name_words(sheet.file) & words[year]) - common) for year in years}
    top = max(scores.values())
    return {year for year, score in scores.items() if score == top} if top else years


def _name_words(file: str) -> set[str]:
    return set(re.findall(r"[0-9]+|[a-z]+", PurePosixPath(file).stem.lower()))


def _one_each_year(others: list[Sheet], options: dict[Key, set[int]]) -> None:
    """When a year already has its file of a table, the next file of that table is of another year."""
    for _ in others:
        for sheet in others:
            mine = options[_key(sheet)]
            taken = {
                next(iter(options[_key(o)]))
                for o in others
                if o is not sheet and o.table == sheet.table and o.folder == sheet.folder and len(options[_key(o)]) == 1
            }
            if len(mine) > 1 and mine - taken:
                options[_key(sheet)] = mine - taken


def _question(sheet: Sheet, years: set[int]) -> str:
    if not years:
        return (
            f"{sheet.file} is the {sheet.table} table and no Episodes file came with it, so its year is not known. "
            "Which year is it? Import it with its Episodes file, or say the year with --year 2022 (1 April 2021 to 31 March 2022)."
        )
    spans = " or ".join(f"{year} (to {year_end(year):%d/%m/%Y})" for year in sorted(years))
    return (
        f"{sheet.file} ({sheet.table}) could belong to the return of {spans}. Which is it? "
        "Put each year in a folder of its own, or import one year with --year."
    )
