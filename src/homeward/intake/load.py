"""From files to the record: read, leave out what is another authority's, and take the rest in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from homeward.domain.policy import COUNCILS
from homeward.intake.facts import drafts_for
from homeward.intake.reading import CannotRead, Reading, Row, read, read_uploads, wrong_authority
from homeward.records.drafts import Problem
from homeward.records.models import Authority, Person
from homeward.records.operations.loads import Files, Outcome, take
from homeward.records.queries.authorities import authority_named

__all__ = ["CannotRead", "authority_called", "load_paths", "load_uploads"]


def load_paths(
    authority: Authority,
    paths: Iterable[Path | str],
    *,
    now: datetime,
    person: Person | None = None,
    year: int | None = None,
    try_only: bool = False,
) -> Outcome:
    """Imports files, folders and zips, all or nothing; raises CannotRead and then nothing was saved."""
    return _load(authority, read(paths, year=year), now, person, try_only)


def load_uploads(
    authority: Authority,
    uploads: Iterable[tuple[str, bytes]],
    *,
    now: datetime,
    person: Person | None = None,
    year: int | None = None,
    try_only: bool = False,
) -> Outcome:
    """As `load_paths`, for files that came through a page: (name, content)."""
    return _load(authority, read_uploads(uploads, year=year), now, person, try_only)


def _load(
    authority: Authority, reading: Reading, now: datetime, person: Person | None, try_only: bool
) -> Outcome:
    own, foreign = wrong_authority(reading, (authority.slug, authority.name, authority.pack))
    problems = list(own.problems)
    if foreign:
        if not own.rows:
            raise CannotRead(
                f"Every row of these files names another authority than {authority.name}; nothing was read."
            )
        problems.append(_foreign(authority, foreign))
    today = now.date()

    def draft(rows: Sequence[Row], years: Sequence[int]) -> Iterator[Any]:
        return drafts_for(rows, years, today=today)

    files = Files(own.rows, [_listed(file) for file in own.files], problems, draft, Row)
    return take(authority, files, now=now, today=today, person=person, try_only=try_only)


def _listed(file: Any) -> dict[str, Any]:
    return {"name": file.name, "sha": file.sha, "tables": list(file.tables), "rows": file.rows}


def _foreign(authority: Authority, count: int) -> Problem:
    return Problem(
        child="",
        kind="another_authority",
        column="LA",
        message=f"{count} rows name another authority than {authority.name} and were left out.",
        mend="Import them for their own authority.",
    )


def authority_called(name: str) -> Authority:
    """The authority with this slug, else one made from the pack of this name; LookupError otherwise."""
    try:
        return authority_named(name)
    except LookupError as error:
        if name in COUNCILS:
            return Authority.objects.create(slug=name, name=name.capitalize(), pack=name)
        raise LookupError(f"{error.args[0]} Policies that make one: {', '.join(COUNCILS)}.") from None
