"""Opening a record in an emergency by its exact reference, and reviewing what was opened."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records.models import Child
from homeward.records.operations import break_glass
from homeward.records.operations.refused import Refused
from homeward.records.queries import emergency_page
from homeward.records.queries.emergency_page import Access
from homeward.records.roles import ROLES
from homeward.web.emergency.forms import EmergencyForm, ReviewForm
from homeward.web.layout.door import reading
from homeward.web.sign_in import factor

FORM = require_http_methods(["GET", "HEAD", "POST"])
CANNOT = "That reference cannot be opened here. Ask the team that holds the record."


@FORM
def emergency(request: HttpRequest) -> HttpResponse:
    """Every refusal says the same: of no child, a sealed one, or one this person must not see."""
    actor = request.actor
    if actor.authority is None or not actor.meaning.break_glass:
        raise Http404
    if factor.must_ask(request):
        return factor.ask_again(request)
    form = EmergencyForm(request.POST or None)

    def ask() -> Child:
        asked = break_glass.ask(actor, **form.cleaned_data)
        child = asked.child
        if child is None or not asked.opened:
            request.trail.saw([child.pk] if child else [], basis="refused")
            if child and asked.excluded:
                request.trail.about["excluded"] = child.pk
            raise Refused("", CANNOT)
        held = break_glass.open_now(actor.person, child)
        request.trail.saw([child.pk], basis="break_glass" if held else "")
        request.trail.about["break_glass"] = held.pk if held else 0
        return child

    child = form.done(ask)
    if child is not None:
        return redirect("child", public_id=child.public_id)
    context = {"form": form, "waiting": break_glass.unreviewed(actor.person)}
    context["suspended"] = not break_glass.is_eligible(actor)
    return render(request, "emergency/emergency.html", context, status=form.status)


@require_safe
def emergency_reviews(request: HttpRequest) -> HttpResponse:
    """Every emergency access of the council: those that wait for a review, and those reviewed."""
    read = reading(request, "review_break_glass")
    waiting, reviewed = emergency_page.waiting(request.actor), emergency_page.reviewed(request.actor)
    request.trail.saw([line.opened.child_id for line in (*waiting, *reviewed)], basis="review")
    context = {
        "authority": read.authority,
        "waiting": [_told(line) for line in waiting],
        "overdue": sum(line.overdue for line in waiting),
        "reviewed": [_told(line) for line in reviewed],
    }
    return render(request, "emergency/reviews.html", context)


@FORM
def emergency_review(request: HttpRequest, pk: int) -> HttpResponse:
    reading(request, "review_break_glass")
    found = emergency_page.access_of(request.actor, pk)
    if found is None:
        raise Http404
    request.trail.saw([found.child_id], basis="review")
    form = ReviewForm(request.POST or None)

    def review() -> bool:
        break_glass.review(found, by=request.user, **form.cleaned_data)
        request.trail.about["break_glass"] = pk
        return True

    if form.done(review):
        return redirect("emergency_reviews")
    line = next((each for each in emergency_page.waiting(request.actor) if each.opened.pk == pk), None)
    if line is None and not form.errors:
        raise Http404
    context = {"form": form, "line": _told(line) if line else None}
    return render(request, "emergency/review.html", context, status=form.status)


def _told(line: Access) -> dict[str, Any]:
    held = line.opened
    return {
        "line": line,
        "held": held,
        "who": line.name or (f"Reference {line.reference}" if line.reference else "A sealed record"),
        "role": ROLES[held.role].title if held.role in ROLES else held.role,
        "category": break_glass.CATEGORIES.get(held.category, held.category),
        "outcome": break_glass.OUTCOMES.get(held.outcome, ""),
    }
