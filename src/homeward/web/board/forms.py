"""What is written for the board: commentary, a new action, and what came of one."""

from __future__ import annotations

from typing import Any

from django import forms

from homeward.records.operations.board import doer_choices
from homeward.web.layout.forms import Day, Long, PageForm, PastDay

ANONYMOUS = "The board reads this. Name no child, and nothing by which a child could be made out."


class NamelessForm(PageForm):
    """Asks whether the words name nobody only when one of them is also what a child is called."""

    names_nobody = forms.BooleanField(
        required=False, label="I have read it again: these words name no child", widget=forms.CheckboxInput
    )

    @property
    def asks(self) -> bool:
        return self.is_bound and ("names_nobody" in self.data or any("is also what" in e for e in self._said))

    @property
    def _said(self) -> list[str]:
        return [str(error) for errors in self.errors.values() for error in errors]


class CommentaryForm(NamelessForm):
    says = Long(
        "What the board should know about these figures", rows=10, required=False, help_text=ANONYMOUS
    )
    field_order = ("says", "names_nobody")


class ActionForm(NamelessForm):
    what = Long("What is to be done", rows=3, help_text=ANONYMOUS, required=False)
    who = forms.ChoiceField(label="Who sees to it", help_text="A role, so that the paper names nobody.")
    by_on = Day("By when", missing="Enter the day by which it is to be done")
    field_order = ("what", "who", "by_on", "names_nobody")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        who: Any = self.fields["who"]
        who.choices = [("", "Choose"), *doer_choices()]
        who.error_messages["required"] = "Choose who sees to it"


class CloseForm(NamelessForm):
    done_on = PastDay("When it was done", missing="Enter the day on which it was done")
    outcome = Long("What came of it", rows=3, help_text=ANONYMOUS, required=False)
    field_order = ("done_on", "outcome", "names_nobody")
