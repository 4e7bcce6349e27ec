"""Which rows speak of the same child: one code is one child, unless the dates of birth contradict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from homeward.intake import cells
from homeward.intake.cells import IMPOSSIBLE
from homeward.intake.notes import problem_of
from homeward.intake.row import Row
from homeward.records.drafts import Problem

ANNEX_A_ONLY = " (Annex A)"
_BIRTH = {"903": "DOB", "bundle": "born", "annex_a": "Date of Birth"}


def children_of(rows: Sequence[Row]) -> Iterator[tuple[str, list[int], list[Problem]]]:
    """Each child's key with the numbers of its rows, in the order of the keys.

    An Annex A id joins the return's code only when the dates of birth do not contradict; otherwise the rows
    of Annex A are a second child, with a problem to say so.
    """
    by_code: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.child:
            by_code[row.child].append(number)
    for code, at in sorted(by_code.items()):
        annex = [n for n in at if rows[n].source == "annex_a"]
        others = [n for n in at if rows[n].source != "annex_a"]
        problem = _contradiction(code, rows, others, annex) if annex and others else None
        if problem:
            yield code, others, []
            yield code + ANNEX_A_ONLY, annex, [problem]
        else:
            yield code, at, []


def _births(rows: Sequence[Row], at: list[int]) -> set[date]:
    found = (cells.day(rows[n].cells.get(_BIRTH[rows[n].source], "")) for n in at)
    return {when for when in found if when and when is not IMPOSSIBLE}


def _contradiction(code: str, rows: Sequence[Row], others: list[int], annex: list[int]) -> Problem | None:
    ours, theirs = _births(rows, others), _births(rows, annex)
    if not ours or not theirs or ours & theirs:
        return None
    row = rows[annex[0]]
    return problem_of(
        "dob_contradicts",
        code + ANNEX_A_ONLY,
        "Date of Birth",
        row.file,
        row.number,
        code=code,
        theirs=min(theirs),
        ours=min(ours),
    )
