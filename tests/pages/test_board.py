"""The report for the board: counted by hand, whole for managers, anonymous for the board."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, TODAY, Cast, keep_from

from homeward.domain.measures import measures
from homeward.domain.quarters import Quarter
from homeward.records import access
from homeward.records.models import (
    BoardAction,
    BoardCommentary,
    Challenge,
    Child,
    DatedEvent,
    Decision,
    Delay,
    Exclusion,
    Home,
    PeriodOfCare,
    Person,
    Restriction,
    Role,
    Scrutiny,
)
from homeward.records.queries import board
from homeward.records.queries.measures import COUNTS
from homeward.records.queries.quality_page import not_recorded
from homeward.records.roles import ROLES
from homeward.reports import board as in_words
from homeward.reports import pdf

SUMMER = Quarter(date(2026, 7, 1))
MADE = {"source": "person", "recorded_at": NOW}


def text(answer) -> str:
    return answer.content.decode()


def report(cast: Cast, who: str = "amina", quarter: Quarter = SUMMER, aside: frozenset[str] = frozenset()):
    return board.report(access.acting(cast.people[who]), cast.authority, quarter, TODAY, aside)


def on_page(cast: Cast):
    """The report with the rules set aside that nothing recorded here can meet."""
    return report(cast, aside=frozenset(rule.key for rule in not_recorded(cast.authority)))


def newest(cast: Cast, measure: str, **more):
    told = report(cast, **more)
    return next(line.figures[-1] for line in told.lines if line.measure.key == measure)


def names(cast: Cast, pks) -> set[str]:
    return {name for name, child in cast.children.items() if child.pk in pks}


def add_role(cast: Cast, key: str, name: str, role: str) -> None:
    person = Person.objects.create(email=f"{key}@northmere.example", name=name)
    Role.objects.create(person=person, authority=cast.authority, key=role)
    cast.people[key] = person


def many(cast: Cast, number: int, first: int = 0) -> list[Child]:
    """Children who came into care in May and live with foster carers."""
    children = [
        Child.objects.create(
            authority=cast.authority, code=f"X{first + n}", called=f"Zebedee{first + n}", born_on="2015-05-05"
        )
        for n in range(number)
    ]
    for child in children:
        PeriodOfCare.objects.create(child=child, started_on="2026-05-04", **MADE)
        Home.objects.create(child=child, place="U6", started_on="2026-05-04", **MADE)
    return children


def reached(children, on: str, route: str) -> None:
    for child in children:
        DatedEvent.objects.create(child=child, kind="permanence_achieved", on=on, detail=route, **MADE)


# ---- Counting ----


def test_every_measure_of_the_file_names_a_function_that_counts_it() -> None:
    assert {measure.counts for measure in measures().measures} == set(COUNTS)


def test_the_measures_of_a_quarter_are_what_one_counts_by_hand(cast: Cast) -> None:
    """At the end of September Maya, Theo, Kai and Ruby are in care; Maya alone lives with her aunt."""
    family = newest(cast, "with_family")
    assert (family.number, family.whole) == (1, 4) and names(cast, family.children) == {"Maya"}
    # Reviews of Maya (twice; once she was three) and Kai were held, all with the child's part.
    part = newest(cast, "took_part")
    assert (part.number, part.whole) == (2, 2)
    # 112, 261, 2767 and 23 days in care: half of them wait no longer than the middle of 112 and 261.
    wait = newest(cast, "days_waiting")
    assert wait.number == 186 and names(cast, wait.children) == {"Maya", "Theo", "Kai", "Ruby"}
    assert newest(cast, "two_moves").number == 0


def test_moves_are_counted_in_the_quarter_in_which_the_second_one_was(cast: Cast) -> None:
    autumn = newest(cast, "two_moves", quarter=Quarter(date(2026, 10, 1)))
    assert names(cast, autumn.children) == {"Ruby"} and autumn.whole == 4


def test_permanence_is_counted_by_route_and_from_the_day_of_coming_into_care(cast: Cast) -> None:
    DatedEvent.objects.create(
        child=cast.children["Kai"], kind="long_term_match_agreed", on="2026-08-20", **MADE
    )
    reached([cast.children["Ruby"]], "2026-09-30", "return_home")
    reached([cast.children["Maya"]], "2026-10-01", "special_guardianship")  # the next quarter's
    told = report(cast)
    assert newest(cast, "permanence_reached").number == 2
    routes = next(table for table in told.tables if table.key == "routes")
    assert {row.key: row.figures[-1].number for row in routes.rows} == {
        "return_home": 1,
        "long_term_fostering": 1,
    }
    # Kai after 2726 days, Ruby after 23: the middle.
    assert newest(cast, "time_to_permanence").number == round((2726 + 23) / 2)
    assert names(cast, newest(cast, "days_waiting").children) == {"Maya", "Theo"}


def test_a_date_is_in_time_when_it_was_met_by_its_day_and_a_child_when_all_of_them_were(cast: Cast) -> None:
    """Maya's first review was due on 8 July and held on the 6th; Theo's second, due on 9 May, never was."""
    reviews = newest(cast, "reviews")
    assert (names(cast, reviews.children), reviews.whole) == ({"Maya"}, 1)
    late = newest(cast, "overdue")
    assert "Theo" in names(cast, late.children) and late.whole == 4


def test_views_judgements_and_matters_are_counted_of_the_children_they_are_about(cast: Cast) -> None:
    maya, theo = cast.children["Maya"], cast.children["Theo"]
    for child, view in ((maya, "I want to stay"), (maya, ""), (theo, "He smiles at Anna")):
        Decision.objects.create(
            child=child, kind="home", decided_on="2026-08-03", what="x", maker="y", child_view=view, **MADE
        )
    views = newest(cast, "views_in_decisions")
    assert (names(cast, views.children), names(cast, views.rest)) == ({"Theo"}, {"Maya"})
    for on, answer in (("2026-07-10", "no"), ("2026-09-10", "yes")):
        Scrutiny.objects.create(
            child=theo, held_on=on, kind="review", by_name="Owen Price", timely=answer, **MADE
        )
    assert names(cast, newest(cast, "judged_timely").children) == {"Theo"}
    assert newest(cast, "judged_fitting").whole == 0
    Challenge.objects.create(
        child=theo, raised_on="2026-08-01", raised_by="Owen Price", theme="delay", says="x", stage="informal",
        stage_on="2026-08-01", addressed_to="The team", settled_on="2026-10-01", **MADE
    )  # fmt: skip
    assert names(cast, newest(cast, "matters_not_settled").children) == {"Theo"}
    assert newest(cast, "matters_not_settled", quarter=Quarter(date(2026, 10, 1))).number == 0


def test_days_of_delay_belong_to_their_cause_and_their_quarter(cast: Cast) -> None:
    Delay.objects.create(
        child=cast.children["Theo"], cause="family_finding", from_on="2026-09-21", responsible="x", **MADE
    )
    causes = next(table for table in report(cast).tables if table.key == "causes")
    looking = next(row for row in causes.rows if row.key == "family_finding")
    assert [figure.number for figure in looking.figures] == [0, 0, 0, 10]  # 21 to 30 September
    assert names(cast, looking.figures[-1].children) == {"Theo"}


def test_a_child_kept_from_the_reader_or_sealed_is_in_no_figure_and_no_list(cast: Cast, signed_in) -> None:
    amina, kai, theo = cast.people["amina"], cast.children["Kai"], cast.children["Theo"]
    Restriction.objects.create(child=kai, level=3, reason="Adopted", made_at=NOW)
    Exclusion.objects.create(child=theo, person=amina, reason="Kin", made_by=amina, made_at=NOW)
    told = report(cast)
    figures = [figure for line in told.lines for figure in line.figures]
    figures += [figure for table in told.tables for row in table.rows for figure in row.figures]
    kept = {kai.pk, theo.pk}
    assert not any(kept & (figure.children | figure.rest) for figure in figures)
    listed = text(signed_in("amina").get("/board/children?quarter=2026-07&what=days_waiting"))
    assert ">Maya</a>" in listed and "Kai" not in listed and "Theo" not in listed


def test_queries_do_not_grow_with_the_children(cast: Cast) -> None:
    report(cast)
    with CaptureQueriesContext(connection) as few:
        report(cast)
    many(cast, 12)
    with CaptureQueriesContext(connection) as more:
        report(cast)
    assert len(few) == len(more) < 60


# ---- On screen ----


def test_each_figure_of_a_manager_opens_as_many_children_as_it_counts(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    page = text(amina.get("/board?quarter=2026-07"))
    links = re.findall(r'href="(/board/children\?[^"]+)"', page)
    assert links
    told = on_page(cast)
    for link in links:
        address = link.replace("&amp;", "&")
        answer = amina.get(address)
        asked = dict(part.split("=") for part in address.partition("?")[2].split("&"))
        quarter = Quarter(date.fromisoformat(f"{asked['quarter']}-01"))
        _, figure = told.figure(asked["what"], asked.get("row", ""), quarter)
        behind = figure.rest if "part" in asked else figure.children
        assert text(answer).count("hw-child-name") == len(behind), address
    assert 'href="/board/children?quarter=2026-07&amp;what=with_family"' in page and "1 of 4" in page
    others = text(amina.get("/board/children?quarter=2026-07&what=with_family&part=others"))
    assert others.count("hw-child-name") == 3 and ">Maya</a>" not in others


def test_who_has_no_oversight_opens_no_child_behind_a_figure(cast: Cast, signed_in) -> None:
    address = "/board/children?quarter=2026-07&what=with_family&part=others"
    assert signed_in("amina").get(address).status_code == 200
    assert signed_in("priya").get(address).status_code == 404


def test_the_board_sees_no_number_of_few_children_and_no_way_to_them(cast: Cast, signed_in) -> None:
    reached(many(cast, 7), "2026-08-20", "special_guardianship")
    reached(many(cast, 2, 7), "2026-08-21", "adoption")
    reached(many(cast, 9, 9), "2026-08-21", "return_home")
    whole = text(signed_in("amina").get("/board?quarter=2026-07"))
    page = text(signed_in("amina").get("/board?quarter=2026-07&for=board"))
    assert "/board/children" in whole and "/board/children" not in page
    found = {
        words: re.sub(
            r"<[^>]+>", " ", page.partition(f'<th scope="row">{words}</th>')[2].partition("</tr>")[0]
        )
        for words in ("Adoption", "Special guardianship", "Return home", "Together")
    }
    assert found["Adoption"].split()[-2:] == ["not", "shown"]
    assert found["Special guardianship"].split()[-2:] == ["not", "shown"]  # the smallest beside it
    assert found["Return home"].split()[-1] == "9" and found["Together"].split()[-1] == "18"
    assert "A number of 1 to 5 children is not shown" in page


def test_the_report_by_principle_shows_every_measure_once_under_the_principle_it_serves(
    cast: Cast, signed_in
) -> None:
    page = text(signed_in("amina").get("/board?quarter=2026-07&by=principle"))
    assert "Children and Social Work Act 2017, section 1(1)" in page
    for principle in measures().principles:
        assert f"{principle.paragraph} {principle.says[:1].upper()}" in page
    for line in on_page(cast).lines:
        assert page.count(f'<th scope="row">{line.measure.title}<br>') == 1


def test_a_councils_own_target_stands_beside_its_measure_and_nobody_elses(cast: Cast, signed_in) -> None:
    page = text(signed_in("amina").get("/board?quarter=2026-07&all=1"))
    assert "The council’s target: all children, within 14 months (MER-006)." in page
    assert "LAM-0" not in page


def test_trend_says_which_way_and_whether_that_is_better_and_nothing_where_a_number_is_hidden() -> None:
    told = next(measure for measure in measures().measures if measure.key == "reviews")
    shown = [in_words.Shown("71%", 71.0), in_words.Shown("80%", 80.0)]
    quarters = (SUMMER.before(), SUMMER)
    assert in_words.trend(told, shown, quarters) == "Better: up from 71% in Apr–Jun 2026."
    assert in_words.trend(told, shown[::-1], quarters) == "Worse: down from 80% in Apr–Jun 2026."
    assert in_words.trend(told, [shown[0], shown[0]], quarters) == "As in the quarter before."
    assert in_words.trend(told, [shown[0], in_words.HIDDEN], quarters) == in_words.NO_COMPARISON


@pytest.mark.parametrize(
    "address",
    ["/board", "/board/paper?as=docx", "/board/figures", "/board/commentary", "/board/actions/add"],
)
def test_nobody_else_reads_or_writes_the_report(cast: Cast, signed_in, address: str) -> None:
    for who in ("priya", "helen", "lindsay"):
        assert signed_in(who).get(address).status_code == 404
    for who in ("amina", "marcia"):
        assert signed_in(who).get(address).status_code == 200


def test_an_analyst_reads_the_report_and_writes_none_of_it(cast: Cast, signed_in) -> None:
    add_role(cast, "vikram", "Vikram Desai", "performance_analyst")
    vikram = signed_in("vikram")
    page = text(vikram.get("/board?quarter=2026-07"))
    assert "Reviews in time" in page and "Write the commentary" not in page
    row = page.partition('<th scope="row">Took part in their reviews')[2].partition("</tr>")[0]
    assert "not shown to you" in row  # the child's voice is not for an analyst
    assert vikram.get("/board/commentary").status_code == 404


def test_a_quarter_that_is_not_over_is_for_managers_alone(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    page = text(amina.get("/board?quarter=2026-10&for=board"))
    assert "so far: up to 24 November 2026" in page and "This is what the board sees" not in page
    for address in ("/board/paper?as=docx&quarter=2026-10", "/board/figures?quarter=2026-10"):
        assert amina.get(address).status_code == 404


def test_oversight_brings_indicators_the_tracker_and_reviewing_officers_together(
    cast: Cast, signed_in
) -> None:
    page = text(signed_in("amina").get("/oversight"))
    for heading in ("Indicators, July to September 2026", "The tracker today", "What reviewing officers see"):
        assert heading in page
    amina = signed_in("amina")
    for number, link in re.findall(r'<b>(\d+)</b><a href="(/tracker[^"]+)"', page):
        listed = text(amina.get(link.replace("&amp;", "&")))
        assert f"<caption>{number} child" in listed or f">{number} child" in listed, link
    team = text(signed_in("helen").get("/oversight"))
    assert "Of the children in your reach" in team and "Report for the board" not in team
    assert signed_in("priya").get("/oversight").status_code == 404


# ---- Commentary and actions ----


def test_commentary_is_kept_in_versions_and_stands_in_the_report(cast: Cast, signed_in) -> None:
    amina, address = signed_in("amina"), "/board/commentary?quarter=2026-07&section=homes"
    assert (
        amina.post(address, {"says": "Most children stayed where they were.", "from": ""}).status_code == 302
    )
    first = BoardCommentary.objects.get()
    again = {"says": "Most children stayed. One home ended early.", "from": first.pk}
    assert amina.post(address, again).status_code == 302
    page = text(amina.get("/board?quarter=2026-07"))
    assert "One home ended early." in page and "Written by Amina Yusuf" in page
    assert "Most children stayed where they were." in text(amina.get(address))
    assert "One home ended early." not in text(amina.get("/board?quarter=2026-04"))


def test_of_two_who_write_at_once_the_second_is_shown_both_versions(cast: Cast, signed_in) -> None:
    amina, marcia = signed_in("amina"), signed_in("marcia")
    address = "/board/commentary?quarter=2026-07&section=homes"
    assert marcia.post(address, {"says": "Theirs", "from": ""}).status_code == 302
    answer = amina.post(address, {"says": "Mine", "from": ""})
    assert answer.status_code == 409
    page = text(answer)
    assert "Somebody else changed this while you worked" in page and "Theirs" in page and "Mine" in page
    kept = re.search(r'name="from" value="(\d+)"', page)
    assert kept and amina.post(address, {"says": "Ours", "from": kept[1]}).status_code == 302
    assert [one.says for one in BoardCommentary.objects.order_by("pk")] == ["Theirs", "Ours"]


def test_words_that_are_what_a_child_is_called_are_asked_about_before_they_are_kept(
    cast: Cast, signed_in
) -> None:
    amina, address = signed_in("amina"), "/board/commentary?quarter=2026-07&section=homes"
    answer = amina.post(address, {"says": "We are glad for Maya.", "from": ""})
    assert answer.status_code == 400 and "“Maya” is also what a child is called" in text(answer)
    assert not BoardCommentary.objects.exists()
    sure = {"says": "The Maya Centre has opened.", "from": "", "names_nobody": "on"}
    assert amina.post(address, sure).status_code == 302


def test_what_is_asked_about_does_not_tell_what_a_child_is_called_whom_the_writer_may_not_see(
    cast: Cast, signed_in
) -> None:
    keep_from(cast, "amina", "Maya")
    said = {"says": "We are glad for Maya.", "from": ""}
    place = "/board/commentary?quarter=2026-07&section=homes"
    assert signed_in("amina").post(place, said).status_code == 302


def test_an_action_says_who_by_role_and_when_and_what_came_of_it(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    wrong = amina.post("/board/actions/add", {"what": "", "who": "", "by_on": ""})
    assert wrong.status_code == 400 and "Choose who sees to it" in text(wrong)
    asked = {"what": "Bring the plan for more carers", "who": "head_of_service", "by_on": "2026-11-20"}
    assert amina.post("/board/actions/add", asked).status_code == 302
    page = text(amina.get("/board"))
    assert "Bring the plan for more carers" in page and "Overdue by 5 days" in page
    address = f"/board/actions/{BoardAction.objects.get().pk}/close"
    early = amina.post(address, {"done_on": "2026-11-27", "outcome": "Brought"})
    assert early.status_code == 400 and "still to come" in text(early)
    assert amina.post(address, {"done_on": "2026-11-25", "outcome": "Four more homes"}).status_code == 302
    page = text(amina.get("/board"))
    assert "Four more homes" in page and "Done 5 days late" in page
    stale = signed_in("marcia").post(address, {"done_on": "2026-11-25", "outcome": "Nothing came"})
    assert stale.status_code == 409 and "Four more homes" in text(stale)


def test_an_action_of_the_board_is_closed_by_who_writes_the_report_alone(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    asked = {"what": "Bring the plan for more carers", "who": "head_of_service", "by_on": "2026-12-04"}
    assert amina.post("/board/actions/add", asked).status_code == 302
    address = f"/board/actions/{BoardAction.objects.get().pk}/close"
    assert amina.get(address).status_code == 200
    add_role(cast, "vikram", "Vikram Desai", "performance_analyst")  # who reads the report
    for who in ("vikram", "helen", "priya"):
        client = signed_in(who)
        assert client.get(address).status_code == 404
        sent = client.post(address, {"done_on": "2026-11-25", "outcome": "Four more homes"})
        assert sent.status_code == 404
    assert BoardAction.objects.count() == 1


def test_what_was_written_for_the_board_is_never_changed_or_deleted(cast: Cast) -> None:
    from django.db import DatabaseError, transaction

    said = {"authority": cast.authority, "quarter": SUMMER.first, "section": "homes", "says": "x"}
    BoardCommentary.objects.create(**said, written_by=cast.people["amina"], written_at=NOW)
    for change in (lambda rows: rows.update(says="y"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(BoardCommentary.objects.all())


# ---- Papers ----


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Some children reached permanence, a few of them by adoption; what is said of it; one action."""
    reached(many(cast, 7), "2026-08-20", "special_guardianship")
    reached(many(cast, 3, 7), "2026-08-21", "adoption")
    said = {"authority": cast.authority, "written_by": cast.people["amina"], "written_at": NOW}
    BoardCommentary.objects.create(quarter=SUMMER.first, section="reached", says="More than before.", **said)
    BoardAction.objects.create(what="Find carers", who="director", agreed_on=TODAY, by_on=TODAY, **said)
    return cast


def word_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return " ".join(re.sub(r"<[^>]+>", " ", file.read(name).decode()) for name in file.namelist())


def test_the_paper_names_no_child_and_nobody_who_wrote_and_shows_no_small_number(
    told: Cast, signed_in
) -> None:
    answer = signed_in("amina").get("/board/paper?quarter=2026-07&as=docx")
    assert answer.status_code == 200
    assert 'filename="board-report-northmere-2026-07.docx"' in answer["Content-Disposition"]
    paper = word_text(b"".join(answer.streaming_content))
    everybody = [person.name for person in told.people.values()]
    children = [child.called for child in Child.objects.all()] + [child.code for child in Child.objects.all()]
    for name in (*everybody, *children):
        assert not re.search(rf"\b{re.escape(name)}\b", paper), name
    assert "More than before." in paper and "Find carers" in paper and "Director" in paper
    assert "A number of 1 to 5 children is not shown" in paper
    row = paper.partition("Adoption")[2].partition("Together")[0]
    assert "not shown" in row and not re.search(r"\b[1-5]\b", row)


def test_the_paper_is_made_as_a_tagged_pdf(told: Cast, signed_in) -> None:
    if pdf.missing():
        pytest.skip(pdf.missing())
    answer = signed_in("amina").get("/board/paper?quarter=2026-07&as=pdf")
    with pikepdf.open(io.BytesIO(b"".join(answer.streaming_content))) as file:
        assert file.Root.MarkInfo.Marked and str(file.Root.Lang) == "en-GB"
    assert signed_in("amina").get("/board/paper?quarter=2026-07&as=exe").status_code == 404


def test_the_figures_leave_as_the_board_reads_them(told: Cast, signed_in) -> None:
    answer = signed_in("amina").get("/board/figures?quarter=2026-07")
    rows = list(csv.DictReader(io.StringIO(text(answer).lstrip("\ufeff"))))
    adopted = [row["Figure"] for row in rows if row["What"].endswith(": Adoption")]
    assert adopted == ["0", "0", "0", "not shown"]
    small = [row for row in rows if row["Figure"] in {"1", "2", "3", "4", "5"}]
    assert not [row for row in small if "days of delay" not in row["What"]]
    assert not any(name in text(answer) for name in ("Maya", "Theo", "Kai", "Ruby", "Zebedee"))


def test_a_role_that_reads_the_report_and_may_not_export_gets_no_file(
    told: Cast, signed_in, monkeypatch
) -> None:
    meaning = ROLES["permanence_lead"]
    monkeypatch.setitem(ROLES, "permanence_lead", replace(meaning, actions=meaning.actions - {"export"}))
    amina = signed_in("amina")
    assert amina.get("/board").status_code == 200 and amina.get("/board/figures").status_code == 404


def test_who_may_not_export_gets_no_file_of_the_figures(told: Cast, signed_in) -> None:
    assert signed_in("helen").get("/board/figures").status_code == 404  # exports, but not of the council
    assert TODAY - timedelta(days=1) == report(told, quarter=Quarter(date(2026, 10, 1))).until
