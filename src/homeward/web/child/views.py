"""A child's pages: summary, dates and timescales, timeline, history of the record."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.records import access
from homeward.records.operations.decisions import decider_words
from homeward.records.queries import (
    actions_page,
    child_page,
    delay_page,
    frequency_page,
    masked,
    meetings_page,
)
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.said import OPEN, Said, by_urgency
from homeward.records.roles import MASKED
from homeward.reports import words
from homeward.web.child import facts, life
from homeward.web.child.frame import frame, opened, shown_dates

FORCES = (
    ("must", "The law", "what must be done"),
    ("should", "Statutory guidance", "what should be done, unless a good reason is written down"),
    ("aim", "The council’s own aims", "what the council promised beyond the law"),
)
NEXT = 4
ACTIONS = 3


@require_safe
def child(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id)
    dates = shown_dates(read, page)
    late = [said for said in dates if said.status == "overdue"]
    ahead = [said for said in dates if said.status in ("due_soon", "on_track")]
    start, _ = life.starts_of(page)
    context = frame(request, read, page, dates, "summary") | {
        "own_words": meetings_page.words_of(page.child, page.as_at) if "voice" in page.fields else None,
        "plans": [_card(page, position) for position in words.POSITIONS],
        "next": by_urgency(ahead)[:NEXT],
        "holding": by_urgency(late),
        **_moving(page),
        "key_dates": _key_dates(page),
        "masked": [
            {"key": key, "title": masked.TITLES[key].format(page.name)}
            for key in sorted(page.fields & MASKED)
        ],
        "life": life.drawn(page, (ahead[:6] if len(ahead) > 6 else ahead) + late[:3], start, read.today),
    }
    return render(request, "child/summary.html", context)


@require_safe
def child_dates(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id)
    dates = shown_dates(read, page)
    child_page.add_versions(page, dates)
    context = frame(request, read, page, dates, "dates") | {
        "groups": [_force(dates, *force) for force in FORCES],
        "set_aside": len(page.dates) - len(dates),
        "frequency": frequency_page.agreed_of(page.child, page.as_at) if "history" in page.fields else None,
        "may_agree": page.standing.in_care and _may_agree(request, page),
    }
    return render(request, "child/dates.html", context)


def _may_agree(request: HttpRequest, page: ChildPage) -> bool:
    """Whether this person may agree how often the child is visited and reviewed."""
    shown = page.fields.issuperset(("history", "voice")) and not getattr(request, "break_glass", False)
    return shown and access.may(request.actor, "record")


@require_safe
def child_timeline(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id, "history")
    dates = shown_dates(read, page)
    recent, first = life.starts_of(page)
    whole = request.GET.get("span") == "all"
    kind = request.GET.get("kind", "")
    kind = kind if kind in life.GROUPS else ""
    open_dates = [said for said in by_urgency(dates) if said.status in OPEN]
    events = life.listed(page, kind)
    context = frame(request, read, page, dates, "timeline") | {
        "life": life.drawn(page, open_dates[:12], first if whole else recent, read.today),
        "spans": [
            {"words": "The last two years", "query": _with(request, span=""), "on": not whole},
            {"words": "The whole time", "query": _with(request, span="all"), "on": whole},
        ],
        "kinds": [
            {"words": title, "query": _with(request, kind=key), "on": kind == key}
            for key, title in (("", "Everything"), *life.GROUPS.items())
        ],
        "kind": kind,
        "number": len(events),
        "years": [
            {"year": year, "events": list(found)} for year, found in groupby(events, lambda e: e.on.year)
        ],
        "to_come": open_dates,
    }
    return render(request, "child/timeline.html", context)


@require_safe
def child_history(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id, "history")
    known, error = _known_on(request.GET.get("known", ""), read.today)
    found = child_page.facts_of(page, known)
    if "GateAnswer" in found and "voice" in page.fields:
        request.trail.field_sets.add("voice")  # an answer may say what the child says
    context = frame(request, read, page, shown_dates(read, page), "history") | {
        "known": known,
        "known_error": error,
        "groups": facts.groups(found, then=known is not None),
        "known_dates": by_urgency(child_page.dates_known_on(page, known)) if known else [],
    }
    return render(request, "child/history.html", context)


def _moving(page: ChildPage) -> dict[str, Any]:
    """What holds things up, and the next actions agreed, each for who is shown it."""
    standing = delay_page.standing_cause(page)
    lines = actions_page.of_child(page.child, page.as_at) if "history" in page.fields else []
    return {
        "standing": standing,
        "judged_role": decider_words(standing.fact.judged_role) if standing else "",
        "actions": [line for line in lines if line.open][:ACTIONS],
    }


def _card(page: ChildPage, position: str) -> dict[str, Any]:
    plan = page.plan(position)
    main = page.plan("main")
    if plan and position != "main" and main and plan.route == main.route:
        plan = None  # it has become the main plan
    stood = ""
    if plan:
        stood = next(
            (
                f"{word} {words.day(on)}"
                for word, on in (
                    ("confirmed", plan.confirmed_on),
                    ("agreed", plan.agreed_on),
                    ("recorded", plan.recorded_on),
                )
                if on
            ),
            "in the case system, undated",
        )
    return {
        "position": position,
        "position_words": words.POSITIONS[position],
        "route": plan.route if plan else "",
        "reason": plan.reason if plan else "",
        "waits": "; ".join(plan.waits_for) if plan else "",
        "stood": stood,
        "none": "No plan recorded",
    }


def _key_dates(page: ChildPage) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for title, kinds in (
        ("Came into care", ("became_looked_after",)),
        ("Left care", ("ceased_looked_after",)),
        ("Proceedings issued", ("proceedings_issued",)),
        ("Interim care order", ("interim_care_order_made",)),
        ("Care order", ("care_order_made",)),
        ("Placement order", ("placement_order_made",)),
        ("Adoption decision", ("adoption_decision_made",)),
        (f"Last {page.own.meeting('review_held')}", ("review_held", "adoption_review_held")),
        (f"Last {page.own.meeting('permanence_meeting_held')}", ("permanence_meeting_held",)),
        (f"Last {page.own.meeting('permanence_tracked')}", ("permanence_tracked",)),
        ("Last visit", ("child_visited",)),
    ):
        events = sorted(e for e in page.events if e.kind in kinds and e.on <= page.as_at)
        if events:
            held = (
                len(events) if kinds[0] in ("review_held", "permanence_meeting_held", "child_visited") else 0
            )
            found.append({"words": title, "on": events[-1].on, "note": f"{held} so far" if held > 1 else ""})
    return found


def _force(dates: list[Said], force: str, title: str, meant: str) -> dict[str, Any]:
    mine = [said for said in dates if said.rule.force == force]
    closed = sorted(
        (s for s in mine if s.status not in OPEN), key=lambda s: s.due_on or date.max, reverse=True
    )
    done = {
        status: sum(said.status == status for said in closed)
        for status in ("done_on_time", "done_late", "ended")
    }
    said = (
        (done["done_on_time"], "done on time"),
        (done["done_late"], "done late"),
        (done["ended"], "no longer needed"),
    )
    return {
        "force": force,
        "title": title,
        "meaning": meant,
        "open": by_urgency(s for s in mine if s.status in OPEN),
        "closed": closed,
        "closed_words": ", ".join(f"{number} {word}" for number, word in said if number),
    }


def _with(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
        if not value:
            del query[name]
    return "?" + query.urlencode()


def _known_on(text: str, today: date) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, "Enter a real date, such as 31 March 2026"
    return (
        (day, "")
        if day <= today
        else (None, "Enter a day that has been: nobody knows yet what will be known")
    )
