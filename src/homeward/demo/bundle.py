"""Writes what the return does not hold as Homeward's own bundle: names, plans, visits, meetings, events."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from homeward.demo.child import Child

COLUMNS = {
    "children": "child called born expected sex ethnicity home_postcode",
    "plans": "child position route recorded agreed confirmed ended reason stands_if waits_for timescale "
    "timescale_why target switch_rule switch_on least_intervention agreed_at confirmed_by confirmed_role "
    "outcome",
    "reviews": "child review participation",
    "visits": "child visited",
    "meetings": "child meeting held",
    "adoption_records": "child decided matched foster_carer adopters adopters_sex adopters_status",
    "social_workers": "child worker started ended reason",
    "reviewing_officers": "child officer started ended",
    "events": "child kind on detail",
}
# Meetings go to meetings.csv, those before the birth to events.csv.
MEETINGS = frozenset(
    {
        "permanence_meeting_held",
        "permanence_tracked",
        "care_planning_meeting_held",
        "stability_meeting_held",
        "disruption_meeting_held",
        "legal_gateway_held",
        "legal_gateway_review_held",
        "adoption_review_held",
        "family_network_meeting_held",
        "family_group_conference_held",
    }
)

MATCH = "matched_with_adopters"  # adoption_records.csv says it
ADOPTERS = ("foster_carer", "adopters", "sex", "status")

DETAILS = {"target": "target_on"}  # columns of plans.csv that have a shorter name than the fact's
Row = list[str]


def write(
    children: Sequence[Child],
    folder: Path,
    returns_from: date,
    elsewhere: frozenset[tuple[str, str, date]] = frozenset(),
) -> None:
    """Writes the tables; reviews held before the first return are here too.

    `elsewhere`: (child, kind, day) of meetings that are minuted in Homeward and that no file brings.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for c in children:
        for name, row in rows(c, elsewhere):
            tables[name].append(row)
        tables["reviews"] += [[c.code, iso(on), code] for on, code in c.reviews if on < returns_from]
    for name, lines in tables.items():
        if not lines:
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS[name].split(), *lines])


def rows(c: Child, elsewhere: frozenset[tuple[str, str, date]] = frozenset()) -> Iterator[tuple[str, Row]]:
    yield "children", [c.code, c.called, iso(c.born), iso(c.expected), c.sex, c.ethnicity, c.home_postcode]
    for plan in c.plans:
        days = [iso(day) for day in (plan.recorded, plan.agreed, plan.confirmed, plan.ended)]
        said = [_said(plan.details.get(DETAILS.get(name, name))) for name in COLUMNS["plans"].split()[8:]]
        yield "plans", [c.code, plan.position, plan.route, *days, plan.reason or plan.why, *said]
    for on in c.visits:
        yield "visits", [c.code, iso(on)]
    for on, kind, detail in c.events:
        if (c.code, kind, on) in elsewhere:
            continue
        if kind in MEETINGS and not (c.born and on < c.born):
            yield "meetings", [c.code, kind, iso(on)]
        elif kind != MATCH:
            yield "events", [c.code, kind, iso(on), detail]
    if c.adoption:
        days = [iso(day) for day in (c.adoption["decided"], c.adoption["matched"]) if isinstance(day, date)]
        yield "adoption_records", [c.code, *days, *(str(c.adoption[key]) for key in ADOPTERS)]
    for worker, started, ended, reason in c.workers:
        yield "social_workers", [c.code, worker, iso(started), iso(ended), reason]
    for officer, started, ended in c.officers:
        yield "reviewing_officers", [c.code, officer, iso(started), iso(ended)]


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return iso(value) if isinstance(value, date) else str(value or "")


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""
