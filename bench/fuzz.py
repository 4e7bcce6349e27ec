"""Feeds each parser with files that atheris makes up, guided by which lines of Homeward they reach.

pip install atheris                          # optional: neither Homeward nor its tests need it
PYTHONPATH=src:. python bench/fuzz.py PARSER [SECONDS]    # or `all`, one after the other; 600 seconds each

What a parser may answer is a reading or a refusal in words. Anything else is a finding: it is printed, and
the bytes stay in bench/made/fuzz/PARSER. Only Homeward's own lines guide it; the C libraries beneath do not.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
with atheris.instrument_imports(include=["homeward.files", "homeward.intake", "homeward.domain"]):
    import django

    django.setup()
    from homeward.files import images, office, pdfs, texts, workbooks
    from homeward.files.kinds import Refused, said_of_content
    from homeward.intake.event_list import WrongEvents, read_events
    from homeward.intake.facts import drafts_for
    from homeward.intake.reading import CannotRead, read_uploads

from datetime import date

from tests.files import made

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent / "tests" / "fixtures"
LONGEST = 20_000  # bytes: enough for any of the shapes, and quick


class Held:
    """A path whose content is at hand."""

    def __init__(self, content: bytes) -> None:
        self.read_bytes = io.BytesIO(content).read

    def __str__(self) -> str:
        return "events.csv"


def upload(name: str) -> Callable[[bytes], object]:
    """The file as a page takes it, down to the facts that would be kept."""

    def read(content: bytes) -> object:
        reading = read_uploads([(name, content)], year=2021)
        return list(drafts_for(reading.rows, reading.years, today=date(2026, 11, 25)))

    return read


def annex_a(content: bytes) -> object:
    """A sheet of cells, one line a row and a tab between two: the workbook itself is opened elsewhere."""
    rows = [line.split("\t") for line in content.decode(errors="replace").split("\n")]
    workbooks.sheets = lambda name, whole: [("Sheet", rows)]
    return upload("r.xlsx")(made.xlsx() + content)


def office_file(kind: str, content: bytes) -> object:
    """Its main part and, after a null byte, where that points: a zip of bytes made up is no zip."""
    main, _, rels = content.partition(b"\0")
    folder, name = ("word", "document") if kind == "docx" else ("xl", "workbook")
    parts = {f"{folder}/_rels/{name}.xml.rels": rels} if rels else {}
    return office.remade(kind, made.office(kind, main, parts))  # type: ignore[arg-type]


def text(content: bytes) -> object:
    return said_of_content(content) or texts.remade("text", content)


PARSERS: dict[str, Callable[[bytes], object]] = {
    "csv": upload("r.csv"),
    "xml": upload("r.xml"),
    "zip": upload("r.zip"),
    "events": lambda content: read_events(Held(content)),  # type: ignore[arg-type]
    "workbook": lambda content: workbooks.read_here("workbook", content),
    "annex_a": annex_a,
    "docx": lambda content: office_file("docx", content),
    "xlsx": lambda content: office_file("xlsx", content),
    "pdf": lambda content: pdfs.remade("pdf", content),
    "picture": lambda content: images.remade("png" if content.startswith(b"\x89") else "jpeg", content),
    "text": text,
}
# The process apart answers these two as a refusal (files/apart.py).
REFUSALS = (CannotRead, Refused, WrongEvents, MemoryError, RecursionError)
XML = b"""<?xml version="1.0"?>
<RETURN><CHILD><CHILDID>1</CHILDID><HEADER><CHILD>1</CHILD><DOB>2015-06-01</DOB>
<SEX>1</SEX></HEADER><EPISODE><DECOM>2020-06-01</DECOM><RNE>S</RNE><LS>C2</LS><PLACE>U6</PLACE></EPISODE>
</CHILD></RETURN>"""


RELS = made.pointers(("r1", "image", "media/a.png"), ("r2", "hyperlink", "https://example.org")).encode()


def annex_rows() -> bytes:
    """A table of the sample as `annex_a` takes it."""
    workbook = (FIXTURES / "annex_a" / "Annex_A_2024_Jan.xlsx").read_bytes()
    tables = [rows[:6] for _, rows in workbooks.sheets("a.xlsx", workbook)]
    return "\n".join("\t".join(map(str, row)) for rows in tables for row in rows).encode()


def seeds(parser: str) -> list[bytes]:
    """Real files to begin with."""
    tables = [
        b"".join(path.read_bytes().splitlines(keepends=True)[:9])
        for path in sorted((FIXTURES / "ssda903-2017-2021").glob("2021-*.csv"))
    ]
    annex = (FIXTURES / "annex_a" / "Annex_A_2024_Jan.xlsx").read_bytes()
    return {
        "csv": tables,
        "xml": [XML],
        "zip": [made.zipped({f"{n}.csv": table for n, table in enumerate(tables)}), made.xlsx()],
        "events": [b"child,kind,on,detail\nA,born,2020-01-02,\n"],
        "workbook": [made.xlsx(), annex[:LONGEST]],
        "annex_a": [annex_rows()],
        "docx": [made.document().encode(), made.document().encode() + b"\0" + RELS],
        "xlsx": [made.document().encode()],
        "pdf": [made.pdf()],
        "picture": [made.picture(), made.photo_with_a_place(), made.png_that_says(9000, 9000)],
        "text": [b"A note.\r\n", "café".encode("cp1252")],
    }[parser]


def run(parser: str, seconds: int) -> None:
    folder = HERE / "made" / "fuzz" / parser
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(parser)):
        (folder / f"seed-{number}").write_bytes(seed)

    def once(content: bytes) -> None:
        try:
            PARSERS[parser](content)
        except REFUSALS:
            return

    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=2000"]
    finds = f"-artifact_prefix={folder}/found-"
    atheris.Setup([sys.argv[0], *limits, finds, "-print_final_stats=1", str(folder)], once)
    atheris.Fuzz()


def main(asked: str, seconds: int = 600) -> None:
    if asked != "all":
        run(asked, seconds)
        return
    for parser in PARSERS:  # a fuzzer ends its process
        print(f"── {parser}", flush=True)
        command = [sys.executable, __file__, parser, str(seconds)]
        subprocess.run(command, check=False)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
