"""Home: what is late and what is due, for this person's children, team or council."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from homeward.records import access
from homeward.records.models import Child
from homeward.records.operations import notices, unsent
from homeward.records.queries import emergency_page, home_page, tracker_page, working_with
from homeward.records.queries.home_page import HomePage
from homeward.records.queries.tracker_page import Tracker
from homeward.reports import words
from homeward.web.layout.door import Reading, reading
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


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    read = reading(request, "see_home")
    sees = access.may(request.actor, "see_children")
    tracker = (
        tracker_page.tracker(request.actor, read.authority, read.as_at, read.today, read.aside)
        if sees
        else None
    )
    page = home_page.page_of(request.actor, read.authority, tracker)
    request.trail.saw(page.shown)
    context = read.context() | {
        "can_show_all": False,
        "greeting": _greeting(),
        "first_name": request.user.name.split()[0],
        "heading": _heading(page),
        "keep": read.keep,
        "more": _more(read),
        "page": _in_words(page, _more(read)),
        "drafts": [_draft(each) for each in unsent.all_kept(request.actor)],
        "in_need": _in_need(request, read, tracker),
        "covers": access.may(request.actor, "cover") or request.actor.meaning.reach == "mine",
        "notices": [_notice(request, each) for each in notices.open_for(request.actor)],
        "emergencies": emergency_page.waiting_now(request.actor) if _reviews(request) else (0, 0),
    }
    return render(request, "home/home.html", context)


@require_POST
def notice_seen(request: HttpRequest, pk: int) -> HttpResponse:
    if not notices.seen(request.actor, pk):
        raise Http404
    return redirect("home")


def _in_need(request: HttpRequest, read: Reading, tracker: Tracker | None) -> int:
    """How many children in care nobody works with, for who may choose a worker; of today alone."""
    if tracker is None or read.as_at != read.today or not access.may(request.actor, "allocate"):
        return 0
    in_care = [child.pk for child in tracker.children if child.in_care]
    return len(working_with.without_worker(read.authority, in_care))


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
    said = {"plan": "a permanence plan", "decision": "a decision"}.get(sort, "a correction")
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


def _heading(page: HomePage) -> str:
    if page.tracker is None:
        return "Welcome to Homeward."
    week = page.late_dates + page.week_dates
    if page.scope == "mine":
        if not page.tracker.children:
            return "No child is with you yet."
        return (
            f"{words.count(week, 'date')} {'needs' if week == 1 else 'need'} you this week."
            if week
            else "Nothing needs you this week."
        )
    whose = "Your team" if page.scope == "team" else page.authority.name
    if not page.late_dates:
        return f"{whose} has no date overdue."
    late = words.count(page.late_dates, "date")
    return f"{whose}: {late} overdue for {words.count(page.late_children, 'child', 'children')}."


def _more(read: Reading) -> str:
    """What a link to the tracker adds to keep the day."""
    return read.keep.replace("?", "&")


def _in_words(page: HomePage, more: str) -> dict[str, Any]:
    tracker = reverse("tracker")
    titles = (
        ("late", "Overdue", "Nothing is overdue.", "?state=late"),
        ("week", "This week", "Nothing falls due this week.", "?state=soon"),
        ("ahead", "Coming up in four weeks", "Nothing falls due in the four weeks after.", "?state=soon"),
    )
    groups = [
        {
            "title": title,
            "none": none,
            "link": tracker + query + more,
            "total": page.totals[key],
            "dates": [{"child": child, "said": said} for child, said in page.groups[key]],
        }
        for key, title, none, query in titles
        if page.tracker is not None
    ]
    return {
        "groups": groups,
        "figures": _figures(page, tracker, more) if page.scope != "mine" and page.tracker else [],
        "rules": page.rules,
        "children": [_child(page, child) for child in page.children],
        "children_title": {"mine": "My children", "team": "Children of the team, longest wait first"}.get(
            page.scope, "Waiting longest"
        ),
        "nothing": ""
        if page.tracker
        else "You look after Homeward itself: no child’s record is open to you.",
    }


def _figures(page: HomePage, tracker: str, more: str) -> list[dict[str, Any]]:
    return [
        {"number": page.in_care, "words": "children in our care", "link": f"{tracker}?care=in{more}"},
        {
            "number": page.late_children,
            "words": "with a date overdue",
            "link": f"{tracker}?state=late{more}",
            "late": page.late_children > 0,
        },
        {
            "number": page.near_children,
            "words": "with a date due in 28 days",
            "link": f"{tracker}?state=soon{more}",
        },
        {
            "number": page.no_plan_by_second_review,
            "words": "without a plan by the second review",
            "link": f"{tracker}?cohort=no_plan_by_second_review{more}",
            "late": page.no_plan_by_second_review > 0,
        },
        {
            "number": page.two_moves,
            "words": "with two moves in 12 months",
            "link": f"{tracker}?cohort=two_moves{more}",
        },
    ]


def _child(page: HomePage, child: Any) -> dict[str, Any]:
    return {
        "public_id": child.public_id,
        "name": child.name,
        "age": words.age_words(child.born_on, child.expected_on, page.tracker.as_at),
        "main_plan": words.route(child.main_plan),
        "home": words.label("PLACE", child.placement) if child.placement else "not in our care",
        "next": page.tracker.next_of(child),
        "holding": page.tracker.holding_up(child),
    }
