"""Reading one child's rows with a list at hand of everything that had to be left out or put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from homeward.domain import codes
from homeward.intake import cells
from homeward.intake.cells import IMPOSSIBLE, spoken
from homeward.intake.row import Row
from homeward.records.drafts import Draft, Problem, Severity

NO_MEND = "Nothing needs doing; check that it is right."


class Notes:
    """The rows of one child and what is noted of them while they are read."""

    def __init__(self, child: str, given: Sequence[Row], today: date) -> None:
        """Rows are read in a steady order, whatever order they came in."""
        self._given = sorted(range(len(given)), key=lambda at: _place_in_order(given[at]))
        self.rows = [given[at] for at in self._given]
        self.child, self.today = child, today
        self.born: date | None = None
        self._problems: dict[tuple[str, str, str], Problem] = {}

    @property
    def problems(self) -> list[Problem]:
        """Each problem once, though five years of files repeat it."""
        return sorted(self._problems.values(), key=lambda p: (p.kind, p.column, p.message))

    def note(
        self, kind: str, column: str, message: str, mend: str, row: int | None = None, severity: Severity = "problem"
    ) -> None:
        key = (kind, column, message)
        if key not in self._problems:
            file, number = (self.rows[row].file, self.rows[row].number) if row is not None else ("", None)
            self._problems[key] = Problem(self.child, kind, column, message, mend, severity, file, number)

    def repair(self, kind: str, column: str, message: str, row: int | None = None, mend: str = NO_MEND) -> None:
        self.note(kind, column, message, mend, row, "repair")

    def day(self, row: int, column: str, *, before_birth: bool = False, ahead: bool = False) -> date | None:
        """The date in a cell, or None when it is blank or cannot stand (which is noted)."""
        when = cells.day(self.rows[row].cells.get(column, ""))
        if when is None:
            return None
        if when is IMPOSSIBLE:
            written = self.rows[row].cells[column].strip()
            self.note("impossible_date", column, f"{column} is {written[:40]!r}, which is no date: left out.",
                      "Write the day as dd/mm/yyyy.", row)  # fmt: skip
            return None
        if when > self.today and not ahead:
            self.note("future_date", column, f"{column} is {spoken(when)}, after today: held back until then.",
                      "If it is a mistake, mend the date; if not, import again after that day.", row)  # fmt: skip
            return None
        if self.born and when < self.born and not before_birth:
            self.note("before_birth", column, f"{column} is {spoken(when)}, before the child was born: left out.",
                      f"Check {column} and DOB.", row)  # fmt: skip
            return None
        return when

    def needed_day(self, row: int, column: str, *, before_birth: bool = False) -> date | None:
        """As `day`, for a date without which the row says nothing: a blank is noted too."""
        if not self.rows[row].cells.get(column, "").strip():
            self.note("blank_date", column, f"{column} is blank in a {self.rows[row].table} row: the row is left out.",
                      f"Write {column} as dd/mm/yyyy.", row)  # fmt: skip
            return None
        return self.day(row, column, before_birth=before_birth)

    def last_day(self, row: int, column: str, start: date) -> date | None:
        """An end that does not come before `start`."""
        end = self.day(row, column)
        if end and end < start:
            self.note("ends_before_start", column, f"{column} is {spoken(end)}, before the start on {spoken(start)}: "
                      "left out.", f"Check {column}.", row)  # fmt: skip
            return None
        return end

    def code(self, row: int, column: str, set_name: str = "") -> str:
        """A code as written in capitals; one that is in no year's set is noted and kept."""
        value = cells.code(self.rows[row].cells.get(column, ""))
        if value and value not in codes.SETS[set_name or column]:
            self.note("unknown_code", column, f"{column} is {value[:40]!r}, which is not in the code set: kept as it is.",
                      f"Check {column} against the guide.", row)  # fmt: skip
        return value

    def text(self, row: int, column: str) -> str:
        return self.rows[row].cells.get(column, "").strip()

    def draft(
        self, model: str, start: date | None, rows: Sequence[int], fields: dict[str, Any], repair: str = ""
    ) -> Draft:
        """A draft with the source of its first row."""
        given = tuple(sorted(self._given[row] for row in rows))
        return Draft(model, self.child, fields, start, self.rows[rows[0]].source, given, repair)


def _place_in_order(row: Row) -> tuple[str, str, int, str, int, str]:
    return (row.source, row.table, row.year or 0, row.file, row.number, row.sha)
