"""The same data judged under a second council's pack gives its dates and words, and changes no fact."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from tests.cast import uploads
from tests.journeys.files import PQ, VW
from tests.journeys.walking import council

from homeward.config.today import LONDON
from homeward.domain import packs
from homeward.domain.entries import leaves
from homeward.records import keep
from homeward.records.access import places_of
from homeward.records.history import history_of
from homeward.records.models import FACTS, Child, KeptDeadline, Person
from homeward.records.operations.facts import record_fact
from homeward.records.operations.gates import in_the_way
from homeward.records.operations.meetings import refer_child
from homeward.records.queries.agenda import agenda_of

TODAY = date(2026, 6, 9)
NOW = datetime.combine(TODAY, time(10), LONDON)
PLANNING, OVERSIGHT, REVIEW = "permanence_meeting_held", "permanence_tracked", "review_held"
HELD = (date(2026, 1, 12), date(2026, 2, 23), date(2026, 4, 7))
MATCHED = date(2026, 6, 8)
RESIDENTIAL = {"route": "residential", "position": "main"}


def recorded(child: Child, model: str, **values: Any) -> None:
    start = values.get("on") or values["held_on"]
    lead = Person.objects.get(name="Lena Okoro")
    record_fact(child, model, values, start=start, by=lead, now=NOW)


@pytest.fixture
def pq(db: None) -> Child:
    """PQ as journey 5 leaves her: three planning meetings, return home looked at again, matched on 8 June."""
    from homeward.intake.load import load_uploads

    load_uploads(council("merton"), uploads(PQ), now=NOW)
    child = Child.objects.get(code="PQ1")
    for on in HELD:
        recorded(child, "MeetingHeld", kind=PLANNING, held_on=on)
    recorded(child, "DatedEvent", kind="return_home_reviewed", on=date(2026, 2, 2))
    recorded(child, "DatedEvent", kind="long_term_match_agreed", on=MATCHED)
    return child


@pytest.fixture
def vw(db: None) -> Child:
    from homeward.intake.load import load_uploads

    load_uploads(council("lambeth"), uploads(VW), now=NOW)
    return Child.objects.get(code="VW1")


def facts() -> dict[str, int]:
    return {name: model.objects.count() for name, model in FACTS.items()}


def under(child: Child, pack: str) -> Child:
    """The council takes another pack: what is kept of its children is judged anew, and no fact changes."""
    before = facts()
    child.authority.pack = pack
    child.authority.save()
    assert keep.refresh_if_policy_changed(child.authority)
    assert facts() == before
    return Child.objects.select_related("authority").get(pk=child.pk)


def dates(child: Child, rule: str) -> list[tuple[str, str]]:
    """(due, met) of a rule in the order of the days; "" when it is not met."""
    rows = KeptDeadline.objects.filter(child=child, rule=rule).order_by("due_on")
    return [(str(due), str(met or "")) for due, met in rows.values_list("due_on", "met_on")]


def judged(child: Child) -> set[str]:
    return set(KeptDeadline.objects.filter(child=child).values_list("rule", flat=True))


def names(child: Child) -> tuple[str, str, str]:
    own = packs.pack(child.authority.pack)
    return own.meeting(PLANNING), own.meeting(OVERSIGHT), own.meeting(REVIEW)


def test_mertons_own_words_and_dates_first(pq: Child):
    assert names(pq) == (
        "Permanency Planning Meeting",
        "Permanency Tracking Meeting",
        "Children in Care review",
    )
    assert dates(pq, "merton_permanent_home") == [("2025-01-06", "2026-06-08")]
    assert dates(pq, "permanency_planning_meeting")[-3:] == [
        ("2026-02-23", "2026-02-23"),
        ("2026-04-06", "2026-04-07"),
        ("2026-05-19", ""),
    ]


def test_mertons_child_under_sloughs_pack(pq: Child):
    pq = under(pq, "slough")
    assert names(pq) == (
        "Permanence Planning Meeting",
        "Permanence Monitoring Group",
        "Cared For Child's review",
    )
    assert {"merton_permanent_home", "permanency_planning_meeting"}.isdisjoint(judged(pq))
    assert dates(pq, "confirmed_plan") == [("2024-08-05", "")]
    assert dates(pq, "proceedings_limit") == [("2024-08-05", "2024-09-30")]
    group = packs.meeting("slough", "permanence_monitoring_group")
    assert group is not None
    left = leaves(group.exit, history_of(pq), TODAY)
    assert left is not None and (left[0], left[1].on) == ("matched_to_carers", MATCHED)


def test_sloughs_group_lists_her_as_matched_to_carers_with_the_evidence(pq: Child):
    pq = under(pq, "slough")
    lead = Person.objects.get(name="Lena Okoro")
    refer_child(pq, "permanence_monitoring_group", why="Came into care", on=HELD[0], by=lead, now=NOW)
    group = packs.meeting("slough", "permanence_monitoring_group")
    assert group is not None
    agenda = agenda_of(places_of(lead)[0], pq.authority, group, TODAY)
    assert [(one.child.pk, one.evidence) for one in agenda.left] == [
        (pq.pk, "Matched to carers on 8 June 2026")
    ]
    assert pq.pk not in [one.child.pk for one in agenda.suggestions]


def test_mertons_child_under_dudleys_pack(pq: Child):
    pq = under(pq, "dudley")
    assert names(pq) == ("Child Permanence Meeting", "Permanence Monitoring Panel", "Child in Care Review")
    assert dates(pq, "child_permanence_meeting") == [("2024-03-18", "2026-01-12")]
    assert dates(pq, "child_permanence_meeting_repeat")[:2] == [
        ("2026-02-23", "2026-02-23"),
        ("2026-04-06", "2026-04-07"),
    ]
    assert dates(pq, "dudley_plan_by_second_review") == [("2024-06-03", "2024-06-03")]
    meeting = packs.meeting("dudley", "child_permanence_meeting")
    assert meeting is not None
    assert leaves(meeting.exit, history_of(pq), TODAY) is None  # a match alone is not enough there
    recorded(pq, "DatedEvent", kind="placed_permanently", on=MATCHED)
    left = leaves(meeting.exit, history_of(pq), TODAY)
    assert left is not None and (left[0], left[1].on) == ("matched_and_placed", MATCHED)


def test_mertons_child_under_croydons_pack(pq: Child):
    pq = under(pq, "croydon")
    assert packs.pack("croydon").meeting(REVIEW) == "Looked-after review"
    assert dates(pq, "return_home_window") == [("2024-06-24", "2026-02-02")]
    assert dates(pq, "parallel_plan_by_second_review") == [("2024-06-03", "2024-06-03")]
    assert dates(pq, "contingency_plan_by_second_review") == [("2024-06-03", "")]
    assert not [rule for rule in judged(pq) if "permanent_home" in rule or "planning_meeting" in rule]


def test_lambeths_child_under_dudleys_pack(vw: Child):
    assert dates(vw, "lambeth_permanent_home") == [("2027-01-03", "")]
    lambeths = in_the_way(vw, "set_route", today=TODAY, given=RESIDENTIAL)
    assert [one.gate.key for one in lambeths if one.stops] == ["residential_approved"]
    vw = under(vw, "dudley")
    assert dates(vw, "child_permanence_meeting") == [("2025-12-29", "")]
    assert "lambeth_permanent_home" not in judged(vw)
    dudleys = in_the_way(vw, "set_route", today=TODAY, given=RESIDENTIAL)
    assert not any(one.stops for one in dudleys)  # a residential home is a route there like any other


def test_lambeths_child_under_croydons_pack(vw: Child):
    """Croydon approves a residential home only where a family home is not possible."""
    vw = under(vw, "croydon")
    assert dates(vw, "return_home_window") == [("2026-04-06", "")]
    stops = [one for one in in_the_way(vw, "set_route", today=TODAY, given=RESIDENTIAL) if one.stops]
    assert [one.gate.promises for one in stops] == [("CRO-045",)]
    said = RESIDENTIAL | {
        "approved_by": "head_of_service",
        "family_not_possible_reason": "Six families were asked",
    }
    assert not [one for one in in_the_way(vw, "set_route", today=TODAY, given=said) if one.stops]


def test_lambeths_child_under_mertons_pack(vw: Child):
    vw = under(vw, "merton")
    assert dates(vw, "merton_permanent_home") == [("2027-01-03", "")]
    assert dates(vw, "permanency_planning_meeting") == [("2025-12-29", "")]
