"""The form of a calendar address."""

from __future__ import annotations

from django import forms

from homeward.records.operations.calendars import LONGEST
from homeward.web.layout.forms import PageForm

DAYS = (30, 90, LONGEST)
WHICH = {
    "mine": "Mine: those that I chair, or where a child is heard who is with me",
    "all": "Every meeting that I may know of",
}


class CalendarForm(PageForm):
    which = forms.ChoiceField(
        label="Which meetings",
        choices=list(WHICH.items()),
        error_messages={"required": "Choose which meetings"},
    )
    days = forms.TypedChoiceField(
        label="How long it works",
        coerce=int,
        choices=[(days, f"{days} days") for days in DAYS],
        error_messages={"required": "Choose how long it works"},
    )
