"""The forms of an action: agree it, close it, give it to another or to another day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from homeward.records.models import Action, Child, Person
from homeward.records.operations.actions import BY_HAND
from homeward.records.queries import needs_page, owners
from homeward.web.layout.forms import Day, Long, PageForm, PastDay, Reason

WITHOUT = "Choose, or name somebody without an account below"
NOT_SHOWN = "{} does not see this child’s record. Choose somebody who does, or name them in words"


class OwnerForm(PageForm):
    """A form that says who does it: a person who signs in, or somebody named in words."""

    owner = forms.ChoiceField(
        label="Who does it",
        required=False,
        error_messages={"invalid_choice": "Choose a person from the list"},
    )
    owner_name = forms.CharField(
        label="Who, in words",
        required=False,
        max_length=200,
        help_text="Only for somebody without an account, such as a foster carer, the school or an aunt.",
    )

    def __init__(self, *args: Any, child: Child, **more: Any) -> None:
        super().__init__(*args, **more)
        self.child = child
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", WITHOUT), *owners.choices(child.authority)]

    def clean_owner(self) -> Person | None:
        chosen = self.cleaned_data["owner"]
        person = owners.chosen(self.child.authority, chosen) if chosen else None
        if person is not None and not owners.sees(person, self.child):
            raise forms.ValidationError(NOT_SHOWN.format(person.name))
        return person

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.has_error("owner"):
            return cleaned
        if cleaned.get("owner") is None and not cleaned.get("owner_name", "").strip():
            self.add_error("owner", "Choose who does it, or name them in words")
        elif cleaned.get("owner") is not None and cleaned.get("owner_name", "").strip():
            self.add_error("owner_name", "Name one person only: choose from the list, or use words")
        return cleaned


class NeedForm(OwnerForm):
    """A form that may say which need of the child the action answers; left out where none is recorded."""

    need = forms.ChoiceField(
        label="Which need does it answer?",
        required=False,
        help_text="Of those under What the child needs.",
        error_messages={"invalid_choice": "Choose a need from the list"},
    )

    def __init__(self, *args: Any, child: Child, **more: Any) -> None:
        super().__init__(*args, child=child, **more)
        field = self.fields["need"]
        assert isinstance(field, forms.ChoiceField)
        if found := needs_page.open_needs(child, self.initial.get("need", "")):
            field.choices = [("", "None of those recorded"), *found]
        else:
            del self.fields["need"]

    def clean_need(self) -> UUID | None:
        chosen = self.cleaned_data["need"]
        return UUID(chosen) if chosen else None


class AgreeForm(NeedForm):
    what = Long("What is to be done", rows=3, error_messages={"required": "Enter what is to be done"})
    by_on = Day("By which day", required=False, help_text="Leave empty only if no day was agreed.")
    agreed_on = PastDay("Agreed on", missing="Enter the day on which it was agreed")
    kind = forms.ChoiceField(label="What it is", required=False, choices=list(BY_HAND.items()))
    field_order = ["what", "kind", "need", "owner", "owner_name", "by_on", "agreed_on"]


class ChangeForm(NeedForm):
    by_on = Day("By which day", required=False)
    reason = Reason("Why it is changed", error_messages={"required": "Say why it is changed"})
    field_order = ["owner", "owner_name", "by_on", "need", "reason"]


class CloseForm(PageForm):
    state = forms.ChoiceField(
        label="What became of it",
        choices=[("", "Choose"), (Action.DONE, "It is done"), (Action.NOT_NEEDED, "It is no longer needed")],
        error_messages={"required": "Choose whether it is done or no longer needed"},
    )
    on = PastDay("On which day")
    outcome = Long(
        "What came of it",
        rows=3,
        help_text="What it means for the child, or why it is no longer needed.",
        error_messages={"required": "Enter what came of it"},
    )
