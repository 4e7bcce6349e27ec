"""The forms of who works with a child."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.records.models import Authority, Role
from homeward.records.queries import working_with
from homeward.web.layout.forms import Day, PageForm, Reason


class WithRole(PageForm):
    """A form that chooses somebody of the council in a role; `only` narrows to one basis."""

    role = forms.ChoiceField(
        label="Who",
        error_messages={"required": "Choose a person", "invalid_choice": "Choose a person from the list"},
    )

    def __init__(self, *args: Any, authority: Authority, only: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.authority = authority
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a person"), *working_with.may_work(authority, only=only)]

    def clean_role(self) -> Role:
        found = working_with.role_chosen(self.authority, int(self.cleaned_data["role"]))
        if found is None:
            raise forms.ValidationError("Choose a person from the list")
        return found


class AllocateForm(WithRole):
    started_on = Day("First day", missing="Enter the first day")
    ended_on = Day(
        "Last day",
        required=False,
        help_text="A panel or a life story needs one: access ends that day. For others only if it is known.",
    )
    reason = Reason("Why", required=False)
    field_order = ["role", "started_on", "ended_on", "reason"]


class EndForm(PageForm):
    ended_on = Day("Last day", missing="Enter the last day")


class ReassignForm(WithRole):
    children = forms.MultipleChoiceField(
        label="Children", error_messages={"required": "Choose at least one child"}
    )
    reason = Reason("Why (if you like)", required=False)
    field_order = ["children", "role", "reason"]

    def __init__(self, *args: Any, children: dict[str, str], **more: Any) -> None:
        super().__init__(*args, only="allocated", **more)
        field = self.fields["children"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(children.items())

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields beside the children, who are shown as a list of their own."""
        return [self["role"], self["reason"]]
