"""What was decided about homes outside a family, orders at home and support after an order.

For most children somebody wrote it down; for some the lists of drift still ask, as in any council.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

WRITTEN = {"outside_family": 0.75, "order_at_home": 0.8, "support_after_order": 0.7}  # of the children
# kind -> (what, in which role, on what basis)
SAID: dict[str, tuple[tuple[str, str, str], ...]] = {
    "outside_family": (
        (
            "A foster home with one carer is looked for; two weekends there before any move.",
            "head_of_service",
            "Three foster homes ended within a year, and a fourth would be one too many.",
        ),
        (
            "Step down to the former foster carers, who visit every Sunday, in the spring.",
            "head_of_service",
            "The school and the nurses that are needed are in this home, and in no other nearby.",
        ),
        (
            "An aunt is being assessed; if she is not approved, a specialist fostering agency is asked.",
            "director",
            "No family could be found in the week in which it was needed.",
        ),
        (
            "Supported lodgings with a family are offered again each quarter.",
            "head_of_service",
            "At seventeen the young person does not want another family and wants to learn to live alone.",
        ),
    ),
    "order_at_home": (
        (
            "The assessment found that the parents can keep the child safe with daily help.",
            "nominated_officer",
            "The specialist assessment, the police and health checks, and what the child says.",
        ),
        (
            "Home with the mother; the grandmother lives with them and the health visitor comes weekly.",
            "nominated_officer",
            "A move would harm more than the risk that is left, and that risk is watched every day.",
        ),
    ),
    "support_after_order": (
        (
            "A link worker, the allowance for two years, and therapy for the child if it is asked for.",
            "head_of_service",
            "The assessment of support needs that was filed with the court.",
        ),
        (
            "The council arranges and pays for family time; the allowance is reviewed each year.",
            "head_of_service",
            "What the carers asked for and what family time has been like.",
        ),
        (
            "Letterbox contact once a year, and the support group for the family.",
            "team_manager",
            "The support plan that the adopters and the agency signed.",
        ),
    ),
}
VIEWS = ("Too young to be asked.", "“It is all right here.”", "“I want to know before it changes.”")


def decide_on_drift(authority: Any, day: date, seed: int = 1) -> None:
    """Needs the council's people, and its children with where they stand today."""
    from homeward.records.models import Decision

    roles = authority.roles.filter(person__left_on=None).select_related("person").order_by("-pk")
    holders = {role.key: role.person for role in roles}
    made = []
    for kind, child, since in _concerned(authority):
        rng = Random(f"{authority.slug} {seed} {child.code} {kind}")
        if rng.random() < WRITTEN[kind]:
            on = min(day - timedelta(days=2), since + timedelta(days=rng.randint(0, 9)))
            made.append(Decision(**_decision(child, kind, max(on, since), day, holders, rng)))
    Decision.objects.bulk_create(made)


def _concerned(authority: Any) -> Iterator[tuple[str, Any, Any]]:
    """(sort of decision, child, the day from which it can be made)."""
    from homeward.records.history import ORDER_AT_END
    from homeward.records.models import Child, PeriodOfCare
    from homeward.records.queries.drift.at_home import UNDER_ORDER
    from homeward.records.queries.drift.outside_family import OUTSIDE

    children = Child.objects.filter(authority=authority, standing__in_care=True).select_related("standing")
    living = children.exclude(standing__living_since=None).order_by("pk")
    for child in living.filter(standing__placement__in=OUTSIDE):
        yield "outside_family", child, child.standing.living_since
    for child in living.filter(standing__placement="P1", standing__legal_status__in=UNDER_ORDER):
        yield "order_at_home", child, child.standing.living_since
    left = PeriodOfCare.current.filter(child__authority=authority, end_reason__in=ORDER_AT_END)
    for period in left.filter(child__standing__in_care=False).select_related("child").order_by("pk"):
        yield "support_after_order", period.child, period.ended_on


def _decision(
    child: Any, kind: str, on: date, day: date, holders: dict[str, Any], rng: Random
) -> dict[str, Any]:
    from django.utils import timezone

    what, role, basis = rng.choice(SAID[kind])
    again = on
    while again <= day - timedelta(days=20):  # a few are late to be looked at again
        again += timedelta(days=182)
    looked = {"reviewed_on": again - timedelta(days=182), "review_says": "It still stands."}
    maker = holders.get(role, holders["head_of_service"])
    return {
        "child": child,
        "source": "person",
        "start": on,
        "recorded_at": timezone.make_aware(datetime.combine(on, time(16, 10))),
        "recorded_by": holders["team_manager"],
        "kind": kind,
        "decided_on": on,
        "what": what,
        "maker": maker.name,
        "maker_role": role,
        "basis": basis,
        "child_view": rng.choice(VIEWS),
        "told_how": "In the words of the plan, by the social worker.",
        "told_on": on,
        "review_on": again if again > on else on + timedelta(days=182),
        "review_by": holders["iro"].name,
        **(looked if again - timedelta(days=182) > on else {}),
    }
