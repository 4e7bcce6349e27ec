"""What every view asks first, with what its address says."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from homeward.records import door
from homeward.records.door import Reading, today
from homeward.records.models import Child

__all__ = ["Reading", "child_of", "reading", "today"]


def reading(request: HttpRequest, action: str) -> Reading:
    """The record this person reads in the role they act in; 404 for one who may not do `action` there."""
    show_all = request.GET.get("all") == "1"
    return door.reading(request.actor, action, _as_at(request), show_all=show_all)


def child_of(request: HttpRequest, public_id: str, *, write: bool = False) -> Child:
    """The one way to a child's page; 404 for a child out of reach, the same as for one who is not there."""
    found = door.child_of(request.actor, request.trail, public_id, write=write)
    if "break_glass" in request.trail.children:
        request.break_glass = True
    return found


def _as_at(request: HttpRequest) -> date:
    """The day in the address; a day that cannot be read is today."""
    try:
        return date.fromisoformat(request.GET.get("as_at", ""))
    except ValueError:
        return today()
