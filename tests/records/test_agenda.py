"""Who the rules put before a meeting, and who has left it."""

from __future__ import annotations

from datetime import date, timedelta

from tests.cast import NOW, TODAY, Cast

from homeward.domain import packs
from homeward.records.access import acting
from homeward.records.models import Exclusion, MeetingReferral
from homeward.records.operations.facts import record_fact
from homeward.records.operations.meetings import child_leaves, refer_child
from homeward.records.queries.agenda import Agenda, agenda_of

TRACKING = "permanency_tracking_meeting"


def agenda(cast: Cast, key: str = TRACKING, who: str = "amina", on: date = TODAY) -> Agenda:
    series = packs.meeting("merton", key)
    assert series is not None
    return agenda_of(acting(cast.people[who]), cast.authority, series, on)


def whys(found: Agenda, name: str) -> list[tuple[str, str]]:
    return [why for one in found.suggestions if one.child.name == name for why in one.why]


def tracked(cast: Cast, on: date) -> None:
    """The files tell of an oversight meeting at which Kai was heard."""
    values = {"kind": "permanence_tracked", "held_on": on}
    record_fact(cast.children["Kai"], "MeetingHeld", values, start=on, by=cast.people["amina"], now=NOW)


def test_a_date_overdue_at_the_last_oversight_meeting_and_still_overdue_is_stuck(cast: Cast):
    assert "stuck" not in [key for key, _ in whys(agenda(cast), "Theo")]  # no meeting was held before
    tracked(cast, date(2026, 11, 2))
    found = agenda(cast)
    assert found.last_on == date(2026, 11, 2)
    assert ("stuck", "Looked-after review: due 9 May 2026, overdue by 200 days") in whys(found, "Theo")
    assert found.suggestions[0].first == "stuck"


def test_what_happened_since_the_last_oversight_meeting_is_said(cast: Cast):
    tracked(cast, date(2026, 10, 30))
    said = [words for key, words in whys(agenda(cast), "Ruby") if key == "changed"]
    assert any("1 November 2026" in words for words in said)  # Ruby moved to a children's home that day


def test_a_planning_meeting_hears_who_is_due_for_one(cast: Cast):
    found = agenda(cast, "permanency_planning_meeting", "helen")
    assert ("due", "Permanency Planning Meeting every 6 weeks: due 30 November 2026") in whys(found, "Maya")
    assert (
        "due",
        "Permanency Planning Meeting every 6 weeks: due 28 September 2026, overdue by 58 days",
    ) in (whys(found, "Theo"))
    assert all(key != "due" for key, _ in whys(found, "Kai"))  # met on 9 November


def test_a_referred_child_is_heard_until_the_child_leaves_on_evidence(cast: Cast):
    kai, amina = cast.children["Kai"], cast.people["amina"]
    refer_child(kai, TRACKING, why="His carer is unwell", on=TODAY, by=amina, now=NOW)
    assert ("referred", "Referred on 25 November 2026: His carer is unwell") in whys(agenda(cast), "Kai")
    match = {"kind": "long_term_match_agreed", "on": TODAY}
    record_fact(kai, "DatedEvent", match, start=TODAY, by=amina, now=NOW)
    left = {one.child.name: one for one in agenda(cast).left}
    assert left["Kai"].evidence == "Permanence achieved on 25 November 2026"
    assert whys(agenda(cast), "Kai") == []
    child_leaves(kai, TRACKING, on=TODAY, evidence=left["Kai"].evidence, by=amina, now=NOW)
    assert MeetingReferral.current.get(child=kai).left_why == "Permanence achieved on 25 November 2026"
    assert all(one.child.name != "Kai" for one in agenda(cast).left)


def test_who_must_not_see_a_child_is_not_told_that_the_child_is_due(cast: Cast):
    Exclusion.objects.create(
        child=cast.children["Theo"],
        person=cast.people["amina"],
        reason="A relative",
        made_by=cast.people["marcia"],
        made_at=NOW,
    )
    tracked(cast, TODAY - timedelta(days=20))
    assert whys(agenda(cast), "Theo") == []
