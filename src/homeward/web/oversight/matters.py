"""Matters raised by reviewing officers and chairs: those open on a day, as a file, and by quarter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.domain import packs
from homeward.domain.challenge import OUTCOMES, THEMES
from homeward.records import access
from homeward.records.operations import limits
from homeward.records.queries import challenge_page, matters_oversight
from homeward.records.queries.challenge_page import Matter
from homeward.records.queries.matters_oversight import RAISERS, STATES, Wanted
from homeward.web.layout.door import Reading, reading
from homeward.web.layout.table_files import KINDS, table_file
from homeward.web.sign_in import factor

PAGE = 50
HEADINGS = (
    *("Child", "Reference", "Raised on", "Raised by", "In which role", "About", "What the matter is"),
    *("What would settle it", "IRO Handbook", "Stage", "Since", "Addressed to", "Answer by", "Answered on"),
    *("Answer", "Formal process since", "How it stands"),
)


@require_safe
def oversight_matters(request: HttpRequest) -> HttpResponse:
    """Those open today, or at the end of an earlier month."""
    read = reading(request, "see_oversight")
    on = _day(request, read)
    everything = matters_oversight.open_matters(request.actor, read.authority, on)
    asked = _asked(request)
    found = matters_oversight.wanted(everything, asked)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    request.trail.saw({each.child.pk for each in page}, "history")
    stages, rows = matters_oversight.by_stage(everything, read.authority.pack)
    context = read.context() | {
        "on": on,
        "matters": page,
        "pages": page,
        "open": len(everything),
        "late": sum(each.late for each in everything),
        "over": sum(matters_oversight.is_over(each) for each in everything),
        "limit": challenge_page.limit(),
        "stages": stages,
        "rows": rows,
        "narrowed": asked != Wanted(),
        "selects": _selects(request, read),
        "may_export": access.may(request.actor, "export"),
    }
    return render(request, "oversight/matters.html", context)


@require_safe
def oversight_matters_export(request: HttpRequest) -> HttpResponse:
    read = reading(request, "export")
    if factor.must_ask(request):
        return factor.ask_again(request)
    kind = request.GET.get("format", "csv")
    if kind not in KINDS:
        raise Http404
    on = _day(request, read)
    everything = matters_oversight.open_matters(request.actor, read.authority, on)
    found = matters_oversight.wanted(everything, _asked(request))
    limits.spend(request.user, "export")
    request.trail.saw({each.child.pk for each in found}, "history")
    name = f"matters-raised-{read.authority.slug}-{on.isoformat()}"
    return table_file(name, HEADINGS, map(_cells, found), kind=kind, title="Matters raised")


@require_safe
def oversight_matters_quarter(request: HttpRequest) -> HttpResponse:
    """Numbers only: what was raised, how it ended and what stays open, by theme."""
    read = reading(request, "see_oversight")
    quarters = matters_oversight.quarters(read.today)
    asked = request.GET.get("quarter", "")
    first = next((each for each in quarters if each.isoformat() == asked), quarters[0])
    last = matters_oversight.last_of(first, 3, read.today)
    lines, whole = matters_oversight.quarter(request.actor, read.authority, first, last)
    request.trail.saw([])
    context = read.context() | {
        "quarters": [(each.isoformat(), _quarter_words(each)) for each in quarters],
        "chosen": first.isoformat(),
        "words": _quarter_words(first),
        "last": last,
        "outcomes": OUTCOMES.values(),
        "lines": lines,
        "whole": whole,
    }
    return render(request, "oversight/matters_quarter.html", context)


def _quarter_words(first: date) -> str:
    last = matters_oversight.last_of(first, 3, date.max)
    return f"{first:%B} to {last:%B} {last.year}"


def _day(request: HttpRequest, read: Reading) -> date:
    """The last day of the month in the address, or today."""
    asked = request.GET.get("month", "")
    months = matters_oversight.months(read.today)
    first = next((each for each in months if f"{each:%Y-%m}" == asked), months[0])
    return matters_oversight.last_of(first, 1, read.today)


def _asked(request: HttpRequest) -> Wanted:
    names = ("theme", "stage", "state", "raiser")
    return Wanted(**{name: request.GET.get(name, "")[:40] for name in names})


def _selects(request: HttpRequest, read: Reading) -> list[dict[str, Any]]:
    months = [(f"{each:%Y-%m}", f"{each:%B %Y}") for each in matters_oversight.months(read.today)]
    stages = [(each.key, each.name) for each in packs.stages(read.authority.pack)]
    choices = (
        ("theme", "About", [("", "Any"), *THEMES.items()]),
        ("stage", "Stage", [("", "Any"), *stages]),
        ("state", "Answer", [("", "Any"), *STATES.items()]),
        ("raiser", "Raised by", [("", "Any"), *RAISERS.items()]),
        ("month", "Open at the end of", months),
    )
    return [
        {"name": name, "title": title, "choices": options, "chosen": request.GET.get(name, "")}
        for name, title, options in choices
    ]


def _cells(matter: Matter) -> list[Any]:
    fact, now = matter.fact, matter.now.fact
    answered = matter.now.answered
    return [
        *(matter.child.name, matter.child.code, fact.raised_on, fact.raised_by, matter.raised_role),
        *(matter.theme, fact.says, fact.wants, fact.handbook, matter.stage.name, now.stage_on),
        *(challenge_page.addressed_words(now), now.answer_by, now.answered_on if answered else None),
        *(now.answer if answered else "", fact.formal_on if matter.formal else None, matter.answer.words),
    ]
