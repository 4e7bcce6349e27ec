"""What forms share: the look of their fields, and refusals shown at the field they concern."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from homeward.records.door import today
from homeward.records.operations.refused import Refused

T = TypeVar("T")
_LOOKS: dict[type[Any], str] = {
    forms.Select: "govuk-select",
    forms.Textarea: "govuk-textarea",
    forms.TextInput: "govuk-input",
    forms.EmailInput: "govuk-input",
    forms.DateInput: "hw-input",
}


class PageForm(forms.Form):
    """A form in the GOV.UK manner; shown by layout/fields.html, and what is wrong by layout/errors.html."""

    use_required_attribute = False

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **more})
        dress(self)

    def done(self, change: Callable[[], T]) -> T | None:
        """What the change gives when the form was sent and is right; a refusal shows at its field."""
        if not self.is_bound or not self.is_valid():
            return None
        try:
            return change()
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)
            return None

    @property
    def status(self) -> int:
        """The answer's status when the form is shown (again)."""
        return 400 if self.errors else 200


def dress(form: forms.Form) -> None:
    """Gives each field its look; a form that adds fields of its own says so again."""
    for field in form.fields.values():
        if look := _LOOKS.get(type(field.widget)):
            field.widget.attrs.setdefault("class", look)


class Day(forms.DateField):
    """A day, given with the browser's own picker or typed."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, label: str, *, missing: str = "Enter the day", **more: Any) -> None:
        errors = {"required": missing, "invalid": "Enter a real day, such as 31 March 2026"}
        super().__init__(label=label, error_messages=errors, **more)


class PastDay(Day):
    """A day on which something happened: not one that is still to come."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and day > today():
            raise forms.ValidationError("This day is still to come. Record it when it has happened")
        return day


class Long(forms.CharField):
    """Some sentences."""

    def __init__(self, label: str, *, rows: int = 4, **more: Any) -> None:
        longest = {"max_length": 4000, **more}
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **longest)


class Reason(forms.CharField):
    """A few words that say why."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 2}), **more)
