"""A paper that leaves the house: what stands on it, in order, whichever program will open it.

Word (docx.py) and PDF (pdf.py) are written from the same blocks, so that they say the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from homeward.reports.words import clock, day

# Signs that XML refuses, and those that turn the direction of writing and so can make a name read as another.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True)
class Heading:
    """A heading under the title, which alone is of the first level."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Words as they were typed; each line of them is a paragraph of its own."""

    text: str


@dataclass(frozen=True)
class Said:
    """Somebody's own words, or why there are none."""

    who: str
    words: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """What a reader must not overlook."""

    text: str


@dataclass(frozen=True)
class Facts:
    """A table of two columns whose first names the second; a fact without a value is left out."""

    caption: str
    pairs: tuple[tuple[str, str], ...]
    first_counts_most: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a heading over each column; the first cell of a row names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()  # parts of the width, such as (4, 2, 1); empty: all alike


Block = Heading | Paragraph | Said | Bullets | Notice | Facts | Table


@dataclass(frozen=True)
class Paper:
    """What is written to a file. The title and the marking stand in the file's properties: no names."""

    title: str
    council: str
    marking: str
    for_whom: str
    blocks: tuple[Block, ...]
    lang: str = "en-GB"
    large: bool = False


def lines(text: str) -> list[str]:
    """The lines that hold something, without signs that no reader sees."""
    return [seen for line in _BREAKS.split(text) if (seen := _UNSEEN.sub("", line).strip())]


def one_line(text: str) -> str:
    return " ".join(lines(text))


def said(block: Said) -> list[str]:
    """What is printed under who said it."""
    return lines(block.words) or lines(f"No words are recorded. {block.why_not}")


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is of Arabic, Hebrew or another script written so."""
    found = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in found if kind in ("L", "R", "AL")), False)


def language_right_to_left(lang: str) -> bool:
    return lang.split("-")[0] in ("ar", "fa", "he", "ku", "ps", "ur", "yi")


def foot(paper: Paper, now: datetime) -> str:
    """Whose copy this is and of when: it stands at the foot of every page."""
    made = f"Made on {day(now.date())} at {clock(now.time())}"
    return f"Copy for {one_line(paper.for_whom)}. {made}" if paper.for_whom else made
