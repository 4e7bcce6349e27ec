"""The events of a demonstration child worked out from its life, not through files: a second opinion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from homeward.demo.child import Child, Period
from homeward.domain.events import Event, History

ORDERS = {
    "C1": ("interim_care_order_made", "interim_care_order_ended"),
    "C2": ("care_order_made", "care_order_ended"),
    "E1": ("placement_order_made", "placement_order_revoked"),
    "V2": ("section_20_started", "section_20_ended"),
    "J1": ("remanded", ""),
    "L1": ("police_protection_taken", ""),
}
ENDINGS = {
    "E11": "adoption_order_made",
    "E12": "adoption_order_made",
    "E41": "child_arrangements_order_made",
    "E45": "special_guardianship_order_made",
    "E47": "special_guardianship_order_made",
}
LIVES_WITH = {
    "P1": "placed_with_parents",
    "U1": "placed_with_connected_person",
    "U2": "early_permanence_placement_started",
}
LIVES_WITH |= {"U3": "placed_with_connected_person", "U5": "early_permanence_placement_started"}
LIVES_WITH |= dict.fromkeys(("K1", "K2", "S1", "R1"), "residential_placement_started")
MATCH = "long_term_match_agreed"
ROUTES = {"residential": "residential", "adoption": "adoption", "return_home": "return_home"}
ROUTES |= {name: name for name in ("special_guardianship", "child_arrangements", "long_term_fostering")}


def history(c: Child) -> History:
    return History(c.code, sorted(set(_events(c)), key=lambda event: event.on))


def _events(c: Child) -> Iterator[Event]:
    if c.born:
        yield Event(c.born, "born")
    yield from (Event(*event) for event in c.events)
    yield from (
        Event(on, "permanence_achieved", "long_term_fostering") for on, kind, _ in c.events if kind == MATCH
    )
    yield from (Event(on, "review_held") for on, _ in c.reviews)
    yield from (Event(on, "child_visited") for on in c.visits)
    for period in c.periods:
        yield from _care(period)
    yield from (Event(on, "iro_appointed") for _, on, _ in c.officers)
    yield from _plans(c)
    if c.decision:
        yield Event(c.decision[0], "adoption_decision_made")
        if c.decision[1]:
            yield Event(c.decision[1], "adoption_decision_reversed", c.decision[2])


def _care(period: Period) -> Iterator[Event]:
    yield Event(period.start, "became_looked_after")
    ends = [on for on, _ in period.legal[1:]] + [period.end]
    for (on, code), end in zip(period.legal, ends, strict=True):
        made, ended = ORDERS[code]
        yield Event(on, made)
        if end and ended and not (code == "E1" and end == period.end):
            yield Event(end, ended)
    yield from _homes(period)
    if period.end:
        yield Event(period.end, "ceased_looked_after", period.reason)
        if period.reason in ENDINGS:
            yield Event(period.end, ENDINGS[period.reason])
            yield Event(period.end, "permanence_achieved")


def _homes(period: Period) -> Iterator[Event]:
    for home in period.homes:
        yield Event(home.on, "placement_changed" if home.same_carer else "placement_started", home.place)
        if home.place.startswith("A"):
            yield Event(home.on, "placed_for_adoption")
        elif home.place in LIVES_WITH:
            yield Event(home.on, LIVES_WITH[home.place])
    for _, left in period.carers():
        if left:
            yield Event(left, "placement_ended")


def _plans(c: Child) -> Iterator[Event]:
    for plan in c.plans:
        if plan.position != "main":
            yield Event(plan.recorded, f"{plan.position}_plan_recorded")
            continue
        days: dict[str, date | None] = {
            "recorded": plan.recorded,
            "agreed": plan.agreed,
            "confirmed": plan.confirmed,
        }
        yield from (Event(on, f"permanence_plan_{step}") for step, on in days.items() if on)
        yield Event(plan.recorded, f"{ROUTES.get(plan.route, 'other_route')}_became_the_plan")
