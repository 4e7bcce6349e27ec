"""Groups of children that people ask for by name, as data: a title, what it means, and a test of one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from homeward.domain.calendar import age

if TYPE_CHECKING:
    from homeward.records.queries.tracker_page import TrackerChild

CONNECTED = ("U1", "U2", "U3", "Q1", "F1")
PLAN_BY_SECOND_REVIEW = (
    "permanence_plan_by_second_review",
    "dudley_plan_by_second_review",
    "lambeth_plan_by_second_review",
)


@dataclass(frozen=True, slots=True)
class Cohort:
    key: str
    title: str
    meaning: str
    holds: Callable[[TrackerChild, date], bool]


def _under(years: int) -> Callable[[TrackerChild, date], bool]:
    return lambda child, on: child.born_on is None or age(child.born_on, on) < years


def _no_plan_by_second_review(child: TrackerChild, on: date) -> bool:
    return any(late.rule in PLAN_BY_SECOND_REVIEW and late.status(on) == "overdue" for late in child.open)


def _early_permanence_not_considered(child: TrackerChild, on: date) -> bool:
    return any(each.rule == "early_permanence_considered" for each in child.open)


COHORTS = {
    cohort.key: cohort
    for cohort in (
        Cohort("under_five", "Under five", "Not yet five years old, or not yet born", _under(5)),
        Cohort(
            "care_orders",
            "Care orders",
            "A full or an interim care order (C1, C2)",
            lambda child, _: child.legal_status in ("C1", "C2"),
        ),
        Cohort(
            "section_20",
            "Section 20",
            "Accommodated by agreement (V2)",
            lambda child, _: child.legal_status == "V2",
        ),
        Cohort(
            "pre_proceedings",
            "Pre-proceedings",
            "In the Public Law Outline before proceedings are issued",
            lambda child, _: child.in_pre_proceedings,
        ),
        Cohort(
            "connected_persons",
            "With family or friends",
            "Placed with a connected person as foster carer (U1 to U3)",
            lambda child, _: child.placement in CONNECTED,
        ),
        Cohort(
            "at_home_under_an_order",
            "At home under an order",
            "Living with parents under a care order or an interim care order (P1 with C1 or C2)",
            lambda child, _: child.placement == "P1" and child.legal_status in ("C1", "C2"),
        ),
        Cohort(
            "no_plan_by_second_review",
            "No plan by second review",
            "The second review has passed and no permanence plan is recorded",
            _no_plan_by_second_review,
        ),
        Cohort(
            "no_parallel_plan",
            "No parallel plan",
            "In care, with no plan recorded to run alongside the main one",
            lambda child, _: child.in_care and not child.alongside,
        ),
        Cohort(
            "two_moves",
            "Two moves in 12 months",
            "Two or more moves in the last twelve months, temporary T codes aside",
            lambda child, _: child.moves >= 2,
        ),
        Cohort(
            "placement_order_no_match",
            "Placement order, no match",
            "A placement order (E1) and not yet living with adopters",
            lambda child, _: child.legal_status == "E1" and not child.placement.startswith("A"),
        ),
        Cohort(
            "early_permanence_not_considered",
            "Early permanence not considered",
            "Under three when the clock started, and early permanence is not recorded as considered",
            _early_permanence_not_considered,
        ),
    )
}
