"""Children not (yet) in care: unborn, in pre-proceedings, or at home while the court decides."""

from __future__ import annotations

from datetime import date

from homeward.demo import court
from homeward.demo.child import Child, days
from homeward.demo.pathways import Way
from homeward.demo.population import Cohort


def warned(c: Child, start: date, way: Way) -> None:
    """Pre-proceedings go on: the letter, a family group conference, a relative screened in case."""
    rng = way.rng
    court.first_contact(c, rng, start - days(rng.randint(40, 90)))
    court.pre_proceedings(c, rng, start)
    c.note(start + days(rng.randint(20, 40)), "viability_assessment_completed", "positive")
    c.plans_for("parallel", "family_and_friends", start + days(30), start + days(36))
    c.plans_for("contingency", "special_guardianship", start + days(36))


def stepped_down(c: Child, start: date, way: Way) -> None:
    """Enough changed: pre-proceedings end inside sixteen weeks, and the child stays at home."""
    warned(c, start, way)
    court.steps_down(c, start + days(way.rng.randint(80, 110)))


def in_court_at_home(c: Child, start: date, way: Way) -> None:
    """Proceedings under an interim supervision order; the child lives at home."""
    rng = way.rng
    court.first_contact(c, rng, start - days(rng.randint(130, 170)))
    court.pre_proceedings(c, rng, start - days(rng.randint(70, 104)))
    if c.born and c.age_on(start) < 3:
        c.note(start - days(60), "early_permanence_considered")
    court.proceedings(c, start, way.court_weeks(), hearing=False)
    c.plans_for("parallel", "family_and_friends", start - days(20), start - days(14))
    c.plans_for("contingency", "special_guardianship", start + days(30))


def expected(c: Child, start: date, way: Way) -> None:
    """An unborn child: a gateway, sometimes pre-proceedings, early permanence thought of before the birth."""
    rng = way.rng
    assert c.expected
    c.note(c.expected, "birth_expected")
    court.first_contact(c, rng, start - days(rng.randint(10, 30)))
    if way.first == "PLO":
        court.pre_proceedings(c, rng, start)
        c.plans_for("parallel", "adoption", start + days(25))
        c.plans_for("contingency", "special_guardianship", start + days(25))
    else:
        court.conference(c, rng, start - days(rng.randint(3, 12)))
        court.gateway(c, rng, start, reviewed=False)
    c.note(start + days(rng.randint(14, 24)), "early_permanence_considered")


BEFORE_COURT = (
    Cohort(21, warned, (0.2, 15), (0.1, 3.3), before_care=True),
    Cohort(9, expected, (-0.4, -0.08), (0.2, 2), "PLO", alone=True, before_care=True),
    Cohort(7, expected, (-0.45, -0.2), (0.1, 1.2), alone=True, before_care=True),
    Cohort(16, in_court_at_home, (0.3, 14), (0.2, 5.5), before_care=True, in_court=True),
    Cohort(8, stepped_down, (1, 14), (5, 11), before_care=True),
)
