"""The council's own directory (OpenID Connect), from the environment; None where there is none."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def directory() -> dict[str, str] | None:
    """{issuer, client_id, secret, name, emails}; raises ImproperlyConfigured for half of it."""
    issuer = os.environ.get("HOMEWARD_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    at = urlsplit(issuer)
    if at.scheme != "https" and not (at.scheme == "http" and at.hostname in ("127.0.0.1", "localhost")):
        raise ImproperlyConfigured("HOMEWARD_OIDC_ISSUER must begin with https://.")
    client_id, secret = os.environ.get("HOMEWARD_OIDC_CLIENT_ID", ""), _secret()
    if not (client_id and secret):
        raise ImproperlyConfigured(
            "HOMEWARD_OIDC_ISSUER needs HOMEWARD_OIDC_CLIENT_ID and HOMEWARD_OIDC_CLIENT_SECRET_FILE "
            "(or HOMEWARD_OIDC_CLIENT_SECRET)."
        )
    return {
        "issuer": issuer,
        "client_id": client_id,
        "secret": secret,
        "name": os.environ.get("HOMEWARD_OIDC_NAME") or "your council account",
        # "council": every address of this issuer is given out by the council itself, marked verified or not.
        "emails": os.environ.get("HOMEWARD_OIDC_EMAILS", "verified"),
    }


def _secret() -> str:
    file = os.environ.get("HOMEWARD_OIDC_CLIENT_SECRET_FILE")
    return (
        Path(file).read_text("utf-8").strip() if file else os.environ.get("HOMEWARD_OIDC_CLIENT_SECRET", "")
    )
