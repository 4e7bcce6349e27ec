"""Actions in a person's reach: mine, those of the children I see, of who left; on paper and as a file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.records import access
from homeward.records.operations import limits
from homeward.records.queries import actions_page
from homeward.records.queries.actions_page import ActionLine, Wanted
from homeward.reports import pdf, tables, words
from homeward.reports.docx import as_docx
from homeward.reports.record import ABOUT_ONE, ABOUT_SEVERAL, ActionList, ListedAction, file_name
from homeward.web.layout.door import Reading, reading
from homeward.web.sign_in import factor

PAGE = 50
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
WHOSE = ("mine", "all", "left")
STATES = (("open", "Open"), ("overdue", "Overdue"), ("closed", "Closed"))
WAYS = (("day", "By day"), ("child", "By child"), ("owner", "By who does it"))
ALL_WORDS = {"team": "My team’s children", "authority": "Every child"}
HEADINGS = (
    *("Child", "Reference", "What", "Who does it", "Has an account", "By", "Status", "Agreed on"),
    *("Closed on", "What came of it"),
)


@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_children")
    asked, by = _asked(request.GET), _by(request.GET)
    found = actions_page.wanted(request.actor, read.authority, asked, read.today)
    page = Paginator(actions_page.in_order(found, by), PAGE).get_page(request.GET.get("page"))
    lines = actions_page.lines(read.authority, page, read.today)
    request.trail.saw({line.fact.child_id for line in lines})
    counts = actions_page.counts(request.actor, read.authority, read.today)
    whole = actions_page.wanted(request.actor, read.authority, Wanted(asked.whose, asked.state), read.today)
    context = {
        "asked": asked,
        "by": by,
        "counts": counts,
        "all_words": ALL_WORDS.get(request.actor.meaning.reach, "My children"),
        "states": STATES,
        "ways": WAYS,
        "owners": actions_page.owners(whole) if asked.whose != "mine" else [],
        "owner_name": _owner_name(asked.owner, lines),
        "groups": _groups(lines, by),
        "pages": page,
        "may_change": access.may(request.actor, "record"),
        "may_export": access.may(request.actor, "export"),
    }
    return render(request, "actions/list.html", context)


@require_safe
def actions_print(request: HttpRequest) -> HttpResponseBase:
    """What one person has to do, on paper and without a link: for a carer or partner who has no account."""
    read = reading(request, "see_children")
    lines = _of_one(request, read)
    request.trail.saw({line.fact.child_id for line in lines})
    may_take = any(access.may(request.actor, action) for action in ("record", "export"))
    if request.GET.get("format") in KINDS and may_take:
        return _paper(request, read, lines, request.GET["format"])
    context = {"name": lines[0].owner, "lines": lines, "key": lines[0].owner_key, "on": read.today}
    context |= {"may_take": may_take, "no_pdf": pdf.missing()}
    return render(request, "actions/print.html", context)


@require_safe
def actions_export(request: HttpRequest) -> HttpResponse:
    read = reading(request, "export")
    if factor.must_ask(request):
        return factor.ask_again(request)
    found = actions_page.wanted(request.actor, read.authority, _asked(request.GET), read.today)
    lines = actions_page.lines(read.authority, actions_page.in_order(found, _by(request.GET)), read.today)
    limits.spend(request.user, "export")
    request.trail.saw({line.fact.child_id for line in lines})
    response = HttpResponse(
        tables.as_csv(HEADINGS, map(_cells, lines)), content_type="text/csv; charset=utf-8"
    )
    name = f"actions-{read.authority.slug}-{read.today.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _paper(request: HttpRequest, read: Reading, lines: list[ActionLine], kind: str) -> HttpResponseBase:
    """The list as a file, which a carer or partner is handed; its name says nothing of anybody."""
    limits.spend(request.user, "export")
    children = {line.fact.child_id for line in lines}
    listed = ActionList(
        title=f"Actions agreed, {words.day(read.today)}",
        council=read.authority.name,
        on=read.today,
        who=lines[0].owner,
        actions=tuple(ListedAction(one.what, one.by_on, one.child.name, one.agreed) for one in lines),
        note="It names a child: keep it where others do not read it.",
        marking=ABOUT_ONE if len(children) == 1 else ABOUT_SEVERAL,
    )
    try:
        made = as_docx(listed, settings.NOW()) if kind == "docx" else pdf.as_pdf(listed, settings.NOW())
    except pdf.NotMade as not_made:
        context = {"name": lines[0].owner, "lines": lines, "on": read.today, "no_pdf": str(not_made)}
        return render(request, "actions/print.html", context | {"may_take": True}, status=503)
    return FileResponse(
        io.BytesIO(made), as_attachment=True, filename=file_name(listed, kind), content_type=KINDS[kind]
    )


def _of_one(request: HttpRequest, read: Reading) -> list[ActionLine]:
    """The open actions of one owner for the children that the reader sees; not found when there are none."""
    asked = Wanted("all", "open", request.GET.get("who", ""))
    if not asked.owner:
        raise Http404
    found = actions_page.wanted(request.actor, read.authority, asked, read.today)
    lines = actions_page.lines(read.authority, actions_page.in_order(found, "day"), read.today)
    if not lines:
        raise Http404
    return lines


def _asked(chosen: QueryDict) -> Wanted:
    whose, state = chosen.get("whose", ""), chosen.get("state", "")
    return Wanted(
        whose if whose in WHOSE else "mine",
        state if state in dict(STATES) else "open",
        chosen.get("owner", "")[:20],
    )


def _by(chosen: QueryDict) -> str:
    by = chosen.get("by", "")
    return by if by in dict(WAYS) else "day"


def _owner_name(key: str, lines: list[ActionLine]) -> str:
    return next((line.owner for line in lines if key and line.owner_key == key), "")


def _groups(lines: Iterable[ActionLine], by: str) -> list[dict[str, Any]]:
    """The lines of the page under a heading for each child or owner; by day there is one group."""
    if by == "child":
        return [
            {"title": found[0].child.name, "child": found[0].child.public_id, "lines": found}
            for _, each in groupby(lines, key=lambda line: line.fact.child_id)
            if (found := list(each))
        ]
    if by == "owner":
        return [
            {"title": found[0].owner, "owner": key, "gone": found[0].gone, "lines": found}
            for key, each in groupby(lines, key=lambda line: line.owner_key)
            if (found := list(each))
        ]
    found = list(lines)
    return [{"title": "", "lines": found}] if found else []


def _cells(line: ActionLine) -> list[Any]:
    fact = line.fact
    return [
        *(line.child.name, line.child.code, line.what, line.owner, "no" if line.partner else "yes"),
        *(fact.by_on, line.words, fact.agreed_on, fact.closed_on, fact.outcome),
    ]
