"""What was typed into a long form and not yet sent, for the views that keep it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from homeward.records.models import Child
from homeward.records.operations import unsent
from homeward.reports import words

_OURS = ("csrfmiddlewaretoken", "once", "form_name", "keep", "withdraw")


def draft_of(request: HttpRequest, child: Child, name: str) -> dict[str, str]:
    """What was kept of this form; nothing when the form itself was sent."""
    return {} if request.method == "POST" else kept(request, child, name)


def kept(request: HttpRequest, child: Child, name: str) -> dict[str, str]:
    """What was kept of this form earlier, whatever is being sent now."""
    if not hasattr(request, "unsent"):
        request.unsent = unsent.kept(request.user, child, name)
    return request.unsent.values if request.unsent else {}


def typed(request: HttpRequest) -> dict[str, str]:
    return {name: str(value)[:2000] for name, value in request.POST.items() if name not in _OURS}


def keep(request: HttpRequest, child: Child, name: str) -> None:
    """Keeps what was sent, beside what was kept of the form's other pages."""
    unsent.keep(request.user, child, name, kept(request, child, name) | typed(request))


def context(request: HttpRequest) -> dict[str, Any]:
    """What record/problems.html says of a draft that was found."""
    draft = getattr(request, "unsent", None)
    return {"draft": draft, "draft_until": words.day(draft.kept_until.date()) if draft else ""}
