"""Child-days of delay a month as columns, for a small picture that its table repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.domain.delay import IN_CHILDS_INTEREST, NONE, Span
from homeward.records.queries.delay_oversight import Figure
from homeward.reports.words import count

WIDTH, HEIGHT, FOOT, LEFT = 760, 190, 26, 46
# From the bottom up: what has a cause, what nobody explained, what is meant.
TONES = (("said", "a cause is recorded"), ("none", "no cause recorded"), ("meant", "in the child’s interest"))


@dataclass(slots=True)
class Columns:
    width: int
    height: int
    words: str
    bars: list[dict[str, object]]
    months: list[dict[str, object]]
    lines: list[dict[str, object]]
    key: tuple[tuple[str, str], ...] = TONES


def columns(months: Sequence[Span], figures: Sequence[Figure]) -> Columns:
    """One column a month, stacked; the scale ends at a round number above the highest."""
    days = [_of_month(figures, at) for at in range(len(months))]
    top = _round(max((sum(each.values()) for each in days), default=0))
    floor, step = HEIGHT - FOOT, (WIDTH - LEFT) / max(1, len(months))
    bars: list[dict[str, object]] = []
    marks: list[dict[str, object]] = []
    for at, (month, each) in enumerate(zip(months, days, strict=True)):
        x, y = LEFT + at * step + step * 0.16, float(floor)
        for tone, said in TONES:
            height = each[tone] / top * (floor - 14)
            if each[tone]:
                y -= height
                title = f"{month.first:%B %Y}: {count(each[tone], 'child-day')}, {said}"
                size = {"width": round(step * 0.68, 1), "height": round(height, 1)}
                bars.append({"tone": tone, "x": round(x, 1), "y": round(y, 1), "title": title, **size})
        marks.append({"x": round(x + step * 0.34, 1), "words": f"{month.first:%b}"})
    lines = [
        {"y": round(floor - part * (floor - 14), 1), "words": f"{round(top * part):,}"}
        for part in (0, 0.5, 1)
    ]
    whole = sum(sum(each.values()) for each in days)
    return Columns(
        WIDTH, HEIGHT, f"{count(whole, 'child-day')} of delay in twelve months", bars, marks, lines
    )


def _of_month(figures: Sequence[Figure], at: int) -> dict[str, int]:
    found = dict.fromkeys((tone for tone, _ in TONES), 0)
    for figure in figures:
        tone = {NONE: "none", IN_CHILDS_INTEREST: "meant"}.get(figure.key, "said")
        found[tone] += figure.months[at]
    return found


def _round(highest: int) -> int:
    """10, 20, 30, 40, 60, 80, 100, 200 and so on: the first that is not below the highest."""
    size = 10
    while True:
        for times in (1, 2, 3, 4, 6, 8):
            if size * times >= highest:
                return size * times
        size *= 10
