"""Children whose planning meeting is due or late, for whoever chairs it; and whether it is arranged.

The day is the policy's where it gives one, otherwise the day that was agreed at the last meeting (LAM-023).
"""

from __future__ import annotations

from datetime import date, timedelta

from homeward.domain import packs
from homeward.domain.meetings import Meeting as Series
from homeward.domain.wording import day_words
from homeward.records.models import KeptDeadline, Meeting, MeetingHeld, MeetingItem, Minute
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.drift.line import NEAR_DAYS, Asking, Cell, Line, Told, named
from homeward.records.queries.meetings_by_team import CORE, NO_TEAM, teams_of

HEADINGS = ("Team", "Last held", "Next due", "Arranged")


def series_of(pack: str) -> Series | None:
    return next((one for one in packs.meetings(pack) if one.kind == CORE), None)


def lines(asking: Asking) -> list[Line]:
    """The latest first; then those for whom no day is set, and those due within four weeks."""
    in_scope = asking.children("core", "history", "legal").filter(standing__in_scope=True)
    children = in_scope.exclude(standing__stage="permanence_achieved")
    pks = list(children.values_list("pk", flat=True))
    held = _held(pks, asking.today)
    days = _agreed(pks, asking, held) | _by_rule(pks, asking)
    until = asking.today + timedelta(days=NEAR_DAYS)
    wanted = [pk for pk in pks if pk not in days or days[pk] <= until]
    arranged = _arranged(wanted, asking)
    teams = teams_of(wanted, asking.authority, asking.today)
    found = []
    for pk, child in named(children, wanted).items():
        on, last = days.get(pk), held.get(pk)
        due = asking.due(on) if on else Told("due_soon", "No day set" if last else "None held yet")
        ahead: Cell = day_words(arranged[pk]) if pk in arranged else Told("due_soon", "Not arranged")
        line = Line(child, (teams.get(pk, NO_TEAM), last, due, ahead))
        found.append((on or asking.today, line))
    return [line for _, line in sorted(found, key=lambda each: each[0])]


def _held(children: list[int], today: date) -> dict[int, date]:
    held = MeetingHeld.current.filter(child__in=children, kind=CORE, held_on__lte=today)
    return dict(held.order_by("held_on").values_list("child_id", "held_on"))


def _by_rule(children: list[int], asking: Asking) -> dict[int, date]:
    rules = [rule.key for rule in policy_of(asking.authority).rules if CORE in rule.met_by]
    dates = KeptDeadline.objects.filter(child__in=children, rule__in=rules, met_on=None, ended_on=None)
    dates = dates.exclude(rule__in=asking.aside).order_by("-due_on")
    return {pk: on for pk, on in dates.values_list("child_id", "due_on") if on is not None}


def _agreed(children: list[int], asking: Asking, held: dict[int, date]) -> dict[int, date]:
    """The day agreed at the last meeting of the series, where none was held since."""
    series = series_of(asking.authority.pack)
    minutes = Minute.current.filter(child__in=children, series=series.key if series else "")
    found = {}
    for pk, on, next_on in minutes.order_by("held_on", "pk").values_list("child_id", "held_on", "next_on"):
        if next_on and on >= held.get(pk, on):
            found[pk] = next_on
    return found


def _arranged(children: list[int], asking: Asking) -> dict[int, date]:
    series = series_of(asking.authority.pack)
    items = MeetingItem.objects.filter(child__in=children, meeting__state=Meeting.PLANNED)
    items = items.filter(meeting__series=series.key if series else "", meeting__on__gte=asking.today)
    return dict(items.order_by("-meeting__on").values_list("child_id", "meeting__on"))
