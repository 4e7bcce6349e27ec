"""Makes data to measure with: histories of many children, and ten years of SSDA903 for a council of any size.

python bench/generate.py events 100000 history.csv
python bench/generate.py returns 600 made/     # 600 in care at a time, about 13,000 episode rows
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from homeward.demo import returns
from homeward.demo.child import Child, Home, Period
from homeward.domain.events import Event, History

AS_AT = date(2026, 3, 31)
YEARS = 10

LIVES = Path(__file__).with_name("lives.txt")


def _parsed(text: str) -> list[tuple[int, str, str]]:
    found = []
    for part in text.split("|"):
        day, rest = part.split()
        kind, _, detail = rest.partition(":")
        found.append((int(day), kind, detail))
    return found


def histories(count: int, seed: int = 1) -> Iterator[History]:
    """Histories of about ten events, over the six years before AS_AT."""
    rng = Random(seed)
    lives = [_parsed(line) for line in LIVES.read_text("utf-8").splitlines() if not line.startswith("#")]
    for number in range(count):
        start = AS_AT - timedelta(days=rng.randint(1, 2190))
        shift = rng.randint(-3, 9)
        events = [Event(start - timedelta(days=rng.randint(30, 5900)), "born")]
        for day, kind, detail in rng.choice(lives):
            on = start + timedelta(days=day + (shift if day > 20 else 0))
            events.append(Event(on, kind, detail))
        yield History(str(number), events)


def write_events(count: int, path: Path, seed: int = 1) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["child", "kind", "on", "detail"])
        for history in histories(count, seed):
            out.writerows([history.child, e.kind, e.on.isoformat(), e.detail] for e in history.recorded)


# A council's returns


def council(in_care: int, seed: int = 1, today: date = AS_AT) -> list[Child]:
    """Everyone who was in care in the ten years to `today`, about `in_care` of them at a time."""
    rng = Random(seed)
    first = date(today.year - YEARS, 4, 1)
    whole = (today - first).days
    # In care at the start, and those who came since: a stay lasts 880 days on average (exponential), so
    # in_care / 880 children come each day to keep the number steady.
    starts = [first - timedelta(days=rng.expovariate(1 / 880)) for _ in range(in_care)]
    stays = [(first - s).days + rng.expovariate(1 / 880) for s in starts]
    coming = round(in_care * whole / 880)
    starts += [first + timedelta(days=rng.randint(0, whole - 1)) for _ in range(coming)]
    stays += [rng.expovariate(1 / 880) for _ in range(coming)]
    return [
        _life(rng, n, s, max(3, round(stay)), today)
        for n, (s, stay) in enumerate(zip(starts, stays, strict=True))
    ]


def _life(rng: Random, number: int, start: date, stay: int, today: date) -> Child:
    born = start - timedelta(days=rng.randint(10, 14 * 365))
    end = min(start + timedelta(days=stay), born + timedelta(days=18 * 365))
    c = Child(today, str(500000 + number), "", rng.choice("MF"), "WBRI", "LS1 4DY", born=born)
    period = Period(start, "N1")
    c.periods.append(period)
    period.legal = _legal(rng, start, end, today)
    period.homes = _homes(rng, start, end, today)
    if end <= today:
        period.end, period.reason = end, rng.choice(("E4A", "E45", "E5", "E17", "E41"))
    c.reviews = _reviews(rng, start, min(end, today))
    c.workers = [
        (f"XX{rng.randint(1000, 1999)}", start, None if end > today else end, "" if end > today else "TSPROC")
    ]
    if rng.random() < 0.06:
        c.missing = [("M", start + timedelta(days=1), start + timedelta(days=2))]
    return c


def _legal(rng: Random, start: date, end: date, today: date) -> list[tuple[date, str]]:
    found = [(start, rng.choices(("C1", "V2"), (70, 30))[0])]
    ordered = start + timedelta(days=rng.randint(170, 260))
    if found[0][1] == "C1" and ordered < min(end, today):
        found.append((ordered, "C2"))
    return found


def _homes(rng: Random, start: date, end: date, today: date) -> list[Home]:
    on, found = start, []
    while on < min(end, today):
        place, provider = rng.choices(
            (("U6", "PR1"), ("U4", "PR4"), ("K2", "PR4"), ("P1", "PR0")), (70, 15, 10, 5)
        )[0]
        found.append(Home(on, place, provider, rng.choice(("LS1 4DY", "HX1 1QE", "YO24 1AB")), "CREQO"))
        on += timedelta(days=5 + round(rng.expovariate(1 / 560)))
    return found


def _reviews(rng: Random, start: date, end: date) -> list[tuple[date, str]]:
    on, found = start + timedelta(days=rng.randint(15, 27)), []
    while on < end:
        found.append((on, "PN1"))
        on += timedelta(days=rng.randint(70, 88) if len(found) == 1 else rng.randint(140, 178))
    return found


def write_returns(in_care: int, folder: Path, seed: int = 1) -> int:
    """Writes ten collection years; returns how many episode rows they hold."""
    children = council(in_care, seed)
    first = date(AS_AT.year - YEARS, 4, 1)
    returns.write(children, folder, AS_AT, first_year=returns.closing(first))
    return sum(len(path.read_bytes().splitlines()) - 1 for path in folder.rglob("episodes.csv"))


if __name__ == "__main__":
    what, size, where = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    if what == "events":
        write_events(size, where)
    else:
        print(f"{write_returns(size, where):,} episode rows in {where}")
