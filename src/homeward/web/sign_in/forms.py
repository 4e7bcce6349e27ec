"""The forms of signing in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

from homeward.records.operations import knocks


class SignInForm(forms.Form):
    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address, such as name@council.example",
        },
    )
    password = forms.CharField(
        max_length=128, strip=False, error_messages={"required": "Enter your password"}
    )


class _Slowed:
    """A code of the second factor: tries are counted, and a code holds once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = "Enter the code"

    def clean_code(self) -> str:
        wait = knocks.with_a_code(self.user.pk)
        if wait:
            raise forms.ValidationError(too_many(wait))
        code: str = super().clean_code()  # type: ignore[misc]
        if not knocks.code_was_right(self.user.pk, code):
            raise forms.ValidationError("That code was used already. Wait for the app to show the next one")
        return code


class SecondFactorForm(_Slowed, AuthenticateForm):
    """At sign-in."""


class ConfirmForm(_Slowed, ReauthenticateForm):
    """Once more, before something that needs the person to be there."""


class AppForm(_Slowed, ActivateTOTPForm):
    """The first code of an app that is set up."""


def too_many(wait: int) -> str:
    return f"Too many tries. Wait {wait} second{'' if wait == 1 else 's'}, then try again"
