"""What was recorded is never changed or deleted; a correction stands beside what it corrects."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cast import NOW, TODAY, Cast

from homeward.records import keep, triggers
from homeward.records.history import history_of
from homeward.records.models import FACTS, DisposalPermit, ImportedRow, Meeting, MeetingItem, Review
from homeward.records.models.child import public_id
from homeward.records.operations.facts import (
    AlreadyReplaced,
    NotYet,
    correct_fact,
    record_fact,
    withdraw_fact,
)

LATER = NOW + timedelta(hours=1)


def held(child):
    return [event.on for event in history_of(child).recorded if event.kind == "review_held"]


def test_a_fact_cannot_be_changed_in_the_database(cast: Cast):
    review = Review.current.filter(child=cast.children["Maya"]).first()
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(held_on=date(2026, 7, 1))
    review.refresh_from_db()
    assert review.held_on == date(2026, 7, 6)


def a_meeting(cast: Cast) -> Meeting:
    return Meeting.objects.create(
        authority=cast.children["Maya"].authority,
        series="permanency_planning_meeting",
        on=TODAY,
        made_by=cast.people["priya"],
        made_at=NOW,
    )


def test_a_signed_meeting_and_its_items_cannot_be_changed_or_deleted(cast: Cast):
    meeting = a_meeting(cast)
    item = MeetingItem.objects.create(meeting=meeting, child=cast.children["Maya"], position=1)
    MeetingItem.objects.filter(pk=item.pk).update(minute={"child_says": "I like it here"}, signed=True)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.SIGNED)
    for rows, change in (
        (Meeting.objects.filter(pk=meeting.pk), {"note": "later"}),
        (MeetingItem.objects.filter(pk=item.pk), {"minute": {}}),
    ):
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError, match="not deleted"), transaction.atomic():
            rows._raw_delete("default")
    item.refresh_from_db()
    assert item.minute == {"child_says": "I like it here"}


@pytest.mark.parametrize("name", FACTS)
def test_no_kind_of_fact_can_be_deleted(cast: Cast, name: str):
    child = cast.children["Maya"]
    required = {
        "PeriodOfCare": {},
        "PreviousPermanence": {"previous": "Z1"},
        "UnaccompaniedStatus": {},
        "AdoptionRecord": {},
        "LegalStatus": {"code": "V2", "started_on": TODAY},
        "Home": {"place": "U6", "started_on": TODAY},
        "Review": {"held_on": TODAY},
        "Visit": {"on": TODAY},
        "PermanencePlan": {"position": "main", "route": "adoption"},
        "MeetingHeld": {"kind": "permanence_meeting_held", "held_on": TODAY},
        "AdoptionDecision": {"decided_on": TODAY},
        "MissingEpisode": {"kind": "M", "started_on": TODAY},
        "SocialWorkerSpell": {"worker": "SW9", "started_on": TODAY},
        "ReviewingOfficer": {"officer": "Owen Price", "started_on": TODAY},
        "DatedEvent": {"kind": "care_plan_recorded", "on": TODAY},
        "OptionAnswer": {"route": "adoption", "answer": "testing", "answered_on": TODAY},
        "MeetingReferral": {"series": "permanency_tracking_meeting", "referred_on": TODAY},
        "Minute": {"meeting": a_meeting(cast), "held_on": TODAY, "series": "permanency_planning_meeting"},
        "Decision": {"kind": "other", "decided_on": TODAY, "what": "Family time at the aunt’s", "maker": "A"},
        "Action": {"what": "Ask the school", "agreed_on": TODAY},
        "Delay": {"cause": "assessment", "from_on": TODAY},
        "GateAnswer": {"gate": "chair", "answer": "asked", "on": TODAY, "says": "s", "reason": "r"},
        "Need": {"what": "Speech", "area": "health", "found_in": "Health assessment", "found_on": TODAY},
        "Challenge": {
            **{"raised_on": TODAY, "raised_by": "A", "theme": "delay", "says": "No plan yet"},
            **{"stage": "raised", "stage_on": TODAY, "addressed_to": "B"},
        },
        "Scrutiny": {"held_on": TODAY, "kind": "conversation", "by_name": "A"},
        "Supervision": {"held_on": TODAY, "kind": "supervision", "by_name": "A", "says": "s"},
        "Grade": {"subject": "report", "graded_on": TODAY, "by_name": "A"},
        "ReturnPlan": {"opened_on": TODAY, "to_whom": "Mother", "reasons": "Illness"},
        "ReturnStep": {"plan": uuid4(), "kind": "milestone", "what": "First night", "agreed_on": TODAY},
        "ReturnReview": {"plan": uuid4(), "held_on": TODAY, "by_name": "A", "says": "s"},
    }[name]
    fact = record_fact(child, name, required, start=TODAY, by=cast.people["priya"], now=NOW)
    with pytest.raises(DatabaseError, match="not deleted"), transaction.atomic():
        FACTS[name].objects.filter(pk=fact.pk).delete()
    assert FACTS[name].objects.filter(pk=fact.pk).exists()


def test_a_disposal_permit_lets_the_facts_of_its_own_child_be_deleted_and_no_others(cast: Cast):
    maya, theo = cast.children["Maya"], cast.children["Theo"]
    permit = DisposalPermit.objects.create(child=maya)
    Review.objects.filter(child=maya).delete()
    with pytest.raises(DatabaseError, match="not deleted"), transaction.atomic():
        Review.objects.filter(child=theo).delete()
    permit.delete()


def test_nothing_is_saved_while_a_disposal_permit_stands(cast: Cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        DisposalPermit.objects.create(child=cast.children["Maya"])
        connection.check_constraints()  # as both databases do when they commit
    with pytest.raises(DatabaseError, match="permit_never_commits"), transaction.atomic():
        DisposalPermit.objects.create(child=cast.children["Maya"], pk=-1)


def test_a_table_of_facts_cannot_be_emptied_at_once(cast: Cast):
    emptied = (
        "TRUNCATE records_review CASCADE"
        if connection.vendor == "postgresql"
        else "DELETE FROM records_review"
    )
    connection.check_constraints()  # PostgreSQL empties no table of which it has still to look at rows
    with pytest.raises(DatabaseError, match=r"not emptied|not deleted"), transaction.atomic():
        connection.cursor().execute(emptied)


def test_imported_rows_are_kept_as_they_came(cast: Cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        ImportedRow.objects.update(cells="{}")


def test_a_missing_trigger_is_found_and_written_again(cast: Cast):
    triggers.drop()
    assert "records_review_unchanged" in triggers.missing()
    triggers.write()
    assert triggers.missing() == []


def test_a_correction_replaces_and_the_earlier_version_can_still_be_read_as_known_then(cast: Cast):
    child = cast.children["Maya"]
    review = Review.current.filter(child=child).earliest("held_on")
    corrected = correct_fact(
        review, {"held_on": date(2026, 7, 3)}, by=cast.people["priya"], now=LATER, reason="wrong day"
    )
    assert corrected.replaces_id == review.pk
    assert held(child)[-1] == date(2026, 7, 3) and date(2026, 7, 6) not in held(child)
    then = history_of(child, known_at=LATER - timedelta(minutes=1))
    assert date(2026, 7, 6) in [event.on for event in then.recorded if event.kind == "review_held"]


def test_of_two_people_who_correct_the_same_fact_the_second_is_shown_the_first_ones_version(cast: Cast):
    review = Review.current.filter(child=cast.children["Maya"]).first()
    by = cast.people["priya"]
    first = correct_fact(review, {"participation": "PN2"}, by=by, now=LATER, reason="said so")
    with pytest.raises(AlreadyReplaced) as refused:
        correct_fact(review, {"participation": "PN5"}, by=by, now=LATER, reason="said otherwise")
    assert refused.value.newer == first
    assert Review.current.filter(pk=first.pk, participation="PN2").exists()


def test_a_fact_recorded_in_error_is_withdrawn_and_its_deadlines_follow(cast: Cast):
    child = cast.children["Theo"]
    review = Review.current.get(child=child)
    withdraw_fact(review, by=cast.people["priya"], now=LATER, reason="another child's")
    assert held(child) == []
    assert not child.deadlines.filter(rule="looked_after_review", met_on=date(2026, 2, 9)).exists()
    assert keep.differences(cast.authority) == []


def test_a_day_after_today_is_refused_unless_it_is_set_in_advance(cast: Cast):
    child, by = cast.children["Maya"], cast.people["priya"]
    ahead = TODAY + timedelta(days=20)
    with pytest.raises(NotYet):
        record_fact(child, "Visit", {"on": ahead}, start=ahead, by=by, now=NOW)
    hearing = {"kind": "issues_resolution_hearing", "on": ahead}
    assert record_fact(child, "DatedEvent", hearing, start=ahead, by=by, now=NOW)


def test_no_reference_of_a_child_is_taken_for_an_option_of_a_command() -> None:
    assert not [
        made for made in (public_id() for _ in range(2000)) if made.startswith("-") or len(made) != 12
    ]
