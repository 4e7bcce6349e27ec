"""Minutes of one child at a meeting, saved as typed; signing; and the record on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from homeward.domain.gates import Unmet
from homeward.domain.lived import Stay
from homeward.domain.meetings import CHAIRS
from homeward.domain.meetings import Meeting as Series
from homeward.records import access
from homeward.records.models import Meeting, MeetingItem
from homeward.records.operations import meetings as operations
from homeward.records.operations import minutes, signing
from homeward.records.operations.refused import Refused
from homeward.records.queries import child_page, lived, meeting_gates, meetings_page
from homeward.records.queries.meetings_page import Line
from homeward.records.queries.said import OPEN, by_urgency
from homeward.reports import words
from homeward.web.layout.door import reading
from homeward.web.meetings.as_read import as_read
from homeward.web.meetings.minutes_form import Minuting
from homeward.web.meetings.school import said_of
from homeward.web.meetings.views import _version, item_of, opened

GonePast = Callable[[MeetingItem], list[dict[str, Any]]]
FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def meeting_item(request: HttpRequest, meeting_id: str, pk: int) -> HttpResponse:
    """What is said, decided and agreed about one child, beside the child's facts."""
    read, line, series = opened(request, meeting_id)
    reading(request, "record")
    item = item_of(request, line, pk)
    typed = _forms(request, item, series)
    newer = None
    if request.method == "POST":
        try:
            if typed.is_valid():
                _keep(request, item, typed)
                return redirect(_after(request, line, item, series))
        except operations.Stale as stale:
            newer = stale.now
        except Refused as refused:
            typed.form.add_error(None, refused.sentence)
    colleagues = meetings_page.colleagues(line.meeting.authority, settings.TODAY())
    asked = _still_asked(item, series) if "asks" in request.GET and request.method != "POST" else []
    context = (
        read.context()
        | _beside(request, item, series)
        | {
            "line": line,
            "series": series,
            "item": item,
            "typed": typed,
            "wrong": typed.wrong() if request.method == "POST" else [],
            "whole": typed.form.non_field_errors() if request.method == "POST" else [],
            "newer": newer,
            "newer_read": as_read(newer, series, colleagues) if newer else None,
            "read": as_read(item, series, colleagues),
            "asked": asked,
            # Before anything is written the policy would ask for everything.
            "gates": _gates(request, item, meeting_gates.in_the_way(item, series)) if item.minute else [],
            "open": line.meeting.state == Meeting.PLANNED,
            "beside": _together(request, line, item),
        }
    )
    status = 409 if newer else 400 if context["wrong"] or context["whole"] else 200
    return render(request, "meetings/item.html", context, status=status)


@require_POST
def meeting_item_keep(request: HttpRequest, meeting_id: str, pk: int) -> HttpResponse:
    """What was typed so far, sent by the page itself every few seconds; the answer says the version now."""
    _, line, series = opened(request, meeting_id)
    reading(request, "record")
    item = item_of(request, line, pk)
    typed = _forms(request, item, series)
    try:
        version = minutes.save_minute(
            item, typed.minute(), version=_version(request), by=request.user, now=settings.NOW()
        )
        version += _keep_papers(item, typed)  # each of them is one version more
    except operations.Stale:
        return HttpResponse(status=409)
    except Refused:
        return HttpResponse(status=400)
    return HttpResponse(status=204, headers={"X-Version": str(version)})


@FORM
def meeting_sign(request: HttpRequest, meeting_id: str) -> HttpResponse:
    """What is still missing, then the signature; from then on nothing of the meeting changes."""
    read, line, series = opened(request, meeting_id)
    reading(request, "record")
    items = meetings_page.items_of(request.actor, line.meeting)
    request.trail.saw([item.child_id for item in items])
    heard = [item for item in items if item.state == MeetingItem.HEARD]
    known = meeting_gates.histories_of(heard)
    waiting = [
        (item, unmet)
        for item in heard
        for unmet in meeting_gates.in_the_way(item, series, known[item.child_id])
        if not meeting_gates.answered(item, unmet)
    ]
    wrong = ""
    if request.method == "POST" and not waiting:
        wrong = _sign(
            request, line, items, lambda item: meeting_gates.gone_past(item, series, known.get(item.child_id))
        )
        if not wrong:
            return redirect("meeting", meeting_id=meeting_id)
    context = read.context() | {
        "line": line,
        "meeting": opened(request, meeting_id)[1].meeting if wrong else line.meeting,
        "series": series,
        "items": items,
        "waiting": waiting,
        "wrong": wrong,
        "listed": [item for item in items if item.state == MeetingItem.LISTED],
        "as_read": as_text({item.pk: item.version for item in items}),
        "put_off": [item for item in items if item.state == MeetingItem.DEFERRED],
        "heard": heard,
    }
    status = 400 if wrong or (request.method == "POST" and waiting) else 200
    return render(request, "meetings/sign.html", context, status=status)


def _sign(request: HttpRequest, line: Line, items: list[MeetingItem], gone_past: GonePast) -> str:
    """Signs what was read; or says why it was not signed."""
    try:
        signing.sign_meeting(
            line.meeting,
            seen=_as_read(request, items),
            version=_version(request),
            by=request.user,
            now=settings.NOW(),
            gone_past=gone_past,
        )
    except Refused as refused:
        return refused.sentence
    except operations.Stale:
        return "Somebody saved this meeting while you read it. Read it again before you sign."
    request.trail.about["meeting"] = line.meeting.pk
    return ""


def _as_read(request: HttpRequest, items: list[MeetingItem]) -> dict[int, int]:
    """The items as they were on the page that was signed; Stale when what is there now is not the same."""
    now = {item.pk: item.version for item in items}
    if request.POST.get("items", "") != as_text(now):
        raise operations.Stale(items)
    return now


def as_text(versions: dict[int, int]) -> str:
    return " ".join(f"{pk}.{version}" for pk, version in sorted(versions.items()))


def _forms(request: HttpRequest, item: MeetingItem, series: Series) -> Minuting:
    plans = meetings_page.plans_to_agree(item.child)
    about = {
        "series": series,
        "headings": series.headings(first=not item.subsequent),
        "asked": meeting_gates.fields_asked(item.meeting.authority.pack, series, item.minute),
        "plans": [(str(p.uid), f"{words.POSITIONS[p.position]}: {words.route(p.route)}") for p in plans],
    }
    colleagues = meetings_page.colleagues(item.meeting.authority, settings.TODAY())
    return Minuting(request.POST or None, item, about, colleagues)


def _keep(request: HttpRequest, item: MeetingItem, typed: Minuting) -> None:
    before = item.minute
    minute = typed.minute() | {"gates": _reasons(request, item, before)}
    minutes.save_minute(item, minute, version=_version(request), by=request.user, now=settings.NOW())
    item.minute = minute
    _keep_papers(item, typed)
    if "share" in request.POST:
        minutes.share_minute(item, before, by=request.user, now=settings.NOW())


def _keep_papers(item: MeetingItem, typed: Minuting) -> int:
    """Which papers are there and their dates, where that changed; gives how many did."""
    there, changed = dict(item.papers), 0
    for key, on in typed.form.papers().items():
        if (on.isoformat() if on else None) != there.get(key):
            item.papers = operations.record_paper(item, key, on)
            changed += 1
    return changed


def _reasons(request: HttpRequest, item: MeetingItem, before: dict[str, Any]) -> dict[str, Any]:
    """Why a gate is gone past, in the name and role of who wrote it; what a colleague wrote stays theirs."""
    found = dict(before.get("gates", {}))
    for name in request.POST:
        key = name.removeprefix("gate_")
        if name == key:
            continue
        reason = request.POST[name].strip()[:2000]
        if reason != found.get(key, {}).get("reason", ""):
            role = request.actor.role.key if request.actor.role else ""
            found[key] = {"reason": reason, "by_name": request.user.name, "by_role": role}
    return {key: said for key, said in found.items() if said["reason"]}


def _after(request: HttpRequest, line: Line, item: MeetingItem, series: Series) -> str:
    """Where saving leads: the same page or, when the child is done, the next child who waits to be heard.

    What was typed is saved either way; what is still asked for stands on the page that follows.
    """
    here = reverse("meeting_item", args=[line.meeting.public_id, item.pk])
    if "done" not in request.POST:
        return here
    if _still_asked(item, series):
        return f"{here}?asks=1"
    minutes.heard(item, series)
    items = meetings_page.items_of(request.actor, line.meeting)
    after = (one for one in items if one.state == MeetingItem.LISTED and one.position > item.position)
    following = next(after, None)
    if following is None:
        return reverse("meeting", args=[line.meeting.public_id])
    return reverse("meeting_item", args=[line.meeting.public_id, following.pk])


def _still_asked(item: MeetingItem, series: Series) -> list[tuple[str, str]]:
    """(id on the page, sentence) of what the child's part lacks, and of what the policy asks of it."""
    lacking = [(f"id_{part}", sentence) for part, sentence in minutes.lacks(item.minute, series)]
    unmet = [one for one in meeting_gates.in_the_way(item, series) if not meeting_gates.answered(item, one)]
    return [*lacking, *((f"gate_{one.gate.key}", one.sentence) for one in unmet)]


def _together(request: HttpRequest, line: Line, item: MeetingItem) -> list[MeetingItem]:
    if not item.together:
        return []
    items = meetings_page.items_of(request.actor, line.meeting)
    return [one for one in items if one.together == item.together and one.pk != item.pk]


def _gates(request: HttpRequest, item: MeetingItem, unmet: list[Unmet]) -> list[dict[str, Any]]:
    """What is in the way, and whether this person may write why it is gone past."""
    role = request.actor.role.key if request.actor.role else ""
    said = item.minute.get("gates", {})
    return [
        {
            "unmet": one,
            "may": not one.stops or role in one.gate.may_override,
            "seniors": " or ".join(CHAIRS.get(key, key) for key in one.gate.may_override),
            "said": said.get(one.gate.key, {}),
            "answered": meeting_gates.answered(item, one),
        }
        for one in unmet
    ]


def _beside(request: HttpRequest, item: MeetingItem, series: Series) -> dict[str, Any]:
    """The child's facts, as they were on the day of the meeting or are today."""
    child = item.child
    fields = access.field_sets_for(request.actor, child)
    if "history" not in fields:
        raise Http404
    page = child_page.page_of(child, min(item.meeting.on, settings.TODAY()), fields)
    stands, plans = page.standing, []
    for position in ("main", "parallel", "contingency"):
        plan = page.plan(position)
        if plan:
            plans.append((words.POSITIONS[position], words.route(plan.route), plan))
    next_by = meetings_page.next_day(series, item.meeting.on)
    next_working = meetings_page.working_day_before(next_by) if next_by else None
    return {
        "facts": [
            ("Age", words.age_words(page.born_on, page.expected_on, page.as_at)),
            ("Lives", words.label("PLACE", stands.placement) if stands.placement else "not in our care"),
            ("Legal status", words.label("LS", stands.legal_status) if stands.legal_status else ""),
            ("Social worker", page.worker or "not recorded"),
            ("Reviewing officer", page.officer or "not recorded"),
            ("Last review", _last_review(page)),
        ],
        "lived": [_stay(stay, page.as_at) for stay in lived.stays_of(child, page.as_at, fields)],
        "plans": plans,
        "dates": [one for one in by_urgency(page.dates) if one.status in OPEN and one.due_on][:8],
        "before": meetings_page.before_of(item),
        "voice": "voice" in fields,
        "actions": meetings_page.open_actions(child),
        "next_by": next_by,
        "next_working": next_working,
        "next_school": said_of(child.authority, next_working, item.minute.get("next_on")),
    }


def _last_review(page: child_page.ChildPage) -> str:
    """The day of the last review, and how many days ago that was."""
    held = max((event.on for event in page.events if event.kind == "review_held"), default=None)
    if held is None:
        return "none recorded"
    return f"{words.day(held)}, {words.count((page.as_at - held).days, 'day')} ago"


def _stay(stay: Stay, as_at: date) -> dict[str, Any]:
    return {
        "place": words.label("PLACE", stay.place) if stay.place else "At home, not in our care",
        "first": stay.first,
        "last": stay.last,
        "long": words.span(stay.first, stay.last or as_at),
    }
