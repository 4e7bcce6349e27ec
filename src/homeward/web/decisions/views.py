"""The register of decisions about every child in a person's reach: searched, listed, printed, as a file."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records import access
from homeward.records.operations import limits, searches
from homeward.records.queries import decisions_page
from homeward.records.queries.decisions_page import DecisionLine, Wanted
from homeward.web.decisions.forms import FindForm
from homeward.web.layout.door import reading
from homeward.web.layout.table_files import table_file
from homeward.web.sign_in import factor

PAGE = 50
IN_ADDRESS = ("maker_role", "kind", "since", "until", "told", "again")
HEADINGS = (
    *("Child", "Reference", "Decided on", "Sort", "What was decided", "Who decided", "In which role"),
    *("On what basis", "What else was considered", "The child’s view", "Why it does not follow it"),
    *("Child told on", "How", "To be looked at again", "By whom", "Last looked at", "What came of it"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest) -> HttpResponse:
    """Names come by POST and stay in the session, sealed: an address never holds one."""
    read = reading(request, "see_children")
    if request.method == "POST":
        return _searched(request)
    form, asked = _asked(request)
    found = decisions_page.wanted(request.actor, read.authority, asked, read.today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    lines = decisions_page.lines(request.actor, page, read.today)
    _saw(request, lines)
    reach = decisions_page.in_reach(request.actor, read.authority)
    context = {
        "form": form,
        "named": asked.maker or asked.child,
        "narrowed": asked != Wanted(),
        "lines": lines,
        "pages": page,
        "waiting": decisions_page.not_told(reach).count(),
        "again": decisions_page.to_look_at(reach, read.today).count(),
        "may_export": access.may(request.actor, "export"),
    }
    return render(request, "decisions/list.html", context)


@require_safe
def decisions_export(request: HttpRequest) -> HttpResponse:
    read = reading(request, "export")
    if factor.must_ask(request):
        return factor.ask_again(request)
    _, asked = _asked(request)
    found = decisions_page.wanted(request.actor, read.authority, asked, read.today)
    lines = decisions_page.lines(request.actor, found, read.today)
    limits.spend(request.user, "export")
    _saw(request, lines)
    name = f"decisions-{read.authority.slug}-{read.today.isoformat()}"
    return table_file(name, HEADINGS, map(_cells, lines))


def _searched(request: HttpRequest) -> HttpResponse:
    """What names nobody goes into the address, so that it can be sent to a colleague."""
    limits.spend(request.user, "search")
    named = {name: request.POST.get(name, "").strip()[:60] for name in ("maker", "child")}
    kept = {name: request.POST[name][:40] for name in IN_ADDRESS if request.POST.get(name)}
    if any(named.values()):
        request.trail.searched = " / ".join(named.values())
        searches.keep(request.session, json.dumps(named), searches.DECISIONS)
        kept["named"] = "1"
    return redirect(reverse("decisions") + (f"?{urlencode(kept)}" if kept else ""))


def _asked(request: HttpRequest) -> tuple[FindForm, Wanted]:
    """The search form as it was sent, and what of it can be read."""
    text = searches.kept(request.session, searches.DECISIONS) if request.GET.get("named") == "1" else ""
    values: dict[str, Any] = json.loads(text) if text else {}
    form = FindForm({**{name: request.GET.get(name, "") for name in IN_ADDRESS}, **values})
    form.is_valid()
    said = form.cleaned_data
    return form, Wanted(
        maker=said.get("maker", ""),
        child=said.get("child", ""),
        role=said.get("maker_role", ""),
        kind=said.get("kind", ""),
        since=said.get("since"),
        until=said.get("until"),
        told=said.get("told", ""),
        again=said.get("again", ""),
    )


def _saw(request: HttpRequest, lines: list[DecisionLine]) -> None:
    request.trail.saw({line.fact.child_id for line in lines}, "history")
    if any(line.voice and line.fact.child_view for line in lines):
        request.trail.field_sets.add("voice")


def _cells(line: DecisionLine) -> list[Any]:
    fact = line.fact
    return [
        *(line.child.name, line.child.code, fact.decided_on, line.kind, fact.what, fact.maker, line.role),
        *(fact.basis, fact.alternatives, line.child_view, line.why_not_followed, fact.told_on, fact.told_how),
        *(fact.review_on, fact.review_by, fact.reviewed_on, fact.review_says),
    ]
