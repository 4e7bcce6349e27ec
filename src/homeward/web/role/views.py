"""The role and council a person acts in: one at a time, shown on every page and written in the audit."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from homeward.web.sign_in import factor


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest) -> HttpResponse:
    places = request.places
    if request.method == "POST":
        chosen = next((place for place in places if place.key == request.POST.get("place")), None)
        if chosen is None:
            raise Http404
        factor.cycle(request)
        request.session["place"] = chosen.key
        return redirect("home")
    return render(request, "role/role.html", {"choices": places, "now": request.actor.key})
