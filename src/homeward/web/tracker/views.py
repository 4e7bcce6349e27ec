"""The tracker: filters, views, columns, order, and the same rows as files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from homeward.domain.delay import CAUSES, NONE, cause_words
from homeward.domain.packs import pack
from homeward.domain.standing import ROUTE_WORDS, STAGES
from homeward.records import access
from homeward.records.operations import limits, tracker_views
from homeward.records.queries import tracker_page, tracker_rows
from homeward.records.queries.cohorts import COHORTS
from homeward.records.queries.tracker_page import Tracker, TrackerChild, Wanted
from homeward.reports import words
from homeward.web.drawing import HOME_TONES, Stay
from homeward.web.layout.door import reading
from homeward.web.layout.table_files import KINDS, table_file
from homeward.web.sign_in import factor
from homeward.web.tracker.columns import CARE, DEFAULT, STATE_WORDS, STATES, Column, columns_of
from homeward.web.tracker.rows import HEADINGS, Row, cells, row

PAGE = 50
FILTERS = ("plan", "stage", "status", "worker", "officer", "rule", "state", "care", "cause")


@require_safe
def tracker(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_children")
    shown = tracker_page.tracker(request.actor, read.authority, read.as_at, read.today, read.aside)
    wanted = _wanted(request.GET)
    children = tracker_page.in_order(
        shown.wanted(wanted), request.GET.get("sort", ""), reverse=request.GET.get("dir") == "down"
    )
    page = Paginator(children, PAGE).get_page(request.GET.get("page"))
    request.trail.saw([child.pk for child in page])
    columns = columns_of(pack(shown.policy.own))
    headings = [columns[key] for key in request.GET.getlist("column") if key in columns]
    headings = headings or [columns[key] for key in DEFAULT]
    chosen = [column.key for column in headings]
    context = {
        **read.context(),
        "figures": _figures(shown, read.keep),
        "chips": _chips(request.GET, wanted),
        "tags": _tags(request.GET, wanted, shown),
        "cohort_choices": _choices(COHORTS.values(), wanted.cohorts),
        "selects": _selects(request.GET, shown),
        "kept": _kept(request.GET, "sort", "dir", "column", "all"),
        "kept_for_columns": _kept(request.GET, "cohort", "as_at", "sort", "dir", "all", *FILTERS),
        "all_columns": _choices(columns.values(), chosen),
        "columns": _headings(request.GET, headings),
        "shown": [(column.key, column.title) for column in headings],
        "with_bars": "months" in chosen,
        "home_key": HOME_TONES,
        "rows": _rows(shown, list(page), read.keep, with_plans=not {"target", "waits"}.isdisjoint(chosen)),
        "pages": page,
        "caption": _caption(len(children), request.GET),
        "nothing": "No child fits these filters." if shown.children else "No child is on the tracker.",
        **_views(request),
        "may_export": access.may(request.actor, "export"),
        "csv_link": _file_link(request.GET, "csv"),
        "xlsx_link": _file_link(request.GET, "xlsx"),
    }
    return render(request, "tracker/tracker.html", context)


def _rows(shown: Tracker, children: list[TrackerChild], keep: str, *, with_plans: bool) -> list[Row]:
    """The rows of one page; with the target of the main plan and what it waits for where that is asked."""
    listed = [child.pk for child in children]
    stays, latest = tracker_rows.homes_of(listed), tracker_rows.latest_of(listed, shown.as_at)
    rows = [
        row(shown, child, [Stay(*stay) for stay in stays[child.pk]], latest[child.pk], keep)
        for child in children
    ]
    plans = tracker_rows.main_plans_of(listed) if with_plans else {}
    for child, each in zip(children, rows, strict=True):
        if child.pk in plans:
            target, waits = plans[child.pk]
            each.target, each.waits = words.day(target), "; ".join(waits)
    return rows


def _choices(all_of_them: Iterable[Any], chosen: Collection[str]) -> list[dict[str, Any]]:
    """Boxes to tick: each with its key, its title and whether it is ticked."""
    return [{"key": each.key, "title": each.title, "on": each.key in chosen} for each in all_of_them]


@require_safe
def tracker_export(request: HttpRequest) -> HttpResponse:
    read = reading(request, "export")
    if factor.must_ask(request):
        return factor.ask_again(request)
    shown = tracker_page.tracker(request.actor, read.authority, read.as_at, read.today, read.aside)
    children = tracker_page.in_order(
        shown.wanted(_wanted(request.GET)),
        request.GET.get("sort", ""),
        reverse=request.GET.get("dir") == "down",
    )
    kind = request.GET.get("format", "csv")
    if kind not in KINDS:
        raise Http404
    limits.spend(request.user, "export")
    request.trail.saw([child.pk for child in children])
    rows = (cells(shown, child) for child in children)
    name = f"tracker-{read.authority.slug}-{read.as_at.isoformat()}"
    return table_file(name, HEADINGS, rows, kind=kind, title="Tracker")


@require_POST
def tracker_view_save(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_children")
    query = _clean_query(request.POST.get("query", ""))
    name = request.POST.get("name", "").strip()[:60] or "My view"
    shared = request.POST.get("shared") == "1"
    view = tracker_views.save_view(request.user, read.authority, name, query, shared=shared)
    return redirect(f"{reverse('tracker')}?{query}{'&' if query else ''}view={view.pk}")


@require_POST
def tracker_view_drop(request: HttpRequest, pk: int) -> HttpResponse:
    read = reading(request, "see_children")
    if not tracker_views.drop_view(request.user, read.authority, pk):
        raise Http404
    return redirect("tracker")


def _wanted(chosen: QueryDict) -> Wanted:
    return Wanted(
        cohorts=tuple(key for key in chosen.getlist("cohort") if key in COHORTS),
        plan=chosen.get("plan", ""),
        stage=chosen.get("stage", ""),
        legal_status=chosen.get("status", ""),
        worker=chosen.get("worker", ""),
        officer=chosen.get("officer", ""),
        rule=chosen.get("rule", ""),
        state=chosen.get("state", ""),
        care=chosen.get("care", ""),
        cause=chosen.get("cause", ""),
    )


def _query(chosen: QueryDict, *, without: Iterable[str] = (), **changes: str) -> str:
    """The address of this list with some choices changed; the page number never stays."""
    query = chosen.copy()
    for name in ("page", *without):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return "?" + query.urlencode()


def _toggled(chosen: QueryDict, key: str) -> str:
    query = chosen.copy()
    for name in ("page", "view"):
        query.pop(name, None)
    cohorts = query.getlist("cohort")
    query.setlist("cohort", [k for k in cohorts if k != key] if key in cohorts else [*cohorts, key])
    return "?" + query.urlencode()


def _clean_query(text: str) -> str:
    """Only the tracker's own choices are kept in a saved view."""
    asked, kept = QueryDict(text), QueryDict(mutable=True)
    for name in ("cohort", "as_at", "sort", "dir", "column", "all", *FILTERS):
        if asked.getlist(name):
            kept.setlist(name, asked.getlist(name))
    return kept.urlencode()


def _kept(chosen: QueryDict, *names: str) -> list[tuple[str, str]]:
    return [(name, value) for name in names for value in chosen.getlist(name)]


def _figures(shown: Tracker, keep: str) -> list[dict[str, Any]]:
    more = keep.replace("?", "&")
    inside = sum(child.in_care for child in shown.children)
    return [
        {"number": inside, "words": "children in our care", "query": f"?care=in{more}"},
        {
            "number": len(shown.children) - inside,
            "words": "before care: at the gateway, in pre-proceedings or in court",
            "query": f"?care=out{more}",
        },
        {
            "number": sum(child.overdue > 0 for child in shown.children),
            "words": "with a date overdue",
            "query": f"?state=late{more}",
            "late": True,
        },
        {
            "number": len(shown.wanted(Wanted(state="soon"))),
            "words": "with a date due in 28 days",
            "query": f"?state=soon{more}",
        },
        {
            "number": sum(not child.main_plan for child in shown.children if child.in_care),
            "words": "in our care with no main plan recorded",
            "query": f"?plan=none&care=in{more}",
        },
    ]


def _chips(chosen: QueryDict, wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {"title": c.title, "query": _toggled(chosen, c.key), "on": c.key in wanted.cohorts}
        for c in COHORTS.values()
    ]


def _tags(chosen: QueryDict, wanted: Wanted, shown: Tracker) -> list[dict[str, str]]:
    tags = [{"words": COHORTS[key].title, "query": _toggled(chosen, key)} for key in wanted.cohorts]
    said = {
        "plan": ROUTE_WORDS.get(wanted.plan, "no main plan recorded"),
        "stage": STAGES.get(wanted.stage, wanted.stage),
        "status": words.label("LS", wanted.legal_status) if wanted.legal_status else "",
        "worker": dict(_names(c.worker for c in shown.children)).get(wanted.worker, ""),
        "officer": dict(_names(c.officer for c in shown.children)).get(wanted.officer, ""),
        "rule": _rule_title(shown, wanted.rule),
        "state": STATE_WORDS.get(wanted.state, ""),
        "care": dict(CARE).get(wanted.care, ""),
        "cause": cause_words(wanted.cause),
    }
    for name in FILTERS:
        if chosen.get(name) and said[name]:
            tags.append({"words": said[name], "query": _query(chosen, without=(name, "view"))})
    return tags


def _rule_title(shown: Tracker, key: str) -> str:
    return next((rule.title for rule in shown.policy.rules if rule.key == key), key)


def _selects(chosen: QueryDict, shown: Tracker) -> list[dict[str, Any]]:
    statuses = sorted({c.legal_status for c in shown.children if c.legal_status})
    stages = {c.stage for c in shown.children}
    plans = {c.main_plan for c in shown.children}
    choices = (
        ("care", "In our care", CARE),
        (
            "plan",
            "Main plan",
            [("none", "None recorded"), *((k, v) for k, v in ROUTE_WORDS.items() if k in plans)],
        ),
        ("stage", "Stage", [(k, v) for k, v in STAGES.items() if k in stages]),
        ("status", "Legal status", [(code, words.label("LS", code)) for code in statuses]),
        ("state", "Dates", STATES),
        ("rule", "Rule", sorted({(r.key, r.title) for r in shown.policy.rules}, key=lambda pair: pair[1])),
        ("cause", "Cause of delay", _causes(shown)),
        ("worker", "Social worker", _names(c.worker for c in shown.children)),
        ("officer", "Reviewing officer", _names(c.officer for c in shown.children)),
    )
    return [
        {"name": name, "title": title, "choices": options, "chosen": chosen.get(name, "")}
        for name, title, options in choices
        if options
    ]


def _causes(shown: Tracker) -> list[tuple[str, str]]:
    found = {child.cause for child in shown.children}
    return [
        *((key, said) for key, said in CAUSES.items() if key in found),
        (NONE, "Overdue, no cause recorded"),
    ]


def _names(everyone: Iterable[str]) -> list[tuple[str, str]]:
    return [(tracker_page.name_key(name), name) for name in sorted({name for name in everyone if name})]


def _headings(chosen: QueryDict, columns: list[Column]) -> list[dict[str, Any]]:
    sort, down = chosen.get("sort", ""), chosen.get("dir") == "down"
    found = []
    for key, title, sorts in [
        ("child", "Child", True),
        *((column.key, column.title, column.sorts) for column in columns),
    ]:
        now = ("descending" if down else "ascending") if sort == key else ""
        query = (
            _query(chosen, without=("dir",), sort=key)
            if sort != key or down
            else _query(chosen, sort=key, dir="down")
        )
        found.append({"key": key, "title": title, "query": query if sorts else "", "sort": now})
    return found


def _caption(number: int, chosen: QueryDict) -> str:
    order = "" if chosen.get("sort") else ", the longest wait first"
    return f"{words.count(number, 'child', 'children')}{order}"


def _views(request: HttpRequest) -> dict[str, Any]:
    views = tracker_views.views_of(request.user, request.actor.authority)
    asked = request.GET.get("view", "")
    return {"views": views, "view": next((view for view in views if str(view.pk) == asked), None)}


def _file_link(chosen: QueryDict, kind: str) -> str:
    return reverse("tracker_export") + _query(chosen, format=kind)
