"""Matters raised about one child and what was heard, seen and judged: the page, and each step of a matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from homeward.domain import packs
from homeward.records import access
from homeward.records.models import Challenge, Scrutiny
from homeward.records.operations import challenges as operations
from homeward.records.operations import unsent
from homeward.records.operations.facts import withdraw_fact
from homeward.records.operations.scrutiny import JUDGED_IN, KINDS
from homeward.records.queries import challenge_page, scrutiny_page
from homeward.records.queries.child_page import ChildPage
from homeward.web.challenge.forms import AnswerForm, CorrectForm, FurtherForm, RaiseForm, SettleForm
from homeward.web.child.frame import framed, opened, to_record
from homeward.web.layout import drafts
from homeward.web.layout.correcting import Changing
from homeward.web.layout.door import Reading, reading, today
from homeward.web.layout.forms import PageForm

FORM = require_http_methods(["GET", "HEAD", "POST"])
DRAFT = "challenge:raise"
# The theme under which a doubt of a scrutiny entry is raised.
THEME_OF = {"timely": "delay", "fits_needs": "plan", "lawful": "legal"}


@require_safe
def child_challenge(request: HttpRequest, public_id: str) -> HttpResponse:
    read, page = opened(request, public_id, "work")
    matters = challenge_page.of_child(page)
    entries = scrutiny_page.of_child(page)
    if "voice" in page.fields and any(each.fact.kind == "conversation" for each in entries):
        request.trail.field_sets.add("voice")
    records = not getattr(request, "break_glass", False)
    scrutinises = records and access.may(request.actor, "scrutinise")
    context = framed(request, read, page, "challenge") | {
        "open": [each for each in matters if each.open],
        "settled": [each for each in matters if not each.open],
        "limit": challenge_page.limit(),
        "entries": entries,
        "kinds": KINDS.items(),
        "not_judged": scrutiny_page.not_yet_judged(page.child, page.as_at),
        "advocacy": next((each for each in entries if each.fact.kind == "advocacy"), None),
        "may_scrutinise": scrutinises,
        "may_answer": records and access.may(request.actor, "record"),
    }
    return render(request, "challenge/child.html", context)


@FORM
def child_challenge_raise(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new matter; `from` names the scrutiny entry whose doubts it takes up."""
    read, page = to_scrutinise(request, public_id, "work")
    begun = {"raised_on": today()} | _doubts(page, request.GET.get("from", ""))
    begun |= drafts.draft_of(request, page.child, DRAFT)
    form = RaiseForm(request.POST or None, child=page.child, initial=begun)
    if "keep" in request.POST:
        drafts.keep(request, page.child, DRAFT)
        return redirect("home")

    def matter() -> Challenge:
        said = dict(form.cleaned_data)
        on, stage = said.pop("raised_on"), said.pop("stage")
        role = request.actor.role.key
        return operations.raise_matter(
            page.child, said, on=on, stage=stage, role=role, by=request.user, now=settings.NOW()
        )

    if (made := form.done(matter)) is not None:
        unsent.drop(request.user, page.child, DRAFT)
        return done(request, page, made)
    context = framed(request, read, page, "challenge") | drafts.context(request)
    context |= {"form": form, "form_name": DRAFT}
    return render(request, "challenge/raise.html", context, status=form.status)


@FORM
def child_challenge_stage(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    found = _matter(request, public_id, uid, "scrutinise")
    fact = found[2]
    form = FurtherForm(request.POST or None, child=fact.child, now=fact.stage, initial={"stage_on": today()})

    def further() -> Challenge:
        said = dict(form.cleaned_data)
        stage, on = said.pop("stage"), said.pop("stage_on")
        return operations.take_further(fact, stage, said, on=on, by=request.user, now=settings.NOW())

    return _step(request, found, form, further, "child_challenge_stage", "Take it further", "Take it further")


@FORM
def child_challenge_answer(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """By whoever records about the child, or by who raised it, for somebody without an account."""
    found = _matter(request, public_id, uid, "record")
    form = AnswerForm(request.POST or None, initial={"answered_on": today()})

    def answer() -> Challenge:
        said = form.cleaned_data
        return operations.answer_matter(
            found[2], said["answer"], on=said["answered_on"], by=request.user, now=settings.NOW()
        )

    title = "Answer a matter raised"
    return _step(request, found, form, answer, "child_challenge_answer", title, "Record the answer")


@FORM
def child_challenge_settle(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    found = _matter(request, public_id, uid, "scrutinise")
    form = SettleForm(request.POST or None, initial={"settled_on": today()})

    def settle() -> Challenge:
        said = form.cleaned_data
        return operations.settle_matter(
            found[2],
            said["outcome_kind"],
            said["outcome"],
            on=said["settled_on"],
            by=request.user,
            now=settings.NOW(),
        )

    title, button = "Settle a matter", "Record that it is settled"
    return _step(request, found, form, settle, "child_challenge_settle", title, button)


@FORM
def child_challenge_correct(request: HttpRequest, public_id: str, uid: str) -> HttpResponse:
    """What stands in its place, with the reason; or that it was recorded in error."""
    found = _matter(request, public_id, uid, "scrutinise", settled=True)
    fact = found[2]
    held = {name: getattr(fact, name) for name in CorrectForm.base_fields if name != "reason"}
    held["addressed_person"] = fact.addressed_person_id or ""
    form = CorrectForm(request.POST or None, child=fact.child, initial=held)

    def correct() -> Any:
        said = dict(form.cleaned_data)
        reason = said.pop("reason")
        if "withdraw" in request.POST:
            return withdraw_fact(fact, by=request.user, now=settings.NOW(), reason=reason)
        return operations.correct_matter(fact, said, reason=reason, by=request.user, now=settings.NOW())

    title, button = "Correct a matter raised", "Record the correction"
    return _step(request, found, form, correct, "child_challenge_correct", title, button)


def to_scrutinise(request: HttpRequest, public_id: str, *needs: str) -> tuple[Reading, ChildPage]:
    """The child through the door for who raises matters and records scrutiny."""
    found = to_record(request, public_id, *needs)
    reading(request, "scrutinise")
    return found


def done(request: HttpRequest, page: ChildPage, fact: Any) -> HttpResponse:
    request.trail.about["fact"] = str(fact.uid)
    return redirect("child_challenge", public_id=page.child.public_id)


def _matter(
    request: HttpRequest, public_id: str, uid: str, action: str, *, settled: bool = False
) -> tuple[Reading, ChildPage, Challenge]:
    """A matter that is open, or was when somebody else changed it; a settled one only to be corrected."""
    read, page = to_record(request, public_id, "work")
    reading(request, action)
    fact = challenge_page.matter_of(page, uid)
    if fact is None or fact.withdrawn:
        raise Http404
    if fact.settled_on is not None and fact.superseded_at is None and not settled:
        raise Http404
    return read, page, fact


def _step(
    request: HttpRequest,
    found: tuple[Reading, ChildPage, Challenge],
    form: PageForm,
    change: Callable[[], Challenge],
    address: str,
    title: str,
    button: str,
) -> HttpResponse:
    """A step of a matter by its form; of two who take one at once the second is shown both versions."""
    read, page, fact = found
    changing = Changing(fact, form)
    if changing.tried(change):
        return done(request, page, changing.made)
    stands: Any = changing.newer or fact
    place = page.child.public_id
    context = framed(request, read, page, "challenge") | changing.context(challenge_page.said_words)
    context |= {
        "title": title,
        "button": button,
        "matter": fact,
        "addressed": challenge_page.addressed_words(fact),
        "stage": packs.stage(page.child.authority.pack, fact.stage).name,
        "leave": reverse("child_challenge", args=[place]),
        "again": reverse(address, args=[place, stands.uid]),
        "corrects": address == "child_challenge_correct",
        "over": stands.withdrawn or (stands.settled_on is not None and address != "child_challenge_correct"),
    }
    return render(request, "challenge/step.html", context, status=changing.status)


def _doubts(page: ChildPage, uid: str) -> dict[str, Any]:
    """What a scrutiny entry doubted, as the beginning of a matter."""
    entry = _entry(page, uid)
    if entry is None:
        return {}
    doubted = [name for name in JUDGED_IN.get(entry.kind, ()) if getattr(entry, name) == "no"]
    if doubted:
        reasons = [getattr(entry, f"{name}_why") for name in doubted]
        return {"theme": THEME_OF[doubted[0]], "says": "\n".join(reasons)}
    if entry.advocate == "not_offered":
        return {"theme": "advocacy", "says": entry.advocate_says}
    return {}


def _entry(page: ChildPage, uid: str) -> Scrutiny | None:
    try:
        entry = scrutiny_page.entry_of(page.child, str(UUID(uid)))
    except ValueError:  # nothing stands in the address, or no uid
        return None
    return entry if entry is not None and not entry.withdrawn else None
