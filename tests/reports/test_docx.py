"""A Word file opened again: its headings and tables, its properties, and what it must not carry."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.reports.papers import AWKWARD, NOW, action_list, awkward, item, plan, record

from homeward.reports.docx import as_docx
from homeward.reports.record import LEFT_OUT, Document, file_name

# What one part of a Word file of ours may name: parts of the same file, and nothing else.
RELATIONS = {
    "core-properties",
    "footer",
    "header",
    "numbering",
    "officeDocument",
    "settings",
    "styles",
}


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(as_docx(document, NOW)))


def headings(word: Any) -> list[tuple[int, str]]:
    return [
        (int(paragraph.style.name[-1]), paragraph.text)
        for paragraph in word.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def everything(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())


def test_a_record_has_one_title_and_a_heading_for_each_child() -> None:
    found = headings(opened(record(item("Ava Reid"), item("Ben Reid"))))
    assert [text for level, text in found if level == 1] == ["Permanency Planning Meeting, 7 April 2026"]
    assert [text for level, text in found if level == 2] == ["Ava Reid", "Ben Reid"]
    levels = [level for level, _ in found]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_record_says_who_met_what_was_decided_and_who_does_what() -> None:
    word = opened(record())
    tables = [cells(table) for table in word.tables]
    meeting, facts, decision, ruled_out, actions = tables
    assert ["When", "Tuesday 7 April 2026, 2pm"] in meeting
    assert ["Attended", "Priya Shah, social worker\nLena Novak, reviewing officer"] in meeting
    assert facts == [["Age", "10 years"], ["Lives with", "Foster carers, since 17 June 2024"]]
    assert ["Made by", "Sam Okafor, team manager"] in decision
    assert ["Told to the child", "On 9 April, at home."] in decision
    assert ruled_out[1] == ["Adoption", "Ava does not want it.", "Head of service"]
    assert actions[1] == ["Bring the chronology up to date", "Priya Shah", "20 April 2026", "Not yet done"]
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "No words are recorded. He was invited on 16 March and did not answer." in text
    assert ["Signed by", "Sam Okafor, 8 April 2026"] in meeting


def test_what_a_recipient_may_not_see_is_said_to_be_left_out_and_a_draft_to_be_a_draft() -> None:
    def notices(document: Document) -> list[str]:
        return [line.text for line in opened(document).paragraphs if line.style.name == "Notice"]

    assert notices(record()) == []
    assert notices(record(item(left_out=True))) == [LEFT_OUT, LEFT_OUT]
    assert notices(record(left_out=True)) == [LEFT_OUT]
    assert notices(record(signed_on=None)) == ["Draft: this record has not been signed."]


def test_what_is_empty_is_not_printed() -> None:
    bare = item(summary=(), views=(), sections=(), decisions=(), actions=(), ruled_out=(), next_on=None)
    word = opened(record(bare, apologies=(), place=""))
    assert headings(word)[1:] == [(2, "Ava Reid")]
    assert [row[0] for row in cells(word.tables[0])] == [
        "Meeting",
        "When",
        "Chaired by",
        "Attended",
        "This copy is for",
        "Signed by",
    ]


def test_rows_of_headings_are_marked_and_tables_have_names() -> None:
    for table in opened(record(item(), item("Ben"))).tables:
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        marked = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marked == [look.get(qn("w:firstRow")) == "1"] + [False] * (len(marked) - 1)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


@pytest.mark.parametrize("document", [record(), plan(), action_list(), awkward()])
def test_the_file_names_nothing_outside_itself_and_runs_nothing(document: Document) -> None:
    content = as_docx(document, NOW)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        relations = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels"))
        assert not [name for name in parts.namelist() if re.search(r"vba|macro|embed|media|\.bin", name)]
    assert "TargetMode" not in relations
    assert {kind.rsplit("/", 1)[1] for kind in re.findall(r'Type="([^"]+)"', relations)} == RELATIONS
    whole = everything(content)
    for word in ("attachedTemplate", "w:hyperlink", "HYPERLINK", "INCLUDEPICTURE", "DDE", "w:ins ", "w:del "):
        assert word not in whole, word


def test_the_properties_name_the_council_and_no_person() -> None:
    about = opened(record()).core_properties
    assert about.title == "Permanency Planning Meeting, 7 April 2026"
    assert about.author == "Northmere Council"
    assert (about.last_modified_by, about.comments, about.keywords) == ("", "", "")
    assert about.language == "en-GB"
    with zipfile.ZipFile(io.BytesIO(as_docx(record(), NOW))) as parts:
        properties = "".join(parts.read(name).decode() for name in parts.namelist() if "docProps" in name)
    for name in ("Ava", "Sam", "Okafor", "Priya", "Jo Fields", "python", "Microsoft"):
        assert name not in properties, name


def test_each_page_says_whose_it_is_that_it_is_confidential_and_which_page() -> None:
    section = opened(record()).sections[0]
    assert section.header.paragraphs[0].text == "Northmere Council\tConfidential: about a child"
    foot = section.footer.paragraphs[0]
    assert foot.text.startswith(
        "Copy for the independent reviewing officer. Made on 7 April 2026 at 4:05pm\tPage"
    )
    assert [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    several = opened(record(item(), item("Ben"))).sections[0].header.paragraphs[0].text
    assert several.endswith("Confidential: about children")


def test_whatever_is_typed_stays_words() -> None:
    word = opened(awkward())
    text = "\n".join(line.text for line in word.paragraphs)
    in_tables = "\n".join(value for table in word.tables for row in cells(table) for value in row)
    for words in AWKWARD:
        assert words in text, words
        assert words in in_tables, words


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    word = opened(record(item("A\x00v\x0ba\ud800 \u202eReid")))
    assert headings(word)[1] == (2, "Av a Reid")


def test_words_from_right_to_left_are_set_so() -> None:
    word = opened(awkward())
    set_so = [line for line in word.paragraphs if line._p.pPr.find(qn("w:bidi")) is not None]
    assert {line.text for line in set_so} == {"محمد عبد الله"}
    assert {line.style.name for line in set_so} == {"Normal", "Quote"}
    assert "<w:bidi/>" in opened(replace(plan(), lang="ar")).styles.element.xml


def test_a_plan_in_words_is_large_and_speaks_its_language() -> None:
    def of(document: Document) -> str:
        return str(opened(document).styles.element.xml)

    assert 'w:sz w:val="28"' in of(plan())
    assert 'w:lang w:val="en-GB"' in of(record())
    assert [text for _, text in headings(opened(plan()))] == ["My plan", "Where I live", "What happens next"]
    assert [line.text for line in opened(plan()).paragraphs if line.style.name == "List Bullet"] == [
        "Priya comes on 9 April.",
        "You see Nan four times this year.",
    ]


def test_a_list_of_actions_has_a_table_for_each_child_and_room_to_write() -> None:
    word = opened(action_list())
    assert [text for level, text in headings(word) if level == 2] == ["Ava", "Ben"]
    ava, ben = (cells(table) for table in word.tables)
    assert [row[0] for row in ava[1:]] == [
        "Keep the swimming club on Saturdays",
        "Read the support plan and sign it",
    ]
    assert ben[1][1] == "No date set"
    assert all(row[-1] == "" for row in ava[1:] + ben[1:])


def test_file_names_say_nothing_of_anybody() -> None:
    assert file_name(record(), "docx") == "meeting-record-2026-04-07.docx"
    assert file_name(plan(), "pdf") == "plan-in-words-2026-04-07.pdf"
    assert file_name(action_list(), "pdf") == "actions-2026-04-08.pdf"


def test_a_record_of_many_children_begins_with_an_overview() -> None:
    glance = cells(opened(record(item("Ava"), item("Ben", next_on=None, decisions=()))).tables[1])
    assert glance == [
        ["Child", "Decided", "To do", "Next date"],
        ["Ava", "1 decision", "2 actions", "18 May 2026"],
        ["Ben", "0 decisions", "2 actions", "No date set"],
    ]


def test_a_meeting_without_an_hour_says_its_day() -> None:
    meeting = cells(opened(record(at=None, on=date(2026, 10, 25))).tables[0])
    assert ["When", "Sunday 25 October 2026"] in meeting
