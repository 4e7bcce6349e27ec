"""The last search of a person, sealed in the session: a name never stands in an address or a table."""

from __future__ import annotations

import base64
from typing import Any

from homeward.records import vault
from homeward.records.audit import SEARCH_KEY

CHILDREN, DECISIONS = "search", "search_decisions"


def keep(session: Any, text: str, where: str = CHILDREN) -> None:
    session[where] = base64.b64encode(vault.seal(text.encode(), SEARCH_KEY, _about(where))).decode()


def kept(session: Any, where: str = CHILDREN) -> str:
    """The text, or nothing when there is none or it cannot be opened any more."""
    try:
        return vault.open_sealed(base64.b64decode(session.get(where, "")), _about(where)).decode()
    except vault.CannotOpen:
        return ""


def _about(where: str) -> str:
    return f"session:{where}"
