"""The steps on the way home, and how it is looked at before the return and after it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from homeward.records.models import ReturnPlan, ReturnReview, ReturnStep
from homeward.records.operations import returning as operations
from homeward.records.operations import unsent
from homeward.records.operations.facts import withdraw_fact
from homeward.records.queries import returning_page
from homeward.records.queries.child_page import ChildPage
from homeward.web.child.frame import to_record
from homeward.web.layout import drafts
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import Reading, today
from homeward.web.returning.forms import (
    CheckForm,
    ReviewForm,
    StepChangeForm,
    StepCloseForm,
    StepForm,
    corrected,
)
from homeward.web.returning.views import FORM, changed, done, shown, standing


@FORM
def child_return_step(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """Help or a milestone is added to the plan that stands."""
    read, page, plan = _now(request, public_id, uid)
    form = StepForm(request.POST or None, initial={"agreed_on": today(), "kind": request.GET.get("kind", "")})

    def add() -> ReturnStep:
        return operations.add_step(plan, form.cleaned_data, by=request.user, now=settings.NOW())

    if (made := form.done(add)) is not None:
        return done(request, page, made)
    told = {
        "title": f"Add a step on {page.name}’s way home",
        "lead": "Help for the child or the family, or a milestone that shows that the way goes on.",
        "button": "Add the step",
    }
    return shown(request, read, page, form, told)


@FORM
def child_return_step_change(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    read, page, step = _step(request, public_id, uid)
    held = {name: getattr(step, name) for name in StepForm.base_fields}
    form = StepChangeForm(request.POST or None, initial=held)

    def change() -> Any:
        said = dict(form.cleaned_data)
        reason = said.pop("reason")
        if "withdraw" in request.POST:
            return withdraw_fact(step, by=request.user, now=settings.NOW(), reason=reason)
        return operations.change_step(step, said, reason=reason, by=request.user, now=settings.NOW())

    changing = Changing(step, form)
    if changing.tried(change):
        return done(request, page, changing.made)
    told = {"title": "Change a step", "button": "Change the step", "withdraw": True}
    return changed(request, read, page, changing, told | {"words": returning_page.step_words})


@FORM
def child_return_step_close(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    read, page, step = _step(request, public_id, uid)
    form = StepCloseForm(request.POST or None, initial={"closed_on": today()})

    def close() -> ReturnStep:
        said = form.cleaned_data
        told = (said["state"], said["closed_on"], said["says"])
        return operations.close_step(step, *told, by=request.user, now=settings.NOW())

    changing = Changing(step, form)
    if changing.tried(close):
        return done(request, page, changing.made)
    told = {
        "title": "What came of this step?",
        "lead": returning_page.step_words(step),
        "button": "Close the step",
        "words": returning_page.step_words,
    }
    return changed(request, read, page, changing, told)


@FORM
def child_return_review(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """How the way home goes or, once the child is home, how it goes there."""
    read, page, plan = _now(request, public_id, uid, "voice")
    name, after = f"return:{uid}:review", plan.returned_on is not None
    mine = request.actor.role.key if request.actor.role else ""
    begun = {"held_on": today(), "by_name": request.user.name, "by_role": mine}
    kept = drafts.draft_of(request, page.child, name)
    form = (CheckForm if after else ReviewForm)(request.POST or None, initial=begun | kept)
    if "keep" in request.POST:
        drafts.keep(request, page.child, name)
        return redirect("home")

    def record() -> ReturnReview:
        said = form.cleaned_data | {"after_return": after}
        return operations.record_review(plan, said, by=request.user, now=settings.NOW())

    if (made := form.done(record)) is not None:
        unsent.drop(request.user, page.child, name)
        return done(request, page, made)
    told = {
        "title": f"How does it go at home for {page.name}?"
        if after
        else f"How does {page.name}’s way home go?",
        "lead": returning_page.said_words(plan),
        "button": "Record the check" if after else "Record the review",
        "form_name": name,
    }
    return shown(request, read, page, form, told)


@FORM
def child_return_review_change(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """A review or a check is put right, or taken back as recorded in error."""
    read, page = to_record(request, public_id, "history", "voice")
    review = returning_page.review_of(page.child, uid)
    plan = returning_page.plan_of_thread(page.child, review.plan) if review else None
    if review is None or plan is None or review.withdrawn:
        raise Http404
    request.trail.field_sets.add("voice")
    kind = corrected(CheckForm if review.after_return else ReviewForm)
    held = {name: getattr(review, name) for name in kind.base_fields if name != "reason"}
    form = kind(request.POST or None, initial=held)

    def correct() -> Any:
        said = form.cleaned_data | {"after_return": review.after_return}
        reason = said.pop("reason")
        if "withdraw" in request.POST:
            return withdraw_fact(review, by=request.user, now=settings.NOW(), reason=reason)
        return operations.correct_review(
            review, plan, said, reason=reason, by=request.user, now=settings.NOW()
        )

    changing = Changing(review, form)
    if changing.tried(correct):
        return done(request, page, changing.made)
    told = {"title": "Put right what is recorded", "button": "Change it", "withdraw": True}
    return changed(request, read, page, changing, told | {"words": returning_page.review_words})


def _now(
    request: HttpRequest, public_id: str, uid: str, *needs: str
) -> tuple[Reading, ChildPage, ReturnPlan]:
    """The plan as it stands now, whichever of its versions the address names."""
    read, page, plan = standing(request, public_id, uid)
    stands = returning_page.plan_of_thread(page.child, plan.thread)
    if stands is None or stands.ended_on or not page.fields.issuperset(needs):
        raise Http404
    request.trail.field_sets.update(needs)
    return read, page, stands


def _step(request: HttpRequest, public_id: str, uid: str) -> tuple[Reading, ChildPage, ReturnStep]:
    """A step that is open, or was when somebody else changed it."""
    read, page = to_record(request, public_id, "history")
    step = returning_page.step_of(page.child, uid)
    if step is None or step.withdrawn or (step.state != "open" and step.superseded_at is None):
        raise Http404
    return read, page, step
