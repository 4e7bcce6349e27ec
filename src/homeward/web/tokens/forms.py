"""The form of a token."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.records.operations.tokens import LONGEST
from homeward.web.layout.forms import PageForm

DAYS = (7, 30, LONGEST)


class TokenForm(PageForm):
    """What a token is for; `scopes` are those that the person's role can use."""

    name = forms.CharField(
        label="What it is for",
        help_text="So that you know it again, such as “Monthly report”. Do not name a child.",
        max_length=80,
        error_messages={"required": "Say what it is for"},
    )
    days = forms.TypedChoiceField(
        label="How long it works",
        coerce=int,
        choices=[(days, f"{days} days") for days in DAYS],
        error_messages={"required": "Choose how long it works"},
    )
    scopes = forms.MultipleChoiceField(
        label="What it reads",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing that it reads"},
    )

    def __init__(self, *args: Any, scopes: dict[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(scopes.items())
