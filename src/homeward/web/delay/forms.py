"""The forms of what holds things up: a cause from a day, a change of it, its end."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.domain.delay import CAUSES
from homeward.records.operations.decisions import decider_choices
from homeward.web.layout.forms import Long, PageForm, PastDay, Reason

ONLY_PURPOSEFUL = "Only for delay in the child’s interest."


class CauseForm(PageForm):
    """One cause, who deals with it and what is being done; who judged, where the delay is meant."""

    cause = forms.ChoiceField(
        label="What holds things up",
        choices=[("", "Choose"), *CAUSES.items()],
        error_messages={"required": "Choose what holds things up"},
    )
    from_on = PastDay("From which day", missing="Enter the day from which it holds things up")
    responsible = forms.CharField(
        label="Who is dealing with it",
        required=False,
        max_length=200,
        help_text="A name or a role. It says who moves things on, not whose fault it is.",
    )
    doing = Long("What is being done", required=False, rows=3)
    judged_by = forms.CharField(
        label="Who judged that the delay is in the child’s interest",
        required=False,
        max_length=200,
        help_text=ONLY_PURPOSEFUL,
    )
    judged_role = forms.ChoiceField(label="In which role", required=False, help_text=ONLY_PURPOSEFUL)
    why = Long("Why it is in the child’s interest", required=False, rows=3, help_text=ONLY_PURPOSEFUL)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["judged_role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *decider_choices()]


class ChangeForm(CauseForm):
    until_on = PastDay("Last day", required=False, help_text="Leave empty while it still holds things up.")
    reason = Reason("Why it is changed", error_messages={"required": "Say why it is changed"})
    field_order = [
        *("cause", "from_on", "until_on", "responsible", "doing"),
        *("judged_by", "judged_role", "why", "reason"),
    ]


class EndForm(PageForm):
    until_on = PastDay(
        "Last day", missing="Enter the last day", help_text="The last day on which it still held things up."
    )
    reason = Reason("How it was resolved", error_messages={"required": "Say how it was resolved"})
