"""LibreOffice opens what was written: the words, the headings and the tables are there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from tests.reports.opened import DOCUMENTS, close, made, text_of
from tests.reports.papers import AWKWARD, NOW

from homeward.reports.docx import as_docx

PACKAGES = "apt-get install libreoffice-writer-nogui libreoffice-draw-nogui"
# Heads and feet, points of lists, and letters of Arabic, which pdftotext gives as they are drawn.
OF_THE_PAGE = re.compile(r"Page\d+of\d+|Confidential:about|^•$|[\u0600-\u06ff\ufb50-\ufefc]")
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def converted(folder: Path, files: list[Path], to: str, *options: str) -> dict[str, bytes]:
    """What LibreOffice made of the files; a profile of its own, so that nothing of the machine counts."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(f"LibreOffice is not installed: {PACKAGES}")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    line = [program, "--headless", profile, *options, "--convert-to", to, "--outdir", folder / "out", *files]
    done = subprocess.run(line, capture_output=True, timeout=180)
    out = sorted((folder / "out").glob(f"*.{to}"))
    assert len(out) == len(files), done.stderr.decode()
    return {path.stem: path.read_bytes() for path in out}


@pytest.fixture(scope="module")
def from_word(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("word")
    for name, document in DOCUMENTS.items():
        (folder / f"{name}.docx").write_bytes(as_docx(document, NOW))
    return converted(folder, sorted(folder.glob("*.docx")), "fodt")


@pytest.fixture(scope="module")
def from_pdf(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("pdf")
    for name in DOCUMENTS:
        (folder / f"{name}.pdf").write_bytes(made(name))
    found = converted(folder, sorted(folder.glob("*.pdf")), "fodg", "--infilter=draw_pdf_import")
    if not all(found.values()):
        pytest.skip(f"LibreOffice opens no PDF here: {PACKAGES}")
    return found


def words_of(content: bytes) -> str:
    """The text of an OpenDocument file without its styles; a typed blank is an element there."""
    body = etree.fromstring(content).find(f"{{{OFFICE}office:1.0}}body")
    return close("".join(body.itertext()))


def test_word_files_open_with_their_headings_and_tables(from_word: dict[str, bytes]) -> None:
    text = f"{{{OFFICE}text:1.0}}"
    table = f"{{{OFFICE}table:1.0}}"
    opened = etree.fromstring(from_word["record"])
    levels = [
        (line.get(f"{text}outline-level"), "".join(line.itertext())) for line in opened.iter(f"{text}h")
    ]
    assert levels[0] == ("1", "Permanency Planning Meeting, 7 April 2026")
    assert [words for level, words in levels if level == "2"] == ["Ava Reid", "Ben Reid"]
    assert len(list(opened.iter(f"{table}table"))) == 2 + 2 * 4
    # The overview, the decisions, what was ruled out and the actions have a row of headings.
    assert len(list(opened.iter(f"{table}table-header-rows"))) == 1 + 2 * 3


@pytest.mark.parametrize("name", DOCUMENTS)
def test_word_files_say_the_same_as_the_pdf(name: str, from_word: dict[str, bytes]) -> None:
    in_word = words_of(from_word[name])
    lines = [close(line) for line in text_of(made(name)).splitlines()]
    assert len(lines) > 10
    assert [line for line in lines if line not in in_word and not OF_THE_PAGE.search(line)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pdf_files_open_too(name: str, from_pdf: dict[str, bytes]) -> None:
    assert close(DOCUMENTS[name].title) in words_of(from_pdf[name])


def test_whatever_was_typed_is_there_in_both(from_word: dict[str, bytes], from_pdf: dict[str, bytes]) -> None:
    in_word, in_pdf = words_of(from_word["awkward"]), words_of(from_pdf["awkward"])
    for typed in AWKWARD:
        assert close(typed) in in_word, typed
        if typed.isascii():
            assert close(typed) in in_pdf, typed
