"""The files of an import pass the same limits: while they are read, whatever they say of themselves."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest
from tests.files import made

from homeward.files import zips
from homeward.intake.reading import CannotRead, read_uploads

FAR = '<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
WIDE = '<c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c>'


def refused(name: str, content: bytes) -> str:
    with pytest.raises(CannotRead) as said:
        read_uploads([(name, content)])
    return str(said.value)


def test_a_workbook_with_one_cell_far_out_is_refused_before_it_fills_the_memory() -> None:
    began = time.monotonic()
    assert refused("annex.xlsx", made.xlsx(FAR)).startswith("annex.xlsx takes too long or too much memory")
    assert time.monotonic() - began < 25
    assert "cells far out on its sheet One (1 rows, 16,384 columns). Delete" in refused(
        "a.xlsx", made.xlsx(WIDE)
    )


def test_a_zip_that_says_it_is_smaller_than_it_is_fills_nothing() -> None:
    """The header says 10 bytes; 1 MB would come out."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("reviews.csv", b"CHILD,REVIEW,REVIEW_CODE\n" + b"1,,\n" * 250_000)
    lying = out.getvalue().replace(struct.pack("<I", 25 + 4 * 250_000), struct.pack("<I", 10))
    assert "reviews.csv cannot be unpacked" in refused("r.zip", lying)


def test_more_than_200_mb_is_stopped_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = zips.opened("r.zip", made.zipped({"a.csv": b"x" * 3_000_000, "b.csv": b"x" * 3_000_000}))
    monkeypatch.setattr(zips, "LARGEST_EXPANDED", 5_000_000)
    with pytest.raises(CannotRead, match="would grow to more than"):
        list(zips.members("r.zip", archive))


def test_a_workbook_with_a_password_is_refused_in_plain_words() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert "If it has a password, take it off" in refused("annex.xlsx", old)


def test_xml_that_names_another_file_reads_none() -> None:
    text = (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><EXPSSDA903><CHILD>&b;</CHILD></EXPSSDA903>'
    )
    assert "r.xml has a document type (DOCTYPE)" in refused("r.xml", text)


def test_a_name_that_stands_twice_in_a_zip_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.csv", "x")
        archive.writestr("a.csv", "y")
    assert "holds a.csv twice" in refused("r.zip", out.getvalue())
