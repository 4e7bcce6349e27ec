"""The styles of a Word file of ours: few, in one type, and headings that a screen reader finds."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml

from homeward.reports.paper import language_right_to_left

FONT = "Arial"  # on every machine, and read well on paper
INK, DEEP, TEAL, QUIET, AMBER = "0B0C0C", "123B3A", "0A5552", "4D585A", "B58105"
LINE, MIST, WARM = "CFD8D6", "F3F7F6", "FFF8E6"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def styles(size: float, lang: str) -> Any:
    """The whole list of styles, as the element that Word keeps them in."""
    spacing = 336 if size > 12 else 276
    after = round(size * 12)
    made = [
        _defaults(size, spacing, after, lang),
        _paragraph("Normal", "Normal", "", "", default=True),
        _heading(1, size * 2, DEEP, 0),
        _heading(2, size * 1.5, DEEP, 400),
        _heading(3, size * 1.2, TEAL, 280),
        _heading(4, size, DEEP, 240),
        _paragraph("Caption", "caption", "<w:keepNext/>" + _space(240, 80), _type(size, DEEP, bold=True)),
        _paragraph("Speaker", "Speaker", "<w:keepNext/>" + _space(120, 40), _type(size, INK, bold=True)),
        _paragraph("Quote", "Quote", _side(TEAL) + _space(0, after) + _indent(227), _type(size, INK)),
        _paragraph(
            "Notice",
            "Notice",
            f'{_side(AMBER)}<w:shd w:val="clear" w:color="auto" w:fill="{WARM}"/>'
            + _space(80, after)
            + _indent(227),
            _type(size, INK, bold=True),
        ),
        _paragraph("ListBullet", "List Bullet", _BULLET + _space(0, after // 2), ""),
        _paragraph("Cell", "Cell", _space(0, 0), _type(size if size > 12 else 10, INK)),
        _paragraph("CellKept", "Cell kept", "<w:keepNext/>" + _space(0, 0), _type(10, INK)),
        _paragraph("Header", "header", _BELOW + _space(0, 0), _type(8.5, QUIET)),
        _paragraph("Footer", "footer", _space(0, 0), _type(8.5, QUIET)),
        _TABLES,
    ]
    return parse_xml(f"<w:styles {_NAMESPACE}>{''.join(made)}</w:styles>")


def settings() -> Any:
    """The settings: a file of today's Word, so that no "compatibility mode" stands over it."""
    mode = (
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/>'
    )
    return parse_xml(f"<w:settings {_NAMESPACE}><w:compat>{mode}</w:compat></w:settings>")


_BULLET = '<w:numPr><w:numId w:val="1"/></w:numPr><w:contextualSpacing/>'
_BELOW = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{LINE}"/></w:pBdr>'
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
    for edge in ("top", "bottom", "insideH")
)
_TABLES = f"""
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="table" w:styleId="Facts"><w:name w:val="Facts"/><w:basedOn w:val="TableNormal"/>
  <w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders>
  <w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>
    <w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{MIST}"/></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>"""


def _defaults(size: float, spacing: int, after: int, lang: str) -> str:
    code = quoteattr(lang)
    leftwards = language_right_to_left(lang)
    bidi = code if leftwards else '"ar-SA"'  # Word keeps the code of such a language apart
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
        f"<w:lang w:val={code} w:eastAsia={code} w:bidi={bidi}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        f"{'<w:bidi/>' if leftwards else ''}"
        f'<w:spacing w:after="{after}" w:line="{spacing}" w:lineRule="auto"/>'
        f"</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _heading(level: int, size: float, colour: str, before: int) -> str:
    inner = f'<w:keepNext/><w:keepLines/>{_space(before, 100)}<w:outlineLvl w:val="{level - 1}"/>'
    return _paragraph(f"Heading{level}", f"heading {level}", inner, _type(size, colour, bold=True))


def _paragraph(key: str, name: str, inner: str, letters: str, *, default: bool = False) -> str:
    first = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{inner}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _type(size: float, colour: str, *, bold: bool = False) -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    half = round(size * 2)
    return f'{weight}<w:color w:val="{colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _indent(left: int) -> str:
    return f'<w:ind w:left="{left}"/>'


def _side(colour: str) -> str:
    return f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{colour}"/></w:pBdr>'
