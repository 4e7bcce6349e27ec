"""What each council's policy stops or asks before a step, in the order in which the journeys take them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from homeward.domain.events import Event, History
from homeward.domain.gates import asked, before, guards, said
from homeward.domain.packs import gates, meeting, meetings, pack
from homeward.domain.policy import PACKS
from homeward.domain.steps import Situation

TODAY = date(2026, 9, 14)
CAME = Event(date(2026, 2, 9), "became_looked_after")
BORN = Event(date(2016, 5, 20), "born")
FAMILY_TIME = (
    "Family time: why each arrangement is as it is, "
    "and how stability was weighed against identity and belonging"
)


def on(month: int, day: int, kind: str, detail: str = "") -> Event:
    return Event(date(2026, month, day), kind, detail)


def child(*events: Event) -> History:
    return History("A", events)


def unmet(
    council: str, act: str, series: str = "", history: History | None = None, **known: Any
) -> dict[str, str]:
    """What still stands in the way: the sentence of each gate by its key."""
    known.setdefault("today", TODAY)
    situation = Situation(history if history is not None else child(BORN, CAME), **known)
    return {one.gate.key: one.sentence for one in asked(council, act, series, situation)}


# Who chairs


@pytest.mark.parametrize(
    ("council", "series", "wrong", "right"),
    [
        ("merton", "permanency_planning_meeting", "iro", "team_manager"),
        ("merton", "disruption_meeting", "team_manager", "iro"),
        ("slough", "legal_gateway_panel", "team_manager", "head_of_service"),
        ("slough", "legal_gateway_review", "team_manager", "head_of_service"),
        ("slough", "urgent_legal_meeting", "team_manager", "head_of_service"),
        ("slough", "care_planning_meeting", "team_manager", "head_of_service"),
        ("slough", "permanence_monitoring_group", "team_manager", "permanence_lead"),
        ("slough", "permanence_monitoring_group", "iro", "head_of_service"),
        ("lambeth", "permanency_planning_meeting", "social_worker", "permanence_lead"),
        ("lambeth", "permanence_board", "head_of_service", "director"),
    ],
)
def test_a_meeting_whose_chair_the_policy_names_is_stopped_under_another(council, series, wrong, right):
    invited = meeting(council, series).must_invite
    situation = Situation(child(CAME), TODAY, chair_role=wrong, invited=invited)
    (stopped,) = asked(council, "hold_meeting", series, situation)
    assert stopped.stops and stopped.gate.may_override
    assert meeting(council, series).chairs_words in stopped.sentence
    assert not unmet(council, "hold_meeting", series, chair_role=right, invited=invited)


def test_mertons_first_planning_meeting_with_the_reviewing_officer_in_the_chair_is_stopped():
    said = unmet(
        "merton",
        "hold_meeting",
        "permanency_planning_meeting",
        chair_role="iro",
        invited=["Social worker", "Independent reviewing officer"],
    )
    assert said == {
        "planning_meeting_chair": "The Permanency Planning Meeting is chaired by the Social Work Team "
        "Manager. Choose someone in that role, or ask a named senior to agree and write why."
    }


def test_lambeth_looks_at_the_day_of_the_meeting_not_at_today():
    invited = meeting("lambeth", "permanency_planning_meeting").must_invite
    known = {"chair_role": "social_worker", "invited": invited}
    before, after = date(2024, 9, 30), date(2024, 10, 1)
    series = "permanency_planning_meeting"
    assert not unmet("lambeth", "hold_meeting", series, held_on=before, **known)
    assert "planning_meeting_chair" in unmet("lambeth", "hold_meeting", series, held_on=after, **known)


def test_the_law_asks_for_the_reviewing_officer_in_the_chair_of_a_review_and_lets_it_go_on():
    for council, series in (("merton", "children_in_care_review"), ("lambeth", "looked_after_review")):
        situation = Situation(child(CAME), TODAY, chair_role="team_manager")
        (asks,) = asked(council, "hold_meeting", series, situation)
        assert (asks.gate.key, asks.gate.pack, asks.stops) == ("review_chair", "england", False)
        assert not unmet(council, "hold_meeting", series, chair_role="iro")
    assert "adoption_review_chair" in unmet("dudley", "hold_meeting", "adoption_review", chair_role="legal")
    assert not unmet("dudley", "hold_meeting", "adoption_review", chair_role="iro")


def test_a_meeting_for_which_the_policy_names_no_chair_is_open_to_every_role():
    assert not unmet("lambeth", "hold_meeting", "stability_meeting", chair_role="social_worker")
    assert not unmet("dudley", "hold_meeting", "permanence_monitoring_panel", chair_role="social_worker")


def test_who_must_be_invited_and_is_not_is_named():
    said = unmet("dudley", "hold_meeting", "child_permanence_meeting")
    assert said == {"meeting_attendance": "Not yet invited: Lighthouse Links. Invite them, or write why not."}
    assert not unmet("dudley", "hold_meeting", "child_permanence_meeting", invited=["Lighthouse Links"])


# Slough's gateway


UNBORN = child(on(8, 14, "birth_expected"))
HELD = date(2026, 3, 16)


def test_without_the_chronology_an_item_of_the_gateway_is_not_confirmed():
    there = {"panel_paperwork", "assessment"}
    said = unmet("slough", "confirm_item", "legal_gateway_panel", UNBORN, papers=there)
    assert said == {
        "legal_gateway_papers": "Missing: the chronology. Add what is missing, then confirm the item."
    }
    there.add("chronology")
    assert not unmet("slough", "confirm_item", "legal_gateway_panel", UNBORN, papers=there)


def test_a_gateway_on_an_unborn_child_is_not_closed_without_its_three_answers():
    given: dict[str, Any] = {"review_on": date(2026, 4, 27), "early_permanence_answer": "yes, with an aunt"}
    known = {"today": HELD, "given": given}
    said = unmet("slough", "close_item", "legal_gateway_panel", UNBORN, **known)
    assert set(said) == {"legal_gateway_conference", "draft_documents_date", "birth_decision_date"}
    given["conference_answer"] = "not yet, and the family agrees to one"
    given["draft_documents_on"] = date(2026, 7, 10)
    given["birth_decision_on"] = date(2026, 7, 24)
    assert not unmet("slough", "close_item", "legal_gateway_panel", UNBORN, **known)


def test_for_a_child_who_is_born_the_gateway_sets_no_dates_of_the_birth():
    said = unmet("slough", "close_item", "legal_gateway_panel", today=HELD)
    assert set(said) == {"legal_gateway_conference", "gateway_review_date", "gateway_early_permanence"}
    met = child(BORN, on(3, 2, "family_group_conference_held"))
    assert "legal_gateway_conference" not in unmet("slough", "close_item", "legal_gateway_panel", met)
    assert "legal_gateway_review_conference" in unmet("slough", "close_item", "legal_gateway_review")


def test_the_review_of_an_unborn_childs_gateway_is_two_weeks_before_the_expected_birth_at_the_latest():
    key = "gateway_review_before_birth"
    for day, late in ((date(2026, 7, 31), False), (date(2026, 8, 1), True)):
        known = {"today": HELD, "given": {"review_on": day}}
        assert (key in unmet("slough", "close_item", "legal_gateway_panel", UNBORN, **known)) == late
    born = {"today": HELD, "given": {"review_on": date(2026, 8, 1)}}
    assert key not in unmet("slough", "close_item", "legal_gateway_panel", child(BORN), **born)


@pytest.mark.parametrize("step", ["offered", "declined", "held"])
@pytest.mark.parametrize(
    ("act", "key"),
    [
        ("start_pre_proceedings", "conference_before_pre_proceedings"),
        ("agree_plan", "conference_before_plan"),
    ],
)
def test_without_a_family_group_conference_offered_pre_proceedings_and_the_plan_wait(act, key, step):
    assert key in unmet("slough", act)
    assert key not in unmet("slough", act, "", child(CAME, on(3, 16, f"family_group_conference_{step}")))


def test_an_offer_of_an_earlier_involvement_does_not_count():
    earlier = child(
        Event(date(2024, 1, 8), "became_looked_after"),
        Event(date(2024, 2, 5), "family_group_conference_offered"),
        Event(date(2025, 1, 6), "ceased_looked_after"),
        CAME,
    )
    assert "conference_before_pre_proceedings" in unmet("slough", "start_pre_proceedings", "", earlier)


def test_proceedings_with_an_open_assessment_ask_for_the_reason_and_for_the_parents_to_be_told():
    started = child(on(2, 16, "connected_person_assessment_started"))
    said = unmet("slough", "issue_proceedings", "", started)
    assert said["assessments_before_issue"].startswith("Not finished: the assessment of a connected person.")
    assert set(said) == {"assessments_before_issue", "parents_told_before_issue"}
    named = {"open_assessments": ["the parenting assessment"], "parents_told_on": date(2026, 3, 20)}
    said = unmet("slough", "issue_proceedings", "", started, given=named)
    assert set(said) == {"assessments_before_issue"} and "the parenting assessment" in str(said)
    over = child(
        on(2, 16, "connected_person_assessment_started"), on(6, 1, "connected_person_assessment_completed")
    )
    told = {"parents_told_on": date(2026, 3, 20)}
    assert not unmet("slough", "issue_proceedings", "", over, given=told)


def test_the_final_plan_is_filed_after_a_care_planning_meeting_with_the_team_managers_invited():
    managers = meeting("slough", "care_planning_meeting").must_invite
    said = unmet("slough", "file_final_plan", "care_planning_meeting", given={"route": "adoption"})
    assert set(said) == {"team_managers_invited", "final_plan_considered", "adoption_tasks"}
    held = child(CAME, on(9, 7, "care_planning_meeting_held"))
    given = {"route": "adoption", "adoption_tasks_agreed": True}
    known = {"invited": managers, "given": given}
    assert not unmet("slough", "file_final_plan", "care_planning_meeting", held, **known)
    known = {"invited": managers, "given": {"route": "special_guardianship"}}
    assert not unmet("slough", "file_final_plan", "care_planning_meeting", held, **known)


def test_slough_lets_a_child_go_home_under_an_order_after_the_meeting_and_with_the_directors_authority():
    said = unmet("slough", "approve_placement_with_parents", given={"approved_by": "team_manager"})
    assert set(said) == {"return_home_decided_at_meeting", "return_home_authorised"}
    held = child(CAME, on(9, 7, "care_planning_meeting_held"))
    for role in ("director", "nominated_officer"):
        given = {"approved_by": role}
        assert not unmet("slough", "approve_placement_with_parents", "", held, given=given)


def test_brothers_and_sisters_are_placed_apart_with_minutes_views_and_reasons():
    given: dict[str, Any] = {"child_view_followed": False}
    said = unmet("slough", "place_apart", given=given)
    assert set(said) == {"apart_decided_at_meeting", "apart_childs_view", "apart_view_not_followed"}
    assert "the reason and the day the child was told" in said["apart_view_not_followed"]
    given |= {"child_views": "I want to stay with my sister", "why_not_followed": "risk of harm"}
    given["child_told_on"] = date(2026, 9, 10)
    held = child(CAME, on(9, 7, "care_planning_meeting_held"))
    assert not unmet("slough", "place_apart", "", held, given=given)


def test_under_three_early_permanence_is_answered_at_sloughs_two_meetings():
    small = child(Event(date(2023, 9, 15), "born"), CAME)
    third_birthday = child(Event(date(2023, 9, 14), "born"), CAME)
    considered = child(
        Event(date(2025, 1, 6), "born"),
        on(2, 9, "legal_gateway_held"),
        on(3, 2, "early_permanence_considered"),
    )
    for series, key in (
        ("permanence_planning_meeting", "planning_meeting_early_permanence"),
        ("permanence_monitoring_group", "monitoring_group_early_permanence"),
    ):
        assert key in unmet("slough", "close_item", series, small)
        assert key in unmet("slough", "close_item", series, UNBORN)
        assert key not in unmet("slough", "close_item", series, third_birthday)
        assert key not in unmet("slough", "close_item", series, considered)
        answered = {"early_permanence_answer": "no: the plan is home"}
        assert key not in unmet("slough", "close_item", series, small, given=answered)


def test_a_decision_is_written_with_its_maker_and_grounds_and_a_delay_with_its_reason():
    given: dict[str, Any] = {"decision": "the plan is adoption", "delays_unexplained": ["the review"]}
    said = unmet("slough", "close_item", "permanence_monitoring_group", given=given)
    assert set(said) == {"decision_with_maker", "delay_explained"}
    assert "who decided, in which role and the grounds" in said["decision_with_maker"]
    given = {"decision": "the plan is adoption", "approved_by": "head_of_service", "basis": "the assessments"}
    assert not unmet("slough", "close_item", "permanence_monitoring_group", given=given)


def test_sloughs_options_are_answered_in_order():
    said = unmet("slough", "set_route", given={"route": "adoption", "routes": ["return_home"]})
    assert "live with family or friends, special guardianship and child arrangements order" in str(said)
    answered = ["return_home", "family_and_friends", "special_guardianship", "child_arrangements"]
    assert not unmet("slough", "set_route", given={"route": "adoption", "routes": answered})
    ruled_out = child(CAME, *(on(3, 2, "option_ruled_out", route) for route in answered))
    assert not unmet("slough", "set_route", "", ruled_out, given={"route": "adoption"})
    assert not unmet("slough", "set_route", given={"route": "return_home"})


def test_before_sloughs_plan_is_agreed_return_home_and_adoption_have_an_answer():
    offered = child(CAME, on(3, 2, "family_group_conference_offered"))
    said = unmet("slough", "agree_plan", "", offered, given={"route": "long_term_fostering"})
    assert set(said) == {"return_home_considered", "adoption_considered"}
    given = {"route": "long_term_fostering", "routes": ["return_home", "adoption"]}
    assert not unmet("slough", "agree_plan", "", offered, given=given)
    assert not unmet("slough", "agree_plan", "", offered, given={"route": "return_home"})


def test_sloughs_reviewing_officer_says_yes_or_no_to_both():
    given: dict[str, Any] = {"child_views": "I like it here", "wishes_considered": True}
    said = unmet("slough", "close_item", "cared_for_childs_review", given=given)
    assert said == {
        "reviewing_officers_judgement": "The reviewing officer has not yet said: "
        "whether the plan fits the child's needs."
    }
    given["plan_fits_needs"] = False
    assert not unmet("slough", "close_item", "cared_for_childs_review", given=given)


# Merton


def test_mertons_planning_meeting_is_not_closed_without_the_childs_views():
    headings = meeting("merton", "permanency_planning_meeting").headings(first=True)
    given: dict[str, Any] = {"answered": headings}
    series = "permanency_planning_meeting"
    (stopped,) = asked("merton", "close_item", series, Situation(child(CAME), TODAY, given))
    assert (stopped.gate.key, stopped.stops) == ("planning_meeting_childs_views", True)
    assert not unmet("merton", "close_item", series, given=given | {"child_views": "I want one home"})
    assert not unmet("merton", "close_item", series, given=given | {"child_views_why_not": "three weeks old"})
    blank = given | {"child_views": "  "}
    assert "planning_meeting_childs_views" in unmet("merton", "close_item", series, given=blank)


def test_what_a_child_said_since_the_last_planning_meeting_counts():
    headings = meeting("merton", "permanency_planning_meeting").headings(first=False)
    known = {"given": {"answered": headings}, "first": False}
    met, said = on(8, 3, "permanence_meeting_held"), on(8, 3, "child_views_recorded")
    series = "permanency_planning_meeting"
    assert not unmet("merton", "close_item", series, child(CAME, met, said), **known)
    before = on(8, 2, "child_views_recorded")
    assert unmet("merton", "close_item", series, child(CAME, met, before), **known)


def test_a_heading_without_an_answer_is_named():
    headings = meeting("merton", "permanency_planning_meeting").headings(first=True)
    answered = [heading for heading in headings if heading not in ("Life story work", FAMILY_TIME)]
    given = {"child_views": "I want one home", "answered": answered}
    said = unmet("merton", "close_item", "permanency_planning_meeting", given=given)
    assert said == {
        "planning_meeting_headings": f"Without an answer: Life story work and {FAMILY_TIME}. "
        "Answer each, or write why it is left out."
    }


@pytest.mark.parametrize("first", [True, False])
def test_mertons_planning_meeting_asks_why_family_time_is_as_it_is(first):
    """MER-066: the first meeting and every later one, until the reason and the balance are written."""
    series = "permanency_planning_meeting"
    headings = meeting("merton", series).headings(first=first)
    given = {"child_views": "I want to see Mum", "answered": [one for one in headings if one != FAMILY_TIME]}
    said = unmet("merton", "close_item", series, given=given, first=first)
    assert FAMILY_TIME in said["planning_meeting_headings"]
    given["answered"] = headings
    assert not unmet("merton", "close_item", series, given=given, first=first)


def test_a_childs_permanence_report_with_a_stale_chronology_is_stopped():
    moved = child(CAME, on(4, 13, "placement_started", "U6"))
    key = "report_with_current_chronology"
    for given in ({}, {"chronology_on": date(2026, 4, 12)}):
        assert key in unmet("merton", "complete_permanence_report", "", moved, given=given)
    current = {"chronology_on": date(2026, 4, 13)}
    assert not unmet("merton", "complete_permanence_report", "", moved, given=current)


def test_an_open_assessment_asks_for_a_parallel_plan():
    gaps = {"open_assessments": ["the parenting assessment"]}
    for council, series, key in (
        ("merton", "permanency_planning_meeting", "planning_meeting_parallel_plan"),
        ("lambeth", "permanency_planning_meeting", "planning_meeting_parallel_plan"),
        ("croydon", "looked_after_review", "parallel_plan_while_assessing"),
    ):
        assert key in unmet(council, "close_item", series, given=gaps)
        planned = child(CAME, on(3, 2, "parallel_plan_recorded", "special_guardianship"))
        assert key not in unmet(council, "close_item", series, planned, given=gaps)
        assert key not in unmet(council, "close_item", series)


def test_a_return_home_in_merton_has_a_managers_agreement():
    assert "return_home_agreed" in unmet("merton", "set_route", given={"route": "return_home"})
    given = {"route": "return_home", "approved_by": "team_manager"}
    assert not unmet("merton", "set_route", given=given)


# Dudley


def test_every_pathway_is_answered_at_dudleys_meeting_until_the_arrangement_is_lasting():
    series = "child_permanence_meeting"
    routes = [option["route"] for option in pack("dudley").options]
    given: dict[str, Any] = {"child_views": "I want to see my brother", "routes": routes[:-1]}
    (stopped,) = asked("dudley", "close_item", series, Situation(child(CAME), TODAY, given))
    assert (stopped.gate.key, stopped.stops) == ("every_pathway", True)
    assert stopped.sentence.startswith("Without an answer: residential care. ")
    given["routes"] = routes
    assert not unmet("dudley", "close_item", series, given=given)
    home = child(CAME, on(8, 3, "special_guardianship_order_made"), on(8, 3, "ceased_looked_after", "E44"))
    given["routes"] = []
    assert not unmet("dudley", "close_item", series, home, given=given)


def test_an_earlier_answer_is_no_answer_at_this_meeting():
    ruled_out = child(CAME, on(3, 2, "option_ruled_out", "adoption"))
    said = unmet("dudley", "close_item", "child_permanence_meeting", ruled_out)
    assert "adoption" in said["every_pathway"]


def test_brothers_and_sisters_apart_without_a_time_plan_are_named_and_the_meeting_may_close():
    routes = [option["route"] for option in pack("dudley").options]
    given = {"child_views": "–", "routes": routes, "apart_without_time": ["the elder two and the youngest"]}
    (asks,) = asked("dudley", "close_item", "child_permanence_meeting", Situation(child(CAME), TODAY, given))
    assert (asks.gate.key, asks.stops) == ("sibling_time", False)
    assert "the elder two and the youngest" in asks.sentence


def test_a_pathway_is_signed_off_with_reason_and_role():
    said = unmet("dudley", "rule_out_route", given={"route": "adoption"})
    assert said == {
        "signed_off": "A pathway is signed off with the reason and by whom. "
        "Missing: the reason and who signs it off."
    }
    given = {"route": "adoption", "reason": "the aunt is approved", "approved_by": "team_manager"}
    assert not unmet("dudley", "rule_out_route", given=given)


def test_dudley_asks_first_why_no_order_and_less_intervention_are_not_enough():
    answered = {"routes": ["return_home", "family_and_friends"]}
    given: dict[str, Any] = {"route": "special_guardianship", **answered}
    assert set(unmet("dudley", "set_route", given=given)) == {"no_order_first", "least_intervention"}
    given |= {"no_order_reason": "contact is in dispute", "less_intervention_reason": "the same"}
    assert not unmet("dudley", "set_route", given=given)
    for order in ("", "no_order"):
        assert not unmet("dudley", "set_route", given={"route": "family_and_friends", "order": order})
    under_order = {"route": "return_home", "order": "care_order"}
    assert set(unmet("dudley", "set_route", given=under_order)) == {"no_order_first", "least_intervention"}


def test_dudley_has_a_written_plan_by_the_second_review_and_looks_at_the_legal_status_at_each():
    reviewed = (CAME, on(3, 9, "review_held"))
    known = {"held_on": date(2026, 6, 8), "given": {"child_views": "–", "legal_status_right": False}}
    series = "child_in_care_review"
    assert set(unmet("dudley", "close_item", series, child(*reviewed), **known)) == {
        "written_plan_by_second_review"
    }
    assert not unmet("dudley", "close_item", series, child(CAME), **known)
    agreed = child(*reviewed, on(6, 1, "permanence_plan_agreed"))
    assert not unmet("dudley", "close_item", series, agreed, **known)
    known["given"] = {"child_views": "–"}
    assert set(unmet("dudley", "close_item", series, agreed, **known)) == {"legal_status_right"}


def test_a_conference_in_dudley_writes_the_family_solutions():
    assert "family_solutions" in unmet("dudley", "close_item", "child_protection_conference")
    given = {"family_solutions": "the grandmother; no order needed"}
    assert not unmet("dudley", "close_item", "child_protection_conference", given=given)


@pytest.mark.parametrize(("council", "role"), [("dudley", "agency_decision_maker"), ("croydon", "director")])
def test_each_council_has_its_own_approver_of_placement_with_parents(council, role):
    assert unmet(council, "approve_placement_with_parents", given={"approved_by": "head_of_service"})
    assert not unmet(council, "approve_placement_with_parents", given={"approved_by": role})


# Lambeth


FAMILY = {"routes": ["return_home", "family_and_friends"]}


def test_residential_as_lambeths_long_term_plan_needs_a_senior_and_a_reason():
    given: dict[str, Any] = {"route": "residential"}
    said = unmet("lambeth", "set_route", given=given)
    assert set(said) == {"residential_approved", "step_down"}
    assert "Missing: the approval and the reason." in said["residential_approved"]
    given |= {"approved_by": "team_manager", "approval_reason": "no family could be found"}
    assert "Missing: the approval." in unmet("lambeth", "set_route", given=given)["residential_approved"]
    given |= {"approved_by": "head_of_service", "step_down_plan": "a foster family in the autumn"}
    assert not unmet("lambeth", "set_route", given=given)
    assert not unmet("lambeth", "set_route", given={"route": "long_term_fostering"})


def test_the_same_plan_is_not_stopped_in_dudley_and_is_in_croydon():
    reasons = {"no_order_reason": "a care order stands", "less_intervention_reason": "no family home"}
    given = {"route": "residential", **FAMILY, **reasons}
    assert not unmet("dudley", "set_route", given=given)
    assert set(unmet("croydon", "set_route", given=given)) == {"residential_approved", "back_to_a_family"}
    given |= {"approved_by": "director", "family_not_possible_reason": "two homes broke down"}
    assert set(unmet("croydon", "set_route", given=given)) == {"back_to_a_family"}


def test_before_a_move_lambeth_stops_and_merton_asks_for_a_check_of_the_family_network():
    since = child(CAME, on(2, 9, "placement_started", "K2"))
    for council, stops in (("lambeth", True), ("merton", False)):
        (one,) = asked(council, "change_carer", "", Situation(since, TODAY))
        assert (one.gate.key, one.stops) == ("network_first", stops)
        early, now = {"network_checked_on": date(2026, 2, 8)}, {"network_checked_on": date(2026, 9, 10)}
        assert unmet(council, "change_carer", "", since, given=early)
        assert not unmet(council, "change_carer", "", since, given=now)
    met = child(CAME, on(2, 9, "placement_started", "K2"), on(9, 7, "family_network_meeting_held"))
    assert not unmet("lambeth", "change_carer", "", met)


def test_when_the_parents_decline_school_and_professionals_are_asked():
    given: dict[str, Any] = {"network_checked_on": TODAY, "parents_declined": True}
    for council in ("lambeth", "merton"):
        assert set(unmet(council, "change_carer", given=given)) == {"others_consulted"}
        assert not unmet(council, "change_carer", given=given | {"consulted": ["the school"]})


def test_lambeths_planning_meeting_asks_for_headings_views_and_an_agreed_plan():
    series = "permanency_planning_meeting"
    said = unmet("lambeth", "close_item", series)
    keys = {"planning_meeting_childs_views", "planning_meeting_headings", "planning_meeting_plan"}
    assert set(said) == keys
    headings = meeting("lambeth", series).considers
    given = {"child_views": "–", "answered": headings, "plan_agreed": True}
    assert not unmet("lambeth", "close_item", series, given=given)
    agreed = child(CAME, on(3, 2, "permanence_plan_confirmed"))
    assert "planning_meeting_plan" not in unmet("lambeth", "close_item", series, agreed)


def test_lambeth_asks_for_a_parallel_plan_before_proceedings_and_when_return_home_is_ruled_out():
    assert "parallel_plan_before_issue" in unmet("lambeth", "issue_proceedings")
    planned = child(CAME, on(3, 2, "parallel_plan_recorded", "adoption"))
    assert not unmet("lambeth", "issue_proceedings", "", planned)
    home = {"route": "return_home"}
    for council, key in (
        ("lambeth", "alternative_when_home_is_ruled_out"),
        ("croydon", "home_found_when_return_is_ruled_out"),
    ):
        assert key in unmet(council, "rule_out_route", given=home)
        assert not unmet(council, "rule_out_route", "", planned, given=home)
        assert not unmet(council, "rule_out_route", given={"route": "adoption"})


# Croydon


def test_from_the_second_review_croydon_has_a_parallel_and_a_contingency_plan():
    series, key = "looked_after_review", "plans_at_second_review"
    reviewed = (CAME, on(3, 9, "review_held"))
    second = {"held_on": date(2026, 6, 8)}
    said = unmet("croydon", "close_item", series, child(*reviewed), **second)
    assert "missing: a parallel plan and a contingency plan." in said[key]
    assert key not in unmet("croydon", "close_item", series, child(CAME), **second)
    parallel = on(5, 4, "parallel_plan_recorded", "long_term_fostering")
    said = unmet("croydon", "close_item", series, child(*reviewed, parallel), **second)
    assert "missing: a contingency plan." in said[key]
    both = child(*reviewed, parallel, on(5, 4, "contingency_plan_recorded", "adoption"))
    assert key not in unmet("croydon", "close_item", series, both, **second)


def test_after_20_weeks_in_care_return_home_is_looked_at_again():
    key, series = "return_home_by_20_weeks", "looked_after_review"
    day_140, day_141 = {"held_on": date(2026, 6, 29)}, {"held_on": date(2026, 6, 30)}
    assert key not in unmet("croydon", "close_item", series, **day_140)
    assert unmet("croydon", "close_item", series, **day_141)[key].startswith("In care for more than 20 weeks")
    looked = child(CAME, on(6, 22, "return_home_reviewed"))
    assert key not in unmet("croydon", "close_item", series, looked, **day_141)
    left = child(CAME, on(6, 1, "ceased_looked_after"))
    assert key not in unmet("croydon", "close_item", series, left, **day_141)


def test_a_midway_review_is_rated_with_a_reason():
    series, key = "midway_review", "midway_review_rated"
    looked = child(CAME, on(6, 22, "return_home_reviewed"))
    assert "the rating and its reason" in unmet("croydon", "close_item", series, looked)[key]
    purple = {"rating": "purple", "rating_reason": "no progress"}
    assert "Missing: the rating." in unmet("croydon", "close_item", series, looked, given=purple)[key]
    amber = {"rating": "amber", "rating_reason": "the assessment is late"}
    assert not unmet("croydon", "close_item", series, looked, given=amber)


def test_croydons_review_writes_the_question_and_the_reviewing_officers_entry():
    series = "looked_after_review"
    said = unmet("croydon", "close_item", series)
    assert {"permanence_question", "reviewing_officers_footprint", "child_heard"} <= set(said)
    given = {
        "needs_met": "settled at the grandmother's",
        "reviewing_officer_entry": "agreed",
        "child_views": "–",
    }
    looked = child(CAME, on(6, 22, "return_home_reviewed"))
    assert not unmet("croydon", "close_item", series, looked, given=given)


def test_a_connected_person_is_approved_by_the_head_of_service_in_exceptional_circumstances_alone():
    options = {"routes": ["special_guardianship", "child_arrangements", "adoption"]}
    said = unmet("croydon", "approve_temporary_carer", given=options | {"approved_by": "team_manager"})
    assert set(said) == {"temporary_approval", "temporary_approval_is_exceptional"}
    assert "by the head of service alone" in said["temporary_approval"]
    given = options | {"approved_by": "head_of_service", "exceptional_reason": "an emergency at night"}
    assert not unmet("croydon", "approve_temporary_carer", given=given)
    given["routes"] = ["adoption"]
    said = unmet("croydon", "approve_temporary_carer", given=given)
    assert "special guardianship and child arrangements order" in said["options_with_relatives"]


def test_a_care_order_with_the_child_at_home_is_justified_three_times():
    given: dict[str, Any] = {"route": "return_home", "order": "care_order"}
    said = unmet("croydon", "set_route", given=given)
    assert set(said) == {"care_order_at_home", "support_without_order", "supervision_order"}
    given |= {"care_order_at_home_reason": "the risk", "support_without_order": "would not do"}
    assert set(unmet("croydon", "set_route", given=given)) == {"supervision_order"}
    given["supervision_order_answer"] = "no"
    assert not unmet("croydon", "set_route", given=given)
    assert not unmet("croydon", "set_route", given={"route": "return_home"})
    assert not unmet(
        "croydon", "set_route", given={"route": "long_term_fostering", "order": "care_order", **FAMILY}
    )


def test_an_order_in_croydon_is_necessary_and_in_proportion():
    assert set(unmet("croydon", "issue_proceedings")) == {"order_is_proportionate"}
    given = {"care_order_reason": "the harm, and a supervision order failed"}
    assert not unmet("croydon", "issue_proceedings", given=given)


@pytest.mark.parametrize("council", ["croydon", "dudley", "merton"])
def test_a_plan_outside_the_family_comes_after_an_answer_on_the_family(council):
    reasons = {"no_order_reason": "–", "less_intervention_reason": "–"}
    given: dict[str, Any] = {"route": "adoption", **reasons}
    said = unmet(council, "set_route", given=given)
    assert set(said) == {"family_before_strangers"}
    assert "return home and live with family or friends" in said["family_before_strangers"]
    assert not unmet(council, "set_route", given=given | FAMILY)
    assert not unmet(council, "set_route", given=given | {"route": "child_arrangements"})


def test_croydon_hears_child_and_family_on_the_plan():
    said = unmet("croydon", "agree_plan")
    assert "what the child says and what the family says" in said["child_and_family_on_plan"]
    given = {"child_views_why_not": "a newborn", "family_views": "the grandmother agrees"}
    assert not unmet("croydon", "agree_plan", given=given)


def test_together_or_apart_is_decided_before_family_finding_and_explained():
    assert "siblings_decided_early" in unmet("croydon", "start_family_finding")
    assert not unmet("croydon", "start_family_finding", given={"siblings_decided": True})
    given: dict[str, Any] = {"apart_without_time": ["the two brothers"]}
    assert set(unmet("croydon", "place_apart", given=given)) == {"apart_explained", "apart_with_time"}
    assert not unmet("croydon", "place_apart", given={"apart_explained": True})


# England, for all


def test_a_change_of_plan_of_a_child_in_care_is_considered_at_a_review_first():
    planned = child(CAME, on(3, 2, "return_home_became_the_plan"))
    given: dict[str, Any] = {"route": "special_guardianship"}
    key = "change_considered_at_review"
    assert key in unmet("lambeth", "set_route", "", planned, given=given)
    assert key not in unmet("lambeth", "set_route", "", planned, given=given | {"considered_at_review": True})
    assert key not in unmet("lambeth", "set_route", "", planned, given=given | {"position": "parallel"})
    assert key not in unmet("lambeth", "set_route", "", planned, given={"route": "return_home"})
    assert key not in unmet("lambeth", "set_route", given=given)
    at_home = child(on(3, 2, "return_home_became_the_plan"))
    assert key not in unmet("lambeth", "set_route", "", at_home, given=given)


def test_a_councils_own_gate_takes_the_place_of_englands():
    series = meeting("merton", "permanency_planning_meeting")
    own = [gate for gate in guards("merton", "close_item", series) if gate.needs == "child_heard"]
    assert [(gate.pack, gate.effect) for gate in own] == [("merton", "stop")]
    series = meeting("dudley", "child_permanence_meeting")
    common = [gate for gate in guards("dudley", "close_item", series) if gate.needs == "child_heard"]
    assert [(gate.pack, gate.effect) for gate in common] == [("england", "ask")]


def test_a_gate_says_which_step_it_guards_and_where():
    gate = next(one for one in pack("slough").gates if one.key == "legal_gateway_papers")
    assert before("slough", gate) == "before: confirm a child's place on the agenda (Legal Gateway Panel)"
    assert said("slough", gate) == "Missing: …. Add what is missing, then confirm the item."
    gate = next(one for one in pack("slough").gates if one.key == "conference_before_plan")
    assert before("slough", gate) == "before: agree the permanence plan"


def test_stops_stand_before_what_is_only_asked():
    said = asked("slough", "close_item", "legal_gateway_panel", Situation(UNBORN, HELD))
    assert [one.stops for one in said] == sorted((one.stops for one in said), reverse=True)
    assert {one.stops for one in said} == {True, False}


def test_a_group_meeting_asks_no_child_for_views_each_week():
    assert "child_heard" not in unmet("slough", "close_item", "permanence_monitoring_group")


@pytest.mark.parametrize("name", PACKS)
def test_every_gate_has_a_sentence_a_source_and_a_senior_for_a_stop(name):
    keys = [gate.key for gate in gates(name)]
    assert len(keys) == len(set(keys))
    for gate in pack(name).gates:
        assert gate.says[0].isupper() and gate.says[-1] in ".?", gate.key
        assert gate.document and (gate.section or name == "england"), gate.key
        assert bool(gate.promises) == (name != "england"), gate.key
        assert bool(gate.may_override) == (gate.effect == "stop"), gate.key
        assert not gate.meeting or gate.meeting in {one.key for one in meetings(name)}, gate.key


def test_every_promise_that_a_meeting_gate_or_option_names_is_in_the_ledger():
    from homeward.domain.ledger import load

    known = {promise.id for promise in load()}
    for name in PACKS:
        own = pack(name)
        named = {id for row in (*own.meetings, *own.gates) for id in row.promises}
        named |= {id for option in own.options for id in option.get("promises", ())}
        assert named <= known, named - known
