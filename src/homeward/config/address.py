"""Where the database is, read from DATABASE_URL."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def postgres(url: str) -> dict[str, Any]:
    """postgres://user:password@host:port/name, or postgres:///name?host=/folder/of/the/socket."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        # The address may hold a password, so it is not repeated here.
        raise ImproperlyConfigured("DATABASE_URL cannot be read: write it as postgres://user@host:5432/name.")
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or "") or asked.pop("user", ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": asked.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or asked.pop("port", "")),
        # Row security makes a statement look dear to the planner; compiling it costs more than it saves.
        # A statement sent again is not planned again: row security makes planning dear, too.
        "OPTIONS": {"options": "-c jit=off", "server_side_binding": True, "prepare_threshold": 3} | asked,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
