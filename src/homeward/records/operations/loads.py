"""Takes what files say into the record: rows first, then the difference in facts, all or nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import transaction

from homeward.records import keep, row_security
from homeward.records.bulk import insert
from homeward.records.drafts import FIELDS, ChildDraft, Draft, Problem
from homeward.records.models import (
    FACTS,
    Authority,
    Child,
    ChildIdentifier,
    ImportedRow,
    Load,
    Person,
)
from homeward.records.operations.difference import Change, Difference, between

Drafting = Callable[
    [Sequence[Any], Sequence[int]], Iterator[tuple[list[Any], tuple[ChildDraft, list[Draft], list[Problem]]]]
]


class Files(NamedTuple):
    """What was read: rows, the files' own listing, problems met in reading, and how to draft facts."""

    rows: Sequence[Any]
    files: list[dict[str, Any]]
    problems: list[Problem]
    draft: Drafting
    row: Callable[..., Any]


@dataclass
class Outcome:
    """What an import would change or has changed."""

    rows_read: int = 0
    rows_new: int = 0
    rows_gone: int = 0
    children_new: int = 0
    children_changed: int = 0
    children_touched: int = 0
    touched: frozenset[int] = frozenset()
    matched: int = 0  # facts that files of more than one sort tell, each kept once
    difference: Difference = field(default_factory=Difference)
    problems: list[Problem] = field(default_factory=list)
    load: Load | None = None

    @property
    def changes_nothing(self) -> bool:
        return self.difference.is_empty and not (self.children_new or self.children_changed)

    @property
    def rows_refused(self) -> int:
        """Rows, below the line of the columns, in which something could not be used as it is written."""
        wrong = {(p.file, p.row) for p in self.problems if p.severity == "problem" and (p.row or 0) > 1}
        return len(wrong)

    def counts(self) -> dict[str, dict[str, int]]:
        """Model -> new, changed, gone, conflict."""
        found: dict[str, dict[str, int]] = {}
        for change in self.difference.changes:
            counts = found.setdefault(change.model, {"new": 0, "changed": 0, "gone": 0, "conflict": 0})
            counts[change.sort] += 1
        return found


class _NotSaved(Exception):
    """Rolls back an import that was only tried."""


def take(
    authority: Authority,
    files: Files,
    *,
    now: datetime,
    today: date,
    person: Person | None = None,
    try_only: bool = False,
) -> Outcome:
    """Applies the files in one transaction, or only says what they would change."""
    outcome = Outcome(rows_read=len(files.rows))
    try:
        # An import compares with every row that is held, whoever may be shown it.
        with transaction.atomic(), row_security.whole(authority):
            _take(authority, files, outcome, now, today, person)
            if try_only:
                raise _NotSaved
    except _NotSaved:
        outcome.load = None
    return outcome


def _take(
    authority: Authority, files: Files, outcome: Outcome, now: datetime, today: date, person: Person | None
) -> None:
    # One import of a council at a time, or two would each add what neither sees of the other.
    Authority.objects.select_for_update().get(pk=authority.pk)
    load = Load.objects.create(
        authority=authority, made_at=now, person=person, state="applied", files=files.files
    )
    outcome.load = load
    codes = _keep_rows(authority, files.rows, load, outcome)
    children, drafts, problems = _drafted(authority, files, codes, outcome)
    outcome.problems = [*files.problems, *problems]
    outcome.children_touched = len(children)
    outcome.difference = between(drafts)
    _write(outcome.difference, load, now)
    touched = {change.child for change in outcome.difference.changes if change.sort != "conflict"}
    outcome.touched = frozenset(touched | children)
    keep.refresh(authority, outcome.touched)
    load.report = _report(authority, outcome, codes, files)
    load.save(update_fields=["report"])
    newest = _newest(outcome, today)
    if newest and (authority.latest_on is None or newest > authority.latest_on):
        authority.latest_on = newest
        authority.save(update_fields=["latest_on"])


# ---- Rows ----

Table = tuple[str, str, int | None]


def _keep_rows(authority: Authority, rows: Sequence[Any], load: Load, outcome: Outcome) -> set[str]:
    """Keeps the rows that are new, drops those that are gone, and says which children either concerns."""
    given: dict[Table, list[Any]] = defaultdict(list)
    for row in rows:
        given[row.source, row.table, row.year].append(row)
    codes: set[str] = set()
    new: list[tuple[Any, ...]] = []
    gone: list[int] = []
    for table, own in given.items():
        held = _held(authority, table)
        for row in own:
            cells = json.dumps(row.cells, sort_keys=True, ensure_ascii=False)
            same = held.get((row.child, cells))
            if same:
                same.pop()
            else:
                codes.add(row.child)
                new.append(_imported(authority, row, cells, load))
        for (code, _), left in held.items():
            if left:
                gone += left
                codes.add(code)
    for start in range(0, len(gone), 5000):
        ImportedRow.objects.filter(pk__in=gone[start : start + 5000]).update(dropped_by=load)
    insert(ImportedRow, _ROW, new)
    outcome.rows_new, outcome.rows_gone = len(new), len(gone)
    if new and any(table == "Episodes" for _, table, _ in given):
        codes |= _left_open(authority, {year for _, table, year in given if table == "Episodes" and year})
    return codes - {""}


def _held(authority: Authority, table: Table) -> dict[tuple[str, str], list[int]]:
    source, name, year = table
    rows = ImportedRow.objects.filter(
        authority=authority, source=source, table=name, year=year, dropped_by=None
    )
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pk, child, cells in rows.values_list("pk", "child", "cells"):
        held[child, cells].append(pk)
    return held


_ROW = ("authority_id", "load_id", "source", "table", "year", "child", "cells", "file", "number", "sha")


def _imported(authority: Authority, row: Any, cells: str, load: Load) -> tuple[Any, ...]:
    """A row in the order of _ROW."""
    kept = (row.source, row.table, row.year, row.child, cells, row.file[-255:], row.number, row.sha)
    return (authority.pk, load.pk, *kept)


def _left_open(authority: Authority, years: set[int]) -> set[str]:
    """Children of the years around those that came: being absent now may close or open an episode."""
    around = {year + by for year in years for by in (-1, 1)}
    rows = ImportedRow.objects.filter(
        authority=authority, source="903", table="Episodes", year__in=around, dropped_by=None
    )
    return set(rows.values_list("child", flat=True).distinct())


# ---- Facts ----


def _drafted(
    authority: Authority, files: Files, codes: set[str], outcome: Outcome
) -> tuple[set[int], dict[int, Sequence[Draft]], list[Problem]]:
    """Drafts from every row held for the children concerned, by the child's pk."""
    held, pks = _rows_of(authority, files, codes)
    episodes = ImportedRow.objects.filter(
        authority=authority, source="903", table="Episodes", dropped_by=None
    )
    years = [year for year in episodes.values_list("year", flat=True).distinct() if year]
    found = list(files.draft(held, years))
    children = _children(authority, [child for _, (child, _, _) in found], codes, outcome)
    place = {id(row): pk for row, pk in zip(held, pks, strict=True)}
    drafts: dict[int, Sequence[Draft]] = {pk: [] for pk in children.values()}
    problems: list[Problem] = []
    for own, (child, drafted, noted) in found:
        numbers = [place[id(row)] for row in own]
        drafts[children[child.key]] = [
            Draft(d.model, d.child, d.fields, d.start, d.source, tuple(numbers[r] for r in d.rows), d.repair)
            for d in drafted
        ]
        problems += noted
        outcome.matched += sum(len({own[row].source for row in draft.rows}) > 1 for draft in drafted)
    for pk in _without_rows(authority, codes, set(children.values())):
        drafts[pk] = []
    return set(drafts), drafts, problems


def _rows_of(authority: Authority, files: Files, codes: set[str]) -> tuple[list[Any], list[int]]:
    rows: list[Any] = []
    pks: list[int] = []
    fields = ("source", "table", "year", "child", "cells", "file", "number", "sha")
    wanted = sorted(codes)
    for start in range(0, len(wanted), 5000):
        held = ImportedRow.objects.filter(
            authority=authority, child__in=wanted[start : start + 5000], dropped_by=None
        ).order_by("pk")
        for pk, source, table, year, child, cells, file, number, sha in held.values_list("pk", *fields):
            pks.append(pk)
            rows.append(files.row(source, table, year, child, json.loads(cells), file, number, sha))
    return rows, pks


_OWN = ("code", "called", "sex", "ethnicity", "born_on", "expected_on", "died_on", "upn", "home_postcode")


def _children(
    authority: Authority, drafted: list[ChildDraft], codes: set[str], outcome: Outcome
) -> dict[str, int]:
    """Key of each draft -> pk of its child, made or brought up to date."""
    known = {
        (i.scheme, i.value): i.child
        for i in ChildIdentifier.objects.filter(authority=authority).select_related("child")
    }
    new: list[Child] = []
    found: dict[str, Child] = {}
    for draft in drafted:
        child = next((known[each] for each in draft.identifiers if each in known), None)
        values = {name: getattr(draft, name) for name in _OWN}
        if child is None:
            child = Child(authority=authority, **values)
            new.append(child)
        elif any(getattr(child, name) != value for name, value in values.items()):
            Child.objects.filter(pk=child.pk).update(**values)
            outcome.children_changed += 1
        found[draft.key] = child
    Child.objects.bulk_create(new, batch_size=1000)
    identifiers = [
        ChildIdentifier(authority=authority, child=found[draft.key], scheme=scheme, value=value)
        for draft in drafted
        for scheme, value in draft.identifiers
        if (scheme, value) not in known
    ]
    ChildIdentifier.objects.bulk_create(identifiers, batch_size=1000)
    outcome.children_new = len(new)
    return {key: child.pk for key, child in found.items()}


def _without_rows(authority: Authority, codes: set[str], drafted: set[int]) -> Iterable[int]:
    """Children concerned of whom no row is held any more: all that files gave of them is gone."""
    held = ChildIdentifier.objects.filter(authority=authority, value__in=codes)
    return set(held.values_list("child_id", flat=True)) - drafted


def _write(difference: Difference, load: Load, now: datetime) -> None:
    """The one bulk write of facts: new rows, rows that replace, and rows that withdraw."""
    written: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    replaced: dict[str, list[int]] = defaultdict(list)
    for change in difference.changes:
        if change.sort == "conflict":
            continue
        if change.fact is not None:
            replaced[change.model].append(change.fact.pk)
        written[change.model].append(_fact(change, load, now))
    for model, pks in replaced.items():
        for start in range(0, len(pks), 5000):
            FACTS[model].objects.filter(pk__in=pks[start : start + 5000]).update(superseded_at=now)
    for model, rows in written.items():
        insert(FACTS[model], (*_SHARED, *FIELDS[model]), rows)


_SHARED = (
    "child_id",
    "load_id",
    "recorded_at",
    "replaces_id",
    "uid",
    "source",
    "repair",
    "start",
    "rows",
    "withdrawn",
    "reason_recorded",
)


def _fact(change: Change, load: Load, now: datetime) -> tuple[Any, ...]:
    """The row of a fact: _SHARED, then the model's own fields."""
    replaces = change.fact.pk if change.fact else None
    shared = (change.child, load.pk, now, replaces, uuid4())
    if change.draft is None:
        gone: Any = change.fact
        own = [getattr(gone, name) for name in FIELDS[change.model]]
        return (
            *shared,
            gone.source,
            gone.repair,
            gone.start,
            gone.rows,
            True,
            "no longer in the files",
            *own,
        )
    draft = change.draft
    source = "repair" if draft.repair else draft.source
    own = [_text_of_dates(draft.fields.get(name)) for name in FIELDS[change.model]]
    return (*shared, source, draft.repair, draft.start, draft.rows, False, "", *own)


def _text_of_dates(value: Any) -> Any:
    """The later kinds of a home hold dates inside a list, which JSON keeps as text; others hold words."""
    if not isinstance(value, (list, tuple)):
        return value
    return [each if isinstance(each, str) else [str(each[0]), each[1]] for each in value]


# ---- The report that stays with the load ----


def _report(authority: Authority, outcome: Outcome, codes: set[str], files: Files) -> dict[str, Any]:
    """Counts, and every problem that stands: those of this load and of children it did not concern."""
    earlier = Load.objects.filter(authority=authority, state="applied").exclude(pk=outcome.load.pk)  # type: ignore[union-attr]
    last = earlier.order_by("-pk").first()
    kept = [
        p for p in (last.report.get("problems", []) if last else []) if p["child"] and _bare(p) not in codes
    ]
    return {
        "counts": outcome.counts(),
        "rows_read": outcome.rows_read,
        "rows_new": outcome.rows_new,
        "rows_gone": outcome.rows_gone,
        "rows_refused": outcome.rows_refused,
        "matched": outcome.matched,
        "children_new": outcome.children_new,
        "problems": [*kept, *(told(problem) for problem in outcome.problems)],
    }


def _bare(problem: dict[str, Any]) -> str:
    return str(problem["child"]).split(" (")[0]


def told(problem: Problem) -> dict[str, Any]:
    """A problem as the report keeps it."""
    return {name: getattr(problem, name) for name in Problem.__slots__}


def _newest(outcome: Outcome, today: date) -> date | None:
    """The newest day that the changed facts speak of."""
    days = [
        value
        for change in outcome.difference.changes
        if change.draft is not None
        for value in change.draft.fields.values()
        if isinstance(value, date) and value <= today
    ]
    return max(days, default=None)
