"""School holidays: the council's list, one more, and one less."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from homeward.records import access
from homeward.records.models import SchoolHoliday
from homeward.records.operations import school_holidays as operations
from homeward.records.queries.meetings_calendar import recorded_holidays
from homeward.web.layout.door import reading
from homeward.web.layout.forms import Day, PageForm


class HolidayForm(PageForm):
    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="Such as “Autumn half term”",
        error_messages={"required": "Enter the name of the holiday"},
    )
    first_on = Day("First day without school", missing="Enter the first day")
    last_on = Day("Last day without school", missing="Enter the last day")


@require_http_methods(["GET", "HEAD", "POST"])
def school_holidays(request: HttpRequest) -> HttpResponse:
    """What is recorded, those that are over last; and the form for one more."""
    read = reading(request, "settings")
    form = HolidayForm(request.POST or None)

    def record() -> SchoolHoliday:
        return operations.record_holiday(read.authority, **form.cleaned_data)

    made: Any = form.done(record)
    if made is not None:
        request.trail.about["school_holiday"] = made.pk
        return redirect("school_holidays")
    held = recorded_holidays(read.authority)
    context = read.context() | {
        "form": form,
        "manages": access.may(request.actor, "manage_people"),
        "meets": access.may(request.actor, "meet"),
        "ahead": [one for one in held if one.last_on >= read.today],
        "over": [one for one in reversed(held) if one.last_on < read.today],
    }
    return render(request, "school_holidays/school_holidays.html", context, status=form.status)


@require_POST
def school_holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    read = reading(request, "settings")
    if not operations.remove_holiday(read.authority, pk):
        raise Http404
    request.trail.about["school_holiday"] = pk
    return redirect("school_holidays")
