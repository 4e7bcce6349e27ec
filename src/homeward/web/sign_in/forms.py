"""The sign-in form."""

from django import forms


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
