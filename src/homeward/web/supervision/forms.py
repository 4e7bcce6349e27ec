"""The forms of a supervision: record it, correct it, judge it."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.domain.quality import SUPERVISIONS, grades
from homeward.records.operations.decisions import decider_choices
from homeward.web.layout.forms import Day, Long, PageForm, PastDay, Reason


def grade_field(label: str, missing: str, pack: str) -> forms.ChoiceField:
    """A choice of the council's own words."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choose"), *((word, word) for word in grades(pack))],
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": missing, "invalid_choice": "Choose from the list"},
    )


class SupervisionForm(PageForm):
    kind = forms.ChoiceField(
        label="What was it?",
        choices=[("", "Choose"), *SUPERVISIONS.items()],
        error_messages={"required": "Choose what it was"},
    )
    held_on = PastDay("On which day", missing="Enter the day on which it was held")
    by_name = forms.CharField(
        label="Who held it", max_length=200, error_messages={"required": "Enter who held it"}
    )
    by_role = forms.ChoiceField(label="In which role", required=False)
    worker = forms.CharField(
        label="With which worker",
        required=False,
        max_length=200,
        help_text="Leave empty for management oversight of the record alone.",
    )
    says = Long(
        "What was thought about",
        rows=5,
        help_text="About the child, not the worker: what life is like for the child, what has changed, what "
        "is not known. The worker’s own matters belong in their own supervision record.",
        error_messages={"required": "Enter what was thought about"},
    )
    decided = Long("What it changes for the child’s permanence", rows=3, required=False)
    next_on = Day("When is the next one?", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["by_role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *decider_choices()]


class CorrectForm(SupervisionForm):
    reason = Reason("Why it is corrected", error_messages={"required": "Say why it is corrected"})


class GradeForm(PageForm):
    graded_on = PastDay("Judged on", missing="Enter the day")
    grade_why = Long(
        "Why",
        rows=3,
        help_text="What it did for the child, and what would have made it better.",
        error_messages={"required": "Say why"},
    )
    field_order = ["grade", "grade_why", "graded_on"]

    def __init__(self, *args: Any, pack: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["grade"] = grade_field("How good was it?", "Choose how good it was", pack)
        self.order_fields(self.field_order)
