"""A person's calendar addresses, one a role; and the calendar that a programme reads there."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.records import access
from homeward.records.models import CalendarFeed
from homeward.records.operations import calendars as made_here
from homeward.records.operations import limits
from homeward.records.queries import meetings_calendar, meetings_page
from homeward.records.roles import ROLES
from homeward.reports.calendar_file import as_feed
from homeward.web.calendars.forms import WHICH, CalendarForm
from homeward.web.layout import shown_once
from homeward.web.layout.door import reading
from homeward.web.meetings.calendar import ICS, entry_of
from homeward.web.sign_in.factor import fresh_second_factor

KEPT_AS = "calendar"
BACK, AHEAD = timedelta(days=56), timedelta(days=366)
AN_HOUR = "3600"  # seconds


@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    text = shown_once.take(request, KEPT_AS)
    context = {
        "held": [
            {"feed": feed, "role": ROLES[feed.role.key].title, "which": WHICH[_which(feed)]}
            for feed in made_here.of(request.user)
        ],
        "address": request.build_absolute_uri(reverse("calendar", args=[text])) if text else "",
        "may_make": _may_make(request),
    }
    return render(request, "calendars/calendars.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def calendar_make(request: HttpRequest) -> HttpResponse:
    if not _may_make(request):
        raise Http404
    form = CalendarForm(request.POST or None, initial={"days": 90})

    def make() -> CalendarFeed:
        given = form.cleaned_data
        feed, text = made_here.make(request.actor, only_mine=given["which"] == "mine", days=given["days"])
        request.trail.about["calendar"] = feed.pk
        shown_once.keep(request, KEPT_AS, text)
        return feed

    if form.done(make) is not None:
        return redirect("calendars")
    return render(request, "calendars/make.html", {"form": form}, status=form.status)


@require_POST
def calendar_end(request: HttpRequest, pk: int) -> HttpResponse:
    if not made_here.end(request.user, pk):
        raise Http404
    request.trail.about["calendar"] = pk
    return redirect("calendars")


@require_safe
@login_not_required
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The meetings of the person whose address this is; the guard has looked it up.

    It names no child, so that the audit says which calendar was read and not that children were seen.
    """
    feed = request.calendar
    if feed is None:
        raise Http404
    read = reading(request, "meet")
    try:
        limits.spend(request.actor.person, "calendar")
    except limits.TooMuch:
        return HttpResponse(status=429, headers={"Retry-After": AN_HOUR})
    found = meetings_page.lines(request.actor, read.authority, read.today - BACK, read.today + AHEAD)
    if feed.only_mine:
        found = meetings_calendar.mine(request.actor, found)
    request.trail.about["meetings"] = len(found)
    entries = [entry_of(request, line) for line in found]
    made = as_feed(entries, settings.NOW(), f"Meetings, {read.authority.name}")
    return HttpResponse(made, content_type=ICS)


def _which(feed: CalendarFeed) -> str:
    return "mine" if feed.only_mine else "all"


def _may_make(request: HttpRequest) -> bool:
    return request.actor.authority is not None and access.may(request.actor, "meet")
