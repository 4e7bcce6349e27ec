"""Who acts for whom: a manager for the team, a system manager for the council, everyone for themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from homeward.records import access
from homeward.records.models import Cover, Role
from homeward.records.operations import covers
from homeward.records.queries import people_page
from homeward.web.cover.forms import CoverForm
from homeward.web.layout.door import reading, today


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose covers the person sees and makes: the council's, those of a team, or their own."""

    covers: list[Cover]
    away: list[Role]
    whose: str


@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest) -> HttpResponse:
    scope = _scope(request)
    authority = request.actor.authority
    own = scope.whose == "own"
    form = CoverForm(
        request.POST or None,
        away=scope.away,
        able=people_page.able_to_act(authority),
        initial={"started_on": today(), "covered": str(request.user.pk) if own else ""},
    )

    def make() -> int:
        made = covers.make_cover(authority, by=request.user, **form.cleaned_data)
        request.trail.about |= {"cover": made.pk, "people": [made.covered_id, made.by_id]}
        return made.pk

    if form.done(make) is not None:
        return redirect("cover")
    context = {
        "form": form,
        "whose": scope.whose,
        "covers": [
            {"cover": one, "ahead": one.started_on > today(), "last": one.ended_on == today()}
            for one in scope.covers
        ],
        "may_make": bool(scope.away),
        "manages": access.may(request.actor, "manage_people"),
    }
    return render(request, "cover/cover.html", context, status=form.status)


@require_POST
def cover_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = next((one for one in _scope(request).covers if one.pk == pk), None)
    if found is None:
        raise Http404
    request.trail.about |= {"cover": pk, "people": [found.covered_id, found.by_id]}
    covers.end_cover(found)
    return redirect("cover")


def _scope(request: HttpRequest) -> Scope:
    actor, person = request.actor, request.user
    authority = reading(request, "see_home").authority
    everyone = people_page.holders(authority, ("mine",))
    if access.may(actor, "manage_people") or (
        access.may(actor, "cover") and actor.meaning.reach == "authority"
    ):
        return Scope(people_page.covers_of(authority), everyone, "council")
    if access.may(actor, "cover") and actor.role.team is not None:
        team = actor.role.team
        return Scope(
            people_page.covers_of(authority, team=team),
            [role for role in everyone if role.team == team],
            "team",
        )
    mine = [role for role in everyone if role.person == person]
    return Scope(people_page.covers_of(authority, person=person), mine, "own")
