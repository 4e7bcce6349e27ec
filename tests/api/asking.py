"""The addresses of the API, and its refusals without what differs each time."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast

API = "/api/v1"


def of(cast: Cast, name: str, part: str = "") -> str:
    return f"{API}/child/{cast.children[name].public_id}{part}"


def plain(answer: Any) -> dict[str, Any]:
    """A refusal without its reference, which is another one for each request."""
    found = answer.json()
    assert len(found.pop("reference")) == 16
    return found
