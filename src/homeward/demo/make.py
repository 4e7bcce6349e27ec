"""Makes the demonstration councils' files: the same for the same day and seed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from homeward.demo import bundle, returns
from homeward.demo.allocation import allocate
from homeward.demo.child import Child
from homeward.demo.councils import AGENCY, NAMES, PACKS, Council
from homeward.demo.edge_of_care import BEFORE_COURT
from homeward.demo.lapses import lapse
from homeward.demo.minuted import TRACKED, choose
from homeward.demo.plan_details import detail_plans
from homeward.demo.population import IN_CARE, LEFT, Nursery, children_of
from homeward.demo.rhythm import keep_rhythm
from homeward.demo.storylines import storylines, told

# Nine returns are held: of a few children the start of care is in none of them, as in any council.
EARLIER_RETURNS = 8


def make(folder: Path, today: date, seed: int = 1) -> list[Council]:
    """Writes for each invented council a folder with SSDA903 returns and a bundle, for `homeward import`."""
    councils = [Council(slug, NAMES[slug], PACKS[slug], AGENCY, folder / slug) for slug in NAMES]
    made = []
    for council in councils:
        shutil.rmtree(council.folder, ignore_errors=True)
        everyone = children(council.slug, today, seed)
        minuted = choose(everyone, council.slug, today)
        first = returns.closing(today) - EARLIER_RETURNS
        returns.write(everyone, council.returns, today, first)
        elsewhere = frozenset(said for held in minuted for said in held.instead_of)
        elsewhere |= {(c.code, TRACKED, today) for c in everyone}  # today's is still ahead
        bundle.write(everyone, council.bundle, returns.Year(first, today).start, elsewhere)
        council.storylines.write_text(told(everyone, council.name, today), "utf-8")
        made.append(replace(council, minuted=minuted))
    return made


def children(council: str, today: date, seed: int = 1) -> list[Child]:
    """Everyone a council looks after, may come to look after, or looked after in the last year."""
    rng = Random(f"{council} {seed}")
    nursery = Nursery(council, today, rng)
    named = storylines(nursery)
    cohorts = [cohort for group in (IN_CARE, BEFORE_COURT, LEFT) for cohort in group]
    everyone = named + [c for cohort in cohorts for c in children_of(cohort, nursery)]
    for c in everyone:
        keep_rhythm(c, Random(f"{council} {seed} {c.code}"), council)
        if not c.story:
            lapse(c, Random(f"{council} {seed} {c.code} lapse"), council)
        detail_plans(c, Random(f"{council} {seed} {c.code} plans"), council, PACKS[council])
    allocate(everyone, Random(f"{council} {seed} workers"), council)
    return everyone
