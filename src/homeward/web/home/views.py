"""Home: the first page of each role, with what anybody may find there above and below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from homeward.records import access
from homeward.records.models import Child
from homeward.records.operations import notices, unsent
from homeward.records.queries import emergency_page
from homeward.web.home import council, deciding, director, managing, office, own, reviewing
from homeward.web.home.parts import Desk, Home
from homeward.web.layout.door import reading
from homeward.web.record.forms import FORMS
from homeward.web.record.views import address_of

NOTICES = {
    "sign_in_helped": "A system manager gave somebody a new way to sign in. The audit says whom: ask them.",
    "break_glass": "A colleague opened a record in an emergency. It is to be reviewed in two working days.",
    "group_given": "A group of the directory gives a role from now on. See the groups, and who is in them.",
    "restricted": "A record was restricted to named people. See to it that the right people are named.",
    "seal_asked": "A colleague asks to seal a record. Nothing is sealed until a second person agrees.",
    "excluded_tried": "Somebody who must not see a child’s record asked for it. It was not shown.",
}
# What a draft is of, by the first word of its form's name.
DRAFTS = {
    "plan": "a permanence plan",
    "decision": "a decision",
    "return": "the plan for return home",
    "supervision": "supervision",
    "challenge": "a matter to raise",
    "scrutiny": "a scrutiny entry",
}
# The first page of a role; of one that is not named here, by how far the role reaches.
OF_ROLE: dict[str, Callable[[Desk], Home]] = {
    "assistant_team_manager": managing.team_page,
    "team_manager": managing.team_page,
    "permanence_lead": managing.lead_page,
    "head_of_service": council.page,
    "director": director.page,
    "iro": reviewing.page,
    "child_protection_chair": reviewing.page,
    "agency_decision_maker": deciding.page,
    "nominated_officer": deciding.page,
    "panel_adviser": deciding.page,
    "panel_chair": deciding.panel_page,
    "panel_member": deciding.panel_page,
    "performance_analyst": office.data_page,
    "data_manager": office.data_page,
    "administrator": office.meetings_page,
}
OF_REACH: dict[str, Callable[[Desk], Home]] = {
    "none": office.no_child_page,
    "window": own.page,
    "agency": own.page,
    "mine": own.page,
    "team": managing.team_page,
    "authority": managing.plain_page,
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_home")
    desk = Desk(request, read)
    role = request.actor.role.key if request.actor.role else ""
    page = OF_ROLE.get(role, OF_REACH[request.actor.meaning.reach])(desk)
    drafts = unsent.all_kept(request.actor)
    context = read.context() | {
        "can_show_all": False,
        "greeting": _greeting(),
        "first_name": request.user.name.split()[0],
        "keep": read.keep,
        "page": page,
        "drafts": [_draft(each) for each in drafts],
        "in_need": managing.in_need(desk) if desk.may("see_children") else 0,
        "covers": access.may(request.actor, "cover") or request.actor.meaning.reach == "mine",
        "notices": [_notice(request, each) for each in notices.open_for(request.actor)],
        "emergencies": emergency_page.waiting_now(request.actor) if _reviews(request) else (0, 0),
    }
    request.trail.saw(desk.shown | {each.child.pk for each in drafts})
    return render(request, "home/home.html", context)


@require_POST
def notice_seen(request: HttpRequest, pk: int) -> HttpResponse:
    if not notices.seen(request.actor, pk):
        raise Http404
    return redirect("home")


def _reviews(request: HttpRequest) -> bool:
    return access.may(request.actor, "review_break_glass")


def _notice(request: HttpRequest, notice: Any) -> dict[str, Any]:
    link = ""
    if notice.kind == "break_glass" and _reviews(request):
        link = f"{reverse('emergency_reviews')}#access-{notice.about}"
    elif notice.kind == "seal_asked" and _sees(request, notice.child):
        link = reverse("child_seal", args=[notice.child.public_id])
    return {"pk": notice.pk, "at": notice.at, "words": NOTICES[notice.kind], "link": link}


def _sees(request: HttpRequest, child: Child) -> bool:
    return access.children_visible_to(request.actor).filter(pk=child.pk).exists()


def _draft(draft: unsent.Unsent) -> dict[str, Any]:
    sort, _, what = draft.form.partition(":")
    said = DRAFTS.get(sort, "a correction")
    if sort == "record" and what in FORMS:
        said = FORMS[what].title.lower()
    return {
        "child": draft.child,
        "words": said,
        "link": address_of(draft),
        "saved_at": draft.saved_at,
        "until": draft.kept_until,
    }


def _greeting() -> str:
    hour = settings.NOW().hour
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"
