"""Writing for the board: the commentary of a section, an action, and what came of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from homeward.domain.measures import measures
from homeward.domain.quarters import Quarter
from homeward.records.models import BoardAction, BoardCommentary
from homeward.records.operations import board as operations
from homeward.records.operations.board import WrittenMeanwhile
from homeward.records.queries import board_words
from homeward.web.board.forms import ActionForm, CloseForm, CommentaryForm
from homeward.web.board.views import quarter_asked
from homeward.web.layout.correcting import CONFLICT
from homeward.web.layout.door import reading

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def board_commentary(request: HttpRequest) -> HttpResponse:
    """A new version of what is said of a section; earlier ones stay readable below the form."""
    read = reading(request, "write_board_report")
    quarter = quarter_asked(request, read)
    section = _section(request)
    versions = board_words.versions_of(read.authority, quarter, section.key)
    newest = versions[0] if versions else None
    began = _began(request, versions)
    form = CommentaryForm(request.POST or None, initial={"says": newest.says if newest else ""})

    def write() -> BoardCommentary:
        return operations.write_commentary(
            request.actor, quarter, section.key, **form.cleaned_data, replaces=began, now=settings.NOW()
        )

    newer: BoardCommentary | None = None
    try:
        made = form.done(write)
    except WrittenMeanwhile as meanwhile:
        made, newer = None, meanwhile.newer
    if made is not None:
        request.trail.about["board_commentary"] = made.pk
        return redirect(_report(quarter) + f"#{section.key}")
    context = read.context() | {
        "form": form,
        "quarter": quarter,
        "section": section,
        "from": (newer or newest).pk if (newer or newest) else "",
        "versions": versions,
        "began": began.says if began else "Nothing was written yet",
        "newer": _newer(newer, newer.says) if newer else None,
        "leave": _report(quarter),
    }
    return render(request, "board/commentary.html", context, status=CONFLICT if newer else form.status)


@FORM
def board_action_add(request: HttpRequest) -> HttpResponse:
    read = reading(request, "write_board_report")
    quarter = quarter_asked(request, read)
    form = ActionForm(request.POST or None)

    def agree() -> BoardAction:
        return operations.agree_action(request.actor, **form.cleaned_data, now=settings.NOW())

    if (made := form.done(agree)) is not None:
        request.trail.about["board_action"] = made.pk
        return redirect(_report(quarter) + "#actions")
    context = read.context() | {"form": form, "leave": _report(quarter)}
    return render(request, "board/action.html", context, status=form.status)


@FORM
def board_action_close(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of an action; of one that a colleague closed meanwhile, both versions are shown."""
    read = reading(request, "write_board_report")
    action = board_words.action_of(read.authority, pk)
    if action is None:
        raise Http404
    form = CloseForm(request.POST or None, initial={"done_on": read.today})

    def close() -> BoardAction:
        return operations.close_action(request.actor, action, **form.cleaned_data, now=settings.NOW())

    newer = board_words.newer_than(action)
    try:
        made = form.done(close)
    except WrittenMeanwhile as meanwhile:
        made, newer = None, meanwhile.newer
    if made is not None:
        request.trail.about["board_action"] = made.pk
        return redirect(reverse("board_report") + "#actions")
    context = read.context() | {
        "form": form,
        "action": board_words.ActionLine(action, read.today),
        "again": reverse("board_action_close", args=[newer.pk if newer else pk]),
        "began": action.what,
        "newer": _newer(newer, newer.outcome or newer.what) if newer else None,
        "leave": reverse("board_report"),
    }
    status = CONFLICT if newer and form.is_bound else form.status
    return render(request, "board/close.html", context, status=status)


def _section(request: HttpRequest) -> Any:
    key = request.GET.get("section", "")
    sections = measures().sections
    found = next((one for one in sections if one.key == key), None)
    if found is None and key:
        raise Http404
    return found or sections[0]


def _began(request: HttpRequest, versions: list[BoardCommentary]) -> BoardCommentary | None:
    """The version from which the form was begun, as it says itself."""
    asked = request.POST.get("from", "")
    return next((one for one in versions if str(one.pk) == asked), None)


def _newer(version: Any, said: str) -> dict[str, Any]:
    """What layout/both_versions.html shows."""
    return {"words": said, "by": version.written_by.name, "on": version.written_at}


def _report(quarter: Quarter) -> str:
    return f"{reverse('board_report')}?quarter={quarter.key}"
