"""A child's facts and events as the life line and its equal list say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from homeward.domain.calendar import add_months
from homeward.domain.events import Event
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.said import Said
from homeward.reports import words
from homeward.web.drawing import Dot, LifeLine, Stay, life_line

AGREED = ("V2", "V3", "V4")
URGENT = ("L1", "L2", "L3", "J1", "J2", "J3")
MEETINGS = {
    "review_held": "review",
    "adoption_review_held": "adoption review",
    "midway_review_held": "midway",
    "permanence_meeting_held": "planning",
    "permanence_tracked": "tracked",
    "care_planning_meeting_held": "care planning",
    "stability_meeting_held": "stability",
    "disruption_meeting_held": "disruption",
    "legal_gateway_held": "gateway",
    "legal_gateway_review_held": "gateway",
    "family_group_conference_held": "family conference",
    "family_network_meeting_held": "family meeting",
    "child_visited": "",
}
TONES = {"overdue": "late", "due_soon": "soon"}
# The kinds by which the list may be read; a kind of event in none of them is shown with everything.
GROUPS = {
    "law": "Law and court",
    "home": "Homes",
    "plan": "Plans and decisions",
    "meeting": "Meetings and visits",
}
_LAW = ("order", "section", "looked", "proceedings", "gateway", "court", "remanded", "police")
_HOME = ("placement", "placed", "missing", "found")
_PLAN = ("plan", "adoption", "match", "matched", "permanence", "return", "option", "considered")


def group_of(kind: str) -> str:
    """The group an event belongs to: by what it is about, an order before the home that it names."""
    about = set(kind.split("_"))
    if kind in MEETINGS:
        return "meeting"
    if about & set(_LAW):
        return "law"
    if about & set(_HOME):
        return "home"
    return "plan" if about & set(_PLAN) else ""


@dataclass(slots=True)
class Happened:
    on: date
    words: str
    detail: str
    age: str


def detail_words(event: Event) -> str:
    """The detail of an event in words: a home's kind, why care ended, a route, or what was written."""
    kind, detail = event.kind, event.detail
    if not detail or kind == "birth_expected":
        return ""
    if kind in (
        "placement_started",
        "placement_changed",
        "residential_placement_started",
        "placed_for_adoption",
    ):
        return words.label("PLACE", detail)
    if kind == "ceased_looked_after":
        return words.label("REC", detail)
    if kind == "court_extension_granted":
        return f"{detail} weeks" if detail.isdigit() else detail
    return words.route(detail) or detail.replace("_", " ")


def listed(page: ChildPage, kind: str) -> list[Happened]:
    """What happened up to the day, newest first; of one kind when `kind` names a group."""
    events = [e for e in page.events if e.on <= page.as_at and (not kind or group_of(e.kind) == kind)]
    return [
        Happened(
            on=event.on,
            words=_event_words(page, event),
            detail=detail_words(event),
            age=words.age_words(page.born_on, None, event.on)
            if page.born_on and event.on > page.born_on
            else "",
        )
        for event in sorted(events, key=lambda e: e.on, reverse=True)
    ]


def _event_words(page: ChildPage, event: Event) -> str:
    return words.begun(page.own.event(event.kind))


def drawn(page: ChildPage, dates: Sequence[Said], start: date, today: date) -> LifeLine:
    """The life line from `start`: law, home, main plan, plan alongside, meetings, dates."""
    bars = [
        *([("Law", [_law(s) for s in page.statuses], "law")] if "legal" in page.fields else []),
        ("Home", [Stay(s.code, s.start, s.end, words.label("PLACE", s.code)) for s in page.homes], "home"),
        ("Plan", [Stay("plan", s.start, s.end, words.route(s.code)) for s in page.plans_of("main")], "plan"),
    ]
    beside = [Stay("plan-beside", s.start, s.end, words.route(s.code)) for s in page.plans_of("parallel")]
    if beside:
        bars.append(("Alongside", beside, "plan"))
    meetings = [
        Dot(
            e.on,
            MEETINGS[e.kind],
            f"{_event_words(page, e)}, {words.day(e.on)}",
            _meeting_tone(e),
        )
        for e in page.events
        if e.kind in MEETINGS and e.on <= page.as_at
    ]
    marks = [
        Dot(
            s.due_on,
            f"{s.title}, {s.due_on.day} {s.due_on:%b}",
            f"{s.title}: {s.words}",
            TONES.get(s.status, "ok"),
            "diamond",
        )
        for s in dates
        if s.due_on
    ]
    said = f"Life line of {page.name} from {words.day(start)} to {words.day(page.as_at)}. "
    said += "The same is given as a list."
    return life_line(bars, meetings, marks, start, page.as_at, said, today)


def _law(stay: Stay) -> Stay:
    tone = "agreed" if stay.code in AGREED else "urgent" if stay.code in URGENT else "law"
    return Stay(tone, stay.start, stay.end, words.label("LS", stay.code))


def _meeting_tone(event: Event) -> str:
    return "visit" if event.kind == "child_visited" else "meeting"


def starts_of(page: ChildPage) -> tuple[date, date]:
    """Where the life line begins: the last two years or so, and everything."""
    first = min(
        [s.start for s in (*page.statuses, *page.homes)] + [e.on for e in page.events if e.kind in MEETINGS],
        default=page.as_at,
    )
    first = add_months(min(first, page.as_at), -1)
    return max(first, add_months(page.as_at, -24)), first
