"""The XML form of the return becomes the rows of the same tables."""

from __future__ import annotations

from typing import Any

from lxml import etree

from homeward.files import xml
from homeward.intake import cells
from homeward.intake.files import Document
from homeward.intake.notes import problem_of
from homeward.intake.row import Row
from homeward.intake.tables import TABLES, CannotRead
from homeward.records.drafts import Problem

# The XML's own names, where they differ from the CSV's.
_NAMES = {"CHILDID": "CHILD", "PL": "PLACE"}

# Elements that hold one row of a table.
_GROUPS = {
    "AMISSING": "Missing",
    "AREVIEW": "Reviews",
    "PERMANENCE": "PrevPerm",
    "OC2": "OC2",
    "AD_PLACED": "PlacedAdoption",
    "EPISODE": "Episodes",
}
# Tables whose columns stand in the HEADER itself, with the columns that show that the child has a row.
_IN_HEADER = {"OC3": ("IN_TOUCH", "ACTIV", "ACCOM"), "AD1": ("DATE_INT", "DATE_MATCH"), "UASC": ("DUC",)}


def read_xml(document: Document) -> tuple[list[Row], list[Problem]]:
    """The rows of an XML return, without a year. Raises CannotRead."""
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        for step, element in xml.steps(document.name, document.content):
            if step == "start":
                element.tag = _name(element)
            elif element.tag == "CHILD" and element.getparent() is not None:
                _read_child(document, element, rows, problems)
                element.clear()
    except xml.Broken as broken:
        line, why = broken.args
        raise CannotRead(
            f"{document.name}, line {line}: this is not whole XML ({why}). Export the return again."
        ) from None
    if not rows:
        raise CannotRead(
            f"{document.name} is XML without children of an SSDA903 return "
            "(EXPSSDA903 / CHILD). Export the return again."
        )
    return rows, problems


def _name(element: Any) -> str:
    """The name alone, whatever namespace a supplier gives it. Raises Broken."""
    try:
        return etree.QName(element).localname
    except ValueError:
        raise xml.Broken(element.sourceline or 1, f"nothing says what {element.tag} stands for") from None


def _read_child(document: Document, element: Any, rows: list[Row], problems: list[Problem]) -> None:
    header = element.find("HEADER")
    code = _value(header, "CHILDID") if header is not None else ""
    child = cells.child_code(code)
    if not child:
        line = element.sourceline or 0
        where = f"{document.name}, line {line}"
        problems.append(problem_of("no_child", "", "CHILDID", document.name, line, where=where))
        return
    shared = {"CHILD": code, "DOB": _value(header, "DOB"), "SEX": _value(header, "SEX")}
    rows.append(_row(document, "Header", child, shared | _values(header), element))
    for table, shown_by in _IN_HEADER.items():
        own = shared | _values(header)
        if any(own.get(column) for column in shown_by) or (
            table == "UASC" and cells.yes_or_no(own.get("UASC", ""))
        ):
            rows.append(_row(document, table, child, own, element))
    for part in (*header, *element):
        if part.tag in _GROUPS:
            rows.append(_row(document, _GROUPS[part.tag], child, shared | _values(part), part))


def _row(document: Document, table: str, child: str, found: dict[str, str], element: Any) -> Row:
    kept = {column: found.get(column, "") for column in TABLES["903", table].columns}
    return Row("903", table, None, child, kept, document.name, element.sourceline or 0, document.sha)


def _value(element: Any, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _values(element: Any) -> dict[str, str]:
    return {_NAMES.get(part.tag, part.tag): (part.text or "").strip() for part in element if not len(part)}
