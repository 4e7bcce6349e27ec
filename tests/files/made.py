"""Files that a person might send, made here: pictures, PDFs and Word and Excel files, good and bad."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
from PIL import Image

GPS = 34853
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}


def picture(form: str = "PNG", size: tuple[int, int] = (64, 32), **options: object) -> bytes:
    out = io.BytesIO()
    made = Image.new("RGB", size, "white")
    made.paste("red", (0, 0, size[0] // 2, size[1]))  # the left half is red
    made.save(out, form, **options)
    return out.getvalue()


def photo_with_a_place() -> bytes:
    exif = Image.Exif()
    exif[274] = 6  # lying on its side
    exif[315] = "Ada Photographer"
    exif.get_ifd(GPS)[2] = (51.0, 30.0, 0.0)
    return picture(
        "JPEG", exif=exif, comment=b"Taken at 4 Secret Street", xmp=b"<x:xmpmeta>Secret</x:xmpmeta>"
    )


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(change: object = None, **options: object) -> bytes:
    """One page that says Hello; `change(pdf)` makes it worse."""
    made = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    made.add_blank_page(page_size=(300, 200))
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.pages[0].Contents = made.make_stream(b"BT /F1 20 Tf 20 100 Td (Hello) Tj ET")
    if callable(change):
        change(made)
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def pointers(*of: tuple[str, str, str]) -> str:
    """(id, last word of the type, target); a target that leads out begins with a scheme."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if ":" in target else "")
        + "/>"
        for name, kind, target in of
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def office(kind: str, main: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word or Excel file with this main part and others."""
    folder, name = ("word", "document") if kind.startswith("doc") else ("xl", "workbook")
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/{folder}/{name}.xml" ContentType="{_TYPES[kind]}"/></Types>'
    )
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": pointers(
                ("r1", "officeDocument", f"{folder}/{name}.xml"),
                ("r2", "metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": "<cp xmlns='x'><creator>Ada Author</creator></cp>",
            f"{folder}/{name}.xml": main,
            **(parts or {}),
        }
    )


def document(inside: str = "<w:p><w:r><w:t>Hello</w:t></w:r></w:p>") -> str:
    return f'<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{inside}</w:body></w:document>'


def docx(inside: str = "", *pointing: tuple[str, str, str], **parts: str | bytes) -> bytes:
    """A Word file: what it says, where it points, and other parts (word__media__a_png for word/media/a.png)."""
    named = {
        name.replace("__", "/").replace("_png", ".png").replace("_xml", ".xml"): c
        for name, c in parts.items()
    }
    rels = {"word/_rels/document.xml.rels": pointers(*pointing)} if pointing else {}
    return office("docx", document(inside) if inside else document(), {**rels, **named})


def xlsx(
    cells: str = '<c r="A1" t="inlineStr"><is><t>Hello</t></is></c>', *pointing: tuple[str, str, str]
) -> bytes:
    workbook = (
        f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="One" sheetId="1" r:id="s1"/></sheets>'
        "</workbook>"
    )
    return office(
        "xlsx",
        workbook,
        {
            "xl/_rels/workbook.xml.rels": pointers(("s1", "worksheet", "worksheets/sheet1.xml"), *pointing),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData><row>{cells}</row></sheetData></worksheet>',
        },
    )
