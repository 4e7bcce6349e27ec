"""What is exported reads back to the same tracker; a regional file gives each council its own rows alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.cast import BUNDLE, NOW, TODAY, uploads
from tests.records.test_loads import EPISODES, HEADER, REVIEWS, facts_now, load

from homeward.config.commands.tracker import rows
from homeward.intake.load import CannotRead, authority_called, load_paths, load_uploads
from homeward.records.models import Authority, Child, Load
from homeward.reports.everything import write_everything

FIXTURES = Path(__file__).parents[1] / "fixtures"
DAYS = (date(2019, 6, 30), date(2022, 3, 31), TODAY)
REGIONAL_HEADER = HEADER.replace("CHILD,", "LA,YEAR,CHILD,")
REGIONAL_EPISODES = EPISODES.replace("CHILD,", "LA,YEAR,CHILD,")


def council(slug: str) -> Authority:
    return Authority.objects.create(slug=slug, name=f"{slug.capitalize()} Council", pack="slough")


def test_everything_exported_and_read_into_an_empty_council_gives_the_same_tracker(db, tmp_path: Path):
    here, there = council("here"), council("there")
    paths = [FIXTURES / "ssda903-2017-2021", FIXTURES / "annex_a"]
    load_paths(here, paths, now=NOW)
    load_uploads(here, uploads(BUNDLE), now=NOW)
    write_everything(here, tmp_path / "everything")
    load_paths(there, [tmp_path / "everything"], now=NOW)
    for day in DAYS:
        found, _ = rows(here, day)
        assert found and rows(there, day)[0] == found, day
    assert facts_now(there) == facts_now(here)


def test_what_a_later_import_took_away_is_not_exported(db, tmp_path: Path):
    here, there = council("here"), council("there")
    load_uploads(here, uploads(BUNDLE), now=NOW)
    without = BUNDLE["reviews.csv"].replace("N2,2026-02-09,PN1\n", "")
    load_uploads(here, uploads({"reviews.csv": without}), now=NOW + timedelta(hours=1))
    write_everything(here, tmp_path / "everything")
    load_paths(there, [tmp_path / "everything"], now=NOW)
    assert rows(there, TODAY)[0] == rows(here, TODAY)[0]


def test_rows_of_another_authority_in_a_regional_file_are_left_out_and_counted(db):
    slough = authority_called("slough")
    outcome = load(
        slough,
        {
            "header.csv": REGIONAL_HEADER
            + "Slough,2025,7,1,01/02/2018,WBRI,UN1,,\nDudley,2025,8,2,03/04/2017,WBRI,UN2,,\n",
            "episodes.csv": REGIONAL_EPISODES
            + "Slough,2025,7,05/06/2024,S,C1,N1,U6,PR1,,,,,,\n"
            + "Dudley,2025,8,06/07/2024,S,C2,N1,U6,PR1,,,,,,\n",
        },
    )
    (said,) = [problem for problem in outcome.problems if problem.kind == "another_authority"]
    assert said.message == "2 rows name another authority than Slough and were left out."
    assert list(Child.objects.values_list("authority__slug", "code")) == [("slough", "7")]


def test_a_file_of_another_authority_alone_is_refused_and_nothing_is_saved(db):
    slough = authority_called("slough")
    with pytest.raises(CannotRead, match="Every row of these files names another authority than Slough"):
        load(slough, {"header.csv": REGIONAL_HEADER + "Dudley,2025,8,2,03/04/2017,WBRI,UN2,,\n"}, year=2025)
    assert not Load.objects.exists() and not Child.objects.exists()


# ---- Years in any order ----

FIRST, LAST = 2022, 2025  # the closing years of the returns
STARTS = date(FIRST - 1, 4, 1)


@st.composite
def lives(draw: st.DrawFn) -> list[dict[str, object]]:
    """Two children: the days on which something changed, how it ended, and a return that forgot the child."""
    found = []
    for child in ("7", "8"):
        days = sorted(draw(st.sets(st.integers(0, 1400), min_size=1, max_size=4)))
        found.append(
            {
                "child": child,
                "days": [STARTS + timedelta(day) for day in days],
                "left": draw(st.booleans()) and len(days) > 1,
                "forgotten": draw(st.sampled_from([None, None, 2023, 2024])),
            }
        )
    return found


def returns(children: list[dict[str, object]]) -> dict[int, dict[str, str]]:
    """The return of each year as a council sends it: episodes open in the year, ended ones with their end."""
    made = {}
    for year in range(FIRST, LAST + 1):
        opened, closed = date(year - 1, 4, 1), date(year, 3, 31)
        header, episodes, reviews = HEADER, EPISODES, REVIEWS
        for life in children:
            lines = list(_episodes(life, opened, closed)) if life["forgotten"] != year else []
            if lines:
                header += f"{life['child']},1,01/02/2018,WBRI,UN{life['child']},,\n"
                episodes += "".join(lines)
                start = life["days"][0]
                if opened <= start + timedelta(20) <= closed:
                    reviews += f"{life['child']},01/02/2018,{start + timedelta(20):%d/%m/%Y},PN1\n"
        if episodes != EPISODES:
            made[year] = {"a.csv": header, "b.csv": episodes, "c.csv": reviews}
    return made


def _episodes(life, opened: date, closed: date):
    days = life["days"]
    ends = [*days[1:], None]
    for number, (start, end) in enumerate(zip(days, ends, strict=True)):
        last = number == len(days) - 1
        if last and life["left"]:
            return  # the last day is the day care ended
        if start > closed or (end and end < opened):
            continue
        ended = end is not None and end <= closed
        leaves = ended and life["left"] and number == len(days) - 2
        end_words = (
            f"{end:%d/%m/%Y},{'E4A' if leaves else 'X1'},{'' if leaves else 'CARPL'}" if ended else ",,"
        )
        status, reason = ("C1", "S") if number == 0 else ("C2", "B")
        yield f"{life['child']},{start:%d/%m/%Y},{reason},{status},N1,U{4 + number % 3},PR1,{end_words},,,\n"


@settings(
    max_examples=8,
    phases=[
        Phase.explicit,
        Phase.generate,
    ],  # an example is two councils and many imports: none is made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lives(), st.permutations(range(FIRST, LAST + 1)))
def test_years_imported_in_any_order_give_the_same_record(db, children, order):
    sent = returns(children)
    number = Authority.objects.count()
    forth, shuffled = council(f"forth-{number}"), council(f"shuffled-{number}")
    for year in sorted(sent):
        load(forth, sent[year], year=year)
    for year in order:
        if year in sent:
            load(shuffled, sent[year], year=year)
    assert facts_now(shuffled) == facts_now(forth)
    for day in (date(2023, 12, 31), TODAY):
        assert rows(shuffled, day)[0] == rows(forth, day)[0]
