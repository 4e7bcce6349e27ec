"""The forms of emergency access and of its review."""

from django import forms

from homeward.records.operations.break_glass import CATEGORIES, OUTCOMES
from homeward.web.layout.forms import PageForm, Reason

SHORT = "Say in twenty characters or more what has happened"


class EmergencyForm(PageForm):
    reference = forms.CharField(
        label="The child’s reference",
        help_text="Exactly as it is written. This is not a search.",
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter the child’s reference"},
    )
    category = forms.ChoiceField(
        label="What sort of emergency",
        choices=[("", "Choose"), *CATEGORIES.items()],
        error_messages={"required": "Choose what sort of emergency it is"},
    )
    reason = Reason(
        "What has happened, and why it cannot wait",
        min_length=20,
        error_messages={"required": SHORT, "min_length": SHORT},
    )


class ReviewForm(PageForm):
    outcome = forms.ChoiceField(
        label="What you make of it",
        choices=[("", "Choose"), *OUTCOMES.items()],
        error_messages={"required": "Choose what you make of it"},
    )
    note = Reason("Why", error_messages={"required": "Say in a few words why"})
