"""The report for the board on screen, as managers read it and as the board does, and as files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homeward.domain.measures import ACT, measures
from homeward.domain.quarters import Quarter, quarter_named
from homeward.domain.small_numbers import RULE
from homeward.records import access
from homeward.records.operations import limits
from homeward.records.queries import board, board_words
from homeward.records.queries.board import Line, Report, Table
from homeward.reports import board as words_of
from homeward.reports import pdf
from homeward.reports.board import Agreed, Shown
from homeward.reports.docx import as_docx
from homeward.web.board.drawing import drawing
from homeward.web.layout.door import Reading, reading
from homeward.web.layout.table_files import table_file
from homeward.web.sign_in import factor

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
PAGE = 50


@require_safe
def board_report(request: HttpRequest) -> HttpResponse:
    """`for=board` shows it as the board reads it; only of a quarter that is over."""
    read = reading(request, "see_board_report")
    report = report_of(request, read)
    whole = request.GET.get("for") != "board" or not report.is_over
    told = measures()
    sides = told.principles if request.GET.get("by") == "principle" else told.sections
    context = read.context() | {
        "report": report,
        "quarters": report.quarters,
        "choices": board.choices(read.today),
        "whole": whole,
        "by": request.GET.get("by", ""),
        "act": ACT,
        "rule": RULE,
        "known": words_of.KNOWN,
        "parts": [_part(request, report, side, whole=whole) for side in sides],
        "written": board_words.commentary_of(read.authority, report.quarter),
        "actions": board_words.actions_of(read.authority, report.quarter, read.today),
        "may_write": access.may(request.actor, "write_board_report"),
        "may_export": access.may(request.actor, "export"),
        "no_pdf": pdf.missing(),
    }
    for part in context["parts"]:
        part["written"] = context["written"].get(part["key"])
    return render(request, "board/report.html", context)


@require_safe
def board_paper(request: HttpRequest) -> HttpResponseBase:
    """The report as Word or PDF: without names, and without small numbers."""
    read = reading(request, "see_board_report")
    kind = request.GET.get("as", "")
    report = report_of(request, read)
    if kind not in KINDS or not report.is_over:
        raise Http404
    limits.spend(request.user, "export")
    written = board_words.commentary_of(read.authority, report.quarter)
    actions = board_words.actions_of(read.authority, report.quarter, read.today)
    paper = words_of.paper_of(
        report,
        {key: one.says for key, one in written.items()},
        [Agreed(a.fact.what, a.doer, a.fact.by_on, a.fact.outcome) for a in actions],
    )
    request.trail.about |= {"paper": kind, "for": "board"}
    try:
        made = as_docx(paper, settings.NOW()) if kind == "docx" else pdf.as_pdf(paper, settings.NOW())
    except pdf.NotMade as not_made:
        context = read.context() | {"sentence": str(not_made), "report": report}
        return render(request, "board/not_made.html", context, status=503)
    name = f"board-report-{read.authority.slug}-{report.quarter.key}.{kind}"
    return FileResponse(io.BytesIO(made), as_attachment=True, filename=name, content_type=KINDS[kind])


@require_safe
def board_export(request: HttpRequest) -> HttpResponse:
    """The figures as the board reads them."""
    read = reading(request, "export")
    if not access.may(request.actor, "see_board_report"):
        raise Http404
    if factor.must_ask(request):
        return factor.ask_again(request)
    report = report_of(request, read)
    if not report.is_over:
        raise Http404
    limits.spend(request.user, "export")
    request.trail.about["for"] = "board"
    name = f"board-figures-{read.authority.slug}-{report.quarter.key}"
    return table_file(name, words_of.HEADINGS, words_of.rows_of(report))


@require_safe
def board_children(request: HttpRequest) -> HttpResponse:
    """The children behind a figure, of whom the reader sees all; or the others of what it is a share of."""
    read = reading(request, "see_oversight")
    asked = {name: request.GET.get(name, "")[:40] for name in ("what", "row")}
    report = report_of(request, read, only=[asked["what"]])
    found = report.figure(asked["what"], asked["row"], report.quarter)
    if found is None:
        raise Http404
    title, figure = found
    others = request.GET.get("part") == "others"
    children = board.children_behind(
        request.actor, read.authority, figure.rest if others else figure.children
    )
    page = Paginator(children, PAGE).get_page(request.GET.get("page"))
    request.trail.saw([child.pk for child in page])
    context = read.context() | {
        "title": title,
        "report": report,
        "figure": figure,
        "others": others,
        "pages": page,
        "may_read_report": access.may(request.actor, "see_board_report"),
    }
    return render(request, "board/children.html", context)


def report_of(request: HttpRequest, read: Reading, only: Sequence[str] = ()) -> Report:
    quarter = quarter_asked(request, read)
    return board.report(request.actor, read.authority, quarter, read.today, read.aside, only)


def quarter_asked(request: HttpRequest, read: Reading) -> Quarter:
    """The quarter that the address names, if a report can be made of it, else the newest that is over."""
    asked = quarter_named(request.GET.get("quarter", ""))
    return asked if asked in board.choices(read.today) else board.newest_complete(read.today)


def _part(request: HttpRequest, report: Report, side: Any, *, whole: bool) -> dict[str, Any]:
    """A section, or the measures that serve a principle."""
    if hasattr(side, "paragraph"):
        lines = [line for line in report.lines if line.measure.principle == side.key]
        return {
            "key": side.key,
            "title": f"{side.paragraph} {side.says[:1].upper()}{side.says[1:]}",
            "lines": [line_of(report, line, whole=whole) for line in lines],
            "tables": [],
            "principle": True,
        }
    return {
        "key": side.key,
        "title": side.title,
        "lines": [line_of(report, line, whole=whole) for line in report.lines_of(side)],
        "tables": [_table(report, table, whole=whole) for table in report.tables_of(side)],
    }


def line_of(report: Report, line: Line, *, whole: bool) -> dict[str, Any]:
    shown = words_of.of_report(report, line, whole=whole)
    return {
        "measure": line.measure,
        "cells": _cells(report, shown, line.measure.key, linked=whole),
        "drawing": drawing(line.measure.shows, shown, report.quarters),
        "trend": words_of.trend(line.measure, shown, report.quarters),
        "target": words_of.target_words(line.target, shown[-1]),
    }


def _table(report: Report, table: Table, *, whole: bool) -> dict[str, Any]:
    rows, sums = words_of.of_table(table, whole=whole)
    others = table.shows == "share"  # of dates: who had something late is worth a look
    return {
        "table": table,
        "rows": [
            {
                "words": row.words,
                "cells": _cells(report, cells, table.key, row.key, linked=whole, others=others),
            }
            for row, cells in zip(table.rows, rows, strict=True)
        ],
        "sums": _cells(report, sums, table.key, linked=whole) if sums else [],
    }


def _cells(
    report: Report, shown: list[Shown], what: str, row: str = "", *, linked: bool, others: bool = False
) -> list[dict[str, Any]]:
    """A figure of nobody leads nowhere."""
    cells = []
    for quarter, each in zip(report.quarters, shown, strict=True):
        asked = {"quarter": quarter.key, "what": what}
        asked |= {"row": row} if row else {}
        asked |= {"part": "others"} if others else {}
        leads = linked and each.height is not None and (others or each.height)
        link = f"{reverse('board_children')}?{urlencode(asked)}" if leads else ""
        cells.append({"quarter": quarter, "shown": each, "link": link})
    return cells
