"""The forms of people, roles, teams and groups."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.records.models import Authority, Person, Role, Team
from homeward.records.queries import owners
from homeward.records.queries.people_page import role_choices
from homeward.web.layout.forms import Day, PageForm

NO_TEAM = ("", "No team")


class WithTeam(PageForm):
    """A form with a team of the council; `teams` are those that there are."""

    def __init__(self, *args: Any, teams: list[Team], **more: Any) -> None:
        super().__init__(*args, **more)
        self.teams = {str(team.pk): team for team in teams}
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [NO_TEAM, *((key, team.name) for key, team in self.teams.items())]

    def clean_team(self) -> Team | None:
        return self.teams.get(self.cleaned_data["team"])


def _role() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Role",
        choices=lambda: [("", "Choose a role"), *role_choices()],
        error_messages={"required": "Choose a role", "invalid_choice": "Choose a role from the list"},
    )


def _team() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Team",
        required=False,
        help_text="Managers and business support see the children of their team.",
        error_messages={"invalid_choice": "Choose a team of this council"},
    )


class Workers(forms.CharField):
    """Ids of the return, separated by commas or spaces."""

    def __init__(self) -> None:
        super().__init__(
            label="Id as a social worker in the return (if any)",
            required=False,
            max_length=300,
            help_text="The children whom the return gives to this id are theirs. Commas between several ids.",
        )

    def clean(self, value: Any) -> Any:
        return list(dict.fromkeys(super().clean(value).replace(",", " ").split()))


class RoleForm(WithTeam):
    key = _role()
    team = _team()
    workers = Workers()
    started_on = Day("First day", missing="Enter the first day")
    ended_on = Day("Last day (only if it is known)", required=False)


class AddForm(RoleForm):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The address of the council’s own directory, which they sign in with.",
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address, such as name@council.example",
        },
    )
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Enter their name"})
    field_order = ["email", "name", "key", "team", "workers", "started_on", "ended_on"]


class ChangeForm(WithTeam):
    team = _team()
    workers = Workers()
    ended_on = Day(
        "Last day",
        required=False,
        help_text="Empty while no end is known. A day before today ends it at once.",
    )

    def __init__(self, *args: Any, role: Role, **more: Any) -> None:
        initial = {
            "team": str(role.team_id or ""),
            "workers": ", ".join(role.workers),
            "ended_on": role.ended_on,
        }
        super().__init__(*args, initial=initial, **more)


class LeaveForm(PageForm):
    on = Day(
        "First day away",
        missing="Enter the first day on which they no longer work for the council",
        help_text="From this day they cannot sign in. Today or earlier takes effect at once.",
    )


class HandOverForm(LeaveForm):
    """Of somebody who has actions open: nothing that was agreed for a child is lost."""

    to = forms.ChoiceField(
        label="Who takes over their open actions",
        help_text="An action for a child whom this person does not see is listed for the child’s manager.",
        error_messages={
            "required": "Choose who takes over their open actions",
            "invalid_choice": "Choose a person from the list",
        },
    )

    def __init__(self, *args: Any, authority: Authority, leaver: Person, **more: Any) -> None:
        super().__init__(*args, **more)
        self.authority = authority
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a person"), *owners.takers(authority, leaver)]

    def clean_to(self) -> Person | None:
        return owners.chosen(self.authority, self.cleaned_data["to"])


class TeamForm(PageForm):
    name = forms.CharField(
        label="Name of the team", max_length=200, error_messages={"required": "Enter a name"}
    )


class GroupForm(WithTeam):
    group = forms.CharField(
        label="Object id of the group",
        max_length=64,
        help_text="Such as 5f0c3a0e-7d5e-4b0c-9a53-0f6a2d3c1b11. It never changes, as the group’s name may.",
        error_messages={"required": "Enter the id of the group"},
    )
    key = _role()
    team = _team()
    field_order = ["group", "key", "team"]
