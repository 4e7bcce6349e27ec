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
    "frequency": (
        (
            "",
            "iro",
            "At home there for years, and a visit on a school night costs the choir.",
        ),
        (
            "",
            "iro",
            "Fewer people who come to ask how it is; the carers ring when something is wrong.",
        ),
        (
            "",
            "team_manager",
            "Settled at school and at home; the visit is made longer instead, with time to go out.",
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
# What panels said of carers to recruit: (the carer, what came of it or nothing yet).
CARERS = (
    ("A foster carer for brothers and sisters, with three bedrooms, in the east of the council.", ""),
    (
        "A carer who signs, or will learn to, near the school.",
        "A couple from the signing café were approved and are matched.",
    ),
    ("An early permanence carer who can take a baby in the new year.", ""),
    (
        "A carer of the child’s own faith who can keep the family time at weekends.",
        "Nobody came forward; the present carer goes on, with help from the mosque.",
    ),
    ("Supported lodgings with a family, on the bus line to the college.", ""),
    ("A single carer without other children, for a child who needs all of the attention.", ""),
)
# Changes at short notice: (what changes, into what, why, replies in the order of the parties; "" none yet).
CHANGES = (
    (
        "home",
        "From the foster home to the carer’s sister, who is approved and knows the children.",
        "The carer was taken to hospital on Sunday.",
        ("Agrees. The visits go on as planned.", "Agrees. Her approval covers it.", "", "Agrees."),
    ),
    (
        "plan",
        "From return home to special guardianship with the grandmother.",
        "The father withdrew from the assessment on the day before the hearing.",
        (
            "Agrees.",
            "Does not agree. Her assessment needs four more weeks.",
            "Agrees. The court was told at the hearing.",
            "",
        ),
    ),
)
VIEWS = ("Too young to be asked.", "“It is all right here.”", "“I want to know before it changes.”")


def decide_on_drift(authority: Any, day: date, seed: int = 1) -> None:
    """Needs the council's people, and its children with where they stand today."""
    from homeward.records.models import Action, Decision

    roles = authority.roles.filter(person__left_on=None).select_related("person").order_by("-pk")
    holders = {role.key: role.person for role in roles}
    made = []
    for kind, child, since in _concerned(authority):
        rng = Random(f"{authority.slug} {seed} {child.code} {kind}")
        if rng.random() < WRITTEN[kind]:
            on = min(day - timedelta(days=2), since + timedelta(days=rng.randint(0, 9)))
            made.append(Decision(**_decision(child, kind, max(on, since), day, holders, rng)))
    made += [Decision(**values) for values in _frequencies(authority, day, holders)]
    Decision.objects.bulk_create(made)
    Action.objects.bulk_create([*_carers(authority, day, holders), *_changes(authority, day, holders)])


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


def _frequencies(authority: Any, day: date, holders: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """For some settled foster homes it was agreed how often: within the three months that the law allows."""
    from homeward.domain.frequency import Agreed
    from homeward.records.models import Child

    rng = Random(f"{authority.slug} how often")
    settled = Child.objects.filter(authority=authority, standing__placement__in=("U1", "U4"))
    long_there = settled.filter(standing__living_since__lt=day - timedelta(days=500)).order_by("pk")
    children = list(long_there.select_related("standing"))
    for child in rng.sample(children, min(5, len(children))):
        on = day - timedelta(days=rng.randint(20, 160))
        values = _decision(child, "frequency", on, day, holders, rng)
        yield values | {"what": Agreed(rng.choice((8, 10, 12)), 6).words}


def _waiting(authority: Any, *stages: str) -> list[Any]:
    from homeward.records.models import Child

    found = Child.objects.filter(authority=authority, standing__in_care=True, standing__stage__in=stages)
    return list(found.order_by("pk"))


def _carers(authority: Any, day: date, holders: dict[str, Any]) -> Iterator[Any]:
    """Carers to recruit, named at panels of the last half year; two of them came to something."""
    rng = Random(f"{authority.slug} carers")
    children = _waiting(authority, "waiting_for_long_term_match", "plan_recorded", "no_plan")
    for (what, outcome), child in zip(CARERS, rng.sample(children, min(6, len(children))), strict=False):
        on = day - timedelta(days=rng.randint(40, 150))
        values = {"what": what, "kind": "recruitment", "owner_name": "Fostering recruitment"}
        yield _action(child, on, day, holders, outcome, by_on=on + timedelta(days=84), **values)


def _changes(authority: Any, day: date, holders: dict[str, Any]) -> Iterator[Any]:
    """Two changes of the last days, asked of each party; not everybody has replied."""
    from homeward.domain.wording import day_words
    from homeward.records.operations import short_notice

    rng = Random(f"{authority.slug} short notice")
    children = _waiting(authority, "returning_home", "guardianship_planned", "plan_recorded")
    people = ("The team manager on duty", "The fostering duty worker", "legal", "iro")
    for number, child in enumerate(rng.sample(children, min(len(CHANGES), len(children)))):
        change, what, why, replies = CHANGES[number]
        on = day - timedelta(days=3 + 4 * number)
        begins = f"{short_notice.CHANGES[change]} from {day_words(on + timedelta(days=1))}."
        parties = short_notice.parties_of(authority)
        for party, role, said in zip(parties, people, replies, strict=True):
            asked = f"{party}{short_notice.APART}{begins} {what} Why: {why}"
            values: dict[str, Any] = {"what": asked, "kind": "short_notice"}
            values |= {"owner": holders[role]} if role in holders else {"owner_name": role}
            yield _action(child, on, day, holders, said, by_on=on + timedelta(days=2), **values)


def _action(child: Any, on: date, day: date, holders: dict[str, Any], outcome: str, **values: Any) -> Any:
    from django.utils import timezone

    from homeward.records.models import Action

    closed = {"state": Action.DONE, "closed_on": min(day, values["by_on"]), "outcome": outcome}
    return Action(
        child=child,
        source="person",
        start=on,
        recorded_at=timezone.make_aware(datetime.combine(on, time(14, 20))),
        recorded_by=holders["team_manager"],
        agreed_on=on,
        **values,
        **(closed if outcome else {}),
    )


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
