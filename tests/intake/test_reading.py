"""Reading councils' files: which table, which year, in every form they come in."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from homeward.domain import codes
from homeward.domain.events import ROUTES
from homeward.intake import annex_a_facts, cells
from homeward.intake.facts import drafts_for
from homeward.intake.reading import CannotRead, read, read_uploads, wrong_authority

FIXTURES = Path(__file__).parents[1] / "fixtures"
SAMPLES = FIXTURES / "ssda903-2017-2021"
WORKBOOK = FIXTURES / "annex_a" / "Annex_A_2024_Jan.xlsx"
TODAY = date(2026, 3, 31)

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,01/06/2015,WBRI,UN1,,\n"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "1,05/04/2021,S,C2,N1,U6,PR1,20/01/2022,E4A,,,,\n"
)
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE\n1,01/06/2015,01/05/2021,PN1\n"


def years_by_file(reading):
    return {file.name: file.years for file in reading.files}


def test_five_years_in_one_folder_each_get_their_own_year():
    reading = read(SAMPLES)
    assert reading.years == [2018, 2019, 2020, 2021, 2022]
    for name, years in years_by_file(reading).items():
        assert years == (int(name[:4]) + 1,), name


def test_a_whole_return_is_read_without_a_problem_in_its_columns():
    reading = read(SAMPLES)
    assert reading.problems == []
    tables = {row.table for row in reading.rows}
    assert tables == {"Episodes", "Header", "Missing", "OC2", "OC3", "PrevPerm", "Reviews", "UASC"}


def test_the_sample_children_are_in_care_as_their_last_episodes_say():
    reading = read(SAMPLES)
    drafted = [drafts for _, (_, drafts, _) in drafts_for(reading.rows, reading.years, today=TODAY)]
    in_care = [
        drafts
        for drafts in drafted
        if any(d.model == "PeriodOfCare" and not d.fields["ended_on"] for d in drafts)
    ]
    assert len(drafted) == 51
    assert 10 < len(in_care) < 26


def test_the_names_of_files_do_not_matter():
    reading = read_uploads(
        [("a.csv", HEADER.encode()), ("b.csv", REVIEWS.encode()), ("c.csv", EPISODES.encode())]
    )
    assert {(row.table, row.year) for row in reading.rows} == {
        ("Header", 2022),
        ("Reviews", 2022),
        ("Episodes", 2022),
    }


def test_a_folder_a_year(tmp_path):
    for year in (2021, 2022):
        folder = tmp_path / f"return {year}"
        folder.mkdir()
        (folder / "header.csv").write_text(HEADER)
        (folder / "episodes.csv").write_text(
            EPISODES.replace("2022", str(year)).replace("05/04/2021", f"05/04/{year - 1}")
        )
    years = years_by_file(read(tmp_path))
    assert years["return 2021/header.csv"] == (2021,)
    assert years["return 2022/header.csv"] == (2022,)


def test_an_episode_on_1_april_belongs_to_the_return_that_closed_the_day_before():
    text = EPISODES.replace("20/01/2022,E4A", "01/04/2022,E4A")
    assert read_uploads([("e.csv", text.encode())]).years == [2022]


def test_the_year_may_be_said():
    assert {row.year for row in read_uploads([("r.csv", REVIEWS.encode())], year=2020).rows} == {2020}


def test_a_table_without_its_episodes_asks_for_the_year():
    with pytest.raises(CannotRead, match=r"r\.csv is the Reviews table.*Which year is it\?.*--year"):
        read_uploads([("r.csv", REVIEWS.encode())])


def test_a_table_that_could_be_of_two_years_asks_which():
    older = EPISODES.replace("2022", "2021").replace("05/04/2021", "05/04/2020")
    with pytest.raises(
        CannotRead, match=r"h\.csv \(Header\) could belong to the return of 2021.* or 2022.*--year"
    ):
        read_uploads([("x.csv", EPISODES.encode()), ("y.csv", older.encode()), ("h.csv", HEADER.encode())])


def test_two_returns_of_one_year_are_refused():
    other = EPISODES.replace("E4A", "E4B")
    with pytest.raises(CannotRead, match="both Episodes files that close on 31 March 2022"):
        read_uploads([("x.csv", EPISODES.encode()), ("y.csv", other.encode())])


def test_headers_in_any_case_extra_columns_and_missing_ones_are_borne_and_listed():
    text = "Child,Dob, Review ,Review Code,TEST_COLUMN\n 7.0 ,01/06/2015,2021-05-01T00:00:00,pn1,x\n"
    reading = read_uploads(
        [
            ("r.csv", text.encode()),
            ("e.csv", EPISODES.replace(",URN", "").replace(",,,,\n", ",,,\n").encode()),
        ]
    )
    row = next(row for row in reading.rows if row.table == "Reviews")
    assert (row.child, row.cells["REVIEW_CODE"]) == ("7", "pn1")
    assert sorted(problem.kind for problem in reading.problems) == ["extra_column", "missing_column"]


def test_a_byte_order_mark_and_windows_letters_are_read():
    text = "child,called,born,expected\n1,Zoë,01/06/2015,\n"
    for content in (text.encode("utf-8-sig"), text.encode("cp1252")):
        assert read_uploads([("c.csv", content)]).rows[0].cells["called"] == "Zoë"


def test_semicolons_and_tabs_are_read():
    for mark in (";", "\t"):
        assert len(read_uploads([("e.csv", EPISODES.replace(",", mark).encode())]).rows) == 1


def test_a_regional_file_carries_its_year_and_its_authority():
    text = (
        "CHILD,DOB,REVIEW,REVIEW_CODE,LA,YEAR\n"
        "1,2015-06-01,2021-05-01,PN1,Northmere,2022\n2,2015-06-01,2020-05-01,PN1,northmere,2020/21\n"
        "3,2015-06-01,2020-05-01,PN1,Easterby,2021\n"
    )
    reading = read_uploads([("r.csv", text.encode())])
    assert [row.year for row in reading.rows] == [2022, 2021, 2021]
    ours, refused = wrong_authority(reading, ["Northmere"])
    assert ([row.child for row in ours.rows], refused) == (["1", "2"], 1)


XML = """<?xml version="1.0"?>
<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><UPN>UN1</UPN><SEX>1</SEX><DOB>01/06/2015</DOB><ETHNIC>WBRI</ETHNIC>
<UASC>1</UASC><DUC>01/06/2033</DUC><DATE_INT>01/05/2021</DATE_INT><DATE_MATCH>01/06/2021</DATE_MATCH>
<AMISSING><MISSING>M</MISSING><MIS_START>05/05/2021</MIS_START></AMISSING>
<AREVIEW><REVIEW>01/05/2021</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
<PERMANENCE><PREV_PERM>Z1</PREV_PERM></PERMANENCE>
<OC2><SDQ_SCORE>5</SDQ_SCORE></OC2>
<AD_PLACED><DATE_PLACED>01/05/2021</DATE_PLACED></AD_PLACED></HEADER>
<EPISODE><DECOM>05/04/2021</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL><DEC>20/01/2022</DEC><REC>E4A</REC></EPISODE>
</CHILD></EXPSSDA903>"""


def test_the_xml_form_gives_the_same_rows_as_the_csv():
    reading = read_uploads([("return.xml", XML.encode())])
    assert {row.year for row in reading.rows} == {2022}
    assert [row.table for row in reading.rows] == [
        "Header", "AD1", "UASC", "Missing", "Reviews", "PrevPerm", "OC2", "PlacedAdoption", "Episodes",
    ]  # fmt: skip
    episode = reading.rows[-1]
    assert (episode.child, episode.cells["PLACE"], episode.cells["DECOM"]) == ("1", "U6", "05/04/2021")


def test_the_lists_of_an_annex_a_workbook_are_known_by_their_columns():
    reading = read(WORKBOOK)
    assert {row.table for row in reading.rows} == {
        "list_6",
        "list_7",
        "list_8",
        "list_9",
        "list_10",
        "list_11",
    }
    row = next(row for row in reading.rows if row.table == "list_8")
    assert (row.child, row.cells["Date of Birth"], row.year) == ("1761444", "2002-02-13", None)


def test_a_workbook_and_the_return_are_read_from_one_zip():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("return/episodes.csv", EPISODES)
        archive.writestr("annex.xlsx", WORKBOOK.read_bytes())
        archive.writestr("return/readme.txt", "not looked at")
    reading = read_uploads([("all.zip", packed.getvalue())])
    assert {row.source for row in reading.rows} == {"903", "annex_a"}


def test_files_in_a_folder_that_are_no_tables_are_named_not_read(tmp_path):
    (tmp_path / "episodes.csv").write_text(EPISODES)
    (tmp_path / "notes.docx").write_bytes(b"x")
    assert read(tmp_path).passed_over == ["notes.docx"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05/04/2021", date(2021, 4, 5)),
        (" 5/4/2021 00:00 ", date(2021, 4, 5)),
        ("2021-04-05", date(2021, 4, 5)),
        ("2021-04-05 00:00:00", date(2021, 4, 5)),
        ("2021-04-05T09:30:00Z", date(2021, 4, 5)),
        ("", None),
        ("31/02/2021", cells.IMPOSSIBLE),
        ("04/05/21", cells.IMPOSSIBLE),
        ("01/01/0001", cells.IMPOSSIBLE),
        ("soon", cells.IMPOSSIBLE),
    ],
)
def test_dates_in_cells(cell, day):
    assert cells.day(cell) == day


@pytest.mark.parametrize(
    ("cell", "child"), [(" 12 34.0 ", "1234"), ("abc1", "ABC1"), ("A1.5", "A1.5"), ("", "")]
)
def test_codes_of_children_are_compared_without_spaces_and_case(cell, child):
    assert cells.child_code(cell) == child


def test_postcodes_are_written_one_way():
    assert cells.postcode("le16zh") == "LE1 6ZH"
    assert cells.postcode("nope") == ""


def test_a_table_without_rows_is_no_fault():
    ad1 = "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
    reading = read_uploads([("e.csv", EPISODES.encode()), ("a.csv", ad1.encode())])
    assert [problem.kind for problem in reading.problems] == ["no_rows"]


def test_xml_with_a_namespace_is_read():
    named = XML.replace("<EXPSSDA903>", '<EXPSSDA903 xmlns="urn:x">')
    assert len(read_uploads([("return.xml", named.encode())]).rows) == 9


def test_every_spelling_of_annex_a_stands_for_a_known_code():
    routes = dict.fromkeys(ROUTES, "")
    for (column, words), code in annex_a_facts._words().items():
        assert code in (routes if column == "route" else codes.SETS[column]), words


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("LS", "C2  [Full Care Order]", "C2"),
        ("LS", "CLA - Interim Care Order", "C1"),
        ("PLACE", "Foster placement with relative or friend - long term fostering (IN) [U1a]", "U1"),
        ("PLACE", "Foster placement", ""),
        ("REC", "E4A - Planned return home to live with parents (no order)", "E4A"),
        ("REC", "X1 - New Episode", ""),
        ("PLACE_PROVIDER", "e) PR4 - Private provision", "PR4"),
        ("CIN", "N1 - Abuse or Neglect", "N1"),
        ("route", "c) SGO/CAO", "special_guardianship"),
        ("ETHNIC", "a) WBRI", "WBRI"),
    ],
)
def test_what_councils_write_in_annex_a(column, written, code):
    assert annex_a_facts.meaning(column, written) == code
