"""PDF files are written anew without programs, actions, forms' scripts, hidden notes and history."""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from homeward.files.kinds import Refused

MOST_PAGES = 2_000
# What a page does not need to be read: scripts, what happens by itself, what says who made it and with what.
_DROPPED = (
    *("/AA", "/OpenAction", "/JS", "/JavaScript", "/EF", "/AF", "/RichMediaContent", "/RichMediaSettings"),
    *("/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/Perms", "/Extensions"),
)
_LINKS = ("/GoTo", "/URI")  # the only actions that stay, and of addresses only these:
_ADDRESSES = ("http://", "https://", "mailto:")
_ACTIONS = frozenset(
    f"/{name}"
    for name in (
        "GoToR GoToE GoToDp Launch Thread Sound Movie Hide Named SubmitForm ResetForm ImportData JavaScript "
        "SetOCGState Rendition Trans GoTo3DView RichMediaExecute"
    ).split()
)
_NOTES = frozenset(
    f"/{name}" for name in "FileAttachment Sound Movie Screen RichMedia 3D PrinterMark TrapNet".split()
)
_ENCRYPTED = (
    "This PDF has a password or is protected. Open it, print it to PDF without the protection, and add that."
)

_DAMAGED = "This PDF is damaged or was cut off. Print it to PDF again and add that."
_CARRIES = "This PDF carries other files inside it. Save those by themselves and add each of them."


def remade(kind: str, content: bytes) -> bytes:
    """Raises Refused."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _refuse(pdf)
            return _rewritten(pdf)
    except pikepdf.PasswordError:
        raise Refused(_ENCRYPTED) from None
    except Refused:
        raise
    except RuntimeError as broken:
        # To decrypt, qpdf asks the system for chance, which may not be opened here.
        raise Refused(_ENCRYPTED if "random" in str(broken) else _DAMAGED) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        raise Refused(_DAMAGED) from None


def _rewritten(pdf: pikepdf.Pdf) -> bytes:
    if "/Names" in pdf.Root:  # of the lists of names, that of the places links lead to may stay
        places = pdf.Root.Names.get("/Dests")
        pdf.Root.Names = pikepdf.Dictionary({} if places is None else {"/Dests": places})
    for key in ("/URI", "/Legal", "/Metadata"):
        if key in pdf.Root:
            del pdf.Root[key]
    for found in pdf.objects:
        _clean(found)
    for page in pdf.pages:
        _clean_page(page.obj)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _refuse(pdf: pikepdf.Pdf) -> None:
    """What cannot be made safe; and what a person would miss is not taken out silently: they are told."""
    if pdf.is_encrypted:
        raise Refused(_ENCRYPTED)
    if not 1 <= len(pdf.pages) <= MOST_PAGES:
        raise Refused(f"This PDF has no pages, or more than {MOST_PAGES:,}. Split it and add the parts.")
    if len(pdf.attachments) or "/Collection" in pdf.Root:
        raise Refused(_CARRIES)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        raise Refused("This PDF is a form that only Adobe can show. Print it to PDF and add that.")


def _clean(found: Any, depth: int = 0) -> None:
    """Takes out of an object, and what lies directly in it, everything that could act."""
    if depth > 200:
        raise Refused("This PDF is built in a way that is not safe to open. Print it to PDF and add that.")
    if isinstance(found, pikepdf.Array):
        for each in found:
            _clean_within(each, depth)
    elif isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        _clean_keys(found)
        for key in list(found.keys()):
            _clean_within(found[key], depth)


def _clean_within(found: Any, depth: int) -> None:
    # What is indirect comes up by itself among the objects of the file.
    if isinstance(found, pikepdf.Object) and not found.is_indirect:
        _clean(found, depth + 1)


def _clean_keys(found: Any) -> None:
    if found.get("/Type") == "/EmbeddedFile" or (found.get("/Type") == "/Filespec" and "/EF" in found):
        raise Refused(_CARRIES)
    for key in _DROPPED:
        if key in found:
            del found[key]
    action = str(found.get("/S")) if isinstance(found.get("/S"), pikepdf.Name) else ""
    unsafe = action == "/URI" and not str(found.get("/URI", "")).lower().startswith(_ADDRESSES)
    if action in _ACTIONS or unsafe:
        for key in list(found.keys()):
            if key != "/Length":
                del found[key]


def _clean_page(page: Any) -> None:
    """The notes on a page that play or carry something are left out, and links that lead nowhere."""
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    kept = [note for note in notes if str(note.get("/Subtype")) not in _NOTES]
    for note in kept:
        act = note.get("/A")
        if isinstance(act, pikepdf.Dictionary) and str(act.get("/S")) not in _LINKS:
            del note["/A"]
    page["/Annots"] = pikepdf.Array(kept)
