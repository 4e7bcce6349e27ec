"""Sealing in two steps: say why, look at what it means, then seal."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from homeward.records import access
from homeward.records.models import Restriction
from homeward.records.operations import protect
from homeward.web.child.frame import frame, opened, shown_dates
from homeward.web.seal.forms import SealForm
from homeward.web.sign_in import factor


@require_http_methods(["GET", "HEAD", "POST"])
def child_seal(request: HttpRequest, public_id: str) -> HttpResponse:
    if not access.may(request.actor, "seal"):
        raise Http404
    if factor.must_ask(request):
        return factor.ask_again(request)
    read, page = opened(request, public_id, write=True)
    form = SealForm(request.POST or None, code=page.code)

    def seal() -> Restriction:
        reason = form.cleaned_data["reason"]
        return protect.seal(page.child, by=request.user, reason=reason, now=settings.NOW())

    sure = request.method == "POST" and form.is_valid()
    if sure and request.POST.get("sure") == "1" and (made := form.done(seal)) is not None:
        request.trail.about |= {"restriction": made.pk, "level": made.level}
        return redirect("home")
    context = frame(request, read, page, shown_dates(read, page), "seal") | {"form": form, "sure": sure}
    return render(request, "seal/seal.html", context, status=form.status)
