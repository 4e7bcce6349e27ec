"""A child's files: list, add, open, remove. What is kept came through the gate (homeward.files)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from homeward.files import gate
from homeward.files.kinds import IMAGES, KINDS, WE_KEEP, Refused
from homeward.records import access
from homeward.records.models import StoredFile
from homeward.records.operations import files, limits
from homeward.records.queries import files_page
from homeward.web.child.frame import around
from homeward.web.files.forms import AddForm, RemoveForm
from homeward.web.layout.door import child_of, reading

_SANDBOX = "sandbox; default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"


@require_safe
def child_files(request: HttpRequest, public_id: str) -> HttpResponse:
    child = child_of(request, public_id)
    read = reading(request, "see_children")
    may_add = access.may(request.actor, "add_file") and not getattr(request, "break_glass", False)
    context = around(request, read, child, "files") | {
        "files": [_said(file) for file in files_page.files_of(request.actor, child)],
        "removed": [_said(file) for file in files_page.removed_of(request.actor, child)],
        "may_add": may_add,
        "we_keep": WE_KEEP,
    }
    return render(request, "files/files.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def child_file_add(request: HttpRequest, public_id: str) -> HttpResponse:
    child = child_of(request, public_id, write=True)
    read = reading(request, "add_file")
    choices = files_page.may_be_about(request.actor, child)
    form = AddForm(name=child.name, choices=choices)
    if request.method == "POST":
        form = AddForm(request.POST, request.FILES, name=child.name, choices=choices)
        if form.is_valid() and _kept(request, form, child):
            return redirect("child_files", public_id=public_id)
    context = around(request, read, child, "files") | {"form": form, "choices": choices, "we_keep": WE_KEEP}
    return render(request, "files/add.html", context, status=400 if form.errors else 200)


@require_safe
def child_file(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The file itself, under a name that says nothing. A picture is shown; everything else is saved first."""
    child = child_of(request, public_id)
    reading(request, "see_children")
    stored = files_page.file_of(request.actor, child, pk)
    if stored is None:
        raise Http404
    _write_down(request, stored)
    kind = KINDS[stored.kind]
    response = HttpResponse(files.read(stored), content_type=kind.media)
    shown = "inline" if stored.kind in IMAGES else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="file-{stored.pk}.{kind.ext}"'
    response.headers["Content-Security-Policy"] = _SANDBOX
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def child_file_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    child = child_of(request, public_id, write=True)
    read = reading(request, "add_file")
    stored = files_page.file_of(request.actor, child, pk)
    if stored is None:
        raise Http404
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        files.remove(stored, request.actor.person, form.cleaned_data["reason"], settings.NOW())
        _write_down(request, stored)
        return redirect("child_files", public_id=public_id)
    context = around(request, read, child, "files") | {"form": form, "file": _said(stored)}
    return render(request, "files/remove.html", context, status=400 if form.errors else 200)


def _kept(request: HttpRequest, form: AddForm, child: Any) -> bool:
    """Whether the file was safe and is kept; why not is said beside the field."""
    sent = form.cleaned_data["file"]
    limits.spend(request.user, "upload")
    try:
        accepted = gate.accept(sent.name, sent.read())
    except Refused as refused:
        form.add_error("file", str(refused))
        return False
    stored = files.store(
        accepted,
        child.authority,
        child,
        request.actor.person,
        settings.NOW(),
        title=form.cleaned_data["title"],
        field_set=form.cleaned_data["about"],
    )
    _write_down(request, stored)
    return True


def _write_down(request: HttpRequest, stored: StoredFile) -> None:
    request.trail.field_sets.add(stored.field_set)
    request.trail.about["file"] = stored.pk


def _said(file: StoredFile) -> dict[str, Any]:
    return {
        "pk": file.pk,
        "title": file.title or "No title",
        "kind": KINDS[file.kind].words,
        "size": file.size,
        "by": file.added_by.name if file.added_by else "the demonstration",
        "on": file.added_at,
        "removed_by": file.removed_by.name if file.removed_by else "",
        "removed_on": file.removed_at,
        "reason": file.reason,
        "opens": "Opens here" if file.kind in IMAGES else "Is saved to your computer",
    }
