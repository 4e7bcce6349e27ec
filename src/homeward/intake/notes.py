"""Reading one child's rows with a list at hand of everything that had to be left out or put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from homeward.domain import codes
from homeward.intake import cells
from homeward.intake.cells import IMPOSSIBLE, spoken
from homeward.intake.problem_kinds import KINDS
from homeward.intake.row import Row
from homeward.records.drafts import Draft, Problem


def problem_of(
    kind: str, child: str, column: str, file: str = "", row: int | None = None, **words: Any
) -> Problem:
    """A problem of one of the KINDS, with its words filled in."""
    spoken_words = {name: spoken(word) if isinstance(word, date) else word for name, word in words.items()}
    says = KINDS[kind].says.format(column=column, **spoken_words)
    mend = KINDS[kind].mend.format(column=column, **spoken_words)
    return Problem(child, kind, column, says, mend, KINDS[kind].severity, file, row)


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

    def note(self, kind: str, column: str, row: int | None = None, **words: Any) -> None:
        """List a problem or repair of a kind, once; dates among `words` are written out."""
        file, number = (self.rows[row].file, self.rows[row].number) if row is not None else ("", None)
        problem = problem_of(kind, self.child, column, file, number, **words)
        self._problems.setdefault((kind, column, problem.message), problem)

    def day(self, row: int, column: str, *, before_birth: bool = False, ahead: bool = False) -> date | None:
        """The date in a cell, or None when it is blank or cannot stand (which is noted)."""
        when = cells.day(self.rows[row].cells.get(column, ""))
        if when is None:
            return None
        if when is IMPOSSIBLE:
            written = self.rows[row].cells[column].strip()
            self.note("impossible_date", column, row, written=written[:40])
            return None
        if when > self.today and not ahead:
            self.note("future_date", column, row, on=when)
            return None
        if self.born and when < self.born and not before_birth:
            self.note("before_birth", column, row, on=when)
            return None
        return when

    def needed_day(self, row: int, column: str, *, before_birth: bool = False) -> date | None:
        """As `day`, for a date without which the row says nothing: a blank is noted too."""
        if not self.rows[row].cells.get(column, "").strip():
            self.note("blank_date", column, row, table=self.rows[row].table)
            return None
        return self.day(row, column, before_birth=before_birth)

    def last_day(self, row: int, column: str, start: date) -> date | None:
        """An end that does not come before `start`."""
        end = self.day(row, column)
        if end and end < start:
            self.note("ends_before_start", column, row, on=end, start=start)
            return None
        return end

    def code(self, row: int, column: str, set_name: str = "") -> str:
        """A code as written in capitals; one that is in no year's set is noted and kept."""
        value = cells.code(self.rows[row].cells.get(column, ""))
        if value and value not in codes.SETS[set_name or column]:
            self.note("unknown_code", column, row, written=value[:40])
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
