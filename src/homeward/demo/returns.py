"""Writes lives as SSDA903 files: a folder a collection year, and the part of the present year up to today."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from homeward.demo.child import Child, Period
from homeward.domain.calendar import birthday

COLUMNS = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE "
    "HOME_POST PL_POST URN",
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "uasc": "CHILD SEX DOB DUC",
    "oc2": "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK "
    "HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
    "oc3": "CHILD DOB IN_TOUCH ACTIV ACCOM",
    "ad1": "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
    "placed_adoption": "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
    "prev_perm": "CHILD DOB PREV_PERM LA_PERM DATE_PERM",
    "missing": "CHILD DOB MISSING MIS_START MIS_END",
    "social_worker": "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON",
}
FIRST_WITH_SOCIAL_WORKERS = 2024
FIRST_WITH_LETTERS_FOR_SEX = 2025
FIRST_WITH_SUPPORTED_ACCOMMODATION = 2025  # K3; H5 before
NO_URN = frozenset({"P1", "P3", "R1", "R2", "R5", "T0", "T1", "T2", "T3", "T4"})
PLACEHOLDER_URN = "XXXXXXX"  # rule 1008: no invented number may look like a real home's

Row = list[str]


class Episode(NamedTuple):
    start: date
    end: date | None
    cells: tuple[str, str, str, str, str]  # RNE LS CIN PLACE PLACE_PROVIDER
    reason: str  # REC
    moved_because: str
    postcode: str


class Year(NamedTuple):
    """A collection year up to `end`: 31 March, or today in the year that is still running."""

    number: int
    end: date

    @property
    def start(self) -> date:
        return date(self.number - 1, 4, 1)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    def overlaps(self, start: date, end: date | None) -> bool:
        return start <= self.end and (end is None or end >= self.start)

    def known(self, day: date | None) -> str:
        """A day as the file of this year has it: blank while it has not come."""
        return written(day) if day and day <= self.end else ""

    @property
    def folder(self) -> str:
        return f"{self.number - 1}-{self.number % 100:02}"


def years(first_year: int, today: date) -> list[Year]:
    """Every collection year up to the one of today, which may be part of a year."""
    return [Year(n, min(date(n, 3, 31), today)) for n in range(first_year, closing(today) + 1)]


def closing(day: date) -> int:
    """The year in whose March the collection year of a day closes."""
    return day.year + (day >= date(day.year, 4, 1))


def written(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def write(children: Sequence[Child], folder: Path, today: date, first_year: int) -> None:
    """Writes a folder for each year; of earlier care only what the first year holds is written."""
    looked_after = [(c, episodes(c)) for c in children if c.periods]
    for year in years(first_year, today):
        tables = tables_of(looked_after, year)
        # A reader tells the year from the latest DECOM or DEC: a return without one in its year is not made.
        dates = {cell for row in tables["episodes"] for cell in (row[1], row[7]) if cell}
        if any(year.holds(_read(cell)) for cell in dates):
            _write_year(folder / year.folder, tables)


def _read(cell: str) -> date:
    day, month, year = cell.split("/")
    return date(int(year), int(month), int(day))


def _write_year(folder: Path, tables: dict[str, list[Row]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([COLUMNS[name].split(), *rows])


def tables_of(looked_after: Sequence[tuple[Child, list[Episode]]], year: Year) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for c, all_episodes in looked_after:
        mine = [e for e in all_episodes if year.overlaps(e.start, e.end)]
        if not mine:
            continue
        tables["header"].append(_header(c, year))
        tables["episodes"] += [_episode(c, e, year) for e in mine]
        for name, rows in _once_a_child(c, mine, year).items():
            tables[name] += rows
        tables["oc2"] += _health_and_wellbeing(c, year)
        tables["oc3"] += _leaving_care(c, year)
    return tables


def episodes(c: Child) -> list[Episode]:
    """A new episode at each change of legal status or home, as the return counts them."""
    return [episode for period in c.periods for episode in _of_period(c, period)]


def _of_period(c: Child, period: Period) -> list[Episode]:
    starts = sorted({on for on, _ in period.legal} | {home.on for home in period.homes})
    found = []
    for turn, on in enumerate(starts):
        end = starts[turn + 1] if turn + 1 < len(starts) else period.end
        home = period.home_on(on)
        follows = next((h for h in period.homes if h.on == end), None) if turn + 1 < len(starts) else None
        cells = (_why_new(period, on), period.status_on(on), period.need, home.place, home.provider)
        reason = "X1" if turn + 1 < len(starts) else period.reason
        found.append(Episode(on, end, cells, reason, follows.why if follows else "", home.postcode))
    return found


def _why_new(period: Period, on: date) -> str:
    """RNE: S began, L legal status, P home and carer, T home with the same carer, B and U both."""
    if on == period.start:
        return "S"
    home = next((h for h in period.homes if h.on == on), None)
    legal = any(day == on for day, _ in period.legal)
    if home is None:
        return "L"
    if home.same_carer:
        return "U" if legal else "T"
    return "B" if legal else "P"


def _header(c: Child, year: Year) -> Row:
    sex = c.sex if year.number >= FIRST_WITH_LETTERS_FOR_SEX else {"M": "1", "F": "2"}[c.sex]
    return [c.code, sex, written(c.born), c.ethnicity, _upn(c, year), "", ""]


def _upn(c: Child, year: Year) -> str:
    """The codes for "no unique pupil number": invented children have none."""
    if c.age_on(year.end) < 5:
        return "UN1"
    if c.unaccompanied:
        return "UN3"
    return "UN2" if c.age_on(year.end) >= 16 else "UN5"


def _episode(c: Child, e: Episode, year: Year) -> Row:
    rne, status, need, place, provider = e.cells
    if place == "K3" and year.number < FIRST_WITH_SUPPORTED_ACCOMMODATION:
        place = "H5"
    ended = e.end is not None and e.end <= year.end
    urn = "" if place in NO_URN else PLACEHOLDER_URN
    head = [c.code, written(e.start), rne, status, need, place, provider]
    end = [written(e.end), e.reason, e.moved_because] if ended else ["", "", ""]
    return [*head, *end, c.home_postcode, e.postcode, urn]


def _once_a_child(c: Child, mine: list[Episode], year: Year) -> dict[str, list[Row]]:
    who = [c.code, written(c.born)]
    rows: dict[str, list[Row]] = {
        "reviews": [[*who, written(on), code] for on, code in c.reviews if year.holds(on)],
        "prev_perm": [[*who, c.previous[0], "999" if c.previous[1] else "", written(c.previous[1])]],
        "missing": [
            [*who, kind, written(start), year.known(end)]
            for kind, start, end in c.missing
            if year.overlaps(start, end)
        ],
    }
    if c.unaccompanied:
        sex = _header(c, year)[1]
        rows["uasc"] = [[c.code, sex, written(c.born), year.known(birthday(c.born, 18) if c.born else None)]]
    if c.decision and c.decision[0] <= year.end:
        decided, ceased, reason = c.decision
        known = year.known(ceased)
        rows["placed_adoption"] = [[*who, written(decided), known, reason if known else ""]]
    if year.holds(c.period.end) and c.period.reason in ("E11", "E12"):
        rows["ad1"] = [[*who, *_adoption(c)]]
    if year.number >= FIRST_WITH_SOCIAL_WORKERS:
        rows["social_worker"] = [
            [*who, worker, written(start), year.known(end), reason if year.known(end) else ""]
            for worker, start, end, reason in c.workers
            if year.overlaps(start, end) and c.born and start >= c.born  # before that the bundle alone has it
        ]
    return rows


def _adoption(c: Child) -> Row:
    family = c.adoption
    dates = [written(day) for day in (family["decided"], family["matched"]) if isinstance(day, date)]
    return [*dates, *(str(family[key]) for key in ("foster_carer", "adopters", "sex", "status"))]


def _health_and_wellbeing(c: Child, year: Year) -> list[Row]:
    """OC2: only for those in care the whole year to 31 March."""
    if year.end != date(year.number, 3, 31) or not _whole_year(c, year):
        return []
    age, lot = c.age_on(year.end), int(c.code) + year.number
    scored = 4 <= age <= 16 and lot % 5 > 0
    sdq = [
        str(6 + lot * 7 % 20) if scored else "",
        "" if scored or not 4 <= age <= 16 else f"SDQ{2 + lot % 4}",
    ]
    checks = [str(int(lot % 12 > 0)) if age < 5 else "", *(str(int(lot % n > 0)) for n in (11, 7, 13))]
    return [[c.code, written(c.born), *sdq, str(int(age > 10 and lot % 40 == 0)), *checks, "0", "", ""]]


def _whole_year(c: Child, year: Year) -> bool:
    return any(p.start <= year.start and (p.end is None or p.end > year.end) for p in c.periods)


def _leaving_care(c: Child, year: Year) -> list[Row]:
    """OC3: those who left care in the year at 18."""
    if (
        not c.born
        or not year.holds(birthday(c.born, 18))
        or c.in_care
        or c.age_on(c.period.end or year.end) < 18
    ):
        return []
    lot = int(c.code) % 6
    activity = ("F2", "P5", "F2", "F4", "G5", "F1")[lot]
    home = "Z1" if c.period.reason == "E17" else ("U1", "D1", "D1", "E1", "T1", "D1")[lot]
    return [[c.code, written(c.born), "YES", activity, home]]
