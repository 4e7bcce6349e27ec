"""The steps that a policy may guard, what a page knows when one is taken, and a gate as a pack writes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from homeward.domain.events import History
from homeward.domain.life import Life
from homeward.domain.meetings import Meeting
from homeward.domain.policy import Duration
from homeward.domain.standing import Standing, standing

ACTS: dict[str, str] = {
    "hold_meeting": "record that a meeting is held",
    "confirm_item": "confirm a child's place on the agenda",
    "close_item": "close what is written about a child at a meeting",
    "agree_plan": "agree the permanence plan",
    "set_route": "set the route of a plan",
    "rule_out_route": "rule out a route",
    "start_pre_proceedings": "decide to start pre-proceedings",
    "issue_proceedings": "issue care proceedings",
    "file_final_plan": "file the final care plan at court",
    "approve_temporary_carer": "approve a connected person temporarily",
    "approve_placement_with_parents": "approve placing a child with parents under an order",
    "change_carer": "move a child to another carer",
    "place_apart": "decide that brothers and sisters live apart",
    "start_family_finding": "start to look for a family",
    "complete_permanence_report": "complete the child's permanence report",
}
EFFECTS = {
    "stop": "refuses the step; a named senior may let it go on with a reason",
    "ask": "lets the step go on with a recorded reason",
}

# What a page may hand over beside the history, by name, with the label of its field. A text counts when it is
# not empty, a day when it is set, yes or no when it is yes.
TEXTS: dict[str, str] = {
    "approval_reason": "Why it is approved",
    "basis": "On what grounds it was decided",
    "care_order_at_home_reason": "What makes a care order with the child at home exceptional",
    "care_order_reason": "Why an order is necessary and in proportion to the risk, and a lesser one no help",
    "child_views": "What the child says",
    "child_views_why_not": "Why the child could not be asked",
    "conference_answer": "Did a family group conference take place and, if not, does the family agree",
    "decision": "What was decided",
    "early_permanence_answer": "Early permanence: yes or no, and why",
    "exceptional_reason": "What is exceptional about the circumstances",
    "family_not_possible_reason": "Why a family home is not possible",
    "family_solutions": "Family solutions that were thought of",
    "family_views": "What the family says",
    "less_intervention_reason": "Why less intervention is not enough",
    "needs_met": "How the child's permanence needs are being met",
    "no_order_reason": "Why no order is not enough",
    "rating": "Rating",
    "rating_reason": "Why this rating",
    "reason": "Reason",
    "representation": "Who represents each party, and the day on which each was told of the legal advice",
    "reviewing_officer_entry": "What the independent reviewing officer asks, notes or challenges",
    "step_down_plan": "How and when the child moves on to a family",
    "supervision_order_answer": "Whether a supervision order would do",
    "support_without_order": "The support plan without an order",
    "why_not_followed": "Why what the child wants was not followed",
}
DAYS: dict[str, str] = {
    "birth_decision_on": "Day of the decision whether coming into care after birth is still indicated",
    "child_told_on": "Day on which the child was told",
    "chronology_on": "Day to which the chronology is kept",
    "draft_documents_on": "Day on which the draft documents will be ready",
    "network_checked_on": "Day on which the family network was looked at again",
    "parents_told_on": "Day on which the parents were told that all options are looked at together",
    "review_on": "Day of the review",
}
ANSWERS: dict[str, str] = {
    "adoption_tasks_agreed": "The tasks for the agency decision maker are agreed",
    "apart_explained": "Each child was told why they live apart",
    "child_view_followed": "What the child wants is followed",
    "considered_at_review": "The change was considered at a review",
    "legal_status_right": "The legal status is still right, and less intervention would not do",
    "parents_declined": "The parents do not want the family network involved",
    "plan_agreed": "A permanence plan is agreed",
    "plan_fits_needs": "The care plan fits the child's present needs",
    "siblings_decided": "Brothers and sisters: together or apart is decided",
    "wishes_considered": "The child's wishes and feelings were given due consideration",
}
WORDS: dict[str, str] = {
    "approved_by": "Role of the person who approves or decides",
    "chaired_as": "In which role the meeting was chaired",
    "order": 'Order that the plan asks for: a key of domain.orders, "no_order" for none, empty when not said',
    "position": "main, parallel or contingency",
    "route": "A route of domain.events.ROUTES",
}
LISTS: dict[str, str] = {
    "answered": "Headings of the meeting with an answer, or a reason for leaving them out",
    "apart_without_time": "Brothers and sisters apart without a plan for their time together, in words",
    "consulted": "Who was asked because the parents decline: school, professionals, others",
    "invited": "Who was invited",
    "delays_unexplained": "What is overdue without a cause, in words",
    "open_assessments": "Assessments that are not finished, in words",
    "routes": "The routes that have an answer: viable, being tested or ruled out with a reason",
}
GIVEN: dict[str, str] = TEXTS | DAYS | ANSWERS | WORDS | LISTS


class Gate(NamedTuple):
    """What must be so before a step, as its TOML table says it (docs/reference/policy-packs.md)."""

    pack: str
    key: str
    at: str  # of ACTS
    needs: str  # a named need of domain.needs
    effect: str  # of EFFECTS
    says: str
    document: str
    section: str = ""
    meeting: str = ""  # only at this meeting
    kinds: tuple[str, ...] = ()  # only at meetings of these kinds
    roles: tuple[str, ...] = ()  # whose approval the need asks for
    limit: Duration | None = None  # a length of time that the need counts
    may_override: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    note: str = ""


class Known:
    """The child's life and standing on the day, worked out when first asked for and once for all gates."""

    def __init__(self, history: History, today: date) -> None:
        self.history = history
        self.today = today

    @cached_property
    def life(self) -> Life:
        return Life(self.history, self.today)

    @cached_property
    def now(self) -> Standing:
        return standing(self.history, self.today)


@dataclass(frozen=True)
class Situation:
    """What is known when a step is taken: the child's history, the meeting, and what is being recorded."""

    history: History
    today: date
    given: Mapping[str, Any] = field(default_factory=dict)  # by names of GIVEN
    chair_role: str = ""
    held_on: date | None = None  # the day of the meeting; today when it is not said
    papers: Collection[str] = ()  # keys of the papers that are there
    invited: Collection[str] = ()  # those of the meeting's must_invite who were invited
    first: bool = True  # whether the meeting uses its first template
    # Filled in from the pack by `gates.asked`.
    meeting: Meeting | None = None
    options: tuple[str, ...] = ()  # the council's routes in its order
    roles: tuple[str, ...] = ()
    limit: Duration | None = None
    known: Known | None = None

    def __post_init__(self) -> None:
        if self.known is None:
            object.__setattr__(self, "known", Known(self.history, self.today))

    @property
    def life(self) -> Life:
        assert self.known is not None
        return self.known.life

    @property
    def now(self) -> Standing:
        assert self.known is not None
        return self.known.now

    @property
    def opened(self) -> date:
        """The first day of the involvement that runs."""
        return self.life.involvements[-1].start

    @property
    def on(self) -> date:
        return self.held_on or self.today

    def text(self, name: str) -> str:
        return str(self.given.get(name) or "").strip()
