"""Where each thing that needs a person is done: the link behind *Do it*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from homeward.domain import packs
from homeward.records.models import Action, Challenge, Decision, Meeting, MeetingItem, PermanencePlan
from homeward.records.queries.home.meetings import arranged
from homeward.records.queries.home.needs import Need
from homeward.records.queries.said import Said
from homeward.web.home.parts import Desk
from homeward.web.record.forms import ELSEWHERE, MEETINGS

_FORMS = {"child_visited": "visit", "review_held": "review"}
_PLANS = ("_plan_recorded", "_plan_agreed", "_plan_confirmed")


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that needs a person with the way to where it is done."""

    need: Need
    words: str
    link: str
    where: str = ""  # the child's page, or the meeting's


class Ways:
    """Finds the way for each need of a page; asks once which meetings are arranged already."""

    def __init__(self, desk: Desk, found: list[Need]) -> None:
        self.desk = desk
        self.series = {one.kind: one.key for one in reversed(packs.meetings(desk.authority.pack))}
        children = {need.child.pk for need in found if need.child and isinstance(need.subject, Said)}
        self.arranged = arranged(children, desk.authority) if desk.may("meet") and children else {}

    def doing(self, need: Need) -> Doing:
        said, link = self._way(need)
        child: Any = need.child
        where = reverse("child", args=[child.public_id]) + self.desk.read.keep if child else link
        return Doing(need, said, link, where)

    def _way(self, need: Need) -> tuple[str, str]:
        subject, child = need.subject, need.child
        if isinstance(subject, Meeting):
            return "Finish and sign", reverse("meeting", args=[subject.public_id])
        assert child is not None
        records = self.desk.may("record")
        if isinstance(subject, Said):
            return self._of_a_date(subject, child, records)
        if isinstance(subject, PermanencePlan):
            place = reverse("child_plans", args=[child.public_id])
            agrees = reverse("child_plan_act", args=[child.public_id, subject.uid, "agree"])
            return ("Record that it was agreed", agrees) if records else ("See the plans", place)
        if isinstance(subject, Action) and records:
            return "Close it", reverse("child_action_close", args=[child.public_id, subject.uid])
        if isinstance(subject, Decision) and records:
            return "Say how they were told", reverse(
                "child_decision_told", args=[child.public_id, subject.uid]
            )
        if isinstance(subject, Challenge):
            return "Answer it", reverse("child_challenge_answer", args=[child.public_id, subject.uid])
        place = "child_actions" if isinstance(subject, Action) else "child_decisions"
        return "See it", reverse(place, args=[child.public_id])

    def _of_a_date(self, said: Said, child: Any, records: bool) -> tuple[str, str]:
        met_by = said.rule.met_by
        if any(kind.endswith(_PLANS) and kind in ELSEWHERE for kind in met_by):
            return "Go to the plans", reverse("child_plans", args=[child.public_id])
        kinds = [kind for kind in met_by if kind in self.series]
        if kinds and self.desk.may("meet"):
            return self.to_meeting(child, self.series[kinds[0]])
        if records and met_by:
            return "Record it", record_link(child, met_by[0])
        anchor = f"{self.desk.read.keep}#{said.anchor}"
        return "Why this date?", reverse("child_dates", args=[child.public_id]) + anchor

    def to_meeting(self, child: Any, series: str) -> tuple[str, str]:
        return meeting_way(self.desk, child, series, self.arranged.get((child.pk, series)))


def meeting_way(desk: Desk, child: Any, series: str, item: MeetingItem | None) -> tuple[str, str]:
    """To the meeting that is arranged, to its minutes once it was held, else to arranging one."""
    if item is None:
        return "Arrange it", f"{reverse('meeting_arrange')}?series={series}&child={child.public_id}"
    meeting = item.meeting
    if meeting.on <= desk.on and desk.may("record"):
        return "Write the minutes", reverse("meeting_item", args=[meeting.public_id, item.pk])
    return "Prepare", reverse("meeting", args=[meeting.public_id])


def record_link(child: Any, kind: str) -> str:
    """The form that records an event, with its kind chosen."""
    place = reverse("record", args=[child.public_id])
    if kind in _FORMS:
        return f"{place}?what={_FORMS[kind]}"
    if kind in ELSEWHERE:
        return place
    return f"{place}?what={'meeting' if kind in MEETINGS else 'event'}&kind={kind}"
