"""What each council's policy asks at its meetings is asked until it is answered there."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cast import NOW, TODAY, Cast

from homeward.domain import packs
from homeward.records.models import MeetingItem
from homeward.records.operations.meetings import arrange_meeting, put_on_agenda
from homeward.records.queries.meeting_gates import fields_asked, in_the_way

# (council, meeting, gate, what answers it in the minute, who was there)
GIVEN: dict[str, dict[str, str]] = {
    "wishes": {"wishes_considered": "yes", "plan_fits_needs": "no"},
    "status": {"legal_status_right": "no"},
    "solutions": {"family_solutions": "The aunt and the godmother were asked"},
    "officer": {"reviewing_officer_entry": "Why is the assessment late?"},
}
ASKED = [
    ("slough", "cared_for_childs_review", "reviewing_officers_judgement", GIVEN["wishes"], ""),
    ("dudley", "child_in_care_review", "legal_status_right", GIVEN["status"], ""),
    ("dudley", "child_protection_conference", "family_solutions", GIVEN["solutions"], ""),
    ("croydon", "looked_after_review", "reviewing_officers_footprint", GIVEN["officer"], ""),
    ("croydon", "looked_after_review", "family_invited", {}, "must_invite"),
    ("dudley", "child_permanence_meeting", "meeting_attendance", {}, "must_invite"),
    ("merton", "permanency_planning_meeting", "planning_meeting_attendance", {}, "must_invite"),
]


def item_of(cast: Cast, council: str, series: str) -> MeetingItem:
    cast.authority.pack = council
    cast.authority.save()
    meeting = arrange_meeting(cast.authority, series, on=TODAY, by=cast.people["amina"], now=NOW)
    (item,) = put_on_agenda(meeting, [(cast.children["Maya"], [("added", "Added by Amina")])])
    return MeetingItem.objects.select_related("meeting__authority", "child__authority").get(pk=item.pk)


def asked(item: MeetingItem) -> dict[str, str]:
    series = packs.meeting(item.meeting.authority.pack, item.meeting.series)
    assert series is not None
    return {one.gate.key: one.sentence for one in in_the_way(item, series)}


@pytest.mark.parametrize(("council", "series", "gate", "answers", "there"), ASKED)
def test_what_the_policy_asks_at_a_meeting_is_asked_until_it_is_answered(
    cast: Cast, council: str, series: str, gate: str, answers: dict[str, Any], there: str
):
    item = item_of(cast, council, series)
    found = packs.meeting(council, series)
    assert found is not None
    assert gate in asked(item)
    assert set(answers) <= set(fields_asked(council, found, {}))
    item.minute = {"given": answers}
    item.meeting.attended = [[who, "", "came"] for who in found.must_invite] if there else []
    assert gate not in asked(item)


def test_each_heading_of_the_planning_meeting_is_asked_for_until_it_has_an_answer(cast: Cast):
    item = item_of(cast, "merton", "permanency_planning_meeting")
    found = packs.meeting("merton", "permanency_planning_meeting")
    assert found is not None
    missing = asked(item)["planning_meeting_headings"]
    headings = found.headings(first=False)  # Maya had one before
    assert all(heading in missing for heading in headings)
    item.minute = {"sections": dict.fromkeys(headings[1:], "Talked through")}
    assert asked(item)["planning_meeting_headings"].startswith(f"Without an answer: {headings[0]}.")
    item.minute = {"sections": dict.fromkeys(headings, "Talked through")}
    assert "planning_meeting_headings" not in asked(item)


def test_a_decision_at_a_meeting_asks_for_what_its_step_needs(cast: Cast):
    """In Lambeth a move asks first whether the family network was looked at again."""
    item = item_of(cast, "lambeth", "permanency_planning_meeting")
    found = packs.meeting("lambeth", "permanency_planning_meeting")
    assert found is not None
    assert "network_first" not in asked(item)
    item.minute = {"decisions": [{"kind": "move", "what": "To the aunt", "basis": "Her assessment"}]}
    assert "network_first" in asked(item)
    assert "network_checked_on" in fields_asked("lambeth", found, item.minute)
    item.minute["given"] = {"network_checked_on": TODAY.isoformat()}
    assert "network_first" not in asked(item)
