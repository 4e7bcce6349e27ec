"""Bad input: a clear sentence with the file, the line and the mend, and nothing read."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.files import zips
from homeward.intake.reading import CannotRead, read, read_uploads

WORKBOOK = (Path(__file__).parents[1] / "fixtures" / "annex_a" / "Annex_A_2024_Jan.xlsx").read_bytes()
COLUMNS = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
ROW = "1,01/06/2015,01/05/2021,PN1\n"


def zipped(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


def linked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        member = zipfile.ZipInfo("episodes.csv")
        member.external_attr = 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    return packed.getvalue()


def without_a_name():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(""), "x")
    return packed.getvalue()


BAD = {
    "an empty file": ("r.csv", b"", r"r\.csv is empty"),
    "a file of blank lines": ("r.csv", b"\xef\xbb\xbf\r\n\r\n", r"r\.csv is empty"),
    "column names alone": ("r.csv", COLUMNS.encode(), r"r\.csv has column names but no rows"),
    "a table nobody knows": (
        "r.csv",
        b"NAME,TEA\nx,y\n",
        r"r\.csv is not a table Homeward knows: its columns are NAME, TEA",
    ),
    "a table that is nearly known": (
        "r.csv",
        b"CHILD,DOB,REVUE,REVIEW_CODE\n1,,,\n",
        r"nearest is Reviews \(SSDA903\), which also needs REVIEW",
    ),
    "two tables in one": (
        "r.csv",
        b"CHILD,DUC,DOLO_START\n1,,\n",
        r"could be",
    ),
    "a column twice": (
        "r.csv",
        b"CHILD,REVIEW,REVIEW_CODE,REVIEW\n1,,,\n",
        r"line 1: the column REVIEW stands there twice",
    ),
    "a spreadsheet renamed": (
        "r.csv",
        WORKBOOK,
        r"r\.csv is a spreadsheet with another kind of name\. Open it in Excel",
    ),
    "an old spreadsheet renamed": ("r.csv", b"\xd0\xcf\x11\xe0" + b"x" * 600, r"old Excel workbook"),
    "a broken workbook": (
        "a.xls",
        b"\xd0\xcf\x11\xe0" + b"x" * 600,
        r"a\.xls cannot be opened as a workbook",
    ),
    "NUL bytes": ("r.csv", (COLUMNS + ROW).encode() + b"1,\x00,,\n", r"r\.csv, line 3: there are NUL bytes"),
    "UTF-16": ("r.csv", (COLUMNS + ROW).encode("utf-16"), r"saved as UTF-16\. Save it as CSV UTF-8"),
    "a letter no one can read": (
        "r.csv",
        COLUMNS.encode() + b"1,,\x81,\n",
        r"r\.csv, line 2: a letter can be read neither",
    ),
    "a quotation mark left open": (
        "r.csv",
        (COLUMNS + ROW + '2,"01/06\n' + ROW).encode(),
        r"r\.csv, line 3: a quotation mark",
    ),
    "too many cells": (
        "r.csv",
        (COLUMNS + "1,2,3,4,5\n").encode(),
        r"line 2: there are 5 cells under 4 column names",
    ),
    "a line without end": (
        "r.csv",
        COLUMNS.encode() + b"x" * 300_000,
        r"r\.csv, line 2: the line has more than 200,000",
    ),
    "a year that is none": (
        "r.csv",
        b"CHILD,REVIEW,REVIEW_CODE,YEAR\n1,,,soon\n",
        r"line 2: the YEAR 'soon' is not a year",
    ),
    "half an XML file": ("r.xml", b"<EXPSSDA903><CHILD>", r"r\.xml, line 1: this is not whole XML"),
    "XML with a prefix that nothing explains": (
        "r.xml",
        b"<R><CHILD><HEADER>\n<x:CHILDID>1</x:CHILDID></HEADER></CHILD></R>",
        r"r\.xml, line 2: this is not whole XML \(nothing says what x:CHILDID stands for\)",
    ),
    "another XML file": ("r.xml", b"<html><p>x</p></html>", r"r\.xml is XML without children"),
    "XML with entities": (
        "r.xml",
        b'<!DOCTYPE a [<!ENTITY b "c">]><EXPSSDA903><CHILD/></EXPSSDA903>',
        r"has a document type \(DOCTYPE\)",
    ),
    "half a zip": ("r.zip", zipped(a="x")[:-10], r"r\.zip is not a whole zip file"),
    "a zip in a zip": ("r.zip", zipped(**{"b.zip": zipped(a="x")}), r"r\.zip holds another zip, b\.zip"),
    "a zip with a file that has no name": ("r.zip", without_a_name(), r"r\.zip holds a file without a name"),
    "a zip that points outside": ("r.zip", zipped(**{"../e.csv": "x"}), r"points outside the zip"),
    "a zip with a link": ("r.zip", linked(), r"is a link, not a file"),
    "a workbook without lists": (
        "r.xlsx",
        zipped(**{"[Content_Types].xml": "x"}),
        r"r\.xlsx cannot be opened as a workbook",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_in_a_sentence(what):
    name, content, sentence = BAD[what]
    with pytest.raises(CannotRead, match=sentence):
        read_uploads([(name, content)])


def test_a_gigabyte_of_zeros_is_refused_before_it_is_unpacked():
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("e.csv", "w", force_zip64=True) as out,
    ):
        for _ in range(1024):
            out.write(bytes(1024 * 1024))
    began = time.monotonic()
    with pytest.raises(CannotRead, match="would grow to more than 200 MB"):
        read_uploads([("zeros.zip", packed.getvalue())])
    assert time.monotonic() - began < 1


def test_a_file_that_shrinks_too_well_is_refused():
    with pytest.raises(CannotRead, match="shrinks too well"):
        read_uploads([("zeros.zip", zipped(**{"e.csv": bytes(zips.RATIO_COUNTS_FROM + 1)}))])


def test_a_path_that_is_not_there_and_a_folder_without_files(tmp_path):
    with pytest.raises(CannotRead, match="is not there"):
        read(tmp_path / "nowhere")
    with pytest.raises(CannotRead, match="Nothing to read in"):
        read(tmp_path)


def test_a_cell_that_begins_with_an_equals_sign_is_only_text():
    text = "CHILD,REVIEW,REVIEW_CODE,YEAR\n1,=cmd|' /C calc'!A0,PN1,2022\n"
    assert read_uploads([("r.csv", text.encode())]).rows[0].cells["REVIEW"] == "=cmd|' /C calc'!A0"


def test_a_row_that_names_no_child_is_left_out_and_listed():
    reading = read_uploads([("r.csv", b"CHILD,REVIEW,REVIEW_CODE,YEAR\n,01/05/2021,PN1,2022\n2,,,2022\n")])
    assert [row.child for row in reading.rows] == ["2"]
    assert "r.csv, line 2: the row names no child and is left out." in {p.message for p in reading.problems}


PIECES = st.sampled_from(
    (
        b"CHILD,DECOM,RNE,LS,PLACE,DEC,REC\n",
        COLUMNS.encode(),
        ROW.encode(),
        *(b'"', b",", b"\r\n", b"1;2\n", b"\x0b", b"\xe2\x80\xa8", b"\x81", b"PK\x03\x04"),
        *(b"<EXPSSDA903>", b"<CHILD><HEADER>", b"</HEADER></CHILD></EXPSSDA903>"),
    )
)


@given(
    st.lists(st.one_of(PIECES, st.binary(max_size=4)), max_size=8).map(b"".join),
    st.sampled_from(["csv", "xml", "zip"]),
)
@settings(deadline=None)
def test_any_bytes_are_read_or_refused_in_a_sentence(content, ending):
    try:
        read_uploads([(f"r.{ending}", content)], year=2022)
    except CannotRead as refused:
        assert str(refused).startswith("r.")
