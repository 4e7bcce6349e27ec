"""The forms of a change at short notice: what changes, who answers for each party, and a reply."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.records.models import Child
from homeward.records.operations.short_notice import CHANGES, Party, parties_of
from homeward.records.queries import owners
from homeward.web.actions.forms import NOT_SHOWN, WITHOUT
from homeward.web.layout.forms import Day, Long, PageForm, PastDay, dress


class ChangeForm(PageForm):
    """What changes and why; then, for each party of the policy, a person or a name in words."""

    change = forms.ChoiceField(
        label="What changes?",
        choices=[("", "Choose"), *CHANGES.items()],
        error_messages={"required": "Choose what changes"},
    )
    from_on = Day("From which day", missing="Enter the day from which it changes")
    what = Long("What is changed, into what", rows=3, error_messages={"required": "Enter what changes"})
    why = Long("Why, and why at short notice", rows=3, error_messages={"required": "Enter why"})
    by_on = Day("By which day each party answers", missing="Enter the day by which they answer")

    def __init__(self, *args: Any, child: Child, **more: Any) -> None:
        super().__init__(*args, **more)
        self.child = child
        self.parties = parties_of(child.authority)
        people = [("", WITHOUT), *owners.choices(child.authority)]
        for number, party in enumerate(self.parties):
            self.fields[f"person_{number}"] = forms.ChoiceField(
                label=f"{party}: who answers", required=False, choices=people
            )
            self.fields[f"name_{number}"] = forms.CharField(
                label=f"{party}: who, in words", required=False, max_length=200
            )
        dress(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number, party in enumerate(self.parties):
            chosen, name = cleaned.get(f"person_{number}"), cleaned.get(f"name_{number}", "").strip()
            person = owners.chosen(self.child.authority, chosen) if chosen else None
            cleaned[f"person_{number}"] = person
            if person is not None and not owners.sees(person, self.child):
                self.add_error(f"person_{number}", NOT_SHOWN.format(person.name))
            elif (person is None) == (not name):
                said = f"{party}: choose who answers, or name one person in words"
                self.add_error(f"person_{number}", said)
        return cleaned

    def asked(self) -> list[Party]:
        given = self.cleaned_data
        return [
            Party(party, given[f"person_{number}"], given[f"name_{number}"])
            for number, party in enumerate(self.parties)
        ]


class ReplyForm(PageForm):
    agrees = forms.ChoiceField(
        label="Does the party agree?",
        choices=[("", "Choose"), ("yes", "It agrees"), ("no", "It does not agree")],
        error_messages={"required": "Choose whether the party agrees"},
    )
    on = PastDay("On which day it answered", missing="Enter the day")
    says = Long(
        "What it said",
        rows=3,
        required=False,
        help_text="Who spoke for the party, what was discussed, and what must happen if it does not agree.",
    )
