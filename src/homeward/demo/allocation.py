"""Which social worker each child has had: brothers and sisters together, no one with far more than others."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from homeward.demo.child import Child, days
from homeward.demo.councils import (
    CARE_1,
    CARE_2,
    COURT,
    OFFICERS,
    SIXTEEN_PLUS,
    Worker,
    demonstration_worker,
    workers,
)

# SW_REASON of the return: why a worker's time with a child ended.
REASONS = (("TSPROC", 40), ("MANAGE", 18), ("LEFTRL", 30), ("ABSENC", 8), ("CHCHAN", 2), ("OTHERS", 2))
FULL = 18
HERS = 13  # children of the storylines that the demonstration social worker has


def allocate(children: list[Child], rng: Random, council: str) -> None:
    """Gives every child workers over time; the last one is theirs now. A family has one reviewing officer."""
    everyone = workers(council)
    load: Counter[str] = Counter()
    for turn, family in enumerate(by_family(children)):
        now = _now(family[0], load, everyone, council)
        load[now.id] += sum(_open(c) for c in family)
        past = [rng.choice([w for w in everyone if w.team == COURT and w != now]) for _ in range(3)]
        for c in family:
            c.workers = spells(c, rng, [*past, now])
            officer = OFFICERS[council][turn % len(OFFICERS[council])]
            c.officers = [(officer, begun, ended) for _, begun, ended in c.officers]


def by_family(children: list[Child]) -> list[list[Child]]:
    families: dict[str, list[Child]] = {}
    for c in children:
        families.setdefault(c.family, []).append(c)
    return list(families.values())


def _open(c: Child) -> bool:
    return c.in_care or not c.periods


def _now(c: Child, load: Counter[str], everyone: tuple[Worker, ...], council: str) -> Worker:
    teams = _teams(c)
    hers = demonstration_worker(council)
    if c.story and _open(c) and hers.team in teams and load[hers.id] < HERS:
        return hers
    able = [w for w in everyone if w.team in teams and not (w == hers and load[w.id] >= FULL)]
    return min(able, key=lambda w: (load[w.id], w.id))


def _teams(c: Child) -> tuple[str, ...]:
    if not c.periods or (c.in_care and c.period.status_on(c.today) in ("C1", "L1", "L2")):
        return (COURT,)
    return (SIXTEEN_PLUS,) if c.age_on(c.today) >= 16 else (CARE_1, CARE_2)


def spells(c: Child, rng: Random, hands: list[Worker]) -> list[tuple[str, date, date | None, str]]:
    """From the first day known to today or the end of care, changing hands every year and a half or so."""
    known = [on for on, kind, _ in c.events if kind != "birth_expected"] + [p.start for p in c.periods]
    start = min([on for on in known if c.passed(on)], default=c.today)
    end = None if _open(c) else c.period.end
    whole = ((end or c.today) - start).days
    changes = min(len(hands) - 1, whole // 300) if rng.random() < 0.85 else 0
    cuts = sorted(start + days(rng.uniform(0.1, 0.9) * whole) for _ in range(changes))
    chain = hands[len(hands) - 1 - len(cuts) :]
    found = []
    for worker, begun, ended in zip(chain, [start, *cuts], [*cuts, end], strict=True):
        reason = rng.choices([r for r, _ in REASONS], [w for _, w in REASONS])[0] if ended else ""
        found.append((worker.id, begun, ended, reason))
    return [spell for spell in found if spell[1] != spell[2]]
