"""How long a meeting's record takes to become a PDF and a Word file.

python bench/papers.py [ITEMS]     # one process; the PDF is made in another, as on the server
"""

from __future__ import annotations

import io
import random
import resource
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from homeward.reports.docx import as_docx
from homeward.reports.pdf import as_pdf
from homeward.reports.record import Action, Decision, Item, Record, RuledOut, Section, View

ITEMS = 100
DAY = date(2026, 4, 7)
NOW = datetime(2026, 4, 7, 16, 5, tzinfo=ZoneInfo("Europe/London"))
TEXT = (
    "the child wants to stay with the carers and to see the grandmother every month because school is near "
    "and friends live there while the social worker brings the chronology up to date before the next meeting "
    "and the assessment of the aunt is waited for until the court has said when it will sit"
)


def made_up(items: int) -> Record:
    """A record whose every item has about what a full meeting writes down: two pages and a half."""
    chance = random.Random(1989)
    return Record(
        title="Permanency Planning Meeting, 7 April 2026",
        council="Northmere Council",
        meeting_name="Permanency Planning Meeting",
        on=DAY,
        for_whom="the head of service",
        items=tuple(_item(chance, number) for number in range(items)),
        chaired_by="Sam Okafor",
        chair_role="team manager",
        attended=tuple((f"Person {number}", "social worker") for number in range(8)),
        signed_by="Sam Okafor",
        signed_on=DAY,
    )


def _item(chance: random.Random, number: int) -> Item:
    facts = ("Age", "In care since", "Legal status", "Lives with", "Main plan", "Alongside", "If these fail")
    return Item(
        child=f"Child {number + 1}",
        summary=tuple((name, _said(chance, 6)) for name in facts),
        views=tuple(View(who, _said(chance, 30)) for who in ("The child", "The mother", "The father")),
        sections=tuple(Section(f"Heading {n + 1}", _said(chance, 60)) for n in range(3)),
        decisions=tuple(_decision(chance) for _ in range(2)),
        actions=tuple(_action(chance, n) for n in range(3)),
        ruled_out=tuple(RuledOut(_said(chance, 2), _said(chance, 15), "head of service") for _ in range(2)),
        next_on=DAY + timedelta(days=42),
    )


def _said(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(TEXT.split(), k=words)).capitalize() + "."


def _decision(chance: random.Random) -> Decision:
    what, basis, others, view, why, told = (_said(chance, words) for words in (15, 25, 20, 10, 15, 8))
    return Decision(what, "Sam Okafor", "team manager", basis, others, view, why, told)


def _action(chance: random.Random, number: int) -> Action:
    return Action(_said(chance, 9), "Priya Shah", DAY + timedelta(days=7 * number), _said(chance, 4))


def measure(items: int) -> dict[str, float]:
    record = made_up(items)
    start = time.perf_counter()
    pdf = as_pdf(record, NOW)
    between = time.perf_counter()
    as_docx(record, NOW)
    end = time.perf_counter()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = len(file.pages)
    took = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "pdf": between - start,
        "work": took.ru_utime + took.ru_stime,
        "docx": end - between,
        "pages": pages,
        "memory": took.ru_maxrss / 1024,
    }


def said(found: dict[str, float]) -> str:
    pdf = f"PDF {found['pdf']:.1f} s, of which {found['work']:.1f} s of work, {found['memory']:.0f} MB"
    return f"{pdf}; Word {found['docx']:.1f} s"


if __name__ == "__main__":
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS)
    print(f"{found['pages']:.0f} pages: {said(found)}")
