"""What is said of each plan of the demonstration: what must be true, what it waits for, when it is known."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from homeward.demo.child import PERMANENT_ORDERS, Child, Plan, days
from homeward.demo.people import HOLDERS
from homeward.demo.plan_words import LESS, STANDS_IF, STORIES, SWITCH, TIMESCALES, WAITS_FOR, WHY
from homeward.domain.packs import pack
from homeward.domain.standing import ROUTE_WORDS

WRITTEN = 0.86  # of plans, how many say what must be true: in no council all do
_BY_ORDER = {"E11": "adoption", "E12": "adoption", "E41": "child_arrangements"}
_IN_DAYS = {
    "return_home": 150,
    "special_guardianship": 170,
    "child_arrangements": 150,
    "adoption": 340,
    "long_term_fostering": 240,
}


def detail_plans(c: Child, rng: Random, council: str, policy: str) -> None:
    """Ends what is over and fills what is said of the child's plans, true to how the child's story goes."""
    _end(c)
    own = pack(policy)
    for plan in c.plans:
        if plan.agreed:
            review = any(abs((on - plan.agreed).days) <= 4 for on, _ in c.reviews)
            plan.details["agreed_at"] = own.meeting("review_held" if review else "permanence_meeting_held")
        if plan.confirmed:
            role = "agency_decision_maker" if plan.route == "adoption" else "head_of_service"
            plan.details |= {"confirmed_by": HOLDERS[council][role], "confirmed_role": role}
        if rng.random() < WRITTEN or c.story:
            plan.details |= _said(c, plan, rng)
        if plan.ended is None:
            plan.details |= STORIES.get(c.story, {}).get(plan.position, {})
    if c.story == "section_20_drift":  # nobody has written anything: that is the story
        for plan in c.plans:
            plan.details, plan.why = {"agreed_at": plan.details.get("agreed_at", "")}, ""


def _end(c: Child) -> None:
    """Says how each plan that ended did, and ends those that a child who left care no longer has."""
    ruled_out = {(route, on) for on, kind, route in c.events if kind == "option_ruled_out"}
    gone = c.period.end if c.periods else None
    for plan in c.plans:
        if plan.ended is None and gone is not None and gone <= c.today and plan.recorded <= gone:
            plan.ended, reached = gone, plan.position == "main" and _reached(c, plan)
            plan.details["outcome"] = "achieved" if reached else "changed"
            plan.reason = "The child has what the plan was for" if reached else "Care ended"
        elif plan.ended is not None:
            out = (plan.route, plan.ended) in ruled_out
            plan.details["outcome"] = "ruled_out" if out else "changed"
            if out:
                plan.reason = "Ruled out"


def _reached(c: Child, plan: Plan) -> bool:
    reason = c.period.reason
    if reason in PERMANENT_ORDERS:
        return plan.route == _BY_ORDER.get(reason, "special_guardianship")
    homes = {"E4A": "return_home", "E17": "long_term_fostering", "E5": "supported_independence"}
    return plan.route == homes.get(reason, "")


def _said(c: Child, plan: Plan, rng: Random) -> dict[str, Any]:
    settled = c.permanence_on is not None or c.period_over
    plan.why = rng.choice(WHY[plan.route])
    said: dict[str, Any] = {"stands_if": rng.choice(STANDS_IF[plan.route])}
    open_ = plan.ended is None and not settled
    waits = WAITS_FOR[plan.route]
    if open_ and waits and rng.random() < 0.8:
        said["waits_for"] = rng.sample(waits, min(len(waits), rng.choice((1, 1, 2))))
    if plan.route not in ("return_home", "other") and rng.random() < 0.7:
        said["least_intervention"] = rng.choice(LESS)
    if plan.position == "main":
        said |= _main(c, plan, rng, open_=open_)
    return said


def _main(c: Child, plan: Plan, rng: Random, *, open_: bool) -> dict[str, Any]:
    years = max(0, c.age_on(plan.recorded))
    timescale, why = next((words, why) for below, words, why in TIMESCALES if years < below)
    said: dict[str, Any] = {"timescale": timescale, "timescale_why": why}
    if open_:
        said["target_on"] = _target(c, plan, rng)
    other = next((p for p in c.plans if p.position != "main" and p.ended is None), None)
    if other and plan.ended is None and plan.route in SWITCH:
        words = rng.choice(SWITCH[plan.route])
        said["switch_rule"] = words.format(other=ROUTE_WORDS[other.route].lower())
        if open_ and rng.random() < 0.75:
            said["switch_on"] = c.today + days(rng.choice((-6, 5, 12, 20, 33, 47, 61, 75)))
    return said


def _target(c: Child, plan: Plan, rng: Random) -> date:
    """The day by which it should be reached; one in ten has passed and nobody set another."""
    meant = plan.recorded + days(_IN_DAYS.get(plan.route, 300) + rng.randint(-20, 30))
    if meant > c.today or rng.random() < 0.1:
        return max(meant, c.today - days(60))
    return c.today + days(rng.randint(20, 190))
