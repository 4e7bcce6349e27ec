"""Whatever the rows are: drafting never fails, order never matters, and twice is the same."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.intake.facts import drafts_for, facts_of
from homeward.intake.row import Row
from homeward.intake.tables import BUNDLE, SSDA903

TODAY = date(2022, 6, 1)
TABLES = SSDA903 + BUNDLE
LIST_8 = ("Date of Birth", "Date Started to be Looked After", "Child's Legal Status", "Placement Type")

CODES = "S L P T B U X1 E4A E11 E2 C2 V2 V4 E1 U1 U6 A5 K2 T3 N1 M 1 0 zz/05/2015 31/02/2021"

days = st.dates(date(2018, 1, 1), date(2022, 12, 31))
cells = st.one_of(
    days.map(lambda day: f"{day:%d/%m/%Y}"),
    days.map(lambda day: day.isoformat()),
    st.sampled_from(CODES.split()),
    st.sampled_from(["", "", "main", "adoption", "review_held", "LE1 6ZH", "nope"]),
    st.text(max_size=6),
)


@st.composite
def one_row(draw, number):
    table = draw(st.sampled_from((*TABLES, None)))
    if table is None:
        written = {column: draw(cells) for column in LIST_8}
        return Row("annex_a", "list_8", None, "1", written, "a.xlsx", number, "")
    year = draw(st.integers(2019, 2022)) if table.source == "903" else None
    written = {column: draw(cells) for column in table.columns}
    return Row(table.source, table.name, year, "1", written, "file", number, "")


@st.composite
def likely_episode(draw, number):
    start = draw(days)
    end = draw(st.one_of(st.none(), days))
    written = {
        "DECOM": f"{start:%d/%m/%Y}",
        "DEC": f"{end:%d/%m/%Y}" if end else "",
        "REC": draw(st.sampled_from(["", "X1", "E4A", "E11"])),
        "RNE": draw(st.sampled_from("SLPTBU")),
        "LS": draw(st.sampled_from(["C2", "V2", "E1", "V4"])),
        "PLACE": draw(st.sampled_from(["U6", "A5", "K2"])),
    }
    return Row("903", "Episodes", draw(st.integers(2019, 2022)), "1", written, "file", number, "")


@st.composite
def some_rows(draw):
    size = draw(st.integers(1, 8))
    return [draw(st.one_of(one_row(number), likely_episode(number))) for number in range(size)]


def as_said(rows, drafts):
    """Drafts with the rows themselves in place of their numbers."""
    return [(replace(draft, rows=()), {rows[at].number for at in draft.rows}) for draft in drafts]


@given(some_rows(), st.sets(st.integers(2019, 2023)))
@settings(deadline=None)
def test_any_rows_can_be_drafted_and_drafting_twice_is_the_same(rows, held):
    assert facts_of("1", rows, held, today=TODAY) == facts_of("1", rows, held, today=TODAY)


@given(some_rows(), st.randoms())
@settings(deadline=None)
def test_the_order_of_rows_and_years_never_matters(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    child, drafts, problems = facts_of("1", rows, [2019, 2020, 2021, 2022], today=TODAY)
    other, others, noted = facts_of("1", mixed, [2022, 2020, 2021, 2019], today=TODAY)
    assert (child, problems) == (other, noted)
    assert as_said(rows, drafts) == as_said(mixed, others)


@given(st.lists(likely_episode(0), min_size=1, max_size=8))
@settings(deadline=None)
def test_homes_and_periods_never_overlap_and_never_end_before_they_start(rows):
    rows = [row._replace(number=number) for number, row in enumerate(rows)]
    _, drafts, _ = facts_of("1", rows, [2019, 2020, 2021, 2022], today=date(2023, 1, 1))
    for model in ("Home", "PeriodOfCare"):
        spans = [(draft.start, draft.fields["ended_on"]) for draft in drafts if draft.model == model]
        assert all(end is None or end >= start for start, end in spans)
        for (_, end), (later, _) in pairwise(spans):
            assert end is not None and end <= later


@given(some_rows())
@settings(deadline=None)
def test_each_row_is_looked_at_for_one_child_only(rows):
    seen = [number for own, _ in drafts_for(rows, [2022], today=TODAY) for number in own]
    assert sorted(row.number for row in seen) == sorted(row.number for row in rows)
