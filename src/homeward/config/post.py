"""How the daily digest leaves: through the council's own mail server, or as files in the data folder."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FOLDER = "mail"


def post(url: str, data: Path) -> dict[str, Any]:
    """EMAIL_… settings of smtp://user:password@host:587 (STARTTLS) or smtps://…; none: files in `data`."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data / FOLDER),
        }
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        # The address may hold a password, so it is not repeated here.
        raise ImproperlyConfigured("HOMEWARD_SMTP cannot be read: write it as smtp://user@mail.example:587.")
    whole = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if whole else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": whole,
        "EMAIL_USE_TLS": not whole,
        "EMAIL_TIMEOUT": 20,
    }
