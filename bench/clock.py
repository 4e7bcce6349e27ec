"""Times the clock in one process: the England pack and one council's, beside a bare loop over the events.

python bench/clock.py [COUNCIL] [CHILDREN …]
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import AS_AT, histories

from homeward.domain.events import History
from homeward.domain.policy import load
from homeward.domain.timescales import judge

SIZES = (10_000, 50_000, 100_000)


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def bare_loop(everyone: list[History]) -> int:
    """The least anyone must do: look at each event once and put it with others of its kind."""
    seen = 0
    for history in everyone:
        by_kind: dict[str, list[object]] = {}
        for event in history.recorded:
            if event.on <= AS_AT:
                by_kind.setdefault(event.kind, []).append(event)
        seen += len(by_kind)
    return seen


def judged(everyone: list[History], council: str) -> int:
    policy = load(["england", council])
    return sum(len(judge(policy, history, AS_AT)) for history in everyone)


def measure(size: int, council: str) -> dict[str, float]:
    """µs a child for the clock and the bare loop, their ratio, events, deadlines, and memory in MB."""
    judged(list(histories(200)), council)  # policies read, working days counted
    everyone = list(histories(size))
    gc.freeze()  # the histories are there to stay: the collector need not walk them again and again
    found = 0

    def work() -> None:
        nonlocal found
        found = judged(everyone, council)

    clock, bare = seconds(work), seconds(lambda: bare_loop(everyone))
    return {
        "children": size,
        "events": sum(len(h.recorded) for h in everyone),
        "deadlines": found,
        "clock": clock / size * 1e6,
        "bare": bare / size * 1e6,
        "ratio": clock / bare,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def said(r: dict[str, float]) -> str:
    """The measurement in words."""
    return (
        f"{r['clock']:.0f} µs a child; {r['ratio']:.0f} times a bare loop ({r['bare']:.1f} µs); "
        f"{r['memory']:.0f} MB"
    )


if __name__ == "__main__":
    named = sys.argv[1] if len(sys.argv) > 1 else "slough"
    for number in [int(size) for size in sys.argv[2:]] or SIZES:
        r = measure(number, named)
        print(f"{number:>7,} children, {r['events']:,.0f} events, {r['deadlines']:,.0f} deadlines:", said(r))
