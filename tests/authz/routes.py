"""Every address of the site, from the resolver, and how the table asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def routes() -> dict[str, str]:
    """Name -> pattern of every address, files of the page's look apart."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, path, inner)
        else:
            yield space + (pattern.name or path), "/" + path


def of_a_child(pattern: str) -> bool:
    return "public_id" in pattern


def address(pattern: str, child: str, fact: str) -> str:
    """The address for a child (and one of the child's facts); other parts get something that is not there."""
    path = re.sub(r"<(?:str:)?public_id>", child, pattern)
    path = re.sub(r"<uuid:uid>", fact, path)
    path = re.sub(r"<int:\w+>", "999999", path)
    return re.sub(r"<(?:str:|slug:)?\w+>", "aaaaaaaaaaaa", path)
