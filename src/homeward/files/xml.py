"""XML without a document type: no entities, no network, nothing from another file."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from homeward.files.kinds import Refused


class Broken(Exception):
    """This is not whole XML: (line, what the parser says)."""


def steps(name: str, content: bytes) -> Iterator[tuple[str, Any]]:
    """("start" or "end", element) as the file is read. Raises Refused for a document type, and Broken."""
    try:
        for step, element in etree.iterparse(
            BytesIO(content),
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        ):
            if step == "start" and element.getparent() is None and element.getroottree().docinfo.doctype:
                raise Refused(
                    f"{name} has a document type (DOCTYPE), which a return does not need "
                    "and which is not safe to read. Take the line out and import again."
                )
            yield step, element
    except etree.XMLSyntaxError as broken:
        raise Broken(broken.position[0] if broken.position else 1, broken.msg) from None


def tree(content: bytes) -> Any:
    """The root of a part of an office file. Raises ValueError for a document type and for broken XML."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as broken:
        raise ValueError(str(broken)) from None
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise ValueError("a document type")
    return root


def text(root: Any) -> bytes:
    """The tree as a file."""
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return made
