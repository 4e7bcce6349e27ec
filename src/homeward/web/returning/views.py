"""A child's return home: the plan as it stands, a new one, and every change of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.records import access
from homeward.records.models import ReturnPlan
from homeward.records.operations import returning as operations
from homeward.records.operations import unsent
from homeward.records.operations.facts import withdraw_fact
from homeward.records.queries import returning_page
from homeward.records.queries.child_page import ChildPage
from homeward.web.child.frame import frame, framed, opened, shown_dates, to_record
from homeward.web.layout import drafts
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import Reading, today
from homeward.web.layout.forms import PageForm
from homeward.web.returning.forms import AgreeForm, ChangeForm, EndForm, HomeForm, OpenForm

FORM = require_http_methods(["GET", "HEAD", "POST"])
DRAFT = "return:open"


@require_safe
def child_return(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id, "history")
    held = returning_page.page_of(page)
    ways = [*filter(None, (held.current,)), *held.ended]
    if "voice" in page.fields and any(way.checks for way in ways):
        request.trail.field_sets.add("voice")
    may_change = access.may(request.actor, "record") and not getattr(request, "break_glass", False)
    context = frame(request, read, page, shown_dates(read, page), "return") | {
        "held": held,
        "way": held.current,
        "guidance": _guidance(page),
        "in_care": returning_page.care_began_words(page),
        "may_change": may_change,
        "may_agree": may_change and access.may(request.actor, "agree_return"),
    }
    return render(request, "returning/child.html", context)


@FORM
def child_return_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """A plan, with when the child came into care as the record has it."""
    read, page = to_record(request, public_id, "history")
    begun = {"opened_on": today()} | drafts.draft_of(request, page.child, DRAFT)
    form = OpenForm(request.POST or None, initial=begun)
    if "keep" in request.POST:
        drafts.keep(request, page.child, DRAFT)
        return redirect("home")

    def begin() -> ReturnPlan:
        said = dict(form.cleaned_data)
        helps = said.pop("helps")
        return operations.open_return(page.child, said, helps, by=request.user, now=settings.NOW())

    if (made := form.done(begin)) is not None:
        unsent.drop(request.user, page.child, DRAFT)
        return done(request, page, made)
    told = {
        "title": f"Open a plan for {page.name}’s return home",
        "lead": f"{returning_page.care_began_words(page)}. Write it so that {page.name} can read it one day.",
        "button": "Open the plan",
        "form_name": DRAFT,
    }
    return shown(request, read, page, form, told)


@FORM
def child_return_change(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What the plan says is changed, or it is taken back as recorded in error."""
    read, page, plan = standing(request, public_id, uid)
    name = f"return:{uid}:change"
    kept = drafts.draft_of(request, page.child, name)
    held = {field: getattr(plan, field) for field in ChangeForm.base_fields if field != "reason"}
    form = ChangeForm(request.POST or None, initial=held | kept, home=plan.returned_on is not None)
    if "keep" in request.POST:
        drafts.keep(request, page.child, name)
        return redirect("home")

    def change() -> Any:
        said = dict(form.cleaned_data)
        reason = said.pop("reason")
        if "withdraw" in request.POST:
            return withdraw_fact(plan, by=request.user, now=settings.NOW(), reason=reason)
        return operations.change_return(plan, said, reason=reason, by=request.user, now=settings.NOW())

    changing = Changing(plan, form)
    if changing.tried(change):
        unsent.drop(request.user, page.child, name)
        return done(request, page, changing.made)
    told = {
        "title": "Change the plan for return home",
        "lead": "What it said stays readable. When to whom the child goes, or what must be true first, "
        "changes, a manager agrees anew that it is the best plan.",
        "button": "Change the plan",
        "form_name": name,
        "withdraw": True,
    }
    return changed(request, read, page, changing, told)


@FORM
def child_return_agree(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """A manager agrees, in their own name, that it is the best plan."""
    if not access.may(request.actor, "agree_return"):
        raise Http404
    read, page, plan = standing(request, public_id, uid)
    form = AgreeForm(request.POST or None, initial={"best_on": today()})
    role = request.actor.role.key if request.actor.role else ""

    def agree() -> ReturnPlan:
        said = form.cleaned_data
        return operations.agree_best(
            plan, said["best_on"], said["best_says"], role=role, by=request.user, now=settings.NOW()
        )

    told = {
        "title": "Agree that going home is the best plan",
        "lead": returning_page.said_words(plan),
        "note": f"It is recorded in your name: {request.user.name}, {request.actor.meaning.title.lower()}.",
        "button": "I agree that it is the best plan",
    }
    return _act(request, read, page, Changing(plan, form), agree, told)


@FORM
def child_return_home(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """The day on which the child went home; what the record says of it stands beside and is offered."""
    read, page, plan = standing(request, public_id, uid)
    held = returning_page.page_of(page)
    begun = {"returned_on": plan.returned_on or held.offered}
    if plan.returned_on:
        begun["next_on"] = plan.next_on
    form = HomeForm(request.POST or None, initial=begun)

    def go() -> ReturnPlan:
        said = form.cleaned_data
        return operations.record_home(
            plan, said["returned_on"], said["next_on"], by=request.user, now=settings.NOW()
        )

    told = {
        "title": f"{page.name} went home",
        "lead": returning_page.said_words(plan),
        "held": held,
        "recorded": True,
        "button": "Record the day of going home",
    }
    return _act(request, read, page, Changing(plan, form), go, told)


@FORM
def child_return_end(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    read, page, plan = standing(request, public_id, uid)
    form = EndForm(request.POST or None, initial={"ended_on": today()})

    def end() -> ReturnPlan:
        said = form.cleaned_data
        told = (said["ended_on"], said["outcome"], said["outcome_says"])
        return operations.end_return(plan, *told, by=request.user, now=settings.NOW())

    told = {
        "title": "End the plan for return home",
        "lead": returning_page.said_words(plan),
        "note": "It stays readable. Another plan for return can be opened after it.",
        "button": "End the plan",
    }
    return _act(request, read, page, Changing(plan, form), end, told)


def standing(request: HttpRequest, public_id: str, uid: str) -> tuple[Reading, ChildPage, ReturnPlan]:
    """A plan that is open, or was when somebody else changed it; one that has ended is not found."""
    read, page = to_record(request, public_id, "history")
    plan = returning_page.plan_of(page.child, uid)
    if plan is None or plan.withdrawn or (plan.ended_on and plan.superseded_at is None):
        raise Http404
    return read, page, plan


def shown(
    request: HttpRequest,
    read: Reading,
    page: ChildPage,
    form: PageForm,
    told: dict[str, Any],
    status: int = 0,
) -> HttpResponse:
    """One form of a return home; `told` is its title, lead and button, and what else stands on it."""
    context = framed(request, read, page, "return") | {
        "form": form,
        "leave": reverse("child_return", args=[page.child.public_id]),
    }
    if "form_name" in told:
        context |= drafts.context(request)
    return render(request, "returning/form.html", context | told, status=status or form.status)


def changed(
    request: HttpRequest, read: Reading, page: ChildPage, changing: Changing, told: dict[str, Any]
) -> HttpResponse:
    """The form of a change, with both versions where a colleague was quicker."""
    fact: Any = changing.fact
    stands = changing.newer or fact
    words = told.pop("words", returning_page.said_words)
    match = request.resolver_match
    assert match is not None
    again = reverse(match.url_name, args=[page.child.public_id, stands.uid])
    over = stands.withdrawn or getattr(stands, "ended_on", None) or getattr(stands, "closed_on", None)
    both = changing.context(words) | {"again": again, "over": bool(over)}
    return shown(request, read, page, changing.form, told | both, changing.status)


def _act(
    request: HttpRequest,
    read: Reading,
    page: ChildPage,
    changing: Changing,
    act: Any,
    told: dict[str, Any],
) -> HttpResponse:
    if changing.tried(act):
        return done(request, page, changing.made)
    return changed(request, read, page, changing, told)


def done(request: HttpRequest, page: ChildPage, fact: Any) -> HttpResponse:
    request.trail.about["fact"] = str(fact.uid)
    return redirect("child_return", public_id=page.child.public_id)


def _guidance(page: ChildPage) -> dict[str, Any] | None:
    """What the council's policy says of going home."""
    return next((text for text in page.own.guidance if text["slug"] == "reunification"), None)
