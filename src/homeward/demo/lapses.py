"""What is not as it should be today, for some children and seldom more than one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from homeward.demo.child import Child, days

Lapse = Callable[[Child, Random], None]


def no_visit(c: Child, rng: Random) -> None:
    c.leave_out("child_visited", c.today - days(rng.randint(44, 62)))


def no_planning_meeting(c: Child, rng: Random) -> None:
    c.leave_out("permanence_meeting_held", c.today - days(rng.randint(45, 75)))


def no_review(c: Child, rng: Random) -> None:
    """The six-monthly review is overdue: only of those long enough in care to have had two."""
    late = rng.randint(186, 205)
    if (c.today - c.period.start).days > late + 150:
        c.leave_out("review_held", c.today - days(late))


def no_health_assessment(c: Child, rng: Random) -> None:
    """The last one that was due was not done, some weeks or months ago."""
    c.leave_out(
        "health_assessment_completed", c.today - days(rng.randint(200, 260) + 180 * (c.age_on(c.today) > 4))
    )


def no_plan(c: Child, rng: Random) -> None:
    """Still no plan on paper, months after coming into care."""
    if c.period.status_on(c.today) in ("C1", "V2") and (c.today - c.period.start).days < 400:
        c.plans.clear()


def not_confirmed(c: Child, rng: Random) -> None:
    """The newest plans wait to be confirmed at a review."""
    for plan in c.plans:
        if (c.today - plan.recorded).days < 240:
            plan.confirmed = None


def home_not_looked_at_again(c: Child, rng: Random) -> None:
    if (c.today - c.period.start).days < 300:
        c.leave_out("return_home_reviewed", c.period.start)


def no_placement_plan(c: Child, rng: Random) -> None:
    moved = c.period.carers()[-1][0].on
    if (c.today - moved).days < 200:
        c.leave_out("placement_plan_recorded", moved)


# Of a hundred children in care, how many have each lapse.
SHARES: dict[str, dict[Lapse, float]] = {
    "northmere": {
        no_visit: 3.0,
        no_planning_meeting: 5.0,
        no_review: 2.0,
        no_health_assessment: 1.5,
        no_plan: 3.0,
        home_not_looked_at_again: 2.0,
        no_placement_plan: 1.2,
    },
    "easterby": {
        no_visit: 6.0,
        no_review: 3.5,
        no_health_assessment: 2.5,
        no_plan: 3.0,
        not_confirmed: 5.0,
        no_placement_plan: 2.0,
    },
}


def lapse(c: Child, rng: Random, council: str) -> None:
    """Gives a few children in care one thing that was not done."""
    if not c.in_care:
        return
    lot = rng.uniform(0, 100)
    for what, share in SHARES[council].items():
        lot -= share
        if lot < 0:
            what(c, rng)
            c.tidy()
            return
