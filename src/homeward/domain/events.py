"""The common language of the record: what may happen to a child, in the field's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

KINDS: dict[str, str] = {
    # The child
    "born": "the child was born",
    "birth_expected": "the expected date of delivery of an unborn child",
    "died": "the child died",
    "first_contact_made": "first contact with children's services in this involvement",
    "need_identified": "the need for the authority's intervention was identified",
    "first_assessment_completed": "the first assessment was completed",
    # Family network
    "family_network_meeting_offered": "a family network meeting was offered",
    "family_network_meeting_held": "a family network meeting was held",
    "family_group_conference_offered": "a family group conference was offered",
    "family_group_conference_declined": "the family declined a family group conference",
    "family_group_conference_held": "a family group conference was held",
    "viability_assessment_completed": "a relative or friend was screened (positive or negative)",
    "connected_person_assessment_started": "the full assessment of a connected person began",
    "connected_person_assessment_completed": "the full assessment of a connected person was completed",
    "connected_person_assessment_withdrawn": "the assessment of a connected person was withdrawn",
    "temporary_approval_given": "a connected person was temporarily approved (regulation 24)",
    "temporary_approval_extended": "the temporary approval was extended (regulation 25)",
    "temporary_approval_ended": "the temporary approval ended without full approval",
    "connected_person_approved": "the connected person was approved as a foster carer",
    "sibling_assessment_completed": "the together-or-apart assessment was completed",
    # Pre-proceedings and court
    "legal_gateway_held": "a legal gateway meeting was held",
    "legal_gateway_review_held": "the legal gateway was reviewed",
    "pre_proceedings_started": "it was decided to start pre-proceedings (Public Law Outline)",
    "pre_proceedings_ended": "pre-proceedings were stepped down",
    "letter_before_proceedings_sent": "the letter before proceedings was sent",
    "proceedings_issued": "care proceedings were issued",
    "proceedings_concluded": "care proceedings were concluded for the child",
    "issues_resolution_hearing": "the Issues Resolution Hearing",
    "court_extension_granted": "the court extended the 26 weeks",  # detail: weeks
    # Legal status
    "became_looked_after": "the child came into care",
    "ceased_looked_after": "the child left care",
    "section_20_started": "accommodation under section 20 began",
    "section_20_ended": "accommodation under section 20 ended",
    "interim_care_order_made": "an interim care order was made",
    "interim_care_order_ended": "the interim care order ended",
    "care_order_made": "a care order was made",
    "care_order_ended": "the care order ended",
    "placement_order_made": "a placement order was made",
    "placement_order_revoked": "the placement order was revoked",
    "emergency_protection_order_made": "an emergency protection order was made",
    "police_protection_taken": "the child was taken into police protection",
    "remanded": "the child was remanded",
    "supervision_order_made": "a supervision order was made",
    "adoption_order_made": "an adoption order was made",
    "special_guardianship_order_made": "a special guardianship order was made",
    "child_arrangements_order_made": "a child arrangements order (lives with) was made",
    "short_breaks_started": "a series of short breaks began",
    "short_breaks_ended": "the series of short breaks ended",
    # Where the child lives
    "placement_started": "the child moved to a home",  # detail: placement code
    "placement_ended": "the child left a home",
    "placement_changed": "the kind of home changed, with the same carer",  # detail: placement code
    "placed_with_parents": "the child went home under a care order or interim care order",
    "placed_with_connected_person": "the child went to live with a relative or friend as foster carer",
    "early_permanence_placement_started": "fostering for adoption or concurrent planning began",
    "placed_for_adoption": "the child was placed with the prospective adopters",
    "residential_placement_started": "the child moved to a children's home or residential school",
    "placement_with_parents_approved": "placement with parents was approved (regulation 17)",
    "placement_plan_recorded": "the placement plan was recorded",
    "went_missing": "the child went missing",
    "found": "the child was found",
    # Planning
    "care_plan_recorded": "the care plan was recorded",
    "permanence_plan_recorded": "the permanence plan was recorded",
    "permanence_plan_agreed": "the permanence plan was agreed",
    "permanence_plan_confirmed": "the permanence plan was confirmed",
    "parallel_plan_recorded": "the parallel plan was recorded",
    "contingency_plan_recorded": "the contingency plan was recorded",
    "main_plan_ended": "the main plan ended before it was reached",  # detail: route
    "parallel_plan_ended": "the parallel plan ended",  # detail: route
    "contingency_plan_ended": "the contingency plan ended",  # detail: route
    "adoption_became_the_plan": "adoption became the plan",
    "long_term_fostering_became_the_plan": "long-term fostering became the plan",
    "return_home_became_the_plan": "return home became the plan",
    "special_guardianship_became_the_plan": "special guardianship became the plan",
    "child_arrangements_became_the_plan": "a child arrangements order became the plan",
    "residential_became_the_plan": "residential care became the plan",
    "other_route_became_the_plan": "another route became the plan",
    "option_ruled_out": "an option was ruled out",  # detail: option
    "return_home_reviewed": "return home was looked at again",
    "special_guardianship_considered": "special guardianship (or return home) was considered",
    "early_permanence_considered": "early permanence was considered",
    "staying_put_considered": "staying put was considered at a review",
    "staying_put_agreed": "staying put or another arrangement after 18 was agreed",
    "permanence_achieved": "the child's permanence was secured",  # detail: route
    "placed_permanently": "the child was matched and living with the permanent family",
    # Meetings and visits
    "review_held": "a looked-after review was held",
    "midway_review_held": "a midway review was held",
    "adoption_review_held": "an adoption review was held (regulation 36)",
    "permanence_meeting_held": "the core permanence meeting was held",
    "permanence_tracked": "the child was heard at the oversight meeting",
    "care_planning_meeting_held": "a care planning meeting was held",
    "stability_meeting_held": "a stability meeting was held",
    "disruption_meeting_held": "a disruption meeting was held",
    "child_visited": "the social worker visited the child",
    "iro_appointed": "an independent reviewing officer was appointed",
    "health_assessment_completed": "a health assessment was completed",
    "personal_education_plan_completed": "a personal education plan was completed",
    # Adoption and long-term fostering
    "child_permanence_report_completed": "the child's permanence report was completed",
    "adoption_consent_given": "consent to adoption was given and witnessed",
    "adoption_decision_made": "the agency decided that the child should be placed for adoption",
    "adoption_decision_reversed": "the decision to place for adoption was changed",  # detail: reason
    "matched_with_adopters": "the match with adopters was approved",
    "long_term_match_agreed": "the long-term foster match was agreed (regulation 22B)",
    "adopters_information_given": "the child was told about the adopters",
    "introductions_started": "introductions began",
    "adoption_celebrated": "the adoption was celebrated",
    # The child's story and voice
    "child_views_recorded": "the child's wishes and feelings were recorded",
    "advocate_offered": "an advocate was offered",
    "life_story_work_started": "life story work began",
    "life_story_book_started": "the first stage of the life story book was handed over",
    "life_story_book_given": "the life story book was given",
    "later_life_letter_given": "the later life letter was given",
    # Allocation
    "social_worker_changed": "the child's social worker changed",  # detail: worker
}

# Dates that are set in advance, and so may lie after the day the record is read at (CLOCK.md, Counting).
IN_ADVANCE = frozenset({"birth_expected", "issues_resolution_hearing"})

ROUTES = (
    "return_home",
    "family_and_friends",
    "child_arrangements",
    "special_guardianship",
    "adoption",
    "long_term_fostering",
    "residential",
    "supported_independence",
    "other",
)


class Event(NamedTuple):
    """Something that happened to a child on a day; `detail` is one word or code where the kind has one."""

    on: date
    kind: str
    detail: str = ""


class Span(NamedTuple):
    """Days from `start` to `end`, both included; `end` is None while it runs."""

    start: date
    end: date | None
    start_known: bool = True

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


Run = tuple[str, date, date | None]


class History:
    """A child's events up to a day, in the order they were recorded, ready to be asked about.

    `events` may come in any order; of two rows for a date set in advance the later row counts.
    `unknown_starts` are spans (first day known, last day or None) of care whose start nobody holds.
    `statuses` and `homes` are runs (SSDA903 code, first day, last day or None) that a record holds beside its
    events: they tell `domain.standing` the codes that no event names.
    """

    def __init__(
        self,
        child: str,
        events: Iterable[Event],
        unknown_starts: Sequence[tuple[date, date | None]] = (),
        statuses: Sequence[Run] = (),
        homes: Sequence[Run] = (),
    ) -> None:
        self.child = child
        self.recorded = list(events)
        self.unknown_starts = unknown_starts
        self.statuses = statuses
        self.homes = homes

    def up_to(self, as_at: date) -> dict[str, list[Event]]:
        """Events by kind, each list by date, leaving out what had not happened on `as_at`."""
        found: dict[str, list[Event]] = {}
        several = set()
        for event in self.recorded:
            kind = event[1]
            if event[0] <= as_at or kind in IN_ADVANCE:
                if kind in found:
                    found[kind].append(event)
                    several.add(kind)
                else:
                    found[kind] = [event]
        for kind in several - IN_ADVANCE:
            found[kind].sort()
        return found
