"""The form of a cover."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.records.models import Person, Role
from homeward.records.queries.people_page import role_words
from homeward.web.layout.forms import Day, PageForm, Reason


class CoverForm(PageForm):
    """Who is away is among `away`, who acts among `able`; one person's own form does not ask who is away."""

    covered = forms.ChoiceField(label="Who is away", error_messages={"required": "Choose who is away"})
    acts = forms.ChoiceField(
        label="Who acts for them",
        help_text="They see the own children of the colleague from the first day to the last.",
        error_messages={"required": "Choose who acts for them"},
    )
    started_on = Day("First day", missing="Enter the first day")
    ended_on = Day("Last day", missing="Enter the last day: acting for a colleague always ends")
    reason = Reason("Why (if you like)", required=False)

    def __init__(self, *args: Any, away: list[Role], able: list[Role], **more: Any) -> None:
        super().__init__(*args, **more)
        self.people: dict[str, Person] = {}
        for name, roles in (("covered", away), ("acts", able)):
            chosen = {str(role.person_id): f"{role.person.name}, {role_words(role)}" for role in roles}
            self.people |= {str(role.person_id): role.person for role in roles}
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Choose a person"), *chosen.items()]

    def clean_covered(self) -> Person:
        return self.people[self.cleaned_data["covered"]]

    def clean_acts(self) -> Person:
        return self.people[self.cleaned_data["acts"]]
