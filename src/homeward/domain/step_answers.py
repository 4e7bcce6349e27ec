"""Which record or decision is a step that a policy guards, and which fields can answer each need."""

from __future__ import annotations

from typing import NamedTuple

from homeward.domain.gates import guards
from homeward.domain.meetings import Meeting

# An event that a person records is the step of this name.
BY_EVENT: dict[str, str] = {
    "pre_proceedings_started": "start_pre_proceedings",
    "proceedings_issued": "issue_proceedings",
    "temporary_approval_given": "approve_temporary_carer",
    "placement_with_parents_approved": "approve_placement_with_parents",
    "child_permanence_report_completed": "complete_permanence_report",
}
# A decision of this sort is the step of this name.
BY_DECISION: dict[str, str] = {
    "start_pre_proceedings": "start_pre_proceedings",
    "file_final_plan": "file_final_plan",
    "apart": "place_apart",
    "move": "change_carer",
    "family_finding": "start_family_finding",
}
# What a need looks at beyond the record itself, by names of steps.GIVEN: the fields that can answer it.
ASKS: dict[str, tuple[str, ...]] = {
    # at a meeting
    "chair_allowed": ("chaired_as",),
    "all_invited": ("invited",),
    "reason_when_not_followed": ("child_view_followed", "why_not_followed", "child_told_on"),
    "child_and_family_say": ("family_views",),
    "conference_answered": ("conference_answer",),
    "draft_documents_dated_if_unborn": ("draft_documents_on",),
    "birth_decision_dated_if_unborn": ("birth_decision_on",),
    "early_permanence_answered_under_three": ("early_permanence_answer",),
    "early_permanence_answered": ("early_permanence_answer",),
    "reviewing_officer_wrote": ("reviewing_officer_entry",),
    "wishes_and_plan_judged": ("wishes_considered", "plan_fits_needs"),
    "legal_status_judged": ("legal_status_right",),
    "permanence_question_answered": ("needs_met",),
    "family_solutions_answered": ("family_solutions",),
    # when a route is set
    "no_order_answered": ("no_order_reason",),
    "less_intervention_answered": ("less_intervention_reason",),
    "step_down_planned": ("step_down_plan",),
    "residential_approved": ("approved_by", "approval_reason"),
    "return_home_agreed_by_manager": ("approved_by",),
    "care_order_at_home_is_exceptional": ("care_order_at_home_reason",),
    "support_without_order_written": ("support_without_order",),
    "supervision_order_answered": ("supervision_order_answer",),
    # at a step that follows from a plan
    "approved_by_role": ("approved_by",),
    "exceptional_reason_given": ("exceptional_reason",),
    "order_is_proportionate": ("care_order_reason",),
    "parents_told_of_all_options": ("parents_told_on",),
    "representation_answered": ("representation",),
    "adoption_tasks_agreed": ("adoption_tasks_agreed",),
    "siblings_decided": ("siblings_decided",),
    "apart_explained": ("apart_explained",),
    "family_network_checked": ("network_checked_on",),
    "others_asked_when_parents_decline": ("parents_declined", "consulted"),
    "chronology_current": ("chronology_on",),
}


class Wanted(NamedTuple):
    """What a policy wants to know before a step: names of steps.GIVEN, and who may approve it."""

    names: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()


def wanted(pack: str, acts: tuple[str, ...], series: Meeting | None = None) -> Wanted:
    """The fields that the policy's gates before these steps look at, in the order of the gates."""
    found, approvers = dict[str, None](), dict[str, None]()
    for gate in (gate for act in acts for gate in guards(pack, act, series)):
        names = ASKS.get(gate.needs, ())
        if gate.needs == "child_heard":
            names = ("child_views", "child_views_why_not")
        found |= dict.fromkeys(names)
        if "approved_by" in names:
            approvers |= dict.fromkeys(gate.roles)
    return Wanted(tuple(found), tuple(approvers))
