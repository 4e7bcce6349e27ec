"""Named reasons to hear a child at a meeting, and named facts with which a child leaves it.

An entry answers with the reason as half a sentence ("came into care on 2 March 2026"), or with nothing.
An exit answers with the event that is its evidence, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from homeward.domain.events import Event, History
from homeward.domain.life import Life
from homeward.domain.standing import ROUTE_OF, Standing, standing

CONNECTED_HOMES = ("U1", "U2", "U3")
FAMILY_ROUTES = frozenset({"return_home", "family_and_friends", "child_arrangements", "special_guardianship"})
FAMILY_ORDERS = ("special_guardianship_order_made", "child_arrangements_order_made")
LASTING_ORDERS = ("adoption_order_made", *FAMILY_ORDERS)
# What is told beside "the need was identified" when parents wish to relinquish their child.
RELINQUISH = "relinquish"
# After these a child who had left is heard again: the evidence of leaving no longer stands.
_AGAIN = (
    "became_looked_after",
    "need_identified",
    "legal_gateway_held",
    "pre_proceedings_started",
    "proceedings_issued",
)
_ROUTE_BY = {
    "adoption_order_made": "adoption",
    "special_guardianship_order_made": "special_guardianship",
    "child_arrangements_order_made": "child_arrangements",
    "long_term_match_agreed": "long_term_fostering",
}
BABY_UNTIL = 1  # birthday until which a child is a baby (SLO-146 gives no age; an infant is under one)


def day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


# Entries


def came_into_care(life: Life, now: Standing) -> str:
    """All children aged under 18 coming into care (SLO-144)."""
    eighteen = life.birthday(18)
    if not now.in_care or (eighteen and life.as_at >= eighteen):
        return ""
    return f"came into care on {day(now.in_care_since)}" if now.in_care_since else "in care"


def final_order_made(life: Life, now: Standing) -> str:
    """A final court order has confirmed that the child is looked after: care or placement order (SLO-145)."""
    if not now.in_care:
        return ""
    for made, over, name in (
        ("placement_order_made", "placement_order_revoked", "placement order"),
        ("care_order_made", "care_order_ended", "care order"),
    ):
        orders = life.all(made)
        if orders and life.first((over,), orders[-1].on) is None and _in_period(life, orders[-1]):
            return f"{name} made on {day(orders[-1].on)}"
    return ""


def may_be_relinquished(life: Life, now: Standing) -> str:
    """A baby or unborn child whose parents say that they wish to relinquish them (SLO-146)."""
    first = life.birthday(BABY_UNTIL)
    if not life.unborn_on(life.as_at) and not (first and life.as_at < first):
        return ""
    said = [event for event in life.all("need_identified") if event.detail == RELINQUISH]
    said += life.all("adoption_consent_given")
    return f"parents said on {day(min(said).on)} that they wish to relinquish the child" if said else ""


def with_connected_carers(life: Life, now: Standing) -> str:
    """Living with connected carers (SLO-147)."""
    if now.placement in CONNECTED_HOMES:
        since = f" since {day(now.living_since)}" if now.living_since else ""
        return f"living with connected carers{since}"
    return _told_home(life, now, "placed_with_connected_person", "living with connected carers since")


def at_home_in_care(life: Life, now: Standing) -> str:
    """Living at home with parents and looked after (SLO-148)."""
    if now.in_care and now.placement == "P1":
        since = f" since {day(now.living_since)}" if now.living_since else ""
        return f"in care and living at home{since}"
    return _told_home(life, now, "placed_with_parents", "in care and living at home since")


def under_section_20(life: Life, now: Standing) -> str:
    """Cared for under section 20 (SLO-149)."""
    if not now.in_care or now.legal_status != "V2":
        return ""
    started = life.all("section_20_started")
    return f"in care under section 20{f' since {day(started[-1].on)}' if started else ''}"


def in_care(life: Life, now: Standing) -> str:
    """In care and under 18 (MER-084, DUD-034)."""
    return came_into_care(life, now)


def on_care_order(life: Life, now: Standing) -> str:
    """On a care order, for which tracking must have pace (CRO-073); an interim order counts."""
    if now.in_care and now.legal_status in ("C1", "C2"):
        return "on an interim care order" if now.legal_status == "C1" else "on a care order"
    return ""


def under_five(life: Life, now: Standing) -> str:
    """Under five, for whom tracking must have pace (CRO-073); unborn counts."""
    return _young(life, now, 5, "under five")


def early_permanence_to_consider(life: Life, now: Standing) -> str:
    """Under three and early permanence not yet considered in this involvement (SLO-132)."""
    opened = life.involvements[-1].start
    if life.first(("early_permanence_considered",), opened):
        return ""
    young = _young(life, now, 3, "under three")
    return f"{young}, and early permanence not yet considered" if young else ""


def in_pre_proceedings(life: Life, now: Standing) -> str:
    """In pre-proceedings (MER-018, MER-084, DUD-034)."""
    started = life.all("pre_proceedings_started")
    return f"in pre-proceedings since {day(started[-1].on)}" if now.in_pre_proceedings else ""


def in_proceedings(life: Life, now: Standing) -> str:
    """In care proceedings (MER-018)."""
    issued = life.all("proceedings_issued")
    return f"in care proceedings since {day(issued[-1].on)}" if now.in_proceedings else ""


def needs_a_match(life: Life, now: Standing) -> str:
    """In a long-term home and needing a match (MER-084)."""
    planned = now.in_care and now.main_plan == "long_term_fostering"
    return "long-term fostering planned and no match yet" if planned and not achieved(life) else ""


def on_planning_tracker(life: Life, now: Standing) -> str:
    """Heard at planning meetings, with permanence not yet achieved (MER-017, MER-018)."""
    met = life.last(("permanence_meeting_held",), life.involvements[-1].start, life.as_at)
    return f"last planning meeting on {day(met.on)}" if met and not achieved(life) else ""


def not_yet_permanent(life: Life, now: Standing) -> str:
    """Not yet living with the permanent family under a lasting arrangement (DUD-014)."""
    return "" if not now.in_scope or lasting(life) else "no lasting arrangement yet"


def every_child(life: Life, now: Standing) -> str:
    """Permanence in its entirety: every child in scope (LAM-025)."""
    return "in care or on the way to it" if now.in_scope else ""


def _young(life: Life, now: Standing, age: int, words: str) -> str:
    if not now.in_scope:
        return ""
    if life.unborn_on(life.as_at):
        return "not yet born"
    birthday = life.birthday(age)
    return words if birthday and life.as_at < birthday else ""


def _in_period(life: Life, event: Event) -> bool:
    """Made in the period of care that runs; an order made before care was recorded is not."""
    period = life.period_on(life.as_at)
    return period is None or event.on >= period.start


def _told_home(life: Life, now: Standing, kind: str, words: str) -> str:
    """A home of which only its own event tells, when no home with a code was recorded after it."""
    told = life.all(kind)
    if not told or not now.in_scope or now.placement:
        return ""
    left = life.first(("placement_ended", "ceased_looked_after"), told[-1].on)
    return "" if left else f"{words} {day(told[-1].on)}"


# Exits


def adopted(life: Life) -> Event | None:
    """Adopted (SLO-150)."""
    return _stands(life, life.all("adoption_order_made"))


def matched_to_carers(life: Life) -> Event | None:
    """Matched to the carers: the long-term foster match (SLO-150); a match with adopters is not the end."""
    return _stands(life, life.all("long_term_match_agreed"))


def permanent_within_the_family(life: Life) -> Event | None:
    """Permanence within the family: an order, or a return home that is settled (SLO-150)."""
    settled = [event for event in life.all("permanence_achieved") if event.detail in FAMILY_ROUTES]
    return _stands(life, [*life.of(FAMILY_ORDERS), *settled])


def achieved(life: Life) -> Event | None:
    """Permanence achieved, whatever the route (MER-020)."""
    return _stands(life, life.all("permanence_achieved"))


def matched_and_placed(life: Life) -> Event | None:
    """Matched and placed with the permanent family (DUD-036)."""
    return _stands(life, life.all("placed_permanently"))


def lasting(life: Life) -> Event | None:
    """Living with the permanent family under a lasting arrangement (DUD-014).

    An order that gives the family parental responsibility, or home with the parents and no order; a care
    order or a foster match is neither. A child who is in care has no lasting arrangement.
    """
    if life.looked_after_on(life.as_at):
        return None
    home = [event for event in life.all("permanence_achieved") if event.detail == "return_home"]
    return _stands(life, [*life.of(LASTING_ORDERS), *home])


def _stands(life: Life, evidence: Sequence[Event]) -> Event | None:
    """The first evidence after which nothing began again and no other route became the plan."""
    begun = max((event.on for event in life.of(_AGAIN)), default=date.min)
    plans = [(event.on, event.detail or ROUTE_OF[event.kind]) for event in life.of(tuple(ROUTE_OF))]
    for event in sorted(evidence):
        before = [route for on, route in plans if on <= event.on]
        route = _ROUTE_BY.get(event.kind) or event.detail or (before[-1] if before else "")
        if event.on >= begun and all(on <= event.on or planned == route for on, planned in plans):
            return event
    return None


def reasons(entry: Iterable[str], history: History, today: date) -> list[str]:
    """Why a child is heard at a meeting with these entries, each reason once; none when none holds."""
    life, now = Life(history, today), standing(history, today)
    said = (ENTRIES[name](life, now) for name in entry)
    return list(dict.fromkeys(reason for reason in said if reason))


def leaves(exits: Iterable[str], history: History, today: date) -> tuple[str, Event] | None:
    """The first of these exits that holds, with the event that is its evidence."""
    life = Life(history, today)
    found = ((name, EXITS[name](life)) for name in exits)
    return next(((name, event) for name, event in found if event), None)


Entry = Callable[[Life, Standing], str]
Exit = Callable[[Life], Event | None]
ENTRIES: dict[str, Entry] = {
    entry.__name__: entry
    for entry in (
        came_into_care,
        final_order_made,
        may_be_relinquished,
        with_connected_carers,
        at_home_in_care,
        under_section_20,
        in_care,
        on_care_order,
        under_five,
        early_permanence_to_consider,
        in_pre_proceedings,
        in_proceedings,
        needs_a_match,
        on_planning_tracker,
        not_yet_permanent,
        every_child,
    )
}
EXITS: dict[str, Exit] = {
    leaving.__name__: leaving
    for leaving in (
        adopted,
        matched_to_carers,
        permanent_within_the_family,
        achieved,
        matched_and_placed,
        lasting,
    )
}
