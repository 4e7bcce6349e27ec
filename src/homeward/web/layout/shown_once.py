"""A secret that was just made, kept sealed in the session until the next page shows it."""

from __future__ import annotations

import base64

from django.http import HttpRequest

from homeward.records import vault

KEY = "token.1"


def keep(request: HttpRequest, what: str, text: str) -> None:
    sealed = vault.seal(text.encode(), KEY, f"{what}:{request.user.pk}")
    request.session[what] = base64.b64encode(sealed).decode()


def take(request: HttpRequest, what: str) -> str:
    """The secret of the page before, or nothing; it is not given again."""
    sealed = request.session.pop(what, "")
    if not sealed:
        return ""
    return vault.open_sealed(base64.b64decode(sealed), f"{what}:{request.user.pk}").decode()
