"""How many children of each kind an invented council has, after the published national figures.

England, children looked after at 31 March 2025 (DfE, SSDA903 statistics; as the authors know them, rounded):
age under 1 5 %, 1–4 13 %, 5–9 18 %, 10–15 38 %, 16 and over 26 %; full care order 56 %, interim care order
20 %, section 20 17 %, placement order 5 %, other 2 %; foster homes 67 %, of which with relatives or friends
17 %, children's homes 10 %, supported accommodation 9 %, with parents 7 %, placed for adoption 3 %, elsewhere
4 %; unaccompanied children 8 %. Of those who left care in the year about 10 % were adopted and 12 % had
special guardians. Half had been in care for two years or more. Proportions, not targets: no council looks
like the average.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from homeward.demo import court, names, pathways, places
from homeward.demo.child import Child, days
from homeward.demo.pathways import Script, Way

NEEDS = (("N1", 66), ("N5", 14), ("N4", 8), ("N3", 4), ("N2", 3), ("N8", 4), ("N6", 1))
FAMILY_SIZES = (52, 30, 13, 5)  # of one, two, three and four children who came into care together
MONTH = 30.44


@dataclass(frozen=True)
class Cohort:
    """So many children of one pathway. Ages are years today (or on coming in, for those who have `left`)."""

    count: int
    script: Script
    age: tuple[float, float]
    months: tuple[float, float]  # in care so far
    first: str = "U6"
    last: str = "U4"
    settled: tuple[float, float] | None = None  # months in care when permanence was secured
    in_court: bool = False  # proceedings go on
    alone: bool = False  # no brothers or sisters in the cohort
    left: tuple[int, int] | None = None  # days since care ended
    reason: str = ""
    before_care: bool = (
        False  # months are since pre-proceedings, a gateway or issue; an age below 0 is unborn
    )


p = pathways
IN_CARE = (
    # in proceedings: interim care orders
    Cohort(5, p.adopted, (0.1, 0.8), (0.5, 7), "U5", in_court=True, alone=True),
    Cohort(4, p.special_guardianship, (0.1, 0.9), (0.3, 6), "R3", in_court=True, alone=True),
    Cohort(6, p.adopted, (0.1, 0.9), (0.5, 6), in_court=True, alone=True),
    Cohort(10, p.special_guardianship, (1, 5), (0.3, 6.5), in_court=True),
    Cohort(9, p.fostered_by_family, (1, 9), (0.5, 6.5), "U3", in_court=True),
    Cohort(11, p.fostered_long_term, (4, 10), (0.3, 7), in_court=True),
    Cohort(13, p.fostered_long_term, (10, 16.5), (0.5, 7.5), in_court=True),
    Cohort(3, p.in_a_childrens_home, (11, 16), (1, 7), "K2", in_court=True, alone=True),
    Cohort(4, p.at_home_meanwhile, (1, 12), (0.5, 6), "P1", in_court=True),
    # care orders
    Cohort(48, p.fostered_long_term, (8, 16), (16, 110), settled=(9, 18)),
    Cohort(21, p.fostered_long_term, (16, 17.9), (20, 120), settled=(10, 19)),
    Cohort(36, p.fostered_by_family, (2, 17.5), (13, 80), settled=(9, 16)),
    Cohort(11, p.fostered_long_term, (5, 14), (8, 13)),
    Cohort(6, p.fostered_long_term, (8, 15), (12, 17)),
    Cohort(6, p.fostered_long_term, (8, 15), (15, 26), settled=(10, 14)),
    Cohort(12, p.home_under_order, (2, 16), (14, 50), settled=(10, 18)),
    Cohort(6, p.home_under_order, (2, 15), (8, 15)),
    Cohort(7, p.in_a_childrens_home, (12, 17.8), (8, 15), last="K2", alone=True),
    Cohort(6, p.in_a_childrens_home, (12, 17.8), (18, 30), last="K2", settled=(12, 16), alone=True),
    Cohort(10, p.in_a_childrens_home, (11, 17.8), (24, 70), last="K2", settled=(20, 24), alone=True),
    Cohort(3, p.in_a_childrens_home, (11, 16), (20, 60), last="S1", settled=(14, 20), alone=True),
    Cohort(1, p.in_a_childrens_home, (15, 17), (10, 15), last="K1", alone=True),
    Cohort(8, p.towards_independence, (16.6, 17.9), (26, 60), settled=(10, 14), alone=True),
    Cohort(4, p.towards_independence, (16.6, 17.9), (9, 15), alone=True),
    # placement orders
    Cohort(8, p.adopted, (0.9, 4.5), (9, 16)),
    Cohort(10, p.adopted, (1, 5), (11.5, 17.5), settled=(10, 17)),
    # section 20
    Cohort(9, p.alone_in_the_country, (15.2, 17.2), (1, 14), "U6", "U6", alone=True),
    Cohort(14, p.alone_in_the_country, (16.3, 17.95), (2, 15), "U6", "K3", alone=True),
    Cohort(3, p.alone_in_the_country, (16.5, 17.9), (2, 12), "K2", "K3", alone=True),
    Cohort(8, p.by_agreement, (2, 12), (0.3, 6), "U6", "U6"),
    Cohort(2, p.by_agreement, (3, 10), (0.5, 5), "U3", "U3"),
    Cohort(8, p.by_agreement, (13, 17.5), (1, 14), "U6", "U6", alone=True),
    Cohort(7, p.by_agreement, (13, 17), (2, 14), "U6", "K2", alone=True),
    Cohort(6, p.by_agreement, (16.3, 17.9), (1, 13), "K3", "K3", alone=True),
)
LEFT = (
    Cohort(8, p.adopted, (0.1, 3), (0, 0), settled=(10, 15), left=(2, 360)),
    Cohort(12, p.special_guardianship, (0.2, 10), (0, 0), left=(2, 360)),
    Cohort(4, p.child_arrangements, (1, 11), (0, 0), left=(2, 360), reason="E41"),
    Cohort(8, p.goes_home, (1, 13), (0, 0), settled=(1, 3), left=(100, 360)),
    Cohort(20, p.grown_up_in_care, (18.02, 18.95), (44, 120), settled=(12, 28), alone=True),
    Cohort(8, p.alone_in_the_country, (18.02, 18.9), (18, 34), "U6", "K3", alone=True),
    Cohort(6, p.by_agreement, (13, 16), (0, 0), settled=(4, 9), left=(5, 360), reason="E4B", alone=True),
)
del p


@dataclass
class Nursery:
    """Makes children for one council: codes, names and families that no other child has."""

    council: str
    today: date
    rng: Random
    number: int = 0
    family: int = 0

    def __post_init__(self) -> None:
        self.names = names.Names(Random(f"{self.council} names"))  # apart, so that a new name changes no life
        self.first_code = {"northmere": 310417, "easterby": 620853}[self.council]

    def code(self) -> str:
        """Rising, as a case system gives them, with gaps."""
        self.number += 1 + self.rng.randint(0, 8)
        return str(self.first_code + self.number)

    def child(
        self, sex: str, ethnicity: str, home: str, family: str, called: str = "", **more: object
    ) -> Child:
        called = self.names.take(called) if called else self.names.give(sex, ethnicity)
        return Child(self.today, self.code(), called, sex, ethnicity, home, family=family, **more)  # type: ignore[arg-type]

    def a_family(self) -> str:
        self.family += 1
        return f"{self.council[0].upper()}{self.family:03}"


def children_of(cohort: Cohort, nursery: Nursery) -> Iterator[Child]:
    """The children of a cohort, in families."""
    left = cohort.count
    while left:
        sizes = range(1, len(FAMILY_SIZES) + 1)
        size = 1 if cohort.alone else nursery.rng.choices(sizes, FAMILY_SIZES)[0]
        family = list(_family(cohort, nursery, min(size, left)))
        left -= len(family)
        yield from family


def _family(cohort: Cohort, nursery: Nursery, size: int) -> Iterator[Child]:
    rng = nursery.rng
    way, months = _way(cohort, nursery)
    ethnicity, need = names.an_ethnicity(rng), rng.choices([n for n, _ in NEEDS], [w for _, w in NEEDS])[0]
    home, family = places.a_family_home(rng, nursery.council), nursery.a_family()
    ages = _ages(rng, cohort.age, size)
    together = bool(cohort.left) or rng.random() < 0.66
    key = f"{rng.random()}"
    youngest = 18.0 if cohort.before_care else min(ages)
    start = _begun(cohort, way, key, ages[0], nursery) or _start(nursery.today, months, youngest)
    for turn, years in enumerate(ages):
        c = nursery.child(rng.choices("FM", (44, 56))[0], ethnicity, home, family, need=need)
        c.born = (start if cohort.left else nursery.today) - days(years * 365.25)
        if years < 0:
            c.called, c.expected, c.born = f"Baby {c.called}", c.born, None
        if cohort.script is pathways.alone_in_the_country:
            _from_abroad(c, nursery)
        cohort.script(c, start, replace(way, rng=Random(key if together else f"{key} {turn}")))
        if len(ages) > 1:
            c.note(start + days(62), "sibling_assessment_completed", "together" if together else "apart")
        yield c


def _from_abroad(c: Child, nursery: Nursery) -> None:
    c.sex = "M" if nursery.rng.random() < 0.92 else "F"
    c.ethnicity = nursery.rng.choice(("OOTH", "OOTH", "OOTH", "BAFR", "AOTH"))
    c.called = nursery.names.give(c.sex, "OOTH" if c.ethnicity != "BAFR" else "BAFR")
    c.home_postcode = ""


def _ages(rng: Random, bounds: tuple[float, float], size: int) -> list[float]:
    """Ages at least 11 months apart, eldest first; fewer when they do not fit."""
    low, high = bounds
    ages: list[float] = [rng.uniform(low, high)]
    for _ in range(size - 1):
        gap = rng.uniform(0.95, 3.2)
        if ages[-1] - gap >= low:
            ages.append(ages[-1] - gap)
        elif ages[0] + gap <= high:
            ages.insert(0, ages[0] + gap)
    return ages


def _way(cohort: Cohort, nursery: Nursery) -> tuple[Way, float]:
    """How it turns out for one family, and for how many months they have been in care."""
    rng = nursery.rng
    months = rng.uniform(*cohort.months)
    weeks = court.weeks_in_court(rng)
    if cohort.in_court:
        weeks = max(weeks, months * MONTH / 7 + rng.uniform(1.5, 9))
    elif not cohort.left and cohort.months[1] > 0:
        weeks = min(weeks, max(18.0, months * MONTH / 7 - 4))
    settled = rng.uniform(*cohort.settled) if cohort.settled else None
    if settled is not None and months:
        settled = min(settled, months - 0.8)
    way = Way(rng, nursery.council, cohort.first, cohort.last, weeks, settled, cohort.reason)
    return way, months


def _start(today: date, months: float, youngest: float) -> date:
    """The youngest had been born: no one comes into care before the second day of life."""
    return today - days(max(1, min(months * MONTH, youngest * 365.25 - 2)))


def _begun(cohort: Cohort, way: Way, key: str, years: float, nursery: Nursery) -> date | None:
    """When care began, so that it ended on a day of the last year; None for a cohort still in care."""
    if not cohort.left:
        return None
    start = date(2000, 1, 5)
    trial = Child(date(2040, 1, 1), "", "", "F", "WBRI", "", born=start - days(years * 365.25))
    cohort.script(trial, start, replace(way, rng=Random(key)))
    assert trial.period.end
    ended = nursery.today - days(nursery.rng.randint(*cohort.left))
    return ended - (trial.period.end - start)
