"""The forms by which a person records or corrects a fact: one for each sort of fact kept by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms

from homeward.domain import codes
from homeward.domain.events import IN_ADVANCE, KINDS
from homeward.domain.standing import ROUTE_WORDS
from homeward.domain.step_answers import BY_EVENT
from homeward.reports import words

# What is given by a return, or by a sort of fact with a form of its own, is not an event to be typed.
ELSEWHERE = frozenset(
    kind
    for kind in KINDS
    if kind.startswith(("section_20", "interim_care_order", "care_order", "placement_order", "short_breaks"))
    or kind.startswith(("placement_started", "placement_ended", "placement_changed", "placed_"))
    or kind.endswith(("_plan_recorded", "_plan_agreed", "_plan_confirmed", "_plan_ended"))
    or kind
    in {
        *("born", "died", "became_looked_after", "ceased_looked_after", "residential_placement_started"),
        *("emergency_protection_order_made", "police_protection_taken", "remanded", "went_missing", "found"),
        *("review_held", "child_visited", "adoption_decision_made", "adoption_decision_reversed"),
        "social_worker_changed",
    }
) - {"care_plan_recorded", "placement_plan_recorded"}
MEETINGS = (
    "permanence_meeting_held",
    "permanence_tracked",
    "midway_review_held",
    "adoption_review_held",
    "care_planning_meeting_held",
    "stability_meeting_held",
    "disruption_meeting_held",
    "family_network_meeting_held",
    "family_group_conference_held",
    "legal_gateway_held",
    "legal_gateway_review_held",
)
POSITIONS = (("main", "Main plan"), ("parallel", "Parallel plan"), ("contingency", "Contingency plan"))


def _day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day", "invalid": "Enter a real day, such as 25 November 2026"},
    )


def _kinds(kinds: Iterable[str]) -> list[tuple[str, str]]:
    return [("", "Choose"), *((kind, KINDS[kind][:1].upper() + KINDS[kind][1:]) for kind in kinds)]


class FactForm(forms.Form):
    """`model` is the fact; `start` the field by whose day files are matched with it."""

    model: ClassVar[str]
    title: ClassVar[str]
    start: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, born_on: date | None = None, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.born_on, self.today = born_on, today
        for field in self.fields.values():
            field.widget.attrs["class"] = "hw-input"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            if not isinstance(value, date):
                continue
            if value > self.today and cleaned.get("kind") not in IN_ADVANCE:
                self.add_error(name, "This day is still to come. Record it when it has happened")
            elif self.born_on and value < self.born_on and self.model in ("Review", "Visit"):
                self.add_error(name, f"The child was born on {words.day(self.born_on)}, which is later")
        return cleaned

    def acts(self, values: Mapping[str, Any] | None = None) -> list[str]:
        """The steps of domain.steps.ACTS that recording what was typed takes, or these other values."""
        return []

    def meeting(self) -> str:
        """The kind of meeting that is recorded, whose own gates are asked; empty for anything else."""
        return ""

    def told(self) -> dict[str, Any]:
        """What the form says of what a gate looks at, by names of steps.GIVEN."""
        return {}

    def first_day(self) -> date | None:
        """The earliest of the days that say when the fact began."""
        return min((day for name in self.start if (day := self.cleaned_data.get(name))), default=None)


class ReviewForm(FactForm):
    model, title, start = "Review", "A looked-after review", ("held_on",)
    held_on = _day("Day of the review")
    participation = forms.ChoiceField(
        label="How the child took part",
        required=False,
        choices=[
            ("", "Not recorded"),
            *((code, f"{code}: {said}") for code, said in codes.REVIEW_CODE.items()),
        ],
    )


class VisitForm(FactForm):
    model, title, start = "Visit", "A visit by the social worker", ("on",)
    on = _day("Day of the visit")


class MeetingForm(FactForm):
    model, title, start = "MeetingHeld", "A meeting", ("held_on",)
    kind = forms.ChoiceField(
        label="Which meeting",
        choices=_kinds(MEETINGS),
        error_messages={"required": "Choose which meeting it was"},
    )
    held_on = _day("Day of the meeting")

    def acts(self, values: Mapping[str, Any] | None = None) -> list[str]:
        kind = (self.cleaned_data if values is None else values).get("kind", "")
        return ["hold_meeting"] if kind == self.meeting() else []  # another day of it is no new meeting

    def meeting(self) -> str:
        return str(self.cleaned_data.get("kind", ""))


class PlanForm(FactForm):
    model, title, start = "PermanencePlan", "A permanence plan", ("recorded_on", "agreed_on", "confirmed_on")
    position = forms.ChoiceField(label="Which plan", choices=POSITIONS)
    route = forms.ChoiceField(
        label="Route to permanence",
        choices=[("", "Choose"), *ROUTE_WORDS.items()],
        error_messages={"required": "Choose the route"},
    )
    recorded_on = _day("Recorded on", required=False)
    agreed_on = _day("Agreed on", required=False, hint="At a looked-after review or a planning meeting")
    confirmed_on = _day("Confirmed on", required=False, hint="By who decides in this council")
    ended_on = _day("Ended on", required=False, hint="Leave empty while the plan stands")
    reason = forms.CharField(
        label="Why this plan", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 5})
    )

    def acts(self, values: Mapping[str, Any] | None = None) -> list[str]:
        plan = self.cleaned_data if values is None else values
        agreed = bool(plan.get("agreed_on") or plan.get("confirmed_on"))
        if values is not None and plan.get("route") != self.cleaned_data.get("route"):
            return ["agree_plan"] if agreed else []
        return ["set_route", *(["agree_plan"] if agreed else [])]

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name, "") for name in ("route", "position", "reason")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        days = [cleaned.get(name) for name in self.start]
        if not any(days) and not any(self.has_error(name) for name in self.start):
            self.add_error("recorded_on", "Enter the day on which the plan was recorded, agreed or confirmed")
        ended, began = cleaned.get("ended_on"), min(filter(None, days), default=None)
        if ended and began and ended < began:
            self.add_error("ended_on", f"The plan began on {words.day(began)}, which is later")
        return cleaned


class EventForm(FactForm):
    model, title, start = "DatedEvent", "Another event", ("on",)
    kind = forms.ChoiceField(
        label="What happened",
        choices=_kinds(kind for kind in KINDS if kind not in ELSEWHERE and kind not in MEETINGS),
        error_messages={"required": "Choose what happened"},
    )
    on = _day("On which day")
    detail = forms.CharField(
        label="Detail",
        required=False,
        max_length=100,
        help_text="One word or code where the kind of event has one, such as positive or negative",
    )

    def acts(self, values: Mapping[str, Any] | None = None) -> list[str]:
        kind = (self.cleaned_data if values is None else values).get("kind", "")
        return [BY_EVENT[kind]] if kind in BY_EVENT else []


FORMS: dict[str, type[FactForm]] = {
    "review": ReviewForm,
    "visit": VisitForm,
    "meeting": MeetingForm,
    "plan": PlanForm,
    "event": EventForm,
}
BY_MODEL = {form.model: form for form in FORMS.values()}
WHY = "Say why it is corrected, so that whoever reads it later understands"
