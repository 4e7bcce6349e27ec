"""A PDF opened again: its tags are those of PDF/UA, and its words are in order."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import docx
import pikepdf
import pytest
from tests.reports.opened import DOCUMENTS, close, made, opened, text_of, tree
from tests.reports.papers import AWKWARD, NOW

from homeward.reports.docx import as_docx
from homeward.reports.record import LEFT_OUT

DRAWS = ("Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_file_says_that_it_is_accessible_in_which_language_and_its_title(name: str) -> None:
    file = opened(name)
    assert file.Root.Lang == "en-GB"
    assert file.Root.MarkInfo.Marked is True
    assert file.Root.ViewerPreferences.DisplayDocTitle is True
    assert file.docinfo["/Title"] == DOCUMENTS[name].title
    assert "/Author" not in file.docinfo
    said = file.open_metadata()
    assert said["pdfuaid:part"] == "1"
    assert said["dc:title"] == DOCUMENTS[name].title
    assert all(page.Tabs == "/S" for page in file.pages)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_headings_go_down_one_level_at_a_time_under_one_title(name: str) -> None:
    found = [int(tag[1]) for tag, _ in tree(name) if re.fullmatch(r"H\d", tag)]
    assert found[0] == 1
    assert found.count(1) == 1
    assert 2 in found
    assert all(after <= before + 1 for before, after in pairwise(found))


def test_a_record_is_made_of_headings_tables_lists_and_quotes() -> None:
    found = {tag for tag, _ in tree("record")}
    assert {"Document", "H1", "H2", "H3", "P", "BlockQuote", "Table", "Caption"} <= found
    assert {"THead", "TBody", "TR", "TH", "TD"} <= found
    assert {"L", "LI", "Lbl", "LBody"} <= {tag for tag, _ in tree("plan")}
    assert not found & {"NonStruct", "Figure", "Link"}


@pytest.mark.parametrize("name", ["record", "actions", "awkward"])
def test_every_heading_of_a_table_has_a_scope_and_every_cell_its_headings(name: str) -> None:
    elements = tree(name)
    named = {str(element.ID) for tag, element in elements if tag == "TH"}
    for tag, element in elements:
        if tag == "TH":
            assert element.A.Scope in ("/Row", "/Column")
        elif tag == "TD":
            assert element.A.Headers
            assert {str(heading) for heading in element.A.Headers} <= named
    scopes = {str(element.A.Scope) for tag, element in elements if tag == "TH"}
    assert scopes == {"/Row", "/Column"}


def test_the_first_part_of_each_table_has_a_caption() -> None:
    elements = tree("actions")
    assert sum(tag == "Caption" for tag, _ in elements) == sum(tag == "Table" for tag, _ in elements)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_all_that_is_drawn_is_in_the_tree_or_set_apart(name: str) -> None:
    """Heads, feet, lines and grounds are not read out, and no word is left between."""
    file = opened(name)
    read = {element.objgen for _, element in tree(name)}
    for number, page in enumerate(file.pages):
        assert page.StructParents == number
        elements = file.Root.StructTreeRoot.ParentTree.Nums[2 * number + 1]
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BDC", "BMC"):
                depth += 1
                if str(operands[0]) != "/Artifact":
                    assert elements[int(operands[1].MCID)].objgen in read
            elif str(operator) == "EMC":
                depth -= 1
            elif str(operator) in DRAWS:
                assert depth > 0, f"page {number + 1}: {operator} is not marked"


def test_the_words_are_read_in_the_order_in_which_they_were_decided() -> None:
    text = text_of(made("record"))
    order = ["Permanency Planning Meeting, 7 April 2026", LEFT_OUT, "The meeting", "At a glance", "Ava Reid"]
    order += ["Where things stand", "What people say", "Progress since", "Decision 1", "Ruled out", "Actions"]
    order += ["Next", "Ben Reid", LEFT_OUT]
    at = 0
    for words in order:
        assert words in text[at:], words
        at += text[at:].index(words) + len(words)
    assert "Copy for the independent reviewing officer. Made on 7 April 2026 at 4:05pm" in text
    assert "Confidential: about children" in text
    assert "Page 1 of" in text


def test_whatever_is_typed_stays_words() -> None:
    text = close(text_of(made("awkward")))
    for words in AWKWARD:
        if "محمد" not in words:
            assert close(words) in text, words
    assert close("Northmere & <Sons> Council") in text
    # Letters of Arabic are kept as they are drawn, so they are looked for by what they stand for.
    assert set("محمدعبدالله") <= set(text)


def test_a_plan_in_plain_words_says_the_same_in_word_and_in_pdf() -> None:
    word = docx.Document(io.BytesIO(as_docx(DOCUMENTS["plan"], NOW)))
    text = close(text_of(made("plan")))
    assert [line.text for line in word.paragraphs if close(line.text) not in text] == []
