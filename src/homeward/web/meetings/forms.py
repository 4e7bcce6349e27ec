"""The forms around a meeting: arranging it, who came, putting a child off, referring a child."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from homeward.domain.calendar import is_working_day
from homeward.domain.meetings import CHAIRS
from homeward.domain.meetings import Meeting as Series
from homeward.records.models import Authority, Meeting
from homeward.records.queries import meetings_page
from homeward.reports import words
from homeward.web.layout.forms import Day, PageForm, Reason

TIME = forms.TimeInput(attrs={"type": "time", "class": "hw-input"}, format="%H:%M")
NOT_A_TIME = {"invalid": "Enter a real time, such as 14:30"}
CAME = (("", "Not invited"), ("came", "Came"), ("apologies", "Sent apologies"), ("invited", "Invited"))


class ArrangeForm(PageForm):
    """When and where a meeting is, and who chairs it; `meeting` is the one that is changed."""

    series = forms.ChoiceField(
        label="Which meeting", error_messages={"required": "Choose which meeting it is"}
    )
    on = Day("Day")
    anyway = forms.BooleanField(label="Hold it on this day although it is not a working day", required=False)
    starts_at = forms.TimeField(label="Begins at", required=False, widget=TIME, error_messages=NOT_A_TIME)
    ends_at = forms.TimeField(label="Ends at", required=False, widget=TIME, error_messages=NOT_A_TIME)
    room = forms.CharField(
        label="Room", required=False, max_length=80, help_text="A room of the council’s; never a home"
    )
    chair = forms.ChoiceField(label="Who chairs", required=False)
    chair_name = forms.CharField(
        label="Name of the chair, if they do not sign in here", required=False, max_length=200
    )
    chair_role = forms.ChoiceField(
        label="In which role they chair",
        required=False,
        choices=[("", "Choose"), *((key, said[:1].upper() + said[1:]) for key, said in CHAIRS.items())],
    )

    def __init__(
        self, *args: Any, authority: Authority, series: list[Series], today: date, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.authority = authority
        choices: Any = self.fields["series"]
        choices.choices = [("", "Choose"), *((one.key, one.name) for one in series)]
        chairs: Any = self.fields["chair"]
        chairs.choices = [("", "Not said yet, or somebody who does not sign in here")]
        chairs.choices += meetings_page.who_may_chair(authority, today)
        for name in ("room", "chair_name"):
            self.fields[name].widget.attrs["class"] = "govuk-input"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        on = cleaned.get("on")
        if on and not is_working_day(on) and not cleaned.get("anyway"):
            before = words.day(meetings_page.working_day_before(on))
            self.add_error(
                "on", f"{words.day(on)} is not a working day. The working day before it is {before}"
            )
        if cleaned.get("chair_name") and not cleaned.get("chair") and not cleaned.get("chair_role"):
            self.add_error("chair_role", "Choose in which role they chair")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the operations take; the chair's role follows from the role that was chosen."""
        given = {name: self.cleaned_data[name] for name in ("on", "starts_at", "ends_at", "room")}
        role = self.cleaned_data["chair"]
        if role:
            held = meetings_page.role_held(self.authority, int(role))
            return given | {"chair": held.person, "chair_name": "", "chair_role": held.key}
        return given | {
            "chair": None,
            "chair_name": self.cleaned_data["chair_name"],
            "chair_role": self.cleaned_data["chair_role"],
        }


def came_rows(series: Series, meeting: Meeting) -> list[dict[str, str]]:
    """Who is invited, one row each, with what was said of them so far; and room for three more."""
    said = {row[0]: row for row in meeting.attended}
    meant = [*series.must_invite, *series.attends]
    rows = [
        {"who": who, "name": said[who][1] if who in said else "", "came": said[who][2] if who in said else ""}
        for who in meant
    ]
    rows += [
        {"who": row[0], "name": row[1], "came": row[2]} for row in meeting.attended if row[0] not in meant
    ]
    return [*rows, *({"who": "", "name": "", "came": ""} for _ in range(3))]


def came_of(post: Any) -> list[list[str]]:
    """The rows as sent, without those that say nothing."""
    rows = zip(post.getlist("who"), post.getlist("name"), post.getlist("came"), strict=False)
    known = {key for key, _ in CAME}
    return [
        [who.strip()[:200], name.strip()[:200], came]
        for who, name, came in rows
        if who.strip() and came in known and (came or name.strip())
    ]


class PutOffForm(PageForm):
    reason = Reason("Why the child is not heard this time", error_messages={"required": "Say why"})


class CancelForm(PageForm):
    reason = Reason("Why the meeting is cancelled", error_messages={"required": "Say why"})


class ReferForm(PageForm):
    series = forms.ChoiceField(
        label="To which meeting", error_messages={"required": "Choose to which meeting"}
    )
    why = Reason("Why the child is referred", error_messages={"required": "Say why the child is referred"})

    def __init__(self, *args: Any, series: list[Series], **more: Any) -> None:
        super().__init__(*args, **more)
        choices: Any = self.fields["series"]
        choices.choices = [("", "Choose"), *((one.key, one.name) for one in series)]
