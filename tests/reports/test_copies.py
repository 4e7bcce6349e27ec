"""A copy holds nothing that its recipient may not see: not in its words, its properties or under them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from tests.reports.opened import close, decompressed, text_of
from tests.reports.papers import NOW, item, record

from homeward.reports import pdf
from homeward.reports.docx import as_docx
from homeward.reports.paper import Notice
from homeward.reports.pdf import as_pdf
from homeward.reports.record import LEFT_OUT, Action, Decision, Item, RuledOut, Section, View, paper_of

PLACES = ("name", "fact", "value", "section", "text", "view", "decision", "action", "route", "reason")


def held_back() -> Item:
    """A child's part with a word to look for in every place that has one."""
    name, fact, value, section, text, view, decision, action, route, reason = map(canary, PLACES)
    return item(
        name,
        summary=((fact, value),),
        sections=(Section(section, text),),
        views=(View(view, view),),
        decisions=(Decision(decision, "Sam Okafor", "team manager"),),
        actions=(Action(action, "Priya Shah"),),
        ruled_out=(RuledOut(route, reason, "Head of service"),),
    )


def canary(place: str) -> str:
    return f"kanarie{place}"


WHOLE = record(item("Ben"), held_back())
PART = replace(WHOLE, items=(item("Ben"),), left_out=True, for_whom="the school")


def found_in_docx(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        whole = "".join(name + parts.read(name).decode("utf-8") for name in parts.namelist())
    return [place for place in PLACES if canary(place) in whole]


def found_in_pdf(content: bytes) -> list[str]:
    """In what is read, and as letters anywhere: titles of the outline are written in UTF-16."""
    text, whole = close(text_of(content)), decompressed(content)
    return [place for place in PLACES if canary(place) in text or any(w in whole for w in written(place))]


def written(place: str) -> tuple[bytes, ...]:
    wide = canary(place).encode("utf-16-be")
    return canary(place).encode(), wide, wide.hex().encode(), wide.hex().upper().encode()


def test_word() -> None:
    assert found_in_docx(as_docx(WHOLE, NOW)) == list(PLACES)
    assert found_in_docx(as_docx(PART, NOW)) == []


def test_pdf() -> None:
    if pdf.lacking():
        pytest.skip(pdf.missing())
    assert found_in_pdf(as_pdf(WHOLE, NOW)) == list(PLACES)
    part = as_pdf(PART, NOW)
    assert found_in_pdf(part) == []
    assert close(LEFT_OUT) in close(text_of(part))


def test_a_copy_does_not_tell_how_much_was_left_out() -> None:
    """A child between two others leaves no gap: nothing is numbered, and no count goes along."""
    of_two = record(item("Ava"), item("Cy"))
    blocks = paper_of(replace(of_two, left_out=True)).blocks
    assert blocks == (Notice(LEFT_OUT), *paper_of(of_two).blocks)
