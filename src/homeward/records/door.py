"""What pages and the API ask first: may this person do it, in which council's record, read at which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404

from homeward.domain.policy import Rule
from homeward.records import access
from homeward.records.access import Actor
from homeward.records.audit import Trail
from homeward.records.models import Authority, Child
from homeward.records.operations import limits
from homeward.records.queries import child_page, quality_page

# A record that ends longer ago than this is read more sensibly as at its own end.
_STALE = timedelta(days=45)
_FIRST = date(1900, 1, 1)  # no record here is older, and counting months back ends with year 1


@dataclass(frozen=True, slots=True)
class Reading:
    """A council's record, read at a day."""

    authority: Authority
    as_at: date
    today: date
    show_all: bool
    unrecorded: list[Rule]

    @property
    def keep(self) -> str:
        """The query string that takes the chosen day along to a child's page."""
        return f"?as_at={self.as_at.isoformat()}" if self.as_at != self.today else ""

    @property
    def aside(self) -> frozenset[str]:
        """Keys of the rules that are set aside because nothing recorded here can meet them."""
        return frozenset() if self.show_all else frozenset(rule.key for rule in self.unrecorded)

    def context(self) -> dict[str, Any]:
        """What layout/record_ends.html says: where the record ends and what it holds nothing of."""
        ends = self.authority.latest_on
        return {
            "authority": self.authority,
            "as_at": self.as_at,
            "record_ended": ends if ends and ends < self.today - _STALE else None,
            "unrecorded": self.unrecorded,
            "unrecorded_words": quality_page.missing_words(self.unrecorded),
            "show_all": self.show_all,
            "can_show_all": True,
        }


def today() -> date:
    """The day in London; the settings name the clock, so that a demonstration and a test may pin it."""
    return settings.TODAY()


def reading(actor: Actor, action: str, as_at: date, *, show_all: bool) -> Reading:
    """The record this person reads in the role they act in; 404 for one who may not do `action` there.

    `as_at` is never after today.
    """
    now = today()
    if actor.authority is None or not access.may(actor, action):
        raise Http404
    unrecorded = quality_page.not_recorded(actor.authority)
    return Reading(actor.authority, max(_FIRST, min(as_at, now)), now, show_all, unrecorded)


def child_of(actor: Actor, trail: Trail, public_id: str, *, write: bool = False) -> Child:
    """The one way to a child; 404 for a child out of reach, the same as for one who is not there.

    Emergency access opens a child to be read, never to be written.
    """
    if "\0" in public_id:  # which PostgreSQL takes in no text
        raise Http404
    found = child_page.child_visible(actor, public_id)
    if found is not None:
        trail.saw([found.pk])
    elif not write and (found := access.child_opened_by(actor, public_id)) is not None:
        trail.saw([found.pk], basis="break_glass")
    else:
        pk, excluded = child_page.asked_for(actor, public_id)
        trail.saw([pk] if pk else [], basis="refused")
        if excluded:
            trail.about["excluded"] = pk
        raise Http404
    if limits.opened_too_many(actor.person, found.pk):
        raise limits.TooMuch("children")
    return found
