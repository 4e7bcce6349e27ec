"""The plan in plain words, for the child and for the parents: to read, to print, as Word and as PDF."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.domain.calendar import age
from homeward.domain.orders import order_for
from homeward.records.operations.answers import ANSWERS
from homeward.records.queries import plans_page, returning_page
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.plans_page import Plan, RouteLine
from homeward.records.queries.said import OPEN
from homeward.reports import in_words, pdf, words
from homeward.reports.docx import as_docx
from homeward.reports.going_home import HomeTold
from homeward.reports.in_words import Part, PlanTold, Told
from homeward.reports.paper import Bullets, Heading, Paragraph, Said
from homeward.reports.record import PlainDocument, file_name
from homeward.web.child.frame import opened

FILES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# For whom it is written: the title of the paper, whom it is for, and what writes it.
READERS = {
    "child": ("My plan", "the child", in_words.for_child),
    "parents": ("The plan in plain words", "the parents", in_words.for_parents),
}


@require_safe
def child_plan_words(request: HttpRequest, public_id: str) -> HttpResponseBase:
    read, page = opened(request, public_id)
    reader, kind = request.GET.get("for", "child"), request.GET.get("as", "")
    if reader not in READERS or (kind and kind not in FILES):
        raise Http404
    told, left_out = in_words.made_safe(_told(page))
    title, for_whom, write = READERS[reader]
    parts = write(told)
    if kind:
        named = Paragraph(f"{page.name}, {words.day(read.as_at)}")
        council = page.child.authority.name
        document = PlainDocument(title, council, read.as_at, (named, *parts), for_whom=for_whom)
        request.trail.about |= {"paper": kind, "for": reader}
        return _paper(request, document, kind, public_id)
    context = read.context() | {
        "child": {"public_id": public_id, "name": page.name},
        "keep": read.keep,
        "reader": reader,
        "readers": [
            {"key": "child", "words": f"For {page.name}", "on": reader == "child"},
            {"key": "parents", "words": "For the parents", "on": reader == "parents"},
        ],
        "title": title,
        "parts": [_part(part) for part in parts],
        "left_out": left_out,
        "no_pdf": pdf.missing(),
    }
    return render(request, "plans/in_words.html", context)


def _paper(request: HttpRequest, document: PlainDocument, kind: str, public_id: str) -> HttpResponseBase:
    now = settings.NOW()
    try:
        made = as_docx(document, now) if kind == "docx" else pdf.as_pdf(document, now)
    except pdf.NotMade as not_made:
        context = {"sentence": str(not_made), "public_id": public_id}
        return render(request, "plans/no_paper.html", context, status=503)
    return FileResponse(
        io.BytesIO(made), as_attachment=True, filename=file_name(document, kind), content_type=FILES[kind]
    )


def _told(page: ChildPage) -> Told:
    """What may be told of the plan, from what the reader of the page is shown."""
    found = plans_page.plans_of(page)
    standing = {position.key: [_plan(plan) for plan in position.plans] for position in found.positions}
    lines = plans_page.routes_of(page)
    says = plans_page.child_says(page)
    order = order_for(page.standing.legal_status)
    return Told(
        name=page.name,
        years=age(page.born_on, page.as_at) if page.born_on and page.born_on <= page.as_at else None,
        home=page.standing.placement,
        main=next(iter(standing["main"]), None),
        beside=tuple(standing["parallel"]),
        fallback=next(iter(standing["contingency"]), None),
        says=says.child_says if says else "",
        says_on=says.held_on if says else None,
        worker=page.worker,
        officer=page.officer,
        review_by=_review_by(page),
        responsibility=order.responsibility if order else "",
        routes=tuple((line.option.title, _answer(line)) for line in lines),
        home_open=any(line.stays_open for line in lines),
        left_care=page.standing.left_care_on is not None,
        going_home=_going_home(page),
    )


def _going_home(page: ChildPage) -> HomeTold | None:
    """What is said of the way home while a plan for return is open and the child is not home yet."""
    way = returning_page.open_return(page)
    if way is None or way.home:
        return None
    return HomeTold(
        conditions=tuple(line.strip() for line in way.fact.conditions.splitlines() if line.strip()),
        milestones=tuple((line.fact.what, line.fact.by_on) for line in way.milestones if line.open),
        helps=tuple(line.fact.what for line in way.helps if line.open),
    )


def _plan(plan: Plan) -> PlanTold:
    reached = [step for step in plan.steps if step.word in ("Proposed", "Agreed", "Confirmed")]
    fact = plan.fact
    return PlanTold(
        route=fact.route,
        state=reached[-1].word.lower() if reached else "proposed",
        on=reached[-1].on if reached else None,
        waits_for=tuple(fact.waits_for),
        stands_if=fact.stands_if,
        switch_rule=fact.switch_rule,
        switch_on=fact.switch_on,
        target_on=fact.target_on,
    )


def _answer(line: RouteLine) -> str:
    """What is said of a route, without the reasons, which may be about somebody else."""
    if line.plans:
        return "part of the plan"
    if line.now is None:
        return "not answered yet"
    again = ", to be looked at again" if line.again else ""
    return ANSWERS[line.now.answer].lower() + again


def _review_by(page: ChildPage) -> Any:
    """The next day by which a review is due, where the record can tell it."""
    reviews = (said for said in page.dates if said.status in OPEN and "review_held" in said.rule.met_by)
    return min((said.due_on for said in reviews if said.due_on and said.due_on >= page.as_at), default=None)


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"sort": "heading", "text": part.text}
    if isinstance(part, Bullets):
        return {"sort": "bullets", "items": part.items}
    if isinstance(part, Said):
        return {"sort": "said", "who": part.who, "text": part.words}
    return {"sort": "words", "text": part.text}
