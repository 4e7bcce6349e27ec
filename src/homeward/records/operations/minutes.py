"""Minutes while they are written: one child's part of a meeting, saved as typed, by whoever types.

A minute is a plain dict, so that what is half written can be kept:

    child_says, child_says_why_not, rating, rating_why, participation   text
    next_on                                                             ISO date or ""
    sections    {heading of the template: text}
    others      [{who, words}]
    decisions   [{kind, what, maker, maker_role, basis, alternatives, child_view, why_not_followed,
                  told_on (ISO date or ""), told_how}]
    actions     [{what, kind ("" or of actions.BY_HAND), owner (pk of a person or ""), owner_name,
                  by_on (ISO date or "")}]
    options     [{route, answer, reason, signed_by, signed_role}]
    plans       [uid of a plan agreed here]
    gates       {key of a gate: {reason, by_name, by_role}}
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from homeward.domain.meetings import Meeting as Series
from homeward.records.models import Meeting, MeetingItem, Person
from homeward.records.operations.meetings import Stale
from homeward.records.operations.refused import Refused

# What brothers and sisters share; what the child says is always the child's own.
SHARED = ("others", "decisions", "actions", "next_on", "rating", "rating_why")
Minutes = dict[str, Any]


def save_minute(item: MeetingItem, minute: Minutes, *, version: int, by: Person, now: datetime) -> int:
    """Keeps what was typed; gives the version that stands then. Raises Stale, or Refused once signed."""
    if item.meeting.state != Meeting.PLANNED:
        raise Refused("", "This meeting was signed or cancelled: its minutes are not changed any more.")
    mine = MeetingItem.objects.filter(pk=item.pk, version=version, signed=False)
    if not mine.update(minute=minute, version=F("version") + 1, saved_by=by, saved_at=now):
        raise Stale(MeetingItem.objects.select_related("saved_by").get(pk=item.pk))
    return version + 1


@transaction.atomic
def share_minute(item: MeetingItem, before: Minutes, *, by: Person, now: datetime) -> list[MeetingItem]:
    """Gives the shared parts to the brothers and sisters minuted together; gives those that changed.

    A part in which one of them has an exception of their own, that is, which differs from what `item` said
    before it was saved, stays as it is.
    """
    if not item.together:
        return []
    changed = []
    beside = item.meeting.items.select_for_update().filter(together=item.together).exclude(pk=item.pk)
    for other in beside:
        own = _taken_over(other.minute, item.minute, before, SHARED)
        own["sections"] = _taken_over(
            other.minute.get("sections", {}),
            said := item.minute.get("sections", {}),
            before.get("sections", {}),
            said,
        )
        if own != other.minute:
            MeetingItem.objects.filter(pk=other.pk).update(
                minute=own, version=F("version") + 1, saved_by=by, saved_at=now
            )
            changed.append(other)
    return changed


def _taken_over(own: Minutes, said: Minutes, before: Minutes, names: Iterable[str]) -> Minutes:
    return own | {
        name: said.get(name) for name in names if not own.get(name) or own.get(name) == before.get(name)
    }


def heard(item: MeetingItem, series: Series) -> None:
    """The child's part is complete; raises Refused with the first thing that is missing."""
    missing = lacks(item.minute, series)
    if missing:
        raise Refused(*missing[0])
    MeetingItem.objects.filter(pk=item.pk).update(
        state=MeetingItem.HEARD, deferred_reason="", version=F("version") + 1
    )


def lacks(minute: Minutes, series: Series) -> list[tuple[str, str]]:
    """(part, sentence) of what a record cannot do without, whatever the council."""
    found = []
    if not (minute.get("child_says") or minute.get("child_says_why_not")):
        found.append(("child_says", "Enter what the child says, or why nothing of the child’s own is here"))
    if series.rating and not minute.get("rating"):
        found.append(("rating", "Choose the rating"))
    if minute.get("rating") and not minute.get("rating_why"):
        found.append(("rating_why", "Say why this rating is given"))
    found += _each(minute, "decisions", (("maker", "who decided"), ("basis", "on what basis")), "decision")
    for action in minute.get("actions", ()):
        if not (action.get("owner") or action.get("owner_name")):
            found.append(("actions", f"Enter who does this: {_start(action['what'])}"))
    for option in minute.get("options", ()):
        if option["answer"] == "ruled_out" and not (option.get("reason") and option.get("signed_by")):
            found.append(("options", "Enter why a route is ruled out and who signed that off"))
    return found


def _each(minute: Minutes, part: str, needs: Iterable[tuple[str, str]], sort: str) -> list[tuple[str, str]]:
    return [
        (part, f"Enter {words} for this {sort}: {_start(one['what'])}")
        for one in minute.get(part, ())
        for name, words in needs
        if not one.get(name)
    ]


def _start(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
