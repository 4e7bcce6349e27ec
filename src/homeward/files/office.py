"""Word and Excel files are packed anew with the parts that are read, and no others.

A file of this kind is a zip of parts that point to each other. We follow the pointers from the first part:
what a document needs is taken along, what it can do without is left out, what can act is refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any
from urllib.parse import unquote

from homeward.files import images, xml
from homeward.files.kinds import KINDS, Refused
from homeward.files.zips import members, opened

_TYPES = "[Content_Types].xml"
_MAIN = {"docx": "wordprocessingml.document.main+xml", "xlsx": "spreadsheetml.sheet.main+xml"}
_PROGRAM = {"docx": "Word", "xlsx": "Excel"}

# Pointers by the last word of their type.
_FOLLOWED = frozenset(
    """officeDocument styles settings webSettings fontTable theme themeOverride numbering footnotes endnotes
    header footer comments commentsExtended commentsIds commentsExtensible people image hyperlink chart
    chartUserShapes chartStyle chartColorStyle chartEx diagramData diagramLayout diagramQuickStyle
    diagramColors diagramDrawing stylesWithEffects drawing vmlDrawing worksheet sharedStrings table calcChain
    pivotTable pivotCacheDefinition pivotCacheRecords chartsheet sheetMetadata threadedComment person""".split()
)
_CARRIED = "It carries another file inside it. Delete that from the document, save it, and add the other file by itself."
_REFUSED = {
    **dict.fromkeys(
        ("vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"),
        "It holds macros (small programs). Save it as .docx, .xlsx or PDF without them, and add that.",
    ),
    **dict.fromkeys(("oleObject", "package", "aFChunk", "subDocument"), _CARRIED),
    **dict.fromkeys(
        ("control", "activeXControlBinary"), "It holds controls that can act (ActiveX). Save it as PDF and add that."
    ),
    **dict.fromkeys(
        ("externalLink", "externalLinkPath", "connections", "queryTable"),
        "It fetches numbers from another file or place. In Excel choose Data, Edit Links, Break Link (or delete the "
        "connection), save it, and add that.",
    ),
}  # fmt: skip
_LINKED = (
    "It fetches a picture or a text from elsewhere when it is opened. Put it into the document itself, or save it "
    "as PDF, and add that."
)
_ADDRESSES = ("http://", "https://", "mailto:", "#")
_LEADS_NOWHERE = "https://link-not-kept.invalid/"
_PICTURES = {
    **dict.fromkeys(("jpg", "jpeg", "png"), True),  # drawn anew
    **dict.fromkeys(("gif", "bmp", "emf", "wmf", "tif", "tiff"), False),  # kept as they are
}
# Fields of Word, and formulas of Excel, that start or fetch something when the file is opened.
_FIELDS = re.compile(r"\bDDE(?:AUTO)?\b|\bINCLUDE(?:TEXT|PICTURE)\b", re.IGNORECASE)
_FORMULAS = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER)\s*\(", re.IGNORECASE)


def remade(kind: str, content: bytes) -> bytes:
    """Raises Refused."""
    name = f"This {_PROGRAM[kind]} file"
    archive = opened(name, content)
    return _Package(kind, dict(members(name, archive))).packed()


class _Package:
    def __init__(self, kind: str, parts: dict[str, bytes]) -> None:
        self.kind = kind
        self.parts = parts
        self.types = self._types()
        self.made: dict[str, bytes] = {}

    def packed(self) -> bytes:
        self._follow("")
        main = [part for part in self.made if self.types.get(part, "").endswith(_MAIN[self.kind])]
        if not main:
            raise Refused(
                f"The name ends in .{self.kind}, but this is not a {_PROGRAM[self.kind]} document. "
                "Open it, save it again, and add that."
            )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for part, content in [(_TYPES, self._types_made()), *self.made.items()]:
                made.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _types(self) -> dict[str, str]:
        root = self._tree(_TYPES)
        defaults = {each.get("Extension", "").lower(): each.get("ContentType", "") for each in root}
        named = {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in root}
        return {
            part: named.get(part) or defaults.get(part.rpartition(".")[2].lower(), "") for part in self.parts
        }

    def _types_made(self) -> bytes:
        lines = "".join(
            f'<Override PartName="/{part}" ContentType="{self.types[part]}"/>'
            for part in self.made
            if not part.endswith(".rels")
        )
        rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        space = "http://schemas.openxmlformats.org/package/2006/content-types"
        return f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{space}">{rels}{lines}</Types>'.encode()

    def _tree(self, part: str) -> Any:
        if part not in self.parts:
            raise Refused(self._broken())
        try:
            return xml.tree(self.parts[part])
        except ValueError:
            raise Refused(self._broken()) from None

    def _broken(self) -> str:
        return (
            f"This is not a whole {_PROGRAM[self.kind]} file: it is damaged, or was made in a way that is not "
            f"safe to read. Open it, save it again, and add that."
        )

    def _follow(self, part: str) -> None:
        """Takes along the part that pointers lead to, and what it points to itself."""
        folder, _, last = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{last}.rels")
        dropped: set[str] = set()
        if rels in self.parts:
            root = self._tree(rels)
            for pointer in list(root):
                if target := self._kept(part, folder, pointer):
                    if target not in self.made:
                        self.made[target] = b""  # so that two that point to each other come to an end
                        self._follow(target)
                elif pointer.get("TargetMode") != "External":
                    dropped.add(pointer.get("Id", ""))
                    root.remove(pointer)
            self.made[rels] = xml.text(root)
        if part:
            self.made[part] = self._made(part, dropped)

    def _kept(self, part: str, folder: str, pointer: Any) -> str:
        """The part a pointer leads to when it is followed; '' when it leads out or is left out."""
        last = pointer.get("Type", "").rpartition("/")[2]
        target = unquote(pointer.get("Target", ""))
        if pointer.get("TargetMode") == "External":
            self._check_outside(pointer, last, target)
            return ""
        if last == "package" and "/charts/" in f"/{part}":
            return ""  # the numbers of a chart stand in the chart as well
        if last in _REFUSED:
            raise Refused(_REFUSED[last])
        if last not in _FOLLOWED or (last == "image" and _ending(target) not in _PICTURES):
            return ""
        found = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if found not in self.parts:
            return ""
        if "macro" in self.types[found].lower():
            raise Refused(_REFUSED["vbaProject"])
        return found

    def _check_outside(self, pointer: Any, last: str, target: str) -> None:
        if last == "attachedTemplate":  # almost every council letter names one; it is never fetched again
            del pointer.attrib["TargetMode"]
            return
        if last != "hyperlink":
            raise Refused(_REFUSED.get(last, _LINKED))
        if not target.lower().startswith(_ADDRESSES):
            pointer.set("Target", _LEADS_NOWHERE)

    def _made(self, part: str, dropped: set[str]) -> bytes:
        ending = _ending(part)
        if ending in ("xml", "vml"):
            return self._made_xml(part, dropped)
        if ending not in _PICTURES:
            raise Refused(_CARRIED)
        content = self.parts[part]
        kind = "png" if content.startswith(KINDS["png"].starts) else "jpeg"
        return images.remade(kind, content) if _PICTURES[ending] else content

    def _made_xml(self, part: str, dropped: set[str]) -> bytes:
        root = self._tree(part)
        # A field is written in pieces between its marks, so the pieces are read together.
        fields = "".join(each.text or " " for each in root.iter("{*}instrText", "{*}fldChar"))
        fields += " ".join(value for each in root.iter("{*}fldSimple") for value in each.attrib.values())
        formulas = " ".join(each.text or "" for each in root.iter("{*}f", "{*}definedName"))
        if _FIELDS.search(fields) or _FORMULAS.search(formulas):
            raise Refused(_LINKED)
        if dropped:
            _without(root, dropped)
        return xml.text(root)


def _ending(part: str) -> str:
    return part.rpartition(".")[2].lower()


def _without(root: Any, dropped: set[str]) -> None:
    """Takes out what points to a part that was left out."""
    for element in list(root.iter("*")):
        for name, value in list(element.attrib.items()):
            if value in dropped and "/relationships}" in name:
                if element.tag.endswith("}pageSetup") or element.getparent() is None:
                    del element.attrib[name]
                else:
                    element.getparent().remove(element)
                    break
