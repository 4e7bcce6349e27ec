"""Runs every benchmark five times and writes the medians to bench/results.md, with the machine they ran on.

python bench/run.py [--short]      # --short: small sizes, once each, nothing written
"""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import clock
import importing
import meeting
import papers
from generate import write_returns

import pages

RUNS = 5
Line = tuple[str, str, str]


def fresh(work: Callable[..., Any], *given: Any) -> Any:
    """The answer of `work` in a process of its own, so that memory and caches are its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def medians(work: Callable[..., dict[str, float]], *given: Any, runs: int) -> dict[str, float]:
    found = [fresh(work, *given) for _ in range(runs)]
    return {key: statistics.median(result[key] for result in found) for key in found[0]}


def clock_lines(sizes: tuple[int, ...], runs: int) -> list[Line]:
    lines = []
    for size in sizes:
        r = medians(clock.measure, size, "slough", runs=runs)
        what = f"Clock, {size:,} children, {r['events']:,.0f} events, {r['deadlines']:,.0f} deadlines"
        lines.append((what, clock.said(r), "100 µs a child, under 1 GB"))
    return lines


def import_lines(sizes: tuple[int, ...], runs: int) -> list[Line]:
    lines = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows = write_returns(size, Path(folder))
            r = medians(importing.measure, size, Path(folder), runs=runs if size <= 1_000 else 1)
        wanted = "10 s, repeat 5 s" if size <= 1_000 else "in proportion"
        said = f"first {r['first']:.1f} s; again {r['again']:.1f} s"
        once = "" if size <= 1_000 else ", run once"
        lines.append((f"Import, {size:,} in care, {rows:,} episode rows{once}", said, wanted))
    return lines


def page_lines(size: int, runs: int) -> list[Line]:
    found = [fresh(pages.measure, size) for _ in range(runs)]
    wanted = {"tracker": "150 ms", "child": "100 ms"}
    return [
        (
            f"Page, {name}, {size:,} children",
            f"{statistics.median(run[name][0] for run in found):.0f} ms; {found[0][name][1]} queries",
            wanted.get(name, "–"),
        )
        for name in found[0]
    ]


def paper_lines(items: int, runs: int) -> list[Line]:
    r = medians(papers.measure, items, runs=runs)
    return [(f"Record of {items} items, {r['pages']:.0f} pages", papers.said(r), "PDF 20 s")]


def meeting_lines(children: int, heard: int, runs: int) -> list[Line]:
    r = medians(meeting.measure, children, heard, runs=runs)
    once = ", run once" if runs == 1 else ""
    what = f"Weekly meeting, {heard} of {children:,} children{once}"
    return [(what, meeting.said(r), "agenda 1 s, minute saved 200 ms, PDF 20 s")]


def machine() -> str:
    described = Path("/proc/cpuinfo")
    names = described.read_text().splitlines() if described.exists() else []
    model = next(
        (line.partition(":")[2].strip() for line in names if line.startswith("model name")),
        platform.machine(),
    )
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def table(lines: list[Line], runs: int) -> str:
    head = f"# Results\n\n{date.today():%-d %B %Y}. {machine()}. Medians of {runs}.\n\n"
    rows = "".join(f"| {what} | {said} | {wanted} |\n" for what, said, wanted in lines)
    return f"{head}| What | Measured | Wanted |\n|---|---|---|\n{rows}"


def tried(work: Callable[..., list[Line]], *given: Any) -> list[Line]:
    """A benchmark that cannot run says so in the table and does not hide the others."""
    try:
        return work(*given)
    except (RuntimeError, ImportError) as reason:
        return [
            (
                work.__name__.removesuffix("_lines").capitalize(),
                f"not run: {str(reason).splitlines()[0]}",
                "–",
            )
        ]


def main(short: bool) -> None:
    runs = 1 if short else RUNS
    lines = tried(clock_lines, (2_000,) if short else clock.SIZES, runs)
    lines += tried(import_lines, (60,) if short else importing.SIZES, runs)
    lines += tried(page_lines, 60 if short else 1_000, runs)
    lines += tried(paper_lines, 5 if short else papers.ITEMS, runs)
    lines += tried(meeting_lines, *((60, 5) if short else (1_000, meeting.HEARD)), 1)
    text = table(lines, runs)
    print(text)
    if not short:
        (HERE / "results.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main("--short" in sys.argv)
