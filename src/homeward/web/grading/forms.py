"""The forms of a judgement: of a plan, of a report, and its correction."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.web.layout.forms import Day, Long, PageForm, PastDay, Reason
from homeward.web.supervision.forms import grade_field


class GradeForm(PageForm):
    """How good it is and why; signed by who is signed in."""

    graded_on = PastDay("Judged on", missing="Enter the day")
    says = Long(
        "Why",
        rows=4,
        help_text="What is strong in it, what is missing, and what that means for the child.",
        error_messages={"required": "Say why"},
    )
    field_order = ["report", "for_on", "grade", "says", "graded_on", "reason"]

    def __init__(self, *args: Any, pack: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["grade"] = grade_field("How good is it?", "Choose how good it is", pack)
        self.order_fields(self.field_order)


class ReportForm(GradeForm):
    report = forms.CharField(
        label="Which report is it, and for which panel or meeting?",
        max_length=200,
        help_text="Such as: Child’s Permanence Report, for the adoption panel.",
        error_messages={"required": "Enter which report it is, and for which panel or meeting"},
    )
    for_on = Day("The day of the panel or meeting", required=False, help_text="Leave empty if none is set.")


class CorrectPlanForm(GradeForm):
    reason = Reason("Why it is corrected", error_messages={"required": "Say why it is corrected"})


class CorrectReportForm(ReportForm):
    reason = Reason("Why it is corrected", error_messages={"required": "Say why it is corrected"})
