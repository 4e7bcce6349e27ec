"""The forms of a need: record it, correct it, and say that it is met or no longer needed."""

from __future__ import annotations

from django import forms

from homeward.records.operations.needs import AREAS, ENDS
from homeward.web.layout.forms import Day, Long, PageForm, PastDay, Reason


class NeedForm(PageForm):
    what = Long(
        "What does the child need?",
        rows=3,
        help_text="What life should be like for the child, not the service that would be used.",
        error_messages={"required": "Enter what the child needs"},
    )
    area = forms.ChoiceField(
        label="Which part of life is it about?",
        choices=[("", "Choose"), *AREAS.items()],
        error_messages={"required": "Choose which part of life it is about"},
    )
    found_in = forms.CharField(
        label="Which assessment does it come from?",
        max_length=200,
        error_messages={"required": "Enter which assessment it comes from"},
    )
    found_on = PastDay("The day of the assessment", missing="Enter the day of the assessment")
    by_on = Day(
        "By which day must it be met, in the child’s own time?",
        required=False,
        help_text="What a month or a year means at this age. Leave empty if nobody can say yet.",
    )


class CorrectForm(NeedForm):
    reason = Reason("Why it is changed", error_messages={"required": "Say why it is changed"})


class CloseForm(PageForm):
    closed_as = forms.ChoiceField(
        label="What became of it",
        choices=[("", "Choose"), *ENDS.items()],
        error_messages={"required": "Choose whether it is met or no longer needed"},
    )
    closed_on = PastDay("On which day")
    closed_says = Long(
        "How you know, or why it is no longer needed",
        rows=3,
        error_messages={"required": "Say how you know, or why it is no longer needed"},
    )
