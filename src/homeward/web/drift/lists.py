"""The lists of drift: what each asks of the record, its columns, and what can be done about a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from homeward.records.queries.drift import (
    after_order,
    at_home,
    at_risk,
    brothers_and_sisters,
    frequency,
    meetings_due,
    outside_family,
    recruitment,
    reviews,
    short_notice,
)
from homeward.records.queries.drift.line import Asking, Line


@dataclass(frozen=True, slots=True)
class Act:
    """What a line offers: its words, the action of the role it needs, and the address with its question."""

    words: str
    needs: str
    route: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class DriftList:
    key: str
    title: str
    lead: str
    headings: tuple[str, ...]
    lines: Callable[[Asking], list[Line]]
    none: str  # what is said when there is nobody
    acts: tuple[Act, ...] = ()
    of_pack: Callable[[str], bool] = lambda pack: True  # whether the council has what the list asks for


def _decide(words: str, kind: str) -> Act:
    return Act(words, "record", "child_decision_add", f"kind={kind}")


ARRANGE = Act("Arrange the meeting", "meet", "meeting_arrange", "child")  # the child goes with the question
LISTS = {
    one.key: one
    for one in (
        DriftList(
            "at_risk",
            "At risk of not reaching permanence",
            "Children for whom a step on the way to a permanent home is late or missing, with the reason "
            "from the record. For each: a planning meeting since, what is agreed, whether the oversight "
            "meeting looked at the child this quarter, and what falls due in it. No score is worked out.",
            at_risk.HEADINGS,
            at_risk.lines,
            "Nothing on the way to a permanent home is late or missing for the children whom you see.",
            (
                ARRANGE,
                Act("Agree an action", "record", "child_action_add"),
                Act("Refer to the oversight meeting", "record", "child_refer"),
            ),
        ),
        DriftList(
            "meetings",
            "Planning meetings due and late",
            "Children whose planning meeting is late, is due within four weeks, or has no day, for whoever "
            "chairs it. The day is the policy’s where it gives one, otherwise the one agreed last time.",
            meetings_due.HEADINGS,
            meetings_due.lines,
            "No planning meeting is late or due within four weeks for the children whom you see.",
            (ARRANGE,),
        ),
        DriftList(
            "brothers_and_sisters",
            "One plan holds up brothers and sisters",
            "Brothers and sisters are those who were minuted together at a meeting. A child stands here "
            "while the plans of the others wait for this child’s, until a dated decision says what is done "
            "so that nobody waits. When a plan changes, it is asked again.",
            brothers_and_sisters.HEADINGS,
            brothers_and_sisters.lines,
            "No child’s plan holds up brothers or sisters, among the children whom you see.",
            (_decide("Record the decision", brothers_and_sisters.KIND),),
        ),
        DriftList(
            "outside_family",
            "Outside a family",
            "Children in care whose home is none with a family: children’s homes, secure homes, residential "
            "care and schools, hospitals, custody, supported, semi-independent and independent living, and "
            "other placements (SSDA903 codes K1, K2, K3, R1, R2, R5, S1, H5, P2, P3 and Z1).",
            outside_family.HEADINGS,
            outside_family.lines,
            "Every child in care whom you see lives with a family.",
            (_decide("Record why, and the way back", outside_family.KIND),),
        ),
        DriftList(
            "reviews",
            "Reviews without a care planning meeting",
            "Reviews of the last twelve months with no care planning meeting since the review before, or "
            "since the child came into care.",
            reviews.HEADINGS,
            reviews.lines,
            "Every review of the last twelve months had a care planning meeting beside it.",
            (Act("Record a meeting", "record", "record", "what=meeting"),),
            reviews.asked_for,
        ),
        DriftList(
            "short_notice",
            "Plans and homes changed at short notice",
            "Changes on which not every party agrees yet: who does, who does not, and who has not replied.",
            short_notice.HEADINGS,
            short_notice.lines,
            "Every party agrees on every change at short notice, for the children whom you see.",
            (Act("See and record replies", "see_children", "child_short_notice"),),
        ),
        DriftList(
            "recruitment",
            "Carers to recruit",
            "What panels and meetings said: which carer is needed for a child, who looks for one, by when, "
            "and what came of it. An action says so where it is minuted or agreed (“A carer to recruit”).",
            recruitment.HEADINGS,
            recruitment.lines,
            "No panel or meeting has named a carer to recruit for the children whom you see.",
            (Act("The child’s actions", "see_children", "child_actions"),),
        ),
        DriftList(
            "frequency",
            "Visits and reviews, as agreed",
            "Children for whom it was agreed how often they are visited and reviewed, so that both fit the "
            "plan: what was agreed and why, what the law asks in the present home, and when the next ones "
            "are due as agreed. Less often than the law asks is refused when it is agreed, and shown here "
            "when a child’s home changes afterwards.",
            frequency.HEADINGS,
            frequency.lines,
            "For no child whom you see was it agreed how often visits and reviews are. The law’s own days "
            "are on each child’s page under Dates.",
            (Act("Agree how often", "record", "child_frequency"),),
        ),
        DriftList(
            "interim_order",
            "At home under an interim care order",
            "Children who stay with their family at the start of proceedings while assessments are "
            "completed: what is awaited, why the child is at home, and when that is looked at again.",
            at_home.INTERIM_HEADINGS,
            at_home.interim,
            "No child whom you see is at home under an interim care order.",
            (_decide("Record the reason and the day", at_home.KIND),),
        ),
        DriftList(
            "placed_with_parents",
            "Placed with parents under an order: what is on file",
            "What the Care Planning, Placement and Case Review (England) Regulations 2010 ask before a child "
            "is placed with parents under a care order, and the day of what the record holds.",
            at_home.CHECK_HEADINGS,
            at_home.checked,
            "No child whom you see is placed with parents under an order.",
            (
                _decide("Record the assessment", at_home.KIND),
                Act("Record an event", "record", "record", "what=event"),
            ),
        ),
        DriftList(
            "after_order",
            "After adoption, special guardianship or an arrangements order",
            "Children who left care by an order, from the first contact to the support that follows it. A "
            "child stays here until a decision says that support ends, or turns 18 with none agreed.",
            after_order.HEADINGS,
            after_order.lines,
            "No child whom you see left care by such an order and is still supported.",
            (
                Act("The child’s life line", "see_children", "child_timeline"),
                _decide("Record the support", after_order.SUPPORT),
                _decide("Record that it ends", after_order.ENDED),
            ),
        ),
    )
}


def lists_of(pack: str) -> list[DriftList]:
    """The lists that a council has, in the order of the page."""
    return [one for one in LISTS.values() if one.of_pack(pack)]


def chaired_by(pack: str) -> str:
    """Who chairs the planning meeting, in the policy's words; empty where it does not say."""
    series = meetings_due.series_of(pack)
    return f"{series.name}: chaired by {series.chairs_words}" if series and series.chairs_words else ""


def core_series(pack: str) -> str:
    series = meetings_due.series_of(pack)
    return series.key if series else ""
