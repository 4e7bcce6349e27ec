"""Changes of plan or home at short notice on which not every party has agreed yet (SLO-101)."""

from __future__ import annotations

from homeward.domain.wording import day_words
from homeward.records.models import Action
from homeward.records.operations.actions import SHORT_NOTICE
from homeward.records.queries import short_notice
from homeward.records.queries.drift.line import Asking, Line, Told

HEADINGS = ("What changes", "Asked on", "Agreed", "Not agreed", "No reply yet")


def lines(asking: Asking) -> list[Line]:
    """The change that has waited longest first."""
    actions = Action.current.filter(kind=SHORT_NOTICE)
    children = asking.children("core", "history").filter(pk__in=actions.values("child"))
    changes = short_notice.of_children(children.select_related("authority"), asking.today)
    found = []
    for change in (one for one in changes if not one.agreed):
        agreed = tuple(one.party for one in change.parties if one.agrees)
        replied = (one for one in change.parties if one.replied)
        against = tuple(f"{one.party}: {one.says}" for one in replied if not one.agrees)
        waiting = ", ".join(one.party for one in change.waiting)
        late = any(one.status == "overdue" for one in change.waiting)
        told = Told("overdue" if late else "due_soon", waiting) if waiting else None
        found.append(Line(change.child, (change.words, day_words(change.asked_on), agreed, against, told)))
    return found[::-1]
