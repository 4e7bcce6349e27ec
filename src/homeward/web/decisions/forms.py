"""The forms of the register of decisions: record, correct, tell the child, search."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.records.operations.decisions import BY_HAND, FREQUENCY, KINDS, decider_choices
from homeward.web.layout.forms import Day, Long, PageForm, PastDay, Reason


def choice(label: str, missing: str = "", **more: Any) -> forms.ChoiceField:
    errors = {"required": missing, "invalid_choice": "Choose from the list"}
    return forms.ChoiceField(label=label, required=bool(missing), error_messages=errors, **more)


class DecisionForm(PageForm):
    """What, who, in which role, on what basis, what else was thought of, and the child."""

    kind = choice(
        "What sort of decision is it?",
        "Choose what sort of decision it is",
        choices=[("", "Choose"), *BY_HAND.items()],
    )
    decided_on = PastDay("Decided on", missing="Enter the day on which it was decided")
    what = Long("What was decided", rows=3, error_messages={"required": "Enter what was decided"})
    maker = forms.CharField(
        label="Who decided", max_length=200, error_messages={"required": "Enter who decided"}
    )
    maker_role = choice("In which role", "Choose in which role they decided")
    basis = Long(
        "On what basis",
        help_text="The facts, assessments and papers it rests on, and how the child’s welfare, safety and "
        "right to family life were weighed. Where an order is sought: why a lesser step would not do.",
        error_messages={"required": "Enter on what basis it was decided"},
    )
    alternatives = Long("What else was considered, and why it was not chosen", required=False)
    child_view = Long(
        "What the child thinks of it, in their own words",
        help_text="If it is not known, say why.",
        rows=3,
        error_messages={"required": "Enter what the child thinks of it, or why it is not known"},
    )
    why_not_followed = Long("If it does not follow the child’s wishes: why", required=False, rows=3)
    told_on = PastDay(
        "When the child was told", required=False, help_text="Leave empty if the child has not been told yet."
    )
    told_how = forms.CharField(label="How the child was told, or why not yet", required=False, max_length=300)
    review_on = Day(
        "When is it looked at again?",
        required=False,
        help_text="Leave empty for a decision that is made once, such as a match.",
    )
    review_by = forms.CharField(label="By whom", required=False, max_length=200)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["maker_role"]
        assert isinstance(field, forms.ChoiceField)
        known = decider_choices()
        held = self.initial.get("maker_role", "")
        if held and held not in dict(known):
            known.append((held, held))  # as a meeting wrote it
        field.choices = [("", "Choose"), *known]
        if self.initial.get("kind") == FREQUENCY:
            self.fields["kind"].choices = [(FREQUENCY, KINDS[FREQUENCY])]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("told_on") and not cleaned.get("told_how", "").strip():
            self.add_error("told_how", "Say how the child was told")
        return cleaned


class CorrectForm(DecisionForm):
    reason = Reason("Why it is corrected", error_messages={"required": "Say why it is corrected"})


class ToldForm(PageForm):
    told_on = PastDay(
        "When was the child told?",
        required=False,
        help_text="Leave empty if the child has not been told, and say why below.",
    )
    told_how = forms.CharField(
        label="How, by whom and in which words, or why not yet",
        max_length=300,
        error_messages={"required": "Say how the child was told, or why not yet"},
    )


class AgainForm(PageForm):
    """A decision looked at again."""

    reviewed_on = PastDay("When was it looked at again?", missing="Enter the day")
    review_says = Long(
        "What came of it",
        rows=3,
        help_text="Whether it still stands, and why. A new decision is recorded as its own.",
        error_messages={"required": "Say what came of it: whether the decision still stands, and why"},
    )
    review_on = Day("When is it looked at next?", required=False, help_text="Leave empty if it need not be.")
    review_by = forms.CharField(label="By whom", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("review_on") and not cleaned.get("review_by", "").strip():
            self.add_error("review_by", "Enter who looks at it next")
        return cleaned


class FindForm(PageForm):
    """What the register is searched for. A maker's name comes by POST and stands in no address."""

    maker = forms.CharField(label="Who decided", required=False, max_length=60)
    child = forms.CharField(label="Child, by name or reference", required=False, max_length=60)
    maker_role = choice("In which role")
    kind = choice("Sort of decision", choices=[("", "Any"), *KINDS.items()])
    since = Day("Decided from", required=False)
    until = Day("Decided to", required=False)
    told = choice("Told to the child", choices=[("", "Any"), ("no", "Not told yet"), ("yes", "Told")])
    again = choice(
        "Looked at again",
        choices=[("", "Any"), ("due", "Its day has come"), ("set", "A day is agreed")],
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["maker_role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Any"), *decider_choices()]
