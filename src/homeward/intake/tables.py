"""The tables Homeward reads, told apart by their columns and never by a file's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# A file that stops an import: the message names it, the line, and how to mend it.
from homeward.files.kinds import Refused as CannotRead

__all__ = ["BUNDLE", "REGIONAL", "SSDA903", "TABLES", "CannotRead", "Recognised", "Table", "recognise"]


class Table(NamedTuple):
    """A table and its columns; `marks` are the columns that a file must have to be this table."""

    source: str
    name: str
    columns: tuple[str, ...]
    marks: frozenset[str]


def _table(source: str, name: str, columns: str, marks: str) -> Table:
    return Table(source, name, tuple(columns.split()), frozenset(marks.split()))


SSDA903 = (
    _table("903", "Header", "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB", "CHILD SEX DOB ETHNIC"),
    _table(
        "903",
        "Episodes",
        "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN",
        "CHILD DECOM RNE LS PLACE DEC REC",
    ),
    _table("903", "Reviews", "CHILD DOB REVIEW REVIEW_CODE", "CHILD REVIEW REVIEW_CODE"),
    _table("903", "UASC", "CHILD SEX DOB DUC", "CHILD DUC"),
    _table(
        "903",
        "OC2",
        "CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT"
        " SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED",
        "CHILD SDQ_SCORE CONVICTED",
    ),
    _table("903", "OC3", "CHILD DOB IN_TOUCH ACTIV ACCOM", "CHILD IN_TOUCH ACTIV ACCOM"),
    _table(
        "903",
        "AD1",
        "CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR",
        "CHILD DATE_INT DATE_MATCH",
    ),
    _table(
        "903",
        "PlacedAdoption",
        "CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED",
        "CHILD DATE_PLACED DATE_PLACED_CEASED",
    ),
    _table("903", "PrevPerm", "CHILD DOB PREV_PERM LA_PERM DATE_PERM", "CHILD PREV_PERM"),
    _table("903", "Missing", "CHILD DOB MISSING MIS_START MIS_END", "CHILD MISSING MIS_START"),
    _table("903", "SWEpisodes", "CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON", "CHILD SW_ID SW_DECOM"),
    _table("903", "DoLo", "CHILD DOB DOLO_START DOLO_END", "CHILD DOLO_START"),
)

BUNDLE = (
    _table("bundle", "children", "child called born expected sex ethnicity home_postcode", "child born"),
    _table(
        "bundle", "periods_of_care", "child started ended end_reason need", "child started ended end_reason"
    ),
    _table("bundle", "legal_statuses", "child status started ended", "child status started"),
    _table(
        "bundle",
        "homes",
        "child placement provider started ended reason_ended postcode urn carer",
        "child placement started",
    ),
    _table(
        "bundle", "home_types", "child home_started changed placement", "child home_started changed placement"
    ),
    _table("bundle", "reviews", "child review participation", "child review participation"),
    _table("bundle", "visits", "child visited", "child visited"),
    _table(
        "bundle",
        "plans",
        "child position route recorded agreed confirmed ended reason stands_if waits_for timescale "
        "timescale_why target switch_rule switch_on least_intervention agreed_at confirmed_by confirmed_role "
        "outcome",
        "child position route",
    ),
    _table("bundle", "meetings", "child meeting held", "child meeting held"),
    _table(
        "bundle", "adoption_decisions", "child decided reversed reversal_reason", "child decided reversed"
    ),
    _table(
        "bundle",
        "adoption_records",
        "child decided matched foster_carer adopters adopters_sex adopters_status",
        "child decided matched",
    ),
    _table("bundle", "previous_permanence", "child previous authority date", "child previous"),
    _table("bundle", "missing", "child kind started ended", "child kind started"),
    _table("bundle", "unaccompanied", "child until", "child until"),
    _table("bundle", "social_workers", "child worker started ended reason", "child worker started"),
    _table("bundle", "reviewing_officers", "child officer started ended", "child officer started"),
    _table("bundle", "events", "child kind on detail", "child kind on"),
)

TABLES = {(table.source, table.name): table for table in SSDA903 + BUNDLE}

# Regional pipelines add these to every table of the return.
REGIONAL = ("LA", "YEAR")


class Recognised(NamedTuple):
    """A table with, for each column of the file, the table's own name for it (None = not read)."""

    table: Table
    columns: tuple[str | None, ...]
    extra: tuple[str, ...]
    missing: tuple[str, ...]


def _plain(header: str) -> str:
    """A header as it is compared: case, spaces and hyphens do not matter."""
    return "_".join(header.replace("_", " ").replace("-", " ").upper().split())


def recognise(headers: Sequence[str], file: str) -> Recognised:
    """The table with these columns. Raises CannotRead when none fits, or more than one."""
    given = [_plain(header) for header in headers]
    present = set(given)
    fitting = [table for table in TABLES.values() if {_plain(mark) for mark in table.marks} <= present]
    best = max((_fit(table, present) for table in fitting), default=0)
    fitting = [table for table in fitting if _fit(table, present) == best]
    if len(fitting) != 1:
        raise CannotRead(_cannot_tell(file, headers, present, fitting))
    if twice := sorted({_plain(c) for c in fitting[0].columns if given.count(_plain(c)) > 1}):
        raise CannotRead(
            f"{file}, line 1: the column {', '.join(twice)} stands there twice. "
            "Keep one of each and import again."
        )
    return _recognised(fitting[0], headers, given)


def _fit(table: Table, present: set[str]) -> int:
    return len({_plain(column) for column in table.columns} & present)


def _recognised(table: Table, headers: Sequence[str], given: list[str]) -> Recognised:
    own = {_plain(column): column for column in table.columns}
    if table.source == "903":
        own |= {column: column for column in REGIONAL}
    columns = tuple(own.get(name) for name in given)
    extra = tuple(
        header.strip()
        for header, column in zip(headers, columns, strict=True)
        if not column and header.strip()
    )
    missing = tuple(column for column in table.columns if column not in columns)
    return Recognised(table, columns, extra, missing)


def _cannot_tell(file: str, headers: Sequence[str], present: set[str], fitting: list[Table]) -> str:
    shown = ", ".join(header.strip() or "(blank)" for header in headers[:12]) + (
        " …" if len(headers) > 12 else ""
    )
    if fitting:
        names = " and ".join(f"{table.name} ({_words(table)})" for table in fitting)
        return (
            f"{file} could be {names}: its columns are {shown}. "
            "Keep the columns of one table and import again."
        )
    nearest = max(TABLES.values(), key=lambda table: (_fit(table, present), -len(table.columns)))
    if not _fit(nearest, present):
        return (
            f"{file} is not a table Homeward knows: its columns are {shown}. "
            "The first line must hold the column names, as docs/reference/imports.md lists them."
        )
    lacking = ", ".join(sorted(mark for mark in nearest.marks if _plain(mark) not in present))
    return (
        f"{file} is not a table Homeward knows: its columns are {shown}. "
        f"The nearest is {nearest.name} ({_words(nearest)}), which also needs {lacking}."
    )


def _words(table: Table) -> str:
    return "SSDA903" if table.source == "903" else "Homeward bundle"
