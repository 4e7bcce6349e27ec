"""Two invented papers of one child: a drawing made of shapes, and a letter of one page."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image, ImageDraw

CHILD = "Maya"
LETTER = (
    "Dear Aunt Sarah,",
    "",
    "thank you for coming to the school play. Maya has told everyone",
    "that you clapped the loudest.",
    "",
    "From all of us in the Bumblebee class",
)


def papers() -> list[tuple[str, str, bytes, str]]:
    """(file name, what it is, content, field set it is about)."""
    return [
        ("drawing.png", "Maya’s drawing of her aunt’s house", drawing(), "voice"),
        ("letter.pdf", "Letter from the nursery class", letter(), "education"),
    ]


def drawing() -> bytes:
    """A house with a red door, a tree and the sun."""
    sheet = Image.new("RGB", (640, 440), "#fbfaf4")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((0, 350, 640, 440), fill="#8fbf6b")
    pen.ellipse((520, 30, 610, 120), fill="#f5c542")
    pen.rectangle((180, 190, 400, 370), fill="#e8d4b0", outline="#5b4636", width=5)
    pen.polygon(((160, 195), (290, 90), (420, 195)), fill="#b5523b", outline="#5b4636")
    pen.rectangle((260, 270, 320, 370), fill="#c9302c", outline="#5b4636", width=4)
    for left in (200, 340):
        pen.rectangle((left, 220, left + 42, 262), fill="#bfe3f2", outline="#5b4636", width=4)
    pen.rectangle((492, 260, 512, 372), fill="#7a5a3a")
    pen.ellipse((442, 170, 562, 290), fill="#4f8a3c")
    for left, high, colour in ((90, 80, "#7b4ea3"), (135, 50, "#e07b39")):  # Aunt Sarah and Maya
        top = 370 - high
        pen.ellipse((left - 12, top - 26, left + 12, top - 2), fill="#a9714b")
        pen.polygon(((left, top - 4), (left - 20, 372), (left + 20, 372)), fill=colour)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def letter() -> bytes:
    """One page in the letters every reader of PDF has."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    name = pikepdf.Name
    font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
    lines = "".join(f"({line}) Tj T*\n" for line in LETTER)
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.pages[0].Contents = made.make_stream(f"BT /F1 13 Tf 20 TL 72 740 Td\n{lines}ET".encode("ascii"))
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()
