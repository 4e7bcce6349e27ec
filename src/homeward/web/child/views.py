"""A child's pages: summary, dates and timescales, timeline, history of the record."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.domain.orders import order_for
from homeward.records.models import Child
from homeward.records.queries import child_page
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.said import OPEN, Said, by_urgency
from homeward.reports import words
from homeward.web.child import facts, life
from homeward.web.layout.door import Reading, child_of, reading

FORCES = (
    ("must", "The law", "what must be done"),
    ("should", "Statutory guidance", "what should be done, unless a good reason is written down"),
    ("aim", "The council’s own aims", "what the council promised beyond the law"),
)
NEXT = 4


@require_safe
def child(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = _open(request, public_id, "child")
    dates = _shown(read, page)
    late = [said for said in dates if said.status == "overdue"]
    ahead = [said for said in dates if said.status in ("due_soon", "on_track")]
    start, _ = life.starts_of(page)
    context = _frame(read, page, dates, "summary") | {
        "plans": [_card(page, position) for position in words.POSITIONS],
        "next": by_urgency(ahead)[:NEXT],
        "holding": by_urgency(late),
        "key_dates": _key_dates(page),
        "life": life.drawn(page, (ahead[:6] if len(ahead) > 6 else ahead) + late[:3], start, read.today),
    }
    return render(request, "child/summary.html", context)


@require_safe
def child_dates(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = _open(request, public_id, "child_dates")
    dates = _shown(read, page)
    child_page.add_versions(page, dates)
    context = _frame(read, page, dates, "dates") | {
        "groups": [_force(dates, *force) for force in FORCES],
        "set_aside": len(page.dates) - len(dates),
    }
    return render(request, "child/dates.html", context)


@require_safe
def child_timeline(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = _open(request, public_id, "child_timeline")
    dates = _shown(read, page)
    recent, first = life.starts_of(page)
    whole = request.GET.get("span") == "all"
    kind = request.GET.get("kind", "")
    kind = kind if kind in life.GROUPS else ""
    open_dates = [said for said in by_urgency(dates) if said.status in OPEN]
    events = life.listed(page, kind)
    context = _frame(read, page, dates, "timeline") | {
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
    read, page = _open(request, public_id, "child_history")
    known, error = _known_on(request.GET.get("known", ""), read.today)
    context = _frame(read, page, _shown(read, page), "history") | {
        "known": known,
        "known_error": error,
        "groups": facts.groups(child_page.facts_of(page.child, known), then=known is not None),
        "known_dates": by_urgency(child_page.dates_known_on(page, known)) if known else [],
    }
    return render(request, "child/history.html", context)


def _open(request: HttpRequest, public_id: str, where: str) -> tuple[Reading, ChildPage]:
    """The child through the door; a child out of reach is not found, like one who is not there."""
    found = child_of(request, public_id)
    read = reading(request, "see_children")
    return read, child_page.page_of(found, read.as_at)


def opened(read: Reading, child: Child, at: str) -> dict[str, Any]:
    """What child_base.html needs around a page that other rooms make about a child."""
    page = child_page.page_of(child, read.as_at)
    return _frame(read, page, _shown(read, page), at)


def _shown(read: Reading, page: ChildPage) -> list[Said]:
    """The child's dates without those that nothing in this council's record can meet, unless asked for."""
    return [said for said in page.dates if said.rule.key not in read.aside]


def _frame(read: Reading, page: ChildPage, dates: list[Said], at: str) -> dict[str, Any]:
    stands = page.standing
    care = "not in our care"
    if stands.in_care:
        care = (
            f"since {words.day(stands.in_care_since)}"
            if stands.in_care_since
            else "the start is not in the return"
        )
    elif stands.left_care_on:
        care = f"left on {words.day(stands.left_care_on)}"
    return read.context() | {
        "at": at,
        "keep": read.keep,
        "child": {
            "public_id": page.child.public_id,
            "name": page.name,
            "initial": page.initial,
            "age": words.age_words(page.born_on, page.expected_on, read.as_at),
            "code": page.code,
            "lives_word": "Lives" if stands.placement else "Home",
            "home": words.label("PLACE", stands.placement) if stands.placement else "not in our care",
            "living_since": stands.living_since if stands.placement else None,
            "legal_status": words.label("LS", stands.legal_status) if stands.legal_status else "none in care",
            "legal_meaning": _responsibility(stands.legal_status),
            "care": care,
            "worker": page.worker,
            "officer": page.officer,
            "overdue": sum(said.status == "overdue" for said in dates),
            "soon": sum(said.status == "due_soon" for said in dates),
        },
    }


def _responsibility(code: str) -> str:
    """Who holds parental responsibility under a legal status, in the first sentence that says it."""
    order = order_for(code) if code else None
    return (
        f"Parental responsibility: {order.responsibility[:1].lower()}{order.responsibility[1:]}"
        if order
        else ""
    )


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
        ("Last review", ("review_held", "adoption_review_held")),
        ("Last planning meeting", ("permanence_meeting_held",)),
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
