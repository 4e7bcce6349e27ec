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

ENOUGH = 0.25  # of the children of the best year, for a name to be believed
FEW = 10  # children, too few to speak against a name
TOO_NEAR = 0.1  # likenesses that cannot be told apart

# The dates that fall in a table's own year. Reviews are not among them: some files repeat those of all years.
_DATED = {
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
    """Every row with its collection year. Raises CannotRead when a file could be of several."""
    episodes = [sheet for sheet in sheets if sheet.table == "Episodes"]
    if year is not None:
        _refuse_several(episodes, year)
        return [row._replace(year=year) for sheet in sheets for row in sheet.rows]
    dated = _episode_years(episodes)
    chosen = dict(dated) | _others(sheets, dated)
    return [
        row._replace(year=chosen[sheet.folder, sheet.file, sheet.table])
        for sheet in sheets
        for row in sheet.rows
    ]


Key = tuple[str, str, str]


def _key(sheet: Sheet) -> Key:
    return (sheet.folder, sheet.file, sheet.table)


def _refuse_several(episodes: list[Sheet], year: int) -> None:
    years = {_year_of(sheet) for sheet in episodes} - {None}
    if len(years) > 1:
        raise CannotRead(
            f"--year {year} speaks for one return, and these Episodes files are of "
            f"{', '.join(str(found) for found in sorted(filter(None, years)))}. "
            "Import one year at a time, or leave --year out."
        )


def _episode_years(episodes: list[Sheet]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    of_year: dict[int, Sheet] = {}
    for sheet in episodes:
        year = _year_of(sheet)
        if year is None:
            raise CannotRead(
                f"{sheet.file} has no date in DECOM or DEC, so its year is not known. "
                "Say it with --year 2022."
            )
        other = of_year.setdefault(year, sheet)
        if other is not sheet and other.children & sheet.children:
            raise CannotRead(
                f"{other.file} and {sheet.file} are both Episodes files that close on 31 March {year}, "
                "with the same children. Which is right? Import that one alone."
            )
        found[_key(sheet)] = year
    return found


def _year_of(sheet: Sheet) -> int | None:
    """The 31 March that closes the latest DECOM or DEC, one day's slack."""
    return _latest_year(sheet, ("DECOM", "DEC"))


def _latest_year(sheet: Sheet, columns: tuple[str, ...]) -> int | None:
    counted = Counter(year_closed_by(when - SLACK) for when in _dates(sheet.rows, columns))
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
    episodes = [(sheet, dated[_key(sheet)]) for sheet in sheets if sheet.table == "Episodes"]
    alike: dict[tuple[str, str], list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.table != "Episodes":
            alike[sheet.folder, sheet.table].append(sheet)
    chosen: dict[Key, int] = {}
    for (folder, _), same in alike.items():
        near = [(sheet, year) for sheet, year in episodes if sheet.folder == folder] or episodes
        chosen |= _assigned(same, near)
    return chosen


def _assigned(same: list[Sheet], near: list[tuple[Sheet, int]]) -> dict[Key, int]:
    """Files of one table in one folder, each with its year: by name where children and dates allow it, by the
    latest date, then by the likeness of children, the surest first, no year twice while another is free."""
    children: dict[int, set[str]] = defaultdict(set)
    for episodes, year in near:
        children[year] |= episodes.children
    told = {_key(sheet): _told(sheet, near, children) for sheet in same}
    found = {key: year for key, year in told.items() if year is not None}
    rest = [sheet for sheet in same if _key(sheet) not in found]
    while rest:
        free = set(children) - set(found.values()) or set(children)
        sheet, years = min(((s, _likeliest(s, free, children)) for s in rest), key=lambda pair: len(pair[1]))
        if len(years) != 1:
            raise CannotRead(_question(sheet, years))
        found[_key(sheet)] = years.pop()
        rest.remove(sheet)
    return found


def _told(sheet: Sheet, near: list[tuple[Sheet, int]], children: dict[int, set[str]]) -> int | None:
    """The year by the only Episodes file, by the file's name, or by its latest date; None when none tells."""
    if len(children) <= 1:
        return next(iter(children), None)
    latest = _latest_year(sheet, _DATED.get(sheet.table, ()))
    named = _by_name(sheet, near)
    if named is not None and _allows(sheet, named, latest, children):
        return named
    return latest if latest in children else None


def _allows(sheet: Sheet, year: int, latest: int | None, children: dict[int, set[str]]) -> bool:
    """Whether a year can hold the table: no date after it, and not far fewer of its children than another."""
    if latest is not None and latest > year:
        return False
    if len(sheet.children) < FEW:
        return True
    shares = {other: len(sheet.children & found) for other, found in children.items()}
    return shares[year] >= ENOUGH * max(shares.values())


def _by_name(sheet: Sheet, near: list[tuple[Sheet, int]]) -> int | None:
    """The year whose Episodes file shares words of its name with this file that the others do not."""
    words = [(year, _name_words(episodes.file)) for episodes, year in near]
    common = set.intersection(*(own for _, own in words))
    scores = {year: len((_name_words(sheet.file) & own) - common) for year, own in words}
    best = [year for year, score in scores.items() if score and score == max(scores.values())]
    return best[0] if len(best) == 1 else None


def _name_words(file: str) -> set[str]:
    return set(re.findall(r"[0-9]+|[a-z]+", PurePosixPath(file).stem.lower()))


def _likeliest(sheet: Sheet, free: set[int], children: dict[int, set[str]]) -> set[int]:
    """The free years whose children are most like the table's; several when they cannot be told apart."""
    own = sheet.children
    scores = {
        year: len(own & children[year]) / len(own) + len(own & children[year]) / len(own | children[year])
        for year in free
    }
    return (
        {year for year, score in scores.items() if score > max(scores.values()) - TOO_NEAR}
        if scores
        else set()
    )


def _question(sheet: Sheet, years: set[int]) -> str:
    if not years:
        return (
            f"{sheet.file} is the {sheet.table} table and no Episodes file came with it, "
            "so its year is not known. Which year is it? Import it with its Episodes file, or say the year: "
            "--year 2022, or 2022 in the box of the page, is 1 April 2021 to 31 March 2022."
        )
    spans = " or ".join(f"{year} (to {year_end(year):%d/%m/%Y})" for year in sorted(years))
    return (
        f"{sheet.file} ({sheet.table}) could belong to the return of {spans}. Which is it? "
        "Put each year in a folder of its own, or import one year with --year."
    )
