"""A tracker row in words, for the page and for the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from homeward.domain.standing import STAGES
from homeward.records.queries.said import Said
from homeward.records.queries.tracker_page import Tracker, TrackerChild
from homeward.reports import words
from homeward.web.drawing import Bar, Stay, bar


@dataclass(slots=True)
class Row:
    url: str
    dates_url: str
    name: str
    age: str
    code: str
    main_plan: str
    alongside: str
    contingency: str
    stage: str
    legal_status: str
    home: str
    worker: str
    officer: str
    in_care_since: str
    next: Said | None
    holding: Said | None
    overdue: int
    bar: Bar | None
    no_bar: str
    updated: str
    updated_by: str


def row(
    tracker: Tracker, child: TrackerChild, stays: list[Stay], latest: tuple[date, str] | None, keep: str
) -> Row:
    """`stays` are the homes, `latest` the newest thing recorded; `keep` is the query that keeps the day."""
    on = tracker.as_at
    return Row(
        url=reverse("child", args=[child.public_id]) + keep,
        dates_url=reverse("child_dates", args=[child.public_id]) + keep,
        name=child.name,
        age=words.age_words(child.born_on, child.expected_on, on),
        code=child.code,
        main_plan=words.route(child.main_plan),
        alongside=words.route(child.alongside),
        contingency=words.route(child.contingency_plan),
        stage=STAGES.get(child.stage, words.NOT_SHOWN),
        legal_status=words.legal_status(child.legal_status, child.fields),
        home=words.label("PLACE", child.placement) if child.placement else "Not in our care",
        worker=child.worker,
        officer=child.officer,
        in_care_since=words.day(child.in_care_since) or ("start not in the return" if child.in_care else ""),
        next=tracker.next_of(child),
        holding=tracker.holding_up(child),
        overdue=child.overdue,
        bar=_bar(child, stays, on) if "history" in child.fields else None,
        no_bar=_no_bar(child, on) if "history" in child.fields else words.NOT_SHOWN,
        updated=words.ago(latest[0], on) if latest else "",
        updated_by=latest[1] if latest else "",
    )


def _bar(child: TrackerChild, stays: list[Stay], on: date) -> Bar | None:
    since = child.in_care_since or (min((s.start for s in stays), default=None) if child.in_care else None)
    return bar(stays, since, on, child.oldest_due) if since and child.in_care else None


def _no_bar(child: TrackerChild, on: date) -> str:
    return "not yet born" if child.born_on is None or child.born_on > on else "not in our care"


HEADINGS = (
    "Child",
    "Reference",
    "Age",
    "Legal status",
    "Lives",
    "In care since",
    "Main plan",
    "Alongside",
    "If these fail",
    "Stage",
    "Next date",
    "Due",
    "Status",
    "What holds things up",
    "Overdue since",
    "Dates overdue",
    "Social worker",
    "Reviewing officer",
)


def cells(tracker: Tracker, child: TrackerChild) -> list[Any]:
    """The same row as values for a file, in the order of HEADINGS."""
    shown = row(tracker, child, [], None, "")
    ahead, late = shown.next, shown.holding
    return [
        shown.name,
        shown.code,
        shown.age,
        shown.legal_status,
        shown.home,
        child.in_care_since,
        shown.main_plan,
        shown.alongside,
        shown.contingency,
        shown.stage,
        ahead.title if ahead else "",
        ahead.due_on if ahead else None,
        ahead.words if ahead else "",
        late.title if late else "",
        late.due_on if late else None,
        child.overdue,
        shown.worker,
        shown.officer,
    ]
