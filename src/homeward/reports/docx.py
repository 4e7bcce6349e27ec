"""A paper as Word: real headings, marked rows of headings, nobody's name in its properties, no links."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

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
    lines,
    one_line,
    right_to_left,
    said,
)
from homeward.reports.record import Document, paper_of
from homeward.reports.word_styles import settings, styles

WIDTH = 210 - 2 * 20  # of the text on A4, in mm
_OWN_LINES = ("Normal", "Quote", "List Bullet")
LABELLED = (48, WIDTH - 48)  # the columns of facts
# The template of python-docx brings a picture of a page, a list of books, a program's name and its looks.
_BALLAST = (
    "thumbnail",
    "customXml",
    "extended-properties",
    "stylesWithEffects",
    "webSettings",
    "fontTable",
    "theme",
)


def as_docx(document: Document, now: datetime) -> bytes:
    """The document as a Word file."""
    paper = paper_of(document)
    word = docx.Document()
    _make_plain(word, paper)
    _describe(word, paper, now)
    _page(word)
    _head_and_foot(word, paper, now)
    _write(word, [paper.title], "Heading 1")
    for block in paper.blocks:
        _block(word, block)
    if word.element.body[-2].tag == qn("w:tbl"):
        word.add_paragraph(style="Cell")  # Word ends with a paragraph
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _make_plain(word: Any, paper: Paper) -> None:
    for rels in (word.part.package.rels, word.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_BALLAST)]:
            del rels[key]
    word.styles.element[:] = list(styles(14 if paper.large else 10.5, paper.lang))
    word.settings.element[:] = list(settings())


def _describe(word: Any, paper: Paper, now: datetime) -> None:
    """The properties that any program shows: the neutral title and the council."""
    about = word.core_properties
    about.title, about.author, about.subject = one_line(paper.title), one_line(paper.council), paper.marking
    about.comments = about.keywords = about.last_modified_by = ""
    about.language = paper.lang
    about.created = about.modified = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    section.header_distance = section.footer_distance = Mm(11)


def _head_and_foot(word: Any, paper: Paper, now: datetime) -> None:
    section = word.sections[0]
    for part, left in ((section.header, paper.council), (section.footer, foot(paper, now))):
        line = part.paragraphs[0]
        line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        _run(line, one_line(left) + "\t")
    section.header.paragraphs[0].add_run(paper.marking).bold = True
    line = section.footer.paragraphs[0]
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        line.add_run(words)
        line._p.append(_field(field))


def _field(name: str) -> Any:
    """What Word counts itself; it holds a figure for programs that do not count."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    return field


def _block(word: Any, block: Block) -> None:
    match block:
        case Heading():
            _write(word, [one_line(block.text)], f"Heading {block.level}")
        case Paragraph():
            _write(word, lines(block.text), "Normal")
        case Said():
            _write(word, [one_line(block.who)], "Speaker")
            _write(word, said(block), "Quote")
        case Bullets():
            _write(word, [one_line(item) for item in block.items], "List Bullet")
        case Notice():
            _write(word, lines(block.text), "Notice")
        case Facts():
            pairs = [pair for pair in block.pairs if lines(pair[1])]
            _table(word, block.caption, pairs, LABELLED, first=block.first_counts_most, whole=True)
        case Table():
            parts = block.widths or (1,) * len(block.columns)
            widths = tuple(WIDTH * part / sum(parts) for part in parts)
            _table(word, block.caption, [block.columns, *block.rows], widths, first=True)


def _write(place: Any, texts: Sequence[str], style: str) -> None:
    for text in texts:
        _run(place.add_paragraph(style=style), text)


def _run(paragraph: Any, text: str) -> None:
    """Words in Arabic, Hebrew and the like are set so, and begin on the right where they are a line's own."""
    run = paragraph.add_run(text)
    if right_to_left(text):
        run.font.rtl = True
        if paragraph.style.name in _OWN_LINES:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _table(
    word: Any,
    caption: str,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    first: bool,
    whole: bool = False,
) -> None:
    """`first`: the first row stands out and comes again on each page; `whole`: on one page if it can be."""
    if not rows:
        return
    _write(word, [one_line(caption)], "Caption")
    table = word.add_table(len(rows), len(widths), style="Facts")
    table.autofit = False
    _describe_table(table, caption, first=first)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for number, (row, values) in enumerate(zip(table.rows, rows, strict=True), 1):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        style = "Cell kept" if whole and number < len(rows) else "Cell"
        for cell, value, width in zip(row.cells, values, widths, strict=True):
            cell.width = Mm(width)
            _fill(cell, lines(value), style)
    if first:
        table.rows[0]._tr.trPr.append(OxmlElement("w:tblHeader"))


def _describe_table(table: Any, caption: str, *, first: bool) -> None:
    """Which cells are headings, and the name that a screen reader says."""
    properties = table._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    look = OxmlElement("w:tblLook")
    given = {"val": "04A0" if first else "0480", "firstRow": str(int(first)), "lastRow": "0"}
    given |= {"firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    for name, value in given.items():
        look.set(qn(f"w:{name}"), value)
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), one_line(caption))
    properties.extend([look, named])


def _fill(cell: Any, texts: Sequence[str], style: str) -> None:
    first = cell.paragraphs[0]
    first.style = style
    _run(first, texts[0] if texts else "")
    _write(cell, texts[1:], style)
