"""The forms of a matter raised: raise it, take it further, answer, settle, correct."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.domain import packs
from homeward.domain.challenge import ADDRESSED, OUTCOMES, THEMES
from homeward.records.models import Child, Person
from homeward.records.queries import owners
from homeward.web.layout.forms import Day, Long, PageForm, PastDay, Reason

NOT_SHOWN = "{} does not see this child’s record. Choose somebody who does, or name them in words"
_NO_CHOICE = {"invalid_choice": "Choose from the list"}


def chosen_from(label: str, missing: str, choices: dict[str, str], **more: Any) -> forms.ChoiceField:
    errors = _NO_CHOICE | {"required": missing}
    return forms.ChoiceField(
        label=label, choices=[("", "Choose"), *choices.items()], error_messages=errors, **more
    )


class AddressedForm(PageForm):
    """Whom a matter is addressed to, and by when an answer is asked for."""

    addressed_kind = chosen_from("Addressed to", "Choose whom it is addressed to", ADDRESSED)
    addressed_person = forms.ChoiceField(
        label="A person who signs in here",
        required=False,
        help_text="They find it on their Home. Leave empty for a team, a department or a partner.",
        error_messages=_NO_CHOICE,
    )
    addressed_to = forms.CharField(
        label="Or who, in words",
        required=False,
        max_length=200,
        help_text="Such as the name of a team, a school or a health service.",
    )
    answer_by = Day(
        "Answer by", required=False, help_text="The day by which you ask for an answer, if you ask for one."
    )

    def __init__(self, *args: Any, child: Child, **more: Any) -> None:
        super().__init__(*args, **more)
        self.child = child
        field = self.fields["addressed_person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Nobody by name"), *owners.choices(child.authority)]

    def clean_addressed_person(self) -> Person | None:
        chosen = self.cleaned_data["addressed_person"]
        person = owners.chosen(self.child.authority, chosen) if chosen else None
        if person is not None and not owners.sees(person, self.child):
            raise forms.ValidationError(NOT_SHOWN.format(person.name))
        return person


_MATTER = ["theme", "says", "wants", "handbook"]
_ADDRESSED = ["addressed_kind", "addressed_person", "addressed_to", "answer_by"]


class MatterForm(AddressedForm):
    """What the matter is, and whom it is addressed to."""

    theme = chosen_from("What is it about?", "Choose what it is about", THEMES)
    says = Long("What the matter is", error_messages={"required": "Enter what the matter is"})
    wants = Long("What would settle it", rows=3, required=False)
    handbook = forms.CharField(
        label="Passage of the IRO Handbook, if you rely on one",
        required=False,
        max_length=100,
        help_text="In words, such as “chapter 6, on resolving disagreements”.",
    )
    field_order = [*_MATTER, *_ADDRESSED]


class RaiseForm(MatterForm):
    stage = forms.ChoiceField(
        label="At which stage",
        help_text="It begins with the first; a reviewing officer may bypass any.",
        error_messages=_NO_CHOICE,
    )
    raised_on = PastDay("Raised on", missing="Enter the day on which it was raised")
    field_order = [*_MATTER, *_ADDRESSED, "stage", "raised_on"]

    def __init__(self, *args: Any, child: Child, **more: Any) -> None:
        super().__init__(*args, child=child, **more)
        _stages(self, child)


class FurtherForm(AddressedForm):
    stage = forms.ChoiceField(label="To which stage", error_messages=_NO_CHOICE)
    stage_on = PastDay("Taken there on")
    field_order = ["stage", "stage_on", *_ADDRESSED]

    def __init__(self, *args: Any, child: Child, now: str, **more: Any) -> None:
        super().__init__(*args, child=child, **more)
        _stages(self, child, without=now)


class AnswerForm(PageForm):
    answer = Long("What was answered", error_messages={"required": "Enter what was answered"})
    answered_on = PastDay("Answered on")


class SettleForm(PageForm):
    outcome_kind = chosen_from("How was it settled?", "Choose how it was settled", OUTCOMES)
    outcome = Long(
        "What came of it for the child", error_messages={"required": "Enter what came of it for the child"}
    )
    settled_on = PastDay("Settled on")


class CorrectForm(MatterForm):
    reason = Reason("Why it is corrected", error_messages={"required": "Say why it is corrected"})
    field_order = [*_MATTER, *_ADDRESSED, "reason"]


def _stages(form: forms.Form, child: Child, without: str = "") -> None:
    """The council's stages in order, those after the present one first: any may be bypassed."""
    stages = [(each.key, each.name) for each in packs.stages(child.authority.pack)]
    at = next((n for n, (key, _) in enumerate(stages) if key == without), -1)
    field = form.fields["stage"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [*stages[at + 1 :], *stages[: max(at, 0)]]
