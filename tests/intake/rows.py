"""Short ways to write rows of the return and of the bundle in tests."""

from datetime import date
from itertools import count

from homeward.intake.facts import facts_of
from homeward.intake.row import Row

TODAY = date(2026, 3, 31)
_numbers = count(2)


def row(table, source="903", year=2022, child="1", number=None, **cells):
    written = {"CHILD" if source == "903" else "child": child} | cells
    return Row(source, table, year, child, written, f"{table}-{year}.csv", number or next(_numbers), "")


def episode(decom, dec="", rec="", rne="S", ls="C2", place="U6", year=2022, **more):
    cells = {"DECOM": decom, "RNE": rne, "LS": ls, "CIN": "N1", "PLACE": place, "DEC": dec, "REC": rec}
    return row("Episodes", year=year, **(cells | more))


def bundle(table, child="1", **cells):
    return row(table, source="bundle", year=None, child=child, **cells)


def annex(table, child="1", **cells):
    named = {name.replace("_", " "): value for name, value in cells.items()}
    return Row("annex_a", table, None, child, named, "annex.xlsx", next(_numbers), "")


def drafted(*rows, held=(2022,), today=TODAY):
    child, drafts, problems = facts_of(rows[0].child, rows, held, today=today)
    return child, drafts, problems


def of(model, drafts):
    return [draft.fields for draft in drafts if draft.model == model]


def kinds(problems):
    return [problem.kind for problem in problems]
