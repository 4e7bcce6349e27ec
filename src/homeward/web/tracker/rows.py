"""A tracker row in words, for the page and for the files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from homeward.domain.delay import CAUSES, NOT_SAID
from homeward.domain.packs import pack
from homeward.domain.standing import STAGES
from homeward.records.fields import of_event
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
    cause: str
    cause_since: date | None
    delay_url: str
    bar: Bar | None
    no_bar: str
    held: dict[str, str]
    updated: str
    updated_by: str
    target: str = ""  # of the main plan, with what it waits for: asked for where they are shown
    waits: str = ""


def row(tracker: Tracker, child: TrackerChild, stays: list[Stay], latest: dict[str, date], keep: str) -> Row:
    """`stays` are the homes, `latest` the last day of each thing recorded; `keep` is the query of the day."""
    on = tracker.as_at
    newest = max(latest, key=lambda kind: (latest[kind], kind), default=None)
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
        cause=CAUSES.get(child.cause, ""),
        cause_since=child.cause_since,
        # Who is not shown the history is not told that no cause is recorded, either.
        delay_url=reverse("child_delay", args=[child.public_id]) + keep if "history" in child.fields else "",
        bar=_bar(child, stays, on) if "history" in child.fields else None,
        no_bar=_no_bar(child, on) if "history" in child.fields else words.NOT_SHOWN,
        held={kind: words.day(day) for kind, day in latest.items() if of_event(kind) in child.fields},
        updated=words.ago(latest[newest], on) if newest is not None else "",
        updated_by=_newest_words(tracker, child, newest),
    )


def _newest_words(tracker: Tracker, child: TrackerChild, kind: str | None) -> str:
    """What was recorded last, as the council calls it; the name of a meeting only to whom it may be shown."""
    if not kind or kind == "child_visited":
        return "visit" if kind else ""
    return (pack(tracker.policy.own).meeting(kind) if of_event(kind) in child.fields else "") or "meeting"


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
    "Cause",
    "Cause since",
    "Dates overdue",
    "Social worker",
    "Reviewing officer",
)


def cells(tracker: Tracker, child: TrackerChild) -> list[Any]:
    """The same row as values for a file, in the order of HEADINGS."""
    shown = row(tracker, child, [], {}, "")
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
        shown.cause or (NOT_SAID if late else ""),
        shown.cause_since,
        child.overdue,
        shown.worker,
        shown.officer,
    ]
