"""The record of a meeting as Word and PDF: whole for colleagues, one child's part for anybody else."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homeward.domain.meetings import CHAIRS
from homeward.domain.steps import GIVEN
from homeward.records import access
from homeward.records.models import Meeting, MeetingItem
from homeward.records.queries import meetings_page
from homeward.records.queries.meetings_page import Line
from homeward.reports import pdf, words
from homeward.reports.docx import as_docx
from homeward.reports.record import (
    Action,
    Decision,
    Item,
    Record,
    RuledOut,
    Section,
    View,
    file_name,
)
from homeward.web.meetings.views import opened

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
EVERYTHING = frozenset(
    {"facts", "child_says", "others", "sections", "decisions", "actions", "routes", "next"}
)
# Who a copy may be for, and the parts of a child's minute that are in it. Others than colleagues get one
# child's part, without the facts of the record, what other people said, and where the thinking stands.
COPIES: dict[str, tuple[str, str, frozenset[str]]] = {
    "colleague": (
        "For colleagues",
        "Everything that your own role is shown. For those who work here and may see these children.",
        EVERYTHING,
    ),
    "carer": (
        "For the carer",
        "What the child said, what was decided, what is to be done and when the next meeting is.",
        frozenset({"child_says", "decisions", "actions", "next"}),
    ),
    "family": (
        "For the family",
        "What was decided, what is to be done and when the next meeting is. Read it before you give it.",
        frozenset({"decisions", "actions", "next"}),
    ),
    "partner": (
        "For a partner: school, health, advocate",
        "What is to be done, by whom and by when, and nothing else.",
        frozenset({"actions", "next"}),
    ),
}


@require_safe
def meeting_record(request: HttpRequest, meeting_id: str) -> HttpResponseBase:
    """The choice of copies; with `for` and `as`, the paper itself."""
    read, line, _ = opened(request, meeting_id)
    items = meetings_page.items_of(request.actor, line.meeting)
    copy, kind = request.GET.get("for", ""), request.GET.get("as", "")
    if copy:
        if copy not in COPIES or kind not in KINDS:
            raise Http404
        chosen = items if copy == "colleague" else [i for i in items if str(i.pk) == request.GET.get("item")]
        if not chosen:
            raise Http404
        request.trail.saw([item.child_id for item in chosen])
        request.trail.about |= {"paper": kind, "for": copy}
        return _paper(request, line, chosen, copy, kind)
    request.trail.saw([item.child_id for item in items])
    context = read.context() | {
        "line": line,
        "meeting": line.meeting,
        "copies": [_copy(line, items, key) for key in COPIES],
        "no_pdf": pdf.missing(),
    }
    return render(request, "meetings/record.html", context)


def _copy(line: Line, items: list[MeetingItem], key: str) -> dict[str, Any]:
    title, says, _ = COPIES[key]
    address = reverse("meeting_record", args=[line.meeting.public_id])
    if key == "colleague":
        papers = [{"words": "The whole record", "link": f"{address}?{urlencode({'for': key})}"}]
    else:
        papers = [
            {"words": item.child.name, "link": f"{address}?{urlencode({'for': key, 'item': item.pk})}"}
            for item in items
            if item.state != MeetingItem.DEFERRED
        ]
    return {"title": title, "says": says, "papers": papers}


def _paper(
    request: HttpRequest, line: Line, items: list[MeetingItem], copy: str, kind: str
) -> HttpResponseBase:
    record = record_of(request, line, items, copy)
    try:
        made = as_docx(record, settings.NOW()) if kind == "docx" else pdf.as_pdf(record, settings.NOW())
    except pdf.NotMade as not_made:
        return render(request, "meetings/refused.html", {"line": line, "sentence": str(not_made)}, status=503)
    return FileResponse(
        io.BytesIO(made), as_attachment=True, filename=file_name(record, kind), content_type=KINDS[kind]
    )


def record_of(request: HttpRequest, line: Line, items: list[MeetingItem], copy: str) -> Record:
    """What the reader of a copy may see of these items, and no more."""
    meeting = line.meeting
    signed = meeting.state == Meeting.SIGNED
    _, _, parts = COPIES[copy]
    whole = copy == "colleague"
    role = request.actor.meaning.title.lower()
    names = dict(meetings_page.colleagues(meeting.authority, settings.TODAY()))
    return Record(
        title=f"{line.name}, {words.day(meeting.on)}",
        council=meeting.authority.name,
        meeting_name=line.name,
        on=meeting.on,
        for_whom=role if whole else COPIES[copy][0].removeprefix("For ").lower(),
        items=tuple(
            _item(request, item, parts, names) for item in items if item.state != MeetingItem.DEFERRED
        ),
        at=meeting.starts_at,
        place=meeting.room,
        chaired_by=meeting.chair.name if meeting.chair else meeting.chair_name,
        chair_role=CHAIRS.get(meeting.chair_role, ""),
        attended=_people(meeting, "came") if whole else (),
        apologies=_people(meeting, "apologies") if whole else (),
        signed_by=meeting.signed_by.name if signed and meeting.signed_by else "",
        signed_on=meeting.signed_at.date() if signed and meeting.signed_at else None,
        note=meeting.note if whole else "",
    )


def _people(meeting: Meeting, as_: str) -> tuple[tuple[str, str], ...]:
    return tuple((name or who, who if name else "") for who, name, came in meeting.attended if came == as_)


def _item(request: HttpRequest, item: MeetingItem, parts: frozenset[str], names: dict[str, str]) -> Item:
    minute, fields = item.minute, access.field_sets_for(request.actor, item.child)
    voice = "voice" in fields

    def told(part: str) -> Any:
        return minute.get(part) or () if part in parts else ()

    return Item(
        child=item.child.name,
        summary=_facts(item, fields) if "facts" in parts else (),
        sections=_sections(minute) if "sections" in parts else (),
        views=_views(minute, parts, voice=voice),
        decisions=tuple(_decision(one, voice=voice) for one in told("decisions")),
        actions=tuple(_action(one, names) for one in told("actions")),
        ruled_out=tuple(
            RuledOut(words.route(one["route"]), one.get("reason", ""), one.get("signed_by", ""))
            for one in (minute.get("options") or () if "routes" in parts else ())
            if one["answer"] == "ruled_out"
        ),
        next_on=_day(minute.get("next_on", "")) if "next" in parts else None,
        left_out=parts != EVERYTHING or not voice,
    )


def _facts(item: MeetingItem, fields: frozenset[str]) -> tuple[tuple[str, str], ...]:
    stands = getattr(item.child, "standing", None)
    said = [("Reference", item.child.code), ("Born", words.day(item.child.born_on))]
    if stands:
        said.append(("Main plan", words.route(stands.main_plan)))
        said.append(("Alongside", words.route(stands.parallel_plan)))
        if "legal" in fields and stands.legal_status:
            said.append(("Legal status", words.label("LS", stands.legal_status)))
    return tuple((label, value) for label, value in said if value)


def _sections(minute: dict[str, Any]) -> tuple[Section, ...]:
    asked = {GIVEN[name]: said for name, said in minute.get("given", {}).items() if name in GIVEN}
    told = minute.get("sections", {}) | asked
    if minute.get("rating"):
        told = told | {"Rating": f"{minute['rating'].capitalize()}. {minute.get('rating_why', '')}"}
    return tuple(Section(heading, text) for heading, text in told.items() if text)


def _views(minute: dict[str, Any], parts: frozenset[str], *, voice: bool) -> tuple[View, ...]:
    found = []
    if "child_says" in parts and voice:
        found.append(View("The child", minute.get("child_says", ""), minute.get("child_says_why_not", "")))
    if "others" in parts:
        found += [View(one["who"], one["words"]) for one in minute.get("others") or ()]
    return tuple(found)


def _decision(one: dict[str, Any], *, voice: bool) -> Decision:
    told = " ".join(filter(None, (words.day(_day(one.get("told_on", ""))), one.get("told_how", ""))))
    return Decision(
        what=one["what"],
        who=one.get("maker", ""),
        role=CHAIRS.get(one.get("maker_role", ""), ""),
        basis=one.get("basis", ""),
        alternatives=one.get("alternatives", ""),
        childs_view=one.get("child_view", "") if voice else "",
        why_not_followed=one.get("why_not_followed", "") if voice else "",
        told=told,
    )


def _action(one: dict[str, Any], names: dict[str, str]) -> Action:
    who = names.get(str(one.get("owner", "")), "") or one.get("owner_name", "")
    return Action(one["what"], who, _day(one.get("by_on", "")))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
