"""The rows held for a child become drafts of facts: pure, so that the order of imports never matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from homeward.domain import codes
from homeward.intake import annex_a_facts, bundle_facts, cells, postcodes, return_tables
from homeward.intake.care import care_of, died_on
from homeward.intake.episodes import episodes_of
from homeward.intake.identity import children_of
from homeward.intake.merging import Merged
from homeward.intake.notes import Notes
from homeward.intake.row import Row
from homeward.records.drafts import ChildDraft, Draft, Problem

ByTable = dict[tuple[str, str], list[int]]
Drafted = tuple[ChildDraft, list[Draft], list[Problem]]


def facts_of(child: str, rows: Sequence[Row], years_held: Collection[int], *, today: date) -> Drafted:
    """Draft everything `rows` say of `child`. `years_held` are the years whose Episodes tables are held."""
    notes = Notes(child, rows, today)
    by_table: ByTable = defaultdict(list)
    for at, row in enumerate(notes.rows):
        by_table[row.source, row.table].append(at)
    notes.born = (
        return_tables.birth_columns(notes, by_table)
        or return_tables.born_on(notes, by_table.get(("bundle", "children"), []), "born")
        or annex_a_facts.born_on(notes, by_table)
    )
    chain = episodes_of(notes, by_table.get(("903", "Episodes"), []), years_held)
    merged = Merged(notes)
    for draft in (*care_of(notes, chain), *_other_tables(notes, by_table)):
        merged.add(draft)
    for draft in bundle_facts.drafts(notes, by_table):
        merged.add(draft)
    for draft in annex_a_facts.drafts(notes, by_table, merged):
        merged.add(draft)
    return _child(notes, by_table, died_on(chain)), merged.drafts(), notes.problems


def drafts_for(
    rows: Sequence[Row], years_held: Collection[int], *, today: date
) -> Iterator[tuple[list[Row], Drafted]]:
    """Each child in `rows` with its own rows and drafts; the rows may be those of a whole council."""
    postcodes.learn(
        cells.postcode(row.cells.get(column, ""))
        for row in rows
        if row.table == "Episodes"
        for column in ("HOME_POST", "PL_POST")
    )
    for key, at, found in children_of(rows):
        own = [rows[number] for number in at]
        child, drafts, problems = facts_of(key, own, years_held, today=today)
        yield own, (child, drafts, found + problems)


def _other_tables(notes: Notes, by_table: ByTable) -> Iterator[Draft]:
    def at(table: str) -> list[int]:
        return by_table.get(("903", table), [])

    yield from return_tables.reviews(notes, at("Reviews"))
    yield from return_tables.missing_episodes(notes, at("Missing"))
    yield from return_tables.unaccompanied(notes, at("UASC"))
    yield from return_tables.previous_permanence(notes, at("PrevPerm"))
    yield from return_tables.adoption_decisions(notes, at("PlacedAdoption"), at("AD1"))
    yield from return_tables.adoption_record(notes, at("AD1"))
    yield from return_tables.social_workers(notes, at("SWEpisodes"))


def _child(notes: Notes, by_table: ByTable, died: date | None) -> ChildDraft:
    header = return_tables.newest(notes, by_table.get(("903", "Header"), []))
    own = return_tables.newest(notes, by_table.get(("bundle", "children"), []))
    annex = annex_a_facts.person(notes, by_table)

    def first(*values: str) -> str:
        return next((value for value in values if value), "")

    def cell(row: int | None, column: str) -> str:
        return notes.text(row, column) if row is not None else ""

    uasc = return_tables.newest(notes, by_table.get(("903", "UASC"), []))
    return ChildDraft(
        key=notes.child,
        identifiers=tuple(sorted({(source, _code(notes, rows)) for (source, _), rows in by_table.items()})),
        called=cell(own, "called"),
        born_on=notes.born,
        expected_on=notes.day(own, "expected", ahead=True) if own is not None and not notes.born else None,
        died_on=died,
        sex=first(
            cells.sex(cell(header, "SEX")),
            cells.sex(cell(uasc, "SEX")),
            cells.sex(cell(own, "sex")),
            annex.sex,
        ),
        ethnicity=first(
            _ethnicity(notes, header, "ETHNIC"), _ethnicity(notes, own, "ethnicity"), annex.ethnicity
        ),
        upn=cells.code(cell(header, "UPN")),
        home_postcode=first(cells.postcode(cell(own, "home_postcode")), _home_postcode(notes, by_table)),
        code=_as_written(notes, by_table),
    )


def _code(notes: Notes, rows: list[int]) -> str:
    return notes.rows[rows[0]].child


def _ethnicity(notes: Notes, row: int | None, column: str) -> str:
    if row is None:
        return ""
    value = notes.code(row, column, "ETHNIC")
    return value if value in codes.ETHNIC else ""


def _home_postcode(notes: Notes, by_table: ByTable) -> str:
    """Where the child lived before care, from the newest episode that says so."""
    episodes = sorted(by_table.get(("903", "Episodes"), []), key=lambda row: (notes.rows[row].year or 0, row))
    found = (cells.postcode(notes.text(row, "HOME_POST")) for row in reversed(episodes))
    return next((postcode for postcode in found if postcode), "")


def _as_written(notes: Notes, by_table: ByTable) -> str:
    """The child's code as the newest file writes it; the return before the bundle before Annex A."""
    for source in ("903", "bundle", "annex_a"):
        rows = [row for (s, _), at in by_table.items() if s == source for row in at]
        best = max(rows, key=lambda row: (notes.rows[row].year or 0, row), default=None)
        if best is not None:
            row = notes.rows[best].cells
            written = row.get("CHILD") or row.get("child") or row.get("Child Unique ID") or notes.child
            return " ".join(written.split()).removesuffix(".0")
    return notes.child
