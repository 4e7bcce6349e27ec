"""What stands around every page: the person, the council and the places that are open to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from homeward.records import access
from homeward.web.layout.door import today

OVERSIGHT = ("oversight", "board", "data_quality", "emergency_reviews", "emergency_review", "looked")
PEOPLE = ("people", "person", "role_change", "team", "teams", "group", "groups", "cover", "school")
# place, its first page, the names of its pages or their first words, and what a person must be allowed there
PLACES = (
    ("Home", "home", ("home", "actions", "decisions", "digest"), "see_home"),
    (
        "Children",
        "tracker",
        ("tracker", "children", "child", "record", "correct", "exclusion"),
        "see_children",
    ),
    ("Meetings", "meetings", ("meetings", "meeting", "school"), "meet"),
    ("Oversight", "oversight", OVERSIGHT, "see_oversight"),
    ("Oversight", "emergency_reviews", OVERSIGHT, "review_break_glass"),
    ("Policy", "policy_ledger", ("policy",), "see_policy"),
    ("People", "people", PEOPLE, "manage_people"),
    ("Import", "import_upload", ("import",), "import"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The variables of layout/base.html."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"demonstration": settings.DEMONSTRATION()}
    match = request.resolver_match
    here = (match.url_name or "") if match else ""
    at = {here, here.partition("_")[0]}
    allowed = {action: access.may(actor, action) for *_, action in PLACES}
    open_places: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, first, pages, action in PLACES:
        if allowed[action]:
            open_places.setdefault(name, (first, pages))
    return {
        "person": actor.person,
        "authority": actor.authority,
        "acting": actor,
        "may_change_role": len(request.places) > 1,
        "today": today(),
        "demonstration": settings.DEMONSTRATION(),
        "may_find": allowed["see_children"],
        "places": [
            {
                "name": name,
                "url": reverse(first),
                "here": bool(at.intersection(pages)),
                "exact": here == first,
            }
            for name, (first, pages) in open_places.items()
        ],
    }
