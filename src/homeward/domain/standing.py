"""Where a child stands on a day: in care or not, legal status, home, plans and stage, from the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from homeward.domain.events import Event, History, Run
from homeward.domain.life import Life

# What the tracker says of where a child has got to, furthest first.
STAGES: dict[str, str] = {
    "permanence_achieved": "Permanence achieved",
    "placed_for_adoption": "Placed for adoption, order not yet made",
    "matched": "Matched with adopters, not yet placed",
    "waiting_for_match": "Adoption decided, no match yet",
    "adoption_planned": "Adoption planned, decision to be made",
    "waiting_for_long_term_match": "Long-term fostering planned, no match yet",
    "guardianship_planned": "Special guardianship planned",
    "arrangements_planned": "Child arrangements order planned",
    "returning_home": "Planning the return home",
    "plan_recorded": "Plan recorded",
    "in_proceedings": "In care proceedings",
    "in_pre_proceedings": "In pre-proceedings",
    "gateway_held": "Legal gateway held",
    "no_plan": "In care, no plan recorded",
    "left_care": "Left care",
    "not_open": "No open involvement",
}

ROUTE_OF = {
    "adoption_became_the_plan": "adoption",
    "long_term_fostering_became_the_plan": "long_term_fostering",
    "return_home_became_the_plan": "return_home",
    "special_guardianship_became_the_plan": "special_guardianship",
    "child_arrangements_became_the_plan": "child_arrangements",
    "residential_became_the_plan": "residential",
    "other_route_became_the_plan": "other",
}
ROUTE_WORDS = {
    "return_home": "Return home",
    "family_and_friends": "Live with family or friends",
    "child_arrangements": "Child arrangements order",
    "special_guardianship": "Special guardianship",
    "adoption": "Adoption",
    "long_term_fostering": "Long-term fostering",
    "residential": "Residential care",
    "supported_independence": "Supported independence",
    "other": "Another plan",
}
_PLAN_STAGE = {
    "adoption": "adoption_planned",
    "long_term_fostering": "waiting_for_long_term_match",
    "special_guardianship": "guardianship_planned",
    "child_arrangements": "arrangements_planned",
    "return_home": "returning_home",
}
# Legal statuses that the events name, with the event that opens each and those that close it.
_STATUS_OF = (
    ("section_20_started", "V2", ("section_20_ended",)),
    ("interim_care_order_made", "C1", ("interim_care_order_ended",)),
    ("care_order_made", "C2", ("care_order_ended",)),
    ("placement_order_made", "E1", ("placement_order_revoked",)),
    ("emergency_protection_order_made", "L2", ()),
    ("police_protection_taken", "L1", ()),
    ("remanded", "J1", ()),
)


class Standing(NamedTuple):
    """What can be said of a child on a day. Codes are SSDA903's; routes are `domain.events.ROUTES`."""

    in_care: bool = False
    in_care_since: date | None = None
    in_pre_proceedings: bool = False
    in_proceedings: bool = False
    gateway_held: bool = False
    unborn: bool = False
    legal_status: str = ""
    placement: str = ""
    living_since: date | None = None
    main_plan: str = ""
    parallel_plan: str = ""
    contingency_plan: str = ""
    stage: str = "not_open"
    left_care_on: date | None = None

    @property
    def in_scope(self) -> bool:
        """On the tracker that day (DECISIONS, Children and periods of care)."""
        return self.in_care or self.in_pre_proceedings or self.in_proceedings or self.gateway_held


def standing(history: History, as_at: date) -> Standing:
    """Where the child stands at the end of `as_at`; the day of leaving care is not a day in care."""
    life = Life(history, as_at)
    period = next((p for p in reversed(life.periods) if p.end is None or as_at < p.end), None)
    in_care = period is not None
    since = period.start if period and period.start_known else None
    opened = life.involvements[-1].start
    pre = _open(life, "pre_proceedings_started", ("pre_proceedings_ended", "proceedings_issued"), opened)
    court = _open(life, "proceedings_issued", ("proceedings_concluded",), date.min)
    gateway = life.first(("legal_gateway_held",), opened) is not None
    home, code = _run_on(history.homes, as_at) or _home(life) if in_care else (None, "")
    status = _run_on(history.statuses, as_at)
    plans = _plans(life)
    left = life.all("ceased_looked_after")
    facts = Standing(
        in_care=in_care,
        in_care_since=since,
        in_pre_proceedings=pre,
        in_proceedings=court,
        gateway_held=gateway,
        unborn=life.unborn_on(as_at),
        legal_status=(status[1] if status else _legal_status(life)) if in_care else "",
        placement=code,
        living_since=home,
        main_plan=plans[0],
        parallel_plan=plans[1],
        contingency_plan=plans[2],
        left_care_on=left[-1].on if left and not in_care else None,
    )
    return facts._replace(stage=_stage(life, facts, opened))


def _open(life: Life, start: str, ends: Sequence[str], since: date) -> bool:
    started = [event for event in life.all(start) if event.on >= since]
    return bool(started) and life.first(ends, started[-1].on) is None


def _run_on(runs: Sequence[Run], day: date) -> tuple[date, str] | None:
    """The run that a day falls in; on the last day of one and the first of another, the other."""
    running = [(start, code) for code, start, end in runs if start <= day and (end is None or day < end)]
    return max(running, default=None)


def _home(life: Life) -> tuple[date | None, str]:
    started = life.all("placement_started")
    changed = life.all("placement_changed")
    if not started and not changed:
        return None, ""
    latest = max((*started, *changed), key=lambda event: event.on)
    ended = [e for e in life.all("placement_ended") if e.on > latest.on]
    if ended:
        return None, ""
    return (started[-1].on if started else None), latest.detail


def _legal_status(life: Life) -> str:
    opened: list[tuple[date, int, str]] = []
    for order, (kind, code, closers) in enumerate(_STATUS_OF):
        for event in life.all(kind):
            if not closers or life.first(closers, event.on) is None:
                opened.append((event.on, order, code))
    return max(opened)[2] if opened else ""


def _plans(life: Life) -> tuple[str, str, str]:
    """The routes of the main, parallel and contingency plans, where the events name them."""
    became = [Event(e.on, kind, e.detail or ROUTE_OF[kind]) for kind in ROUTE_OF for e in life.all(kind)]
    newest = max(became, key=lambda plan: plan.on, default=None)
    main = newest.detail if newest and _runs(life, "main", newest.detail, became) else ""
    return main, _beside(life, "parallel"), _beside(life, "contingency")


def _beside(life: Life, position: str) -> str:
    """The newest plan in a position that has not ended."""
    recorded = life.all(f"{position}_plan_recorded")
    return next((e.detail for e in reversed(recorded) if _runs(life, position, e.detail, recorded)), "")


def _runs(life: Life, position: str, route: str, recorded: Sequence[Event]) -> bool:
    """Whether fewer plans of the route ended than were recorded: one may follow another on the same day."""
    ended = life.all(f"{position}_plan_ended")
    return sum(e.detail == route for e in recorded) > sum(e.detail == route for e in ended)


def _stage(life: Life, now: Standing, opened: date) -> str:
    if life.first(("permanence_achieved",), opened):
        return "permanence_achieved"
    if not now.in_scope:
        return "left_care" if now.left_care_on else "not_open"
    return _adoption_stage(life, opened) or _planning_stage(now)


def _adoption_stage(life: Life, opened: date) -> str:
    if life.adoptive_spans and life.adoptive_spans[-1][1] is None and life.adoptive_spans[-1][0] >= opened:
        return "placed_for_adoption"
    decided = life.first(("adoption_decision_made", "placement_order_made"), opened)
    if decided is None or life.first(("adoption_decision_reversed", "placement_order_revoked"), decided.on):
        return ""
    return "matched" if life.first(("matched_with_adopters",), decided.on) else "waiting_for_match"


def _planning_stage(now: Standing) -> str:
    if now.main_plan:
        return _PLAN_STAGE.get(now.main_plan, "plan_recorded")
    if now.in_proceedings:
        return "in_proceedings"
    if now.in_pre_proceedings:
        return "in_pre_proceedings"
    return "no_plan" if now.in_care else "gateway_held"
