"""Orders and statuses in plain words: who holds parental responsibility, until when, and what ends them.

Law quoted for reference, never advice. `certainty` K-H: known, high; K-M: known, medium.
"""

from __future__ import annotations

from typing import NamedTuple


class Order(NamedTuple):
    """One order or status. `code` is its SSDA903 legal status, "" where the return has none; `ends_care` the
    REC codes by which the return shows it."""

    key: str
    name: str
    law: str
    code: str
    responsibility: str
    lasts: str
    ended_by: str
    effect: str
    looked_after: bool
    ends_care: tuple[str, ...] = ()
    certainty: str = "K-H"


_PARENTS = "The parents. The authority has none."
_SHARED = "The authority and the parents. The authority may limit how the parents use theirs."

ORDERS: tuple[Order, ...] = (
    Order(
        "section_20",
        "accommodation under section 20",
        "Children Act 1989 s.20",
        "V2",
        _PARENTS,
        "No fixed end; from 16 the young person may decide.",
        "A parent may take the child home at any time.",
        "None on other orders.",
        True,
    ),
    Order(
        "short_breaks_recorded",
        "series of short breaks, episodes recorded",
        "Children Act 1989 s.20",
        "V3",
        _PARENTS,
        "As agreed.",
        "The parents, or the end of the agreement.",
        "None on other orders.",
        True,
    ),
    Order(
        "short_breaks_agreed",
        "series of short breaks, agreements recorded",
        "Children Act 1989 s.20",
        "V4",
        _PARENTS,
        "As agreed.",
        "The parents, or the end of the agreement.",
        "None on other orders.",
        True,
    ),
    Order(
        "interim_care_order",
        "interim care order",
        "Children Act 1989 s.38",
        "C1",
        _SHARED,
        "As the court says; it ends when the court disposes of the case.",
        "The court.",
        "Stands in the place of orders under section 8 while it lasts.",
        True,
    ),
    Order(
        "care_order",
        "care order",
        "Children Act 1989 s.31",
        "C2",
        _SHARED,
        "The 18th birthday (s.91(12)). Not made at 17 or over.",
        "Discharge by the court (s.39); a special guardianship, live-with or adoption order. "
        "A placement order suspends it.",
        "Ends orders under section 8, a supervision order and wardship (s.91).",
        True,
    ),
    Order(
        "freeing_order",
        "freeing order",
        "Adoption Act 1976 s.18 (historic)",
        "D1",
        "The adoption agency.",
        "Until adoption or revocation.",
        "Adoption, or revocation by the court.",
        "Historic: replaced by placement orders.",
        True,
    ),
    Order(
        "placement_order",
        "placement order",
        "Adoption and Children Act 2002 s.21",
        "E1",
        "The authority and the parents, whose use of it is limited; the prospective adopters too once the "
        "child is placed (s.25).",
        "An adoption order, or the 18th birthday.",
        "Revocation (s.24): others than the authority or the child need leave, a change in "
        "circumstances, and a child who is not placed.",
        "Suspends a care order (s.29(1)), which revives if it is revoked; "
        "ends section 8 and supervision orders.",
        True,
    ),
    Order(
        "police_protection",
        "police protection",
        "Children Act 1989 s.46",
        "L1",
        "The parents. The police have none.",
        "72 hours.",
        "It runs out.",
        "None on other orders.",
        True,
    ),
    Order(
        "emergency_protection_order",
        "emergency protection order",
        "Children Act 1989 ss.44-45",
        "L2",
        "The parents; the applicant has it to a limited extent.",
        "8 days, once extended by up to 7.",
        "It runs out, or is discharged.",
        "None on other orders.",
        True,
    ),
    Order(
        "child_assessment_order",
        "child assessment order",
        "Children Act 1989 s.43",
        "L3",
        "Unchanged.",
        "7 days.",
        "It runs out.",
        "Not made where an emergency protection order should be.",
        True,
    ),
    Order(
        "remand",
        "remand to local authority accommodation or youth detention",
        "LASPO Act 2012 s.91",
        "J1",
        _PARENTS,
        "The remand.",
        "The court.",
        "None on other orders.",
        True,
    ),
    Order(
        "pace_accommodation",
        "detained under PACE in local authority accommodation",
        "PACE 1984 s.38",
        "J2",
        _PARENTS,
        "Short: until the court.",
        "The police or the court.",
        "None on other orders.",
        True,
    ),
    Order(
        "youth_rehabilitation_order",
        "youth rehabilitation order with residence or intensive fostering",
        "Criminal Justice and Immigration Act 2008",
        "J3",
        _PARENTS,
        "The order.",
        "The court.",
        "None on other orders.",
        True,
    ),
    Order(
        "supervision_order",
        "supervision order",
        "Children Act 1989 s.35",
        "",
        _PARENTS,
        "Up to 1 year, extended to 3 years at most; the 18th birthday.",
        "The court (s.39), a care order or a placement order.",
        "None on other orders.",
        False,
    ),
    Order(
        "adoption_order",
        "adoption order",
        "Adoption and Children Act 2002 s.46",
        "",
        "The adopters alone.",
        "For life.",
        "Nothing: it is not revoked (save s.55).",
        "Ends the birth parents' responsibility and almost every earlier order.",
        False,
        ("E11", "E12"),
    ),
    Order(
        "special_guardianship_order",
        "special guardianship order",
        "Children Act 1989 s.14A",
        "",
        "The special guardians, who decide alone in almost everything; the parents keep theirs.",
        "The 18th birthday (s.91(13)).",
        "The court (s.14D): parents need leave and a significant change.",
        "Discharges a care order and contact orders under section 34 (s.91(5A)).",
        False,
        ("E43", "E44", "E45", "E46", "E47", "E48"),
    ),
    Order(
        "child_arrangements_order",
        "child arrangements order (lives with)",
        "Children Act 1989 s.8",
        "",
        "The person named, while it lasts (s.12(2)), and the parents.",
        "The 18th birthday.",
        "Variation or discharge by the court, or a care order.",
        "Discharges a care order (s.91(1)).",
        False,
        ("E41",),
    ),
)

BY_CODE = {order.code: order for order in ORDERS if order.code}
BY_KEY = {order.key: order for order in ORDERS}


def order_for(legal_status: str) -> Order | None:
    """The order behind an SSDA903 legal status code; None when there is none by that code."""
    return BY_CODE.get(legal_status)


def order_that_ended_care(rec: str) -> Order | None:
    """The order that a reason for leaving care (REC) shows; None when it shows none."""
    return next((order for order in ORDERS if rec in order.ends_care), None)
