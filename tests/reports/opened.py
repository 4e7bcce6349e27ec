"""Papers as they were written, opened again by other programs."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pytest
from tests.reports.papers import NOW, action_list, awkward, item, plan, record

from homeward.reports import pdf
from homeward.reports.pdf import as_pdf

DOCUMENTS = {
    "record": record(item("Ava Reid"), item("Ben Reid", left_out=True)),
    "plan": plan(),
    "actions": action_list(),
    "awkward": awkward(),
}


@cache
def made(name: str) -> bytes:
    if pdf.lacking():
        pytest.skip(pdf.missing())
    return as_pdf(DOCUMENTS[name], NOW)


@cache
def opened(name: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made(name)))


def tree(name: str) -> list[tuple[str, Any]]:
    """(tag, element) in the order in which they are read."""
    return list(tags(opened(name).Root.StructTreeRoot.K[0]))


def tags(element: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield str(element.S)[1:], element
        for kid in element.get("/K", []):
            yield from tags(kid)


def text_of(content: bytes) -> str:
    """The words in the order in which they are written, with ligatures as letters."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return unicodedata.normalize("NFKC", done.stdout.decode("utf-8"))


def close(text: str) -> str:
    """Without blanks: a paper may break a line anywhere."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def decompressed(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as file:
        streams = [thing.read_bytes() for thing in file.objects if isinstance(thing, pikepdf.Stream)]
        plain = io.BytesIO()
        file.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return b"\n".join([*streams, plain.getvalue()])
