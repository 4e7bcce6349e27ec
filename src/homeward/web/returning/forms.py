"""The forms of a return home: the plan, its steps, how it is looked at, the day of going home, its end."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.domain.returning import AT_HOME, KINDS, MET, OUTCOMES, SAFEST, SOCIAL_WORK, STATES
from homeward.records.operations.decisions import decider_choices
from homeward.web.layout.forms import Day, Long, PageForm, PastDay, Reason

NAME = 200


def _choice(label: str, choices: dict[str, str], missing: str = "", **more: Any) -> forms.ChoiceField:
    errors = {"required": missing} if missing else {}
    more = {"required": bool(missing), **more}
    return forms.ChoiceField(
        label=label, choices=[("", "Choose"), *choices.items()], error_messages=errors, **more
    )


class PlanForm(PageForm):
    """What the plan says. It opens with the first three answers; what else is missing is said."""

    opened_on = PastDay("Day on which the plan is opened")
    to_whom = forms.CharField(
        label="To whom the child is to go home",
        max_length=NAME,
        help_text="A parent, or somebody else of the family: who they are to the child.",
        error_messages={"required": "Enter to whom the child is to go home"},
    )
    reasons = Long(
        "Why the child came into care", error_messages={"required": "Say why the child came into care"}
    )
    risks = Long("What the risks are", required=False)
    strengths = Long("What the strengths are, in the child, the family and around them", required=False)
    partners = Long(
        "With whom the risks and strengths were weighed",
        rows=2,
        required=False,
        help_text="Such as the health visitor, the school, or the clinical team.",
    )
    family_needs = Long("What those who come forward need, so that they can do it", required=False)
    conditions = Long(
        "What must be true before the child goes home",
        required=False,
        help_text="One on each line, in words that the child and the family understand: they are told them.",
    )
    realistic = Long("Why the way is realistic, and in the child’s time", required=False)
    target_on = Day("Target date for going home", required=False)
    next_on = Day("First looked at on", required=False)


class OpenForm(PlanForm):
    helps = Long(
        "What help starts now",
        required=False,
        help_text="One on each line. Each becomes a step, and can be given a day and a name there.",
    )
    field_order = [
        *("opened_on", "to_whom", "reasons", "helps", "risks", "strengths", "partners"),
        *("family_needs", "conditions", "realistic", "target_on", "next_on"),
    ]

    def clean_helps(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["helps"].splitlines() if line.strip()]


class ChangeForm(PlanForm):
    """After the child went home the day of the first check stands with the day of going home."""

    reason = Reason("Why it is changed", error_messages={"required": "Say why it is changed"})

    def __init__(self, *args: Any, home: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if home:
            del self.fields["next_on"]


class AgreeForm(PageForm):
    best_on = PastDay("Day on which you agreed")
    best_says = Long(
        "What shows that it is the best plan",
        help_text="The assessment it rests on, and why going home is better for the child than another way.",
        error_messages={"required": "Say what shows that it is the best plan"},
    )


class StepForm(PageForm):
    kind = _choice("What it is", KINDS, "Choose whether it is help or a milestone")
    what = Long(
        "In words",
        rows=2,
        help_text="Milestones are told to the child and the parents, help to the parents, in their papers.",
        error_messages={"required": "Enter what it is"},
    )
    who = forms.CharField(label="Who does it or sees to it", max_length=NAME, required=False)
    agreed_on = PastDay("Agreed on")
    by_on = Day("By which day", required=False)


class StepChangeForm(StepForm):
    reason = Reason("Why it is changed", error_messages={"required": "Say why it is changed"})


class StepCloseForm(PageForm):
    state = _choice("What became of it", STATES, "Choose whether it is done or no longer needed")
    closed_on = PastDay("On which day")
    says = Long("What came of it", rows=3, error_messages={"required": "Enter what came of it"})


class ReviewForm(PageForm):
    """How the way home goes."""

    held_on = PastDay("Looked at on")
    by_name = forms.CharField(
        label="By whom", max_length=NAME, error_messages={"required": "Enter who looked at it"}
    )
    by_role = forms.ChoiceField(label="In which role", required=False)
    says = Long("How it goes", error_messages={"required": "Say how it goes"})
    next_on = Day("Looked at next on", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["by_role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *decider_choices()]


class CheckForm(ReviewForm):
    """How it goes at home: what a council means by a return that has worked (MER-117)."""

    at_home = _choice(
        "Does the child still live at home", AT_HOME, "Say whether the child still lives at home"
    )
    milestones = _choice("How many of the child’s milestones are met", MET)
    social_work = _choice("How much social work it takes", SOCIAL_WORK)
    community = Long("Links to the community", rows=3, required=False)
    feels_safe = forms.IntegerField(
        label="How safe the child feels at home, from 0 to 10",
        required=False,
        min_value=0,
        max_value=SAFEST,
        help_text="The child’s own answer, where they were asked: 0 is not at all, 10 is completely. "
        "Leave it empty otherwise.",
        error_messages={
            "invalid": f"The child’s answer is a number from 0 to {SAFEST}",
            "min_value": f"The child’s answer is a number from 0 to {SAFEST}",
            "max_value": f"The child’s answer is a number from 0 to {SAFEST}",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input govuk-input--width-3"}),
    )
    child_says = Long("In the child’s own words", rows=3, required=False)
    field_order = [
        *("held_on", "by_name", "by_role", "at_home", "feels_safe", "child_says", "milestones"),
        *("social_work", "community", "says", "next_on"),
    ]


class HomeForm(PageForm):
    returned_on = PastDay("Day on which the child went home", missing="Enter the day of going home")
    next_on = Day("First day on which it is checked how it goes", required=False)


class EndForm(PageForm):
    outcome = _choice("How it ended", OUTCOMES, "Choose how it ended")
    ended_on = PastDay("On which day")
    outcome_says = Long(
        "What happened, and what was learned",
        error_messages={"required": "Say what happened and what was learned"},
    )


def corrected(form: type[ReviewForm]) -> type[ReviewForm]:
    """The same form, which also asks why."""
    reason = Reason("Why it is changed", error_messages={"required": "Say why it is changed"})
    order = [*(getattr(form, "field_order", None) or ()), "reason"]
    return type(f"Correct{form.__name__}", (form,), {"reason": reason, "field_order": order})
