"""What stands around every page: the person, the council and the places that are open to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse

from homeward.records import access
from homeward.web.layout.door import authorities_of, authority_of, today

# place, its first page, the names of every page in it, and what a person must be allowed to do there
PLACES = (
    ("Home", "home", ("home",), None),
    (
        "Children",
        "tracker",
        ("tracker", "children", "child", "child_dates", "child_timeline", "child_history"),
        "see_children",
    ),
    ("Oversight", "data_quality", ("data_quality",), "see_oversight"),
    ("Policy", "policy_ledger", ("policy", "policy_rules", "policy_ledger"), None),
    ("Import", "import_upload", ("import_upload", "import_show", "import_problems"), "import"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of layout/base.html."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"demonstration": settings.DEMONSTRATION()}
    authority = getattr(request, "authority", None) or _authority(request)
    match = request.resolver_match
    here = match.url_name if match else ""
    allowed = {action: access.may(person, action, authority) for *_, action in PLACES if action}
    return {
        "person": person,
        "authority": authority,
        "authorities": authorities_of(request),
        "role_words": access.role_words(person, authority),
        "today": today(),
        "demonstration": settings.DEMONSTRATION(),
        "may_find": allowed["see_children"],
        "places": [
            {"name": name, "url": reverse(first), "here": here in pages, "exact": here == first}
            for name, first, pages, action in PLACES
            if action is None or allowed[action]
        ],
    }


def _authority(request: HttpRequest) -> Any:
    try:
        return authority_of(request)
    except Http404:
        return None
