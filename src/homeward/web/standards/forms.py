"""The form of a check: each standard of the council, what is done about what is not met, and the next day."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.domain.packs import standards
from homeward.records.operations.standards import ANSWERS
from homeward.web.layout.forms import Day, Long, PageForm, PastDay


class CheckForm(PageForm):
    says = Long(
        "What is done about what is not met, by whom and by when",
        required=False,
        help_text="Agree an action for each where somebody has to do something.",
    )
    graded_on = PastDay("Checked on", missing="Enter the day")
    for_on = Day("When is it checked next?", required=False)

    def __init__(self, *args: Any, pack: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.keys = [one["key"] for one in standards(pack)]
        for one in standards(pack):
            section = one["source"].get("section", "")
            self.fields[one["key"]] = forms.ChoiceField(
                label=one["asks"],
                help_text=f"{one['source']['document']}{f', {section}' if section else ''}",
                choices=[("", "Choose"), *ANSWERS.items()],
                widget=forms.Select(attrs={"class": "govuk-select"}),
                error_messages={"required": f"Answer: {one['asks']}", "invalid_choice": "Choose an answer"},
            )
        self.order_fields([*self.keys, "says", "graded_on", "for_on"])
