"""The kinds of files that are kept, how each begins, and what is said of those that are not."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024
LARGEST = 25 * MB  # SECURITY 5.2


class Refused(Exception):
    """The message is what the person reads: what is wrong with the file, and what to do."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file as it is kept: its kind, its bytes after it was made anew, and the ending of its name."""

    kind: str
    content: bytes
    ext: str


@dataclass(frozen=True, slots=True)
class Kind:
    """`endings` are those a person may send; `media` is what a browser is told, `words` what a person is."""

    ext: str
    words: str
    media: str
    endings: tuple[str, ...]
    starts: tuple[bytes, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = {
    "jpeg": Kind("jpg", "Photo or drawing (JPEG)", "image/jpeg", ("jpg", "jpeg"), (b"\xff\xd8\xff",)),
    "png": Kind("png", "Photo or drawing (PNG)", "image/png", ("png",), (b"\x89PNG\r\n\x1a\n",)),
    "webp": Kind("webp", "Photo or drawing (WebP)", "image/webp", ("webp",), (b"RIFF",)),
    "pdf": Kind("pdf", "PDF", "application/pdf", ("pdf",), (b"%PDF-",)),
    "docx": Kind(
        "docx", "Word document", f"{_OFFICE}.wordprocessingml.document", ("docx",), (ZIP,)
    ),
    "xlsx": Kind("xlsx", "Excel workbook", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), (ZIP,)),
    "text": Kind("txt", "Plain text", "text/plain; charset=utf-8", ("txt",), ()),
}  # fmt: skip
IMAGES = frozenset({"jpeg", "png", "webp"})
ENDINGS = {ending: kind for kind, meaning in KINDS.items() for ending in meaning.endings}

WE_KEEP = "Homeward keeps photos and drawings (JPEG, PNG, WebP), PDF, Word (.docx), Excel (.xlsx) and plain text (.txt)."
_SVG = "An SVG drawing can carry a program, so it is not kept. Save it as PNG or PDF and add that."
_HTML = "A web page can carry a program, so it is not kept. Print the page to PDF and add that."
_HEIC = (
    "This is an iPhone photo (HEIC), which most computers here cannot show. On the phone choose Settings, Camera, "
    "Formats, Most Compatible, or send yourself the photo by e-mail, which makes it a JPEG. Add the JPEG."
)
_TIFF = "TIFF pictures are not kept. Open it, save it as PNG or PDF, and add that."
_OLD = "This is a Word or Excel file of the old kind. Open it, save it as .docx, .xlsx or PDF, and add that."
_MACROS = "This file may hold macros (small programs), so it is not kept. Save it as .docx, .xlsx or PDF and add that."
_ZIPPED = "A zip or other packed folder is not kept with a child. Unpack it and add the files one at a time."
_MAIL = "An e-mail is not kept as it is. Print it to PDF and add that; save its attachments and add each by itself."
_MOVING = "Films and sound are not kept here. " + WE_KEEP
_PICTURE = "This kind of picture is not kept. Save it as PNG or JPEG and add that."
_RICH = "This kind of document is not kept. Save it as .docx or PDF and add that."

REFUSED_ENDINGS = {
    **dict.fromkeys(("svg", "svgz"), _SVG),
    **dict.fromkeys(("html", "htm", "xhtml", "mhtml", "mht", "xml"), _HTML),
    **dict.fromkeys(("heic", "heif", "avif"), _HEIC),
    **dict.fromkeys(("tif", "tiff"), _TIFF),
    **dict.fromkeys(("doc", "xls", "ppt", "dot", "xlt"), _OLD),
    **dict.fromkeys(("docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm"), _MACROS),
    **dict.fromkeys(("zip", "7z", "rar", "gz", "tar"), _ZIPPED),
    **dict.fromkeys(("eml", "msg"), _MAIL),
    **dict.fromkeys(("mp4", "mov", "avi", "mp3", "m4a", "wav"), _MOVING),
    **dict.fromkeys(("gif", "bmp", "jxl", "ico"), _PICTURE),
    **dict.fromkeys(("rtf", "odt", "ods", "pages", "numbers", "pptx"), _RICH),
}

# What a file is by its first bytes, where that alone is a reason to refuse it, whatever it is called.
_REFUSED_STARTS = (
    (b"II*\0", _TIFF),
    (b"MM\0*", _TIFF),
    (OLD_OFFICE, _OLD),
    (b"GIF8", _PICTURE),
    (b"{\\rtf", _RICH),
)


def said_of_content(content: bytes) -> str:
    """Why this content is refused whatever its name, or ''."""
    for start, sentence in _REFUSED_STARTS:
        if content.startswith(start):
            return sentence
    if content[4:8] == b"ftyp":
        return _HEIC if content[8:12] in (b"heic", b"heix", b"mif1", b"heif", b"msf1", b"avif") else _MOVING
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return _SVG
    if (
        head.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<script"))
        or b"<html" in head
    ):
        return _HTML
    return ""
