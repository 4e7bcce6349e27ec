"""What is typed about one child at a meeting, as forms and as the plain minute that is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from homeward.domain import codes
from homeward.domain.calendar import is_working_day
from homeward.domain.events import ROUTES
from homeward.domain.meetings import CHAIRS
from homeward.domain.meetings import Meeting as Series
from homeward.domain.standing import ROUTE_WORDS
from homeward.domain.steps import ANSWERS as YES
from homeward.domain.steps import DAYS, GIVEN, LISTS, TEXTS
from homeward.records.models import MeetingItem
from homeward.records.operations.actions import BY_HAND
from homeward.records.operations.answers import ANSWERS
from homeward.records.operations.decisions import BY_HAND as DECISIONS
from homeward.records.queries import meetings_page
from homeward.reports import words
from homeward.web.layout.forms import Day, PageForm, PastDay

ROLES = [("", "Choose"), *((key, said[:1].upper() + said[1:]) for key, said in CHAIRS.items())]


def _text(label: str, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _line(label: str, length: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=length, **more)


class MinuteForm(PageForm):
    """The child's words, the headings of the template, what the policy asks here, and the next date."""

    child_says = _text("What the child says", 4, help_text="In the child’s own words")
    child_says_why_not = _text("If nothing of the child’s own is here, why", 2)

    def __init__(
        self,
        *args: Any,
        series: Series,
        headings: tuple[str, ...],
        asked: tuple[str, ...],
        plans: list[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.series, self.headings, self.asked = series, headings, asked
        for paper in series.papers:
            label = f"{paper.words[:1].upper()}{paper.words[1:]}: its date"
            self.fields[f"paper_{paper.key}"] = PastDay(label, required=False)
        for number, heading in enumerate(headings):
            self.fields[f"section_{number}"] = _text(heading)
        for name in asked:
            self.fields[f"given_{name}"] = _given(name)
        self._add_of_series()
        if plans:
            self.fields["plans"] = forms.MultipleChoiceField(
                label="Plans agreed here",
                required=False,
                choices=plans,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["next_on"] = Day("Next meeting about this child", required=False)
        for field in self.fields.values():
            look = "govuk-textarea" if isinstance(field.widget, forms.Textarea) else "govuk-select"
            if isinstance(field.widget, (forms.Textarea, forms.Select)):
                field.widget.attrs.setdefault("class", look)

    def _add_of_series(self) -> None:
        """The rating of a midway review; how the child took part in a looked-after review."""
        if self.series.rating:
            ratings = [(word, word.capitalize()) for word in self.series.rating]
            self.fields["rating"] = forms.ChoiceField(
                label="Rating", required=False, choices=[("", "Choose"), *ratings]
            )
            self.fields["rating_why"] = _text("Why this rating", 2)
        if self.series.kind == "review_held":
            choices = [(code, f"{code}: {said}") for code, said in codes.REVIEW_CODE.items()]
            self.fields["participation"] = forms.ChoiceField(
                label="How the child took part", required=False, choices=[("", "Not recorded"), *choices]
            )

    def clean_next_on(self) -> date | None:
        on: date | None = self.cleaned_data["next_on"]
        if on and not is_working_day(on):
            before = words.day(meetings_page.working_day_before(on))
            raise forms.ValidationError(
                f"{words.day(on)} is not a working day. The working day before it is {before}"
            )
        return on

    def sections(self) -> list[Any]:
        """The fields of the headings, for the template."""
        return [self[f"section_{number}"] for number in range(len(self.headings))]

    def paper_fields(self) -> list[Any]:
        return [self[f"paper_{paper.key}"] for paper in self.series.papers]

    def papers(self) -> dict[str, date | None]:
        """Key of each paper whose field can be read -> its date, or None when it is not there."""
        keys = [paper.key for paper in self.series.papers]
        given = self.cleaned_data
        return {key: given[f"paper_{key}"] for key in keys if f"paper_{key}" in given}

    def asks(self) -> list[Any]:
        return [self[f"given_{name}"] for name in self.asked]


def _given(name: str) -> forms.Field:
    """The field of something that a gate looks at, by its kind (domain.steps)."""
    if name in DAYS:
        return Day(GIVEN[name], required=False)
    if name in YES:
        choices = [("", "Not answered"), ("yes", "Yes"), ("no", "No")]
        return forms.ChoiceField(label=GIVEN[name], required=False, choices=choices)
    assert name in TEXTS or name in LISTS
    return _text(GIVEN[name], 2)


class OtherForm(PageForm):
    who = _line("Who")
    words = _text("What they say", 2)


class DecisionForm(PageForm):
    kind = forms.ChoiceField(label="Sort of decision", required=False, choices=list(DECISIONS.items()))
    what = _text("What was decided", 2)
    maker = _line("Who decided")
    maker_role = forms.ChoiceField(label="In which role", required=False, choices=ROLES)
    basis = _text("On what basis", 2)
    alternatives = _text("What else was thought of", 2)
    child_view = _text("What the child thinks of it", 2)
    why_not_followed = _text("If the child’s view was not followed, why", 2)
    told_on = Day("Told to the child on", required=False)
    told_how = _line("How the child was told", 300)


class ActionForm(PageForm):
    what = _line("What is to be done", 2000)
    owner = forms.ChoiceField(label="Who does it", required=False)
    owner_name = _line("Or somebody who does not sign in here")
    by_on = Day("By", required=False)
    kind = forms.ChoiceField(label="What it is", required=False, choices=list(BY_HAND.items()))

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        owner: Any = self.fields["owner"]
        owner.choices = [("", "Choose"), *colleagues]


class OptionForm(PageForm):
    route = forms.ChoiceField(
        label="Route", required=False, choices=[(key, ROUTE_WORDS[key]) for key in ROUTES]
    )
    answer = forms.ChoiceField(
        label="What is said of it", required=False, choices=[("", "No change"), *ANSWERS.items()]
    )
    reason = _text("Why", 2)
    signed_by = _line("Signed off by")
    signed_role = forms.ChoiceField(label="In which role", required=False, choices=ROLES)


OtherSet = forms.formset_factory(OtherForm, extra=2, max_num=40)
DecisionSet = forms.formset_factory(DecisionForm, extra=1, max_num=40)
ActionSet = forms.formset_factory(ActionForm, extra=2, max_num=60)
OptionSet = forms.formset_factory(OptionForm, extra=1, max_num=20)
# part of the minute: (its forms, what makes a row one that says something)
PARTS: dict[str, tuple[Any, str]] = {
    "others": (OtherSet, "words"),
    "decisions": (DecisionSet, "what"),
    "actions": (ActionSet, "what"),
    "options": (OptionSet, "answer"),
}


class Minuting:
    """All forms of one child's part of a meeting, bound to what was sent or filled from what is kept."""

    def __init__(self, post: Any, item: MeetingItem, about: dict[str, Any], colleagues: Any) -> None:
        minute = item.minute
        papers = {f"paper_{key}": on for key, on in item.papers.items()}
        self.form = MinuteForm(post, initial=_initial(minute, about) | papers, **about)
        self.kept = minute
        self.sets = {
            part: made(
                post,
                prefix=part,
                initial=minute.get(part, []),
                form_kwargs={"colleagues": colleagues} if part == "actions" else {},
            )
            for part, (made, _) in PARTS.items()
        }

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(each.is_valid() for each in self.sets.values())])

    def wrong(self) -> list[tuple[str, str]]:
        """(id of the field, what is wrong), of every form."""
        forms_ = [self.form, *(form for each in self.sets.values() for form in each)]
        return [
            (field.id_for_label, str(error)) for form in forms_ for field in form for error in field.errors
        ]

    def minute(self) -> dict[str, Any]:
        """The plain minute; a field that cannot be read keeps what was there."""
        self.is_valid()
        form, given = self.form, self.form.cleaned_data
        kept = dict(self.kept)
        for name in form.fields:
            if name.partition("_")[0] not in ("section", "given", "paper") and name in given:
                kept[name] = _plain(given[name])
        kept["sections"] = _named(form, "section", dict(enumerate(form.headings)), kept.get("sections", {}))
        kept["given"] = _named(form, "given", {name: name for name in form.asked}, kept.get("given", {}))
        for part, (_, says) in PARTS.items():
            kept[part] = _rows(self.sets[part], says, kept.get(part, []))
        return kept


def _initial(minute: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    sections, given = minute.get("sections", {}), minute.get("given", {})
    numbered = {f"section_{n}": sections.get(heading, "") for n, heading in enumerate(about["headings"])}
    return minute | numbered | {f"given_{name}": words_ for name, words_ in given.items()}


def _named(form: MinuteForm, prefix: str, names: dict[Any, str], before: dict[str, str]) -> dict[str, str]:
    found = dict(before)
    for key, name in names.items():
        if f"{prefix}_{key}" in form.cleaned_data:
            found[name] = _plain(form.cleaned_data[f"{prefix}_{key}"])
    return {name: said for name, said in found.items() if said}


def _rows(sent: Any, says: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for number, form in enumerate(sent):
        old = before[number] if number < len(before) else {}
        row = {name: _plain(form.cleaned_data.get(name, old.get(name, ""))) for name in form.fields}
        if row.get(says):
            found.append(row)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value if value is not None else ""
