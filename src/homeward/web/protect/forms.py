"""The forms of who may see a record."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.records.models import Authority, Person, Team
from homeward.records.operations.restrict import LEVELS
from homeward.records.operations.share import PURPOSES, SHARED
from homeward.records.queries import protect_page
from homeward.web.layout.forms import Day, PageForm, Reason


class Several(forms.TypedMultipleChoiceField):
    """Boxes to tick; each value is a number."""

    def __init__(self, **more: Any) -> None:
        super().__init__(coerce=int, required=False, widget=forms.CheckboxSelectMultiple, **more)


class RestrictForm(PageForm):
    level = forms.TypedChoiceField(
        label="How closely it is kept",
        coerce=int,
        choices=list(LEVELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how closely the record is kept"},
    )
    people = Several(label="People")
    teams = Several(label="Teams")
    reason = Reason("Why it is kept more closely", required=False)

    def __init__(self, *args: Any, authority: Authority, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "restrict_%s", **more})
        self.authority = authority
        self.fields["people"].choices = protect_page.everyone(authority)
        self.fields["teams"].choices = protect_page.teams_of(authority)

    def clean_people(self) -> list[Person]:
        return protect_page.people_with(self.cleaned_data["people"])

    def clean_teams(self) -> list[Team]:
        return protect_page.teams_with(self.authority, self.cleaned_data["teams"])


class ExcludeForm(PageForm):
    person = forms.ChoiceField(
        label="Who must never see this record",
        help_text="Anybody of the council or its agency, whether or not they work with the child.",
        error_messages={"required": "Choose a person", "invalid_choice": "Choose a person from the list"},
    )
    reason = Reason("Why", error_messages={"required": "Say why this person must not see the record"})

    def __init__(self, *args: Any, authority: Authority, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "exclude_%s", **more})
        chosen = [("", "Choose a person"), *protect_page.everyone(authority)]
        self.fields["person"].choices = chosen

    def clean_person(self) -> Person:
        return protect_page.people_with([int(self.cleaned_data["person"])])[0]


class LiftForm(PageForm):
    reason = Reason(
        "Why it may be lifted", error_messages={"required": "Say why this person may see the record again"}
    )


class ShareForm(PageForm):
    purpose = forms.ChoiceField(
        label="What for",
        choices=[("", "Choose a purpose"), *PURPOSES.items()],
        error_messages={"required": "Choose what the agency needs it for"},
    )
    words = forms.CharField(
        label="In your own words (needed for “something else”)", required=False, max_length=200
    )
    field_sets = forms.MultipleChoiceField(
        label="What the agency sees",
        required=False,
        choices=list(SHARED.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    until = Day("Last day", missing="Enter the last day: no share is without an end")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("purpose") == "other" and not given.get("words", "").strip():
            self.add_error("words", "Say in your own words what the agency needs it for")
        return given
