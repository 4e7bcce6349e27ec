"""What every view asks first: may this person do it, in which council's record, read at which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest

from homeward.domain.policy import Rule
from homeward.records import access
from homeward.records.models import Authority
from homeward.records.queries import quality_page

# A record that ends longer ago than this is read more sensibly as at its own end.
_STALE = timedelta(days=45)


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


def reading(request: HttpRequest, action: str, authority: Authority | None = None) -> Reading:
    """The record this person reads; 404 for a person who may not do `action` there."""
    now = today()
    place = authority or authority_of(request)
    if not access.may(request.user, action, place):
        raise Http404
    request.authority = place
    shows_all = request.GET.get("all") == "1"
    return Reading(place, as_at_of(request, now), now, shows_all, quality_page.not_recorded(place))


def authorities_of(request: HttpRequest) -> list[Authority]:
    """The councils this person may reach, asked once a request."""
    if not hasattr(request, "reachable"):
        request.reachable = list(access.authorities_visible_to(request.user))
    return request.reachable


def authority_of(request: HttpRequest) -> Authority:
    """The council in the address, else the one looked at last, else the first; 404 for one out of reach."""
    reachable = authorities_of(request)
    asked = request.GET.get("authority")
    slug = asked or request.session.get("authority")
    found = next((a for a in reachable if a.slug == slug), None if asked or not reachable else reachable[0])
    if found is None:
        raise Http404
    if asked:
        request.session["authority"] = found.slug
    return found


def as_at_of(request: HttpRequest, now: date) -> date:
    """The day in the address, never after today; a day that cannot be read is today."""
    try:
        return min(date.fromisoformat(request.GET.get("as_at", "")), now)
    except ValueError:
        return now
