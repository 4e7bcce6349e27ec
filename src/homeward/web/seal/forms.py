"""The forms of sealing a record."""

from django import forms

from homeward.web.layout.forms import PageForm, Reason


class Named(PageForm):
    """The reference is typed, so that nobody seals the record beside the one they mean."""

    reference = forms.CharField(
        label="The child’s reference, to be sure that this is the record",
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter the child’s reference"},
    )

    def __init__(self, *args: object, code: str, **more: object) -> None:
        super().__init__(*args, **more)
        self.code = code

    def clean_reference(self) -> str:
        if self.cleaned_data["reference"].strip() != self.code:
            raise forms.ValidationError("That is not the reference of this record")
        return self.code


class AskForm(Named):
    reason = Reason("Why it is sealed", error_messages={"required": "Say why the record is sealed"})


class AgreeForm(Named):
    """The reason stands already."""
