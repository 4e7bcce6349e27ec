"""The questions about a permanence plan, one thing at a time, and the forms that move a plan on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from homeward.domain.orders import BY_KEY
from homeward.domain.plans import WHY_NOT_LESS
from homeward.domain.routes import Option
from homeward.domain.step_answers import Wanted
from homeward.domain.steps import TEXTS
from homeward.records.models import Authority, OptionAnswer
from homeward.records.operations.answers import ANSWERS
from homeward.records.operations.plans import DETAILS, Approval, Decider
from homeward.records.queries import plans_page
from homeward.records.queries.working_with import role_chosen
from homeward.reports import words
from homeward.web.layout.forms import Day, PageForm, dress

# Orders that a plan may ask for, beside none.
_ORDERS = (
    *("supervision_order", "interim_care_order", "care_order", "placement_order"),
    *("child_arrangements_order", "special_guardianship_order", "adoption_order"),
)


class Text(forms.CharField):
    """Words in sentences; `rows` is how many lines the box shows."""

    def __init__(self, label: str, *, rows: int = 3, **more: Any) -> None:
        more = {"required": False, "max_length": 2000} | more
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class Lines(Text):
    """One thing a line; kept as a list."""

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class RouteForm(PageForm):
    route = forms.ChoiceField(
        label="Route",
        error_messages={"required": "Choose the route", "invalid_choice": "Choose the route"},
    )
    reason = Text(
        "Why this is the plan",
        required=True,
        max_length=500,
        error_messages={"required": "Say why this is the plan"},
    )
    recorded_on = Day("Day on which it is proposed")

    def __init__(self, *args: Any, routes: Sequence[Option], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["route"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(option.route, option.title) for option in routes]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields beside the route, whose choices are shown with what each means."""
        return [self["reason"], self["recorded_on"]]


class ConditionsForm(PageForm):
    stands_if = Text(
        "What must be true for this plan to stand?",
        help_text="For example: the aunt’s assessment is positive, and contact with the parents stays safe.",
    )
    waits_for = Lines(
        "Which assessments does it wait for?", help_text="One on each line. Leave empty if it waits for none."
    )


class TimescaleForm(PageForm):
    timescale = forms.CharField(
        label="The child’s own timescale",
        required=False,
        max_length=200,
        widget=forms.TextInput(),
        help_text="How long this child can wait, which may be less than the law allows. "
        "For example: settled before starting school in September.",
    )
    timescale_why = Text("Why it is this for this child")
    target_on = Day(
        "Day by which it should be reached", required=False, help_text="Leave empty if it is not known."
    )


class SwitchForm(PageForm):
    switch_rule = Text(
        "What would make you change plan?",
        help_text="For example: if the parenting assessment is negative, the plan alongside becomes the "
        "main one.",
    )
    switch_on = Day(
        "Day on which that will be known", required=False, help_text="Leave empty if it is not known."
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("switch_on") and not cleaned.get("switch_rule"):
            self.add_error("switch_rule", "Say what would change the plan on that day")
        return cleaned


class OrderForm(PageForm):
    order = forms.ChoiceField(
        label="Which order does the plan ask for?",
        required=False,
        choices=[
            ("", "Not decided"),
            ("no_order", "No order"),
            *((key, words.begun(BY_KEY[key].name)) for key in _ORDERS),
        ],
    )


class LeastForm(PageForm):
    """Why less would not be enough, with the reasons that the policy wants for this route and order."""

    least_intervention = Text(
        "Why would less not be enough?",
        help_text="No order, a support plan, or a lesser order: what was thought of, and why it would not do "
        "for this child.",
    )

    def __init__(self, *args: Any, authority: Authority, wants: Wanted, **more: Any) -> None:
        super().__init__(*args, **more)
        self.authority = authority
        for name in wants.names:
            if name in TEXTS:
                self.fields[name] = Text(TEXTS[name])
            elif name == "approved_by":
                people = plans_page.deciders(authority, wants.approvers)
                self.fields[name] = forms.ChoiceField(
                    label="Who approved it",
                    required=False,
                    choices=[("", "Not approved yet"), *people],
                    error_messages={"invalid_choice": "Choose somebody from the list"},
                )
        dress(self)

    def clean_approved_by(self) -> Decider | None:
        chosen = self.cleaned_data["approved_by"]
        found = role_chosen(self.authority, int(chosen)) if chosen else None
        return Decider(found.person.name, found.key) if found else None


# The questions in order; the last two are asked where the route is more than no order.
STEPS = ("route", "conditions", "timescale", "switch", "order", "least")


def details_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The fields of the plan in what was typed; the order and the reasons of the policy stand together."""
    order, why = cleaned.get("order", ""), [cleaned.get("least_intervention", "")]
    if order:
        name = "no order" if order == "no_order" else words.with_article(BY_KEY[order].name)
        why.insert(0, f"The plan asks for {name}.")
    why += [f"{label}: {cleaned[name]}" for name, label in TEXTS.items() if _own(name, cleaned)]
    return {name: cleaned[name] for name in DETAILS if name in cleaned} | {
        "least_intervention": "\n".join(filter(None, why))
    }


def _own(name: str, cleaned: dict[str, Any]) -> bool:
    return name not in DETAILS and bool(cleaned.get(name))


def given_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as a gate asks for it."""
    given = {name: cleaned[name] for name in ("route", "reason", "order", *TEXTS) if cleaned.get(name)}
    given |= dict.fromkeys(WHY_NOT_LESS, cleaned.get("least_intervention", ""))
    approved = cleaned.get("approved_by")
    return given | ({"approved_by": approved.role} if approved else {})


def approval_of(cleaned: dict[str, Any]) -> Approval | None:
    approved = cleaned.get("approved_by")
    return Approval(approved, cleaned.get("approval_reason") or cleaned["reason"]) if approved else None


class ChangeForm(PageForm):
    """Everything that is said of a plan that stands, on one page."""

    reason = Text("Why this is the plan", required=True, max_length=500)
    stands_if = Text("What must be true for it to stand")
    waits_for = Lines("Assessments it waits for", help_text="One on each line.")
    timescale = forms.CharField(
        label="The child’s own timescale", required=False, max_length=200, widget=forms.TextInput()
    )
    timescale_why = Text("Why it is this for this child")
    target_on = Day("Day by which it should be reached", required=False)
    switch_rule = Text("What would change the plan")
    switch_on = Day("Day on which that will be known", required=False)
    least_intervention = Text("Why less would not be enough")
    why = Text(
        "Why the plan is changed",
        required=True,
        max_length=500,
        error_messages={
            "required": "Say why the plan is changed, so that whoever reads it later understands"
        },
    )


class Decided(PageForm):
    """A form that names who decided: one of the people of the council in these roles."""

    who = forms.ChoiceField(
        label="Who decided",
        error_messages={"required": "Choose who decided", "invalid_choice": "Choose somebody from the list"},
    )

    def __init__(
        self, *args: Any, authority: Authority, roles: Collection[str], mine: int | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.authority = authority
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        people = plans_page.deciders(authority, roles)
        field.choices = [("", "Choose"), *people]
        if mine in {pk for pk, _ in people}:
            field.initial = mine

    def clean_who(self) -> Decider:
        if not self.cleaned_data["who"]:
            return Decider("")
        found = role_chosen(self.authority, int(self.cleaned_data["who"]))
        if found is None:
            raise forms.ValidationError("Choose somebody from the list")
        return Decider(found.person.name, found.key)


class AgreeForm(PageForm):
    on = Day("Day on which it was agreed")
    at = forms.ChoiceField(
        label="At which meeting or review",
        error_messages={"required": "Choose the meeting or review at which it was agreed"},
    )
    basis = Text("On what basis it was agreed", help_text="Leave empty if the plan’s own reason says it.")

    def __init__(self, *args: Any, meetings: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["at"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *((name, name) for name in meetings)]


class ConfirmForm(Decided):
    on = Day("Day on which it was confirmed")
    basis = Text("On what basis it was confirmed", help_text="Leave empty if the plan’s own reason says it.")
    field_order = ("on", "who", "basis")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["who"].label = "Who confirmed it"


class MainForm(Decided):
    on = Day("Day on which it became the main plan")
    at = forms.ChoiceField(label="At which meeting or review", required=False)
    reason = Text("Why the plan changes", required=True, error_messages={"required": "Say why it changes"})
    field_order = ("on", "at", "who", "reason")

    def __init__(self, *args: Any, meetings: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["at"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "At no meeting"), *((name, name) for name in meetings)]


class EndForm(Decided):
    outcome = forms.ChoiceField(
        label="How it ended",
        choices=[
            ("", "Choose"),
            ("achieved", "Achieved: the child has what the plan is for"),
            ("changed", "Changed: other plans stand in its place"),
            ("ruled_out", "Ruled out: this route is no longer viable"),
        ],
        error_messages={"required": "Choose how the plan ended"},
    )
    on = Day("Day on which it ended")
    reason = Text("Why", required=True, error_messages={"required": "Say why the plan ended"})
    field_order = ("outcome", "on", "who", "reason")


class NoneForm(Decided):
    on = Day("Day on which that was decided")
    reason = Text("Why there is none", required=True, error_messages={"required": "Say why there is none"})
    field_order = ("reason", "on", "who")


class AnswerForm(Decided):
    answer = forms.ChoiceField(
        label="What is said of this route now",
        choices=[("", "Choose"), *ANSWERS.items()],
        error_messages={"required": "Choose what is said of this route"},
    )
    on = Day("Day")
    reason = Text(
        "Why", help_text="Needed when the route is ruled out, or opened again after it was ruled out."
    )
    field_order = ("answer", "on", "who", "reason")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["who"].label = "Who decided or signed it off"
        self.fields["who"].required = False
        self.fields["who"].help_text = "Needed when the route is ruled out."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        who = cleaned.get("who")
        if cleaned.get("answer") == OptionAnswer.RULED_OUT and who is not None and not who.name:
            self.add_error("who", "Choose who signed off that this route is no longer viable")
        return cleaned
