"""Children who left care by adoption, special guardianship or a child arrangements order, until support ends.

From the first contact to the order and beyond it (CRO-155); a sealed record is on nobody's list.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from homeward.domain.calendar import age
from homeward.domain.codes import REC
from homeward.domain.wording import day_words, days_words
from homeward.records.history import ORDER_AT_END
from homeward.records.models import DatedEvent, PeriodOfCare
from homeward.records.queries.drift.line import Asking, Line, Told, again, by_whom, decisions, named

SUPPORT, ENDED = "support_after_order", "support_ended"
HEADINGS = (
    *("Order", "First contact", "From there to the order", "Support agreed", "Support looked at again"),
)


def lines(asking: Asking) -> list[Line]:
    """Whose support nobody has agreed first, then the newest order; over 18 only while support goes on."""
    children = asking.children("core", "history", "legal")
    left = PeriodOfCare.current.filter(child__in=children, end_reason__in=ORDER_AT_END)
    left = left.filter(child__standing__in_care=False, ended_on__lte=asking.today).order_by("ended_on")
    ends = {pk: (on, why, came) for pk, on, why, came in left.values_list("child_id", *_CARE)}
    begun, supported, ended = _begun(ends), decisions(ends, SUPPORT), decisions(ends, ENDED)
    found = []
    for pk, child in named(children, ends).items():
        on, reason, came = ends[pk]
        agreed, over = supported.get(pk), ended.get(pk)
        if agreed and came and agreed.decided_on < came:
            agreed = None  # of an earlier time in care
        grown = child.born_on is not None and age(child.born_on, asking.today) >= 18
        if (over and over.decided_on >= on) or (grown and agreed is None):
            continue
        since = begun.get(pk)
        support = f"{agreed.what} – {by_whom(agreed)}" if agreed else Told("overdue", "Nothing recorded")
        cells = (
            f"{REC.get(reason, reason).capitalize()}, {day_words(on)}",
            since,
            days_words((on - since).days) if since else "",
            support,
            again(asking, agreed) if agreed else None,
        )
        found.append((agreed is not None, -on.toordinal(), Line(child, cells)))
    return [line for *_, line in sorted(found, key=lambda each: each[:2])]


_CARE = ("ended_on", "end_reason", "started_on")


def _begun(children: Iterable[int]) -> dict[int, date]:
    """The first contact where the record holds it, otherwise the day the child first came into care."""
    care = PeriodOfCare.current.filter(child__in=list(children)).exclude(started_on=None)
    days = dict(care.order_by("-started_on").values_list("child_id", "started_on"))
    first = DatedEvent.current.filter(child__in=list(children), kind="first_contact_made")
    return days | dict(first.order_by("-on").values_list("child_id", "on"))
