"""Importing files: upload, the difference before anything is saved, apply, problems."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.intake.load import CannotRead, load_uploads
from homeward.records.models import Load
from homeward.records.operations import limits, uploads
from homeward.records.queries import imports_page, quality_page
from homeward.records.queries.fact_words import KIND_WORDS
from homeward.reports import words
from homeward.web.imports.forms import UploadForm
from homeward.web.layout.door import Reading, reading


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: HttpRequest) -> HttpResponse:
    read = reading(request, "import")
    errors: list[str] = []
    if request.method == "POST":
        load, errors = _received(request, read)
        if load is not None:
            return redirect("import_show", pk=load.pk)
    context = read.context() | {
        "errors": errors,
        "year": request.POST.get("year", ""),
        "loads": [_listed(load) for load in imports_page.loads_of(read.authority)],
        "unrecorded": [],
    }
    return render(request, "imports/upload.html", context, status=400 if errors else 200)


@require_safe
def import_show(request: HttpRequest, pk: int) -> HttpResponse:
    read, load = _open(request, pk)
    page = imports_page.page_of(request.actor, load)
    request.trail.saw([line["pk"] for line in page.children if line["pk"]])
    report, total = load.report, page.total
    applied = load.state == "applied" or "applied_as" in report
    context = read.context() | {
        "page": {
            "pk": load.pk,
            "title": "What was imported" if applied else "What would change",
            "applied": applied,
            "may_apply": _changes_something(report) and uploads.still_kept(load),
            "result": _result(page, applied),
            "read": _read(report) if load.state == "tried" else "",
            **total,
            "children": report.get("children_new", 0),
            "concerned": len(page.children) + page.more,
            "problems": len(report.get("problems", [])),
            "kinds": [
                {"words": KIND_WORDS.get(name, name), **counts}
                for name, counts in (report.get("counts", {}) if page.whole else {}).items()
            ],
            "conflicts": [
                f"{line['name']}: {said}" for line in page.children for said in line.get("conflict", [])
            ],
            "by_child": page.children,
            "more_children": page.more,
            "files": [file["name"] for file in load.files],
        },
    }
    return render(request, "imports/show.html", context)


@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    read, load = _open(request, pk)
    files = uploads.uploads_of(load)
    if load.state != "tried" or not files:
        raise Http404
    outcome = load_uploads(
        read.authority, files, now=settings.NOW(), person=request.user, year=load.report.get("year")
    )
    request.trail.saw(outcome.touched)
    request.trail.about["load"] = outcome.load.pk
    uploads.applied_as(load, outcome.load)
    return redirect("import_show", pk=load.pk)


@require_safe
def import_problems(request: HttpRequest, pk: int) -> HttpResponse:
    read, load = _open(request, pk)
    groups, shown = quality_page.groups_of(request.actor, load)
    request.trail.saw(shown)
    return render(
        request, "imports/problems.html", read.context() | {"page": {"pk": load.pk, "groups": groups}}
    )


def _open(request: HttpRequest, pk: int) -> tuple[Reading, Load]:
    read = reading(request, "import")
    load = imports_page.load_of(read.authority, pk)
    if load is None:
        raise Http404
    return read, load


def _received(request: HttpRequest, read: Reading) -> tuple[Load | None, list[str]]:
    """The files read and kept with what they would change, or why they cannot be read."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return None, [str(error) for found in form.errors.values() for error in found]
    files = [(file.name, file.read()) for file in form.cleaned_data["files"]]
    try:
        return _tried(request, read, files, form.cleaned_data["year"]), []
    except CannotRead as refused:
        return None, [str(refused)]


def _tried(request: HttpRequest, read: Reading, files: list[tuple[str, bytes]], year: int | None) -> Load:
    now = settings.NOW()
    limits.spend(request.user, "upload")
    outcome = load_uploads(read.authority, files, now=now, person=request.user, year=year, try_only=True)
    lines = imports_page.lines_of(read.authority, outcome)
    return uploads.keep_try(read.authority, request.user, files, year, outcome, lines, now)


def _result(page: imports_page.ImportPage, applied: bool) -> str:
    report = page.load.report
    if page.load.state == "applied":
        return _read(report)
    if report.get("nothing"):
        rows = report.get("rows_new", 0) + report.get("rows_gone", 0)
        other = (
            f" {words.count(rows, 'row')} of these files differ in what no fact is made of yet."
            if rows
            else ""
        )
        return f"The record already holds every fact in these files.{other}"
    children = words.count(len(report.get("children", [])), "child", "children")
    new = report.get("children_new", 0)
    return f"{children} {'were' if applied else 'would be'} changed, {new:,} of them new here."


def _read(report: dict[str, Any]) -> str:
    """How many rows were read, how many of them could not be used, and what several files told alike."""
    said = f"{words.count(report.get('rows_read', 0), 'row')} were read"
    refused, matched = report.get("rows_refused", 0), report.get("matched", 0)
    if refused:
        said += f"; in {refused:,} of them something could not be used as written"
    if matched:
        stands, is_ = ("stands", "is") if matched == 1 else ("stand", "are")
        said += f"; {words.count(matched, 'fact')} {stands} in files of two sorts and {is_} kept once"
    return f"{said}."


def _changes_something(report: dict[str, Any]) -> bool:
    return not report.get("nothing") or bool(report.get("rows_new") or report.get("rows_gone"))


def _listed(load: Load) -> dict[str, Any]:
    names = [file["name"] for file in load.files]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    applied = load.state == "applied"
    return {
        "pk": load.pk,
        "made_at": load.made_at,
        "person": load.person,
        "files_words": ", ".join(names[:3]) + more,
        "state_words": "Applied"
        if applied
        else "Applied later"
        if "applied_as" in load.report
        else "Only tried",
    }
