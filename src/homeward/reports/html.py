"""A paper as HTML for the page: every word that somebody typed is text, and nothing points anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from homeward.reports.paper import (
    Block,
    Bullets,
    Facts,
    Heading,
    Notice,
    Paper,
    Paragraph,
    Said,
    Table,
    foot,
    language_right_to_left,
    lines,
    one_line,
    right_to_left,
    said,
)

_STYLE = Path(__file__).with_name("paged.css")


def as_html(paper: Paper, now: datetime) -> str:
    page = Element("html", {"lang": paper.lang, "class": "large" if paper.large else "plain"})
    if language_right_to_left(paper.lang):
        page.set("dir", "rtl")
    head = SubElement(page, "head")
    SubElement(head, "title").text = one_line(paper.title)
    SubElement(head, "meta", {"name": "dcterms.created", "content": now.isoformat(timespec="seconds")})
    SubElement(head, "style").text = _STYLE.read_text("utf-8")
    body = SubElement(page, "body")
    # What stands at the head and foot of each page is taken from these attributes, as text.
    margins = {
        "data-council": one_line(paper.council),
        "data-marking": paper.marking,
        "data-foot": foot(paper, now),
    }
    _text(body, "h1", one_line(paper.title), **margins)
    part = body
    for block in paper.blocks:
        if isinstance(block, Heading) and block.level == 2:
            part = SubElement(body, "section")
        _block(part, block)
    return "<!doctype html>" + ElementTree.tostring(page, encoding="unicode", method="html")


def _block(body: Element, block: Block) -> None:
    match block:
        case Heading():
            _text(body, f"h{block.level}", one_line(block.text))
        case Paragraph():
            _texts(body, "p", lines(block.text))
        case Said():
            _text(body, "p", one_line(block.who), **{"class": "speaker"})
            _texts(SubElement(body, "blockquote"), "p", said(block))
        case Bullets():
            _texts(SubElement(body, "ul"), "li", map(one_line, block.items))
        case Notice():
            _texts(body, "p", lines(block.text), **{"class": "notice"})
        case Facts():
            _facts(body, block)
        case Table():
            _table(body, block)


def _facts(body: Element, facts: Facts) -> None:
    pairs = [(name, kept) for name, value in facts.pairs if (kept := lines(value))]
    if not pairs:
        return
    kind = "facts first-counts" if facts.first_counts_most else "facts"
    table = SubElement(body, "table", {"class": kind})
    _text(table, "caption", one_line(facts.caption))
    rows = SubElement(table, "tbody")
    for name, kept in pairs:
        row = SubElement(rows, "tr")
        _text(row, "th", one_line(name), scope="row")
        _cell(row, kept)


def _table(body: Element, given: Table) -> None:
    table = SubElement(body, "table")
    _text(table, "caption", one_line(given.caption))
    headings = SubElement(SubElement(table, "thead"), "tr")
    parts = given.widths or (1,) * len(given.columns)
    for name, part in zip(given.columns, parts, strict=True):
        _text(headings, "th", name, scope="col", style=f"width:{100 * part / sum(parts):.1f}%")
    rows = SubElement(table, "tbody")
    for first, *others in given.rows:
        row = SubElement(rows, "tr")
        _text(row, "th", one_line(first), scope="row")
        for value in others:
            _cell(row, lines(value))


def _cell(row: Element, kept: list[str]) -> None:
    if len(kept) < 2:
        _text(row, "td", "".join(kept))
    else:
        _texts(SubElement(row, "td"), "p", kept)


def _texts(parent: Element, tag: str, texts: Iterable[str], **attributes: str) -> None:
    """Lines of somebody's own words; those in Arabic, Hebrew and the like begin on the right."""
    for text in texts:
        way = {"dir": "rtl"} if right_to_left(text) else {}
        _text(parent, tag, text, **attributes, **way)


def _text(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = text
