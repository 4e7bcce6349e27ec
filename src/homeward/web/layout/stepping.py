"""A step that a policy guards, on a form: what it asks first, answered there, or gone past with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest

from homeward.domain import packs
from homeward.domain.gates import Unmet
from homeward.domain.meetings import CHAIRS, Meeting
from homeward.domain.step_answers import Wanted, wanted
from homeward.domain.steps import ANSWERS, DAYS, GIVEN, LISTS
from homeward.records.models import Authority, Child
from homeward.records.operations import gates
from homeward.records.operations.refused import Refused
from homeward.records.queries import plans_page, step_gates
from homeward.records.queries.working_with import role_chosen
from homeward.reports import words
from homeward.web.layout import gates as layout
from homeward.web.layout.forms import Day, Long, PageForm, dress

YES_OR_NO = [("", "Not answered"), ("yes", "Yes"), ("no", "No")]


class GivenForm(PageForm):
    """The fields that the gates before a step look at; what is left empty is not answered."""

    def __init__(
        self, *args: Any, wants: Wanted, authority: Authority, series: Meeting | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.authority = authority
        for name in wants.names:
            invited = name == "invited" and series is not None
            self.fields[f"given_{name}"] = _invited(series) if invited else _field(name, wants, authority)
        dress(self)

    def given(self) -> dict[str, Any]:
        """By names of steps.GIVEN, as a gate looks at them."""
        return {
            name: self._read(name, value)
            for field, value in self.cleaned_data.items()
            if (name := field.removeprefix("given_")) and value not in ("", None, [])
        }

    def said(self) -> dict[str, str]:
        """The same in words, for the record."""
        found = {}
        for field, value in self.cleaned_data.items():
            if value not in ("", None, []):
                choices = dict(getattr(self.fields[field], "choices", ()))
                if isinstance(value, list):
                    value = "; ".join(value)
                shown = choices.get(int(value) if str(value).isdigit() else value, value)
                found[field.removeprefix("given_")] = (
                    words.day(shown) if isinstance(shown, date) else str(shown)
                )
        return found

    def _read(self, name: str, value: Any) -> Any:
        if name in ANSWERS:
            return value == "yes"
        if isinstance(value, list):
            return tuple(value)
        if name in LISTS:
            return tuple(line.strip() for line in value.splitlines() if line.strip())
        if name == "approved_by":
            found = role_chosen(self.authority, int(value))
            return found.key if found else ""
        return value


def _invited(series: Meeting) -> forms.Field:
    """Those whom the policy wants at the meeting, to be ticked."""
    return forms.MultipleChoiceField(
        label=GIVEN["invited"],
        required=False,
        choices=[(who, who) for who in series.must_invite],
        widget=forms.CheckboxSelectMultiple,
    )


def _field(name: str, wants: Wanted, authority: Authority) -> forms.Field:
    if name in DAYS:
        return Day(GIVEN[name], required=False)
    if name in ANSWERS:
        return forms.ChoiceField(label=GIVEN[name], required=False, choices=YES_OR_NO)
    if name == "chaired_as":
        roles = [(key, said[:1].upper() + said[1:]) for key, said in CHAIRS.items()]
        return forms.ChoiceField(label=GIVEN[name], required=False, choices=[("", "Choose"), *roles])
    if name == "approved_by":
        people = plans_page.deciders(authority, wants.approvers)
        return forms.ChoiceField(
            label="Who approved it", required=False, choices=[("", "Not approved yet"), *people]
        )
    return Long(GIVEN[name], rows=2, required=False, help_text="One on each line." if name in LISTS else "")


class Step:
    """What is recorded on a form with the steps of domain.steps.ACTS that it takes; none is a step like any.

    `told` is what the form itself says already, by names of steps.GIVEN; it is not asked for again. `kind` is
    the kind of meeting that is recorded, whose own gates are then asked.
    """

    def __init__(
        self,
        request: HttpRequest,
        child: Child,
        acts: Sequence[str],
        told: dict[str, Any] | None = None,
        kind: str = "",
    ) -> None:
        self.request, self.child, self.acts, self.told = request, child, tuple(acts), told or {}
        pack = child.authority.pack
        self.series = next((one for one in packs.meetings(pack) if kind and one.kind == kind), None)
        wants = wanted(pack, self.acts, self.series)
        wants = wants._replace(names=tuple(name for name in wants.names if name not in self.told))
        about: dict[str, Any] = {"wants": wants, "authority": child.authority, "series": self.series}
        self.form = GivenForm(request.POST or None, **about)
        self.unmet: list[Unmet] = []

    @contextmanager
    def taken(self, on: date) -> Iterator[None]:
        """The step stands inside; raises Refused, and nothing is recorded, while the policy asks on."""
        if not self.acts:
            yield
            return
        if not self.form.is_valid():
            raise Refused("", "What the policy asks could not be read. Mend it below.")
        given = {name: value for name, value in self.told.items() if value not in ("", None)}
        given |= self.form.given()
        self.unmet = step_gates.in_the_way(self.child, self.acts, on, given, self.series)
        about: dict[str, Any] = {
            "role": layout.role_of(self.request),
            "on": on,
            "by": self.request.user,
            "now": settings.NOW(),
        }
        said = step_gates.answered(self.child, self.acts, self.form.said(), self.series)
        met = {one.gate.key for one in self.unmet}
        with gates.going_on(self.child, self.unmet, layout.reasons(self.request), **about):
            gates.record_answers(self.child, [one for one in said if one[0].key not in met], **about)
            yield

    def context(self) -> dict[str, Any]:
        """For layout/step.html: the fields and the gates, once a form was sent that takes a guarded step."""
        shown = bool(self.acts) and self.request.method == "POST"
        return {
            "given": self.form if shown and self.form.fields else None,
            "gates": layout.asked(self.request, self.unmet),
        }
