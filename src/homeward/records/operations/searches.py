"""The last search of a person, sealed in the session: a name never stands in an address or a table."""

from __future__ import annotations

import base64
from typing import Any

from homeward.records import vault
from homeward.records.audit import SEARCH_KEY

_ABOUT = "session:search"


def keep(session: Any, text: str) -> None:
    session["search"] = base64.b64encode(vault.seal(text.encode(), SEARCH_KEY, _ABOUT)).decode()


def kept(session: Any) -> str:
    """The text, or nothing when there is none or it cannot be opened any more."""
    try:
        return vault.open_sealed(base64.b64decode(session.get("search", "")), _ABOUT).decode()
    except vault.CannotOpen:
        return ""
