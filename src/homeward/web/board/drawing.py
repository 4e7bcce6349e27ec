"""A measure over four quarters as small columns; the cells beside them say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.domain.quarters import Quarter
from homeward.reports.board import Shown

WIDTH, HEIGHT, STEP = 112, 40, 28


@dataclass(slots=True)
class Drawing:
    width: int
    height: int
    words: str
    columns: list[dict[str, object]]


def drawing(shows: str, shown: Sequence[Shown], quarters: Sequence[Quarter]) -> Drawing | None:
    """A share of a half or more against the whole, anything else against its own highest.

    What is hidden has no height; None where nothing is known of any quarter.
    """
    heights = [each.height for each in shown if each.height is not None and not each.secret]
    if not heights:
        return None
    top = max(heights) or 1.0
    if shows == "share" and top >= 50:
        top = 100.0
    columns = []
    for at, (each, quarter) in enumerate(zip(shown, quarters, strict=True)):
        known = each.height is not None and not each.secret
        tall = round((each.height or 0) / top * (HEIGHT - 6), 1) if known else HEIGHT - 12
        columns.append(
            {
                "tone": ("now" if at == len(shown) - 1 else "before") if known else "hidden",
                "x": at * STEP + 3,
                "y": round(HEIGHT - 2 - max(tall, 1.5), 1),
                "height": max(tall, 1.5),
                "title": f"{quarter.words}: {each.words}",
            }
        )
    said = "; ".join(f"{quarter.short} {each.words}" for each, quarter in zip(shown, quarters, strict=True))
    return Drawing(WIDTH, HEIGHT, said, columns)
