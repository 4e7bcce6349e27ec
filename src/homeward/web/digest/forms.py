"""What a person wants to be told by the daily digest."""

from __future__ import annotations

from django import forms

from homeward.records.queries.digest import CHOICES
from homeward.web.layout.forms import PageForm


class DigestForm(PageForm):
    """Whether to be told at all, and of which sorts."""

    on = forms.BooleanField(label="Send me a digest by e-mail when something waits", required=False)
    sorts = forms.MultipleChoiceField(
        label="What it tells of",
        required=False,
        choices=list(CHOICES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
