"""Adding a file to a child, and removing it."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.files.kinds import LARGEST, MB

LONGEST_TITLE = 200


class AddForm(forms.Form):
    """`confirm` names the child: whether a file is about this child is what nobody can check later."""

    file = forms.FileField(
        max_length=500,
        error_messages={"required": "Choose a file", "empty": "This file is empty. Choose another"},
    )
    title = forms.CharField(
        max_length=LONGEST_TITLE,
        error_messages={
            "required": "Say what it is, such as ‘Drawing of the garden’",
            "max_length": f"Say what it is in {LONGEST_TITLE} letters or fewer",
        },
    )
    about = forms.ChoiceField(error_messages={"required": "Choose what it is about"})
    confirm = forms.BooleanField()

    def __init__(self, *args: Any, name: str, choices: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = list(choices.items())
        self.fields["confirm"].error_messages["required"] = f"Confirm that the file is about {name}"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                f"This file is larger than {LARGEST // MB} MB. Make it smaller, or split it into parts."
            )
        return file


class RemoveForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        error_messages={
            "required": "Say why it is removed, such as ‘It is about another child’",
            "max_length": "Say why in 300 letters or fewer",
        },
    )
