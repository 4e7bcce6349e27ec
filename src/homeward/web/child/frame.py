"""What stands around every page of a child: the child through the door, the band on top, the pages beside."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from homeward.domain.orders import order_for
from homeward.records import access
from homeward.records.models import Child
from homeward.records.operations import break_glass
from homeward.records.queries import child_page
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.said import Said
from homeward.reports import words
from homeward.web.layout.door import Reading, child_of, reading


def opened(
    request: HttpRequest, public_id: str, *needs: str, write: bool = False
) -> tuple[Reading, ChildPage]:
    """The child through the door, with what this person may be shown and no more.

    A page of a field set that the person is not shown (`needs`) is not found, like a child out of reach.
    """
    found = child_of(request, public_id, write=write)
    read = reading(request, "see_children")
    shown = access.field_sets_for(request.actor, found)
    if not shown.issuperset(needs):
        raise Http404
    request.trail.field_sets.update({"core", "history", "legal", *needs} & shown)
    return read, child_page.page_of(found, read.as_at, shown)


def to_record(request: HttpRequest, public_id: str, *needs: str) -> tuple[Reading, ChildPage]:
    """The same for who records about the child; never in an emergency, which is read only."""
    found = opened(request, public_id, *needs, write=True)
    reading(request, "record")
    return found


def framed(request: HttpRequest, read: Reading, page: ChildPage, at: str) -> dict[str, Any]:
    """What child_base.html needs around a page of a child that was opened."""
    return frame(request, read, page, shown_dates(read, page), at)


def around(request: HttpRequest, read: Reading, child: Child, at: str) -> dict[str, Any]:
    """What child_base.html needs around a page that other rooms make about a child."""
    page = child_page.page_of(child, read.as_at, access.field_sets_for(request.actor, child))
    return frame(request, read, page, shown_dates(read, page), at)


def shown_dates(read: Reading, page: ChildPage) -> list[Said]:
    """The child's dates without those that nothing in this council's record can meet, unless asked for."""
    return [said for said in page.dates if said.rule.key not in read.aside]


def frame(request: HttpRequest, read: Reading, page: ChildPage, dates: list[Said], at: str) -> dict[str, Any]:
    stands = page.standing
    care = "not in our care"
    if stands.in_care:
        care = (
            f"since {words.day(stands.in_care_since)}"
            if stands.in_care_since
            else "the start is not in the return"
        )
    elif stands.left_care_on:
        care = f"left on {words.day(stands.left_care_on)}"
    return read.context() | {
        "at": at,
        "keep": read.keep,
        **_checks(request, page),
        "before_court": page.standing.in_pre_proceedings,
        "shows": {name: name in page.fields for name in ("history", "legal", "work")},
        "child": {
            "public_id": page.child.public_id,
            "name": page.name,
            "initial": page.initial,
            "age": words.age_words(page.born_on, page.expected_on, read.as_at),
            "code": page.code,
            "lives_word": "Lives" if stands.placement else "Home",
            "home": words.label("PLACE", stands.placement) if stands.placement else "not in our care",
            "living_since": stands.living_since if stands.placement else None,
            "legal_status": words.label("LS", stands.legal_status) if stands.legal_status else "none in care",
            "legal_meaning": _responsibility(stands.legal_status),
            "care": care,
            "worker": page.worker,
            "officer": page.officer,
            "overdue": sum(said.status == "overdue" for said in dates),
            "soon": sum(said.status == "due_soon" for said in dates),
        },
    }


def _checks(request: HttpRequest, page: ChildPage) -> dict[str, Any]:
    """Pages beside the record for who may open them, and until when an emergency holds it open."""
    if getattr(request, "break_glass", False):
        held = break_glass.open_now(request.actor.person, page.child)
        return {"opened_until": held.until if held else None, "checks": ["history"]}
    pages = (("access", "protect"), ("shares", "share"), ("looked", "see_who_looked"), ("seal", "seal"))
    found = [name for name, action in pages if access.may(request.actor, action)]
    return {"checks": [*(["history"] if "history" in page.fields else []), *found]}


def _responsibility(code: str) -> str:
    """Who holds parental responsibility under a legal status, in the first sentence that says it."""
    order = order_for(code) if code else None
    return (
        f"Parental responsibility: {order.responsibility[:1].lower()}{order.responsibility[1:]}"
        if order
        else ""
    )
