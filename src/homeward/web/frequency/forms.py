"""The form by which it is agreed how often a child is visited and reviewed."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.domain.frequency import Agreed
from homeward.records.operations.decisions import decider_choices
from homeward.web.layout.forms import Long, PageForm, PastDay


def _number(label: str, missing: str, most: int) -> forms.IntegerField:
    said = {"required": missing, "invalid": "Enter a whole number", "min_value": "Enter at least 1"}
    look = forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"})
    return forms.IntegerField(label=label, min_value=1, max_value=most, error_messages=said, widget=look)


class FrequencyForm(PageForm):
    weeks = _number("A visit at least every how many weeks?", "Enter the number of weeks", 52)
    months = _number("A review at least every how many months?", "Enter the number of months", 12)
    basis = Long(
        "Why this often",
        help_text="How it fits the child’s plan and home, and why it changes.",
        error_messages={"required": "Enter why this often"},
    )
    child_view = Long(
        "What the child thinks of it, in their own words",
        help_text="If it is not known, say why.",
        rows=3,
        error_messages={"required": "Enter what the child thinks of it, or why it is not known"},
    )
    maker = forms.CharField(
        label="Who decided", max_length=200, error_messages={"required": "Enter who decided"}
    )
    maker_role = forms.ChoiceField(
        label="In which role", error_messages={"required": "Choose in which role they decided"}
    )
    decided_on = PastDay("Decided on", missing="Enter the day on which it was decided")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        roles: Any = self.fields["maker_role"]
        roles.choices = [("", "Choose"), *decider_choices()]

    def asked(self) -> Agreed:
        return Agreed(self.cleaned_data["weeks"], self.cleaned_data["months"])

    def values(self) -> dict[str, Any]:
        """The other fields of the decision."""
        names = ("basis", "child_view", "maker", "maker_role", "decided_on")
        return {name: self.cleaned_data[name] for name in names}
