"""Who works with a child: allocate, end, hand over; and the children who need a worker."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from homeward.records import access
from homeward.records.operations import allocations
from homeward.records.queries import working_with
from homeward.web.child.frame import frame, opened, shown_dates
from homeward.web.layout.door import reading, today
from homeward.web.working_with.forms import AllocateForm, EndForm, ReassignForm

FORM = require_http_methods(["GET", "HEAD", "POST"])
GROUPS = (("now", "Now"), ("ahead", "To come"), ("hand_over", "Handing over"), ("past", "Before"))


@FORM
def child_people(request: HttpRequest, public_id: str) -> HttpResponse:
    writes = request.method == "POST"
    may_allocate = access.may(request.actor, "allocate")
    if writes and not may_allocate:
        raise Http404
    read, page = opened(request, public_id, "history", write=writes)
    child = page.child
    form = AllocateForm(request.POST or None, authority=child.authority, initial={"started_on": today()})

    def allocate() -> int:
        made = allocations.allocate(child, by=request.user, **form.cleaned_data)
        request.trail.about |= {"allocation": made.pk, "person": made.person_id}
        return made.pk

    if form.done(allocate) is not None:
        return redirect("child_people", public_id=public_id)
    lines = working_with.with_child(child)
    context = frame(request, read, page, shown_dates(read, page), "people") | {
        "form": form,
        "may_allocate": may_allocate and not getattr(request, "break_glass", False),
        "groups": [
            {
                "title": title,
                "state": state,
                "lines": found,
                "may_end": may_allocate and state in ("now", "ahead"),
            }
            for state, title in GROUPS
            if (found := [line for line in lines if line.state(today()) == state])
        ],
    }
    return render(request, "working_with/child.html", context, status=form.status)


@FORM
def child_people_end(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    if not access.may(request.actor, "allocate"):
        raise Http404
    read, page = opened(request, public_id, "history", write=True)
    found = working_with.allocation_of(page.child, pk)
    if found is None:
        raise Http404
    form = EndForm(request.POST or None, initial={"ended_on": today()})

    def end() -> int:
        allocations.end_allocation(found, form.cleaned_data["ended_on"])
        request.trail.about |= {"allocation": pk, "person": found.person_id}
        return pk

    if form.done(end) is not None:
        return redirect("child_people", public_id=public_id)
    context = frame(request, read, page, shown_dates(read, page), "people") | {
        "form": form,
        "name": found.person.name,
        "hands_over": found.basis == "allocated",
        "pk": pk,
    }
    return render(request, "working_with/end.html", context, status=form.status)


@FORM
def without_worker(request: HttpRequest) -> HttpResponse:
    """The children in reach whom nobody works with, and one person to take those chosen over."""
    read = reading(request, "allocate")
    found = working_with.children_in_need(request.actor)
    request.trail.saw([child.pk for child, _ in found])
    children = {child.public_id: child for child, _ in found}
    form = ReassignForm(
        request.POST or None,
        authority=read.authority,
        children={public_id: child.name for public_id, child in children.items()},
    )

    def reassign() -> list[int]:
        role, reason = form.cleaned_data["role"], form.cleaned_data["reason"]
        chosen = [children[public_id] for public_id in form.cleaned_data["children"]]
        made = allocations.reassign(chosen, role, reason=reason, by=request.user)
        request.trail.about |= {"allocations": [one.pk for one in made], "person": role.person_id}
        return request.trail.about["allocations"]

    if form.done(reassign) is not None:
        return redirect("without_worker")
    ticked = request.POST.getlist("children")
    lines = [{"child": child, "was": was, "ticked": child.public_id in ticked} for child, was in found]
    return render(
        request, "working_with/without_worker.html", {"form": form, "lines": lines}, status=form.status
    )
