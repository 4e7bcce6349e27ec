"""The forms of a scrutiny entry: one for each of its kinds."""

from __future__ import annotations

from django import forms

from homeward.records.operations.scrutiny import ADVOCATE
from homeward.web.layout.forms import Long, PageForm, PastDay, Reason

_YES_NO = [("", "Choose"), ("yes", "Yes"), ("no", "No")]


def yes_or_no(label: str) -> forms.ChoiceField:
    errors = {"required": "Choose yes or no", "invalid_choice": "Choose yes or no"}
    return forms.ChoiceField(label=label, choices=_YES_NO, error_messages=errors)


def why() -> Long:
    return Long("Why you judge so", rows=3, error_messages={"required": "Say why you judge so"})


class EntryForm(PageForm):
    """What every entry has."""

    held_on = PastDay("On which day")


class ConversationForm(EntryForm):
    wished_home = Long(
        "What the child wants from a permanent home, in their own words",
        required=False,
        help_text="It stands on the child’s plan, and is there for who looks for a family.",
    )
    says = Long("What else you talked about", required=False)


class MonitoringForm(EntryForm):
    timely = yes_or_no("Is the work for the child done in time?")
    timely_why = why()
    says = Long("Anything else", rows=3, required=False)


class ReviewForm(EntryForm):
    fits_needs = yes_or_no("Does the care plan fit the child’s present needs?")
    fits_needs_why = why()
    lawful = yes_or_no("Is what is done lawful?")
    lawful_why = why()
    says = Long("Anything else", rows=3, required=False)


class AdvocacyForm(EntryForm):
    advocate = forms.ChoiceField(
        label="How does it stand with an independent advocate?",
        choices=[("", "Choose"), *ADVOCATE.items()],
        error_messages={"required": "Choose how it stands", "invalid_choice": "Choose from the list"},
    )
    advocate_says = Long(
        "Note",
        rows=3,
        required=False,
        help_text="Who the advocate is, what the child said, or why none was offered and who offers one.",
    )


FORMS: dict[str, type[EntryForm]] = {
    "conversation": ConversationForm,
    "monitoring": MonitoringForm,
    "review": ReviewForm,
    "advocacy": AdvocacyForm,
}


def correcting(kind: str) -> type[EntryForm]:
    """The form of a kind with the reason of its correction."""
    return type(
        "CorrectForm",
        (FORMS[kind],),
        {"reason": Reason("Why it is corrected", error_messages={"required": "Say why it is corrected"})},
    )
