"""The upload form: files, and the collection year where it cannot be told from them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

LARGEST = 200 * 1024 * 1024


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one upload."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list) and data else [data or None]
        cleaned = [super(FilesField, self).clean(each, initial) for each in files]
        if sum(file.size or 0 for file in cleaned) > LARGEST:
            raise forms.ValidationError("These files are larger than 200 MB together. Choose fewer at a time")
        return cleaned


class UploadForm(forms.Form):
    files = FilesField(  # type: ignore[assignment]
        widget=SeveralFiles,
        error_messages={
            "required": "Choose at least one file",
            "empty": "One of the files is empty. Choose it again, or leave it out",
        },
    )
    year = forms.IntegerField(
        required=False,
        min_value=1990,
        max_value=2100,
        error_messages={"invalid": "Write the year that the collection ends in, such as 2026"},
    )
