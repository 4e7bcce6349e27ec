"""How an answer and the formal process of a matter raised stand on a day, in working days."""

from __future__ import annotations

from datetime import date

import pytest

from homeward.domain import packs
from homeward.domain.calendar import working_days_between
from homeward.domain.challenge import answer_stands, formal_stands
from homeward.domain.packs import PackError, read

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("by", "answered", "status", "words"),
    [
        (date(2026, 12, 4), None, "on_track", "Answer due Friday 4 December 2026, in 7 working days"),
        (date(2026, 12, 2), None, "due_soon", "Answer due Wednesday 2 December 2026, in 5 working days"),
        (date(2026, 11, 26), None, "due_soon", "Answer due Thursday 26 November 2026, in 1 working day"),
        (TODAY, None, "due_soon", "Answer due today"),
        (date(2026, 11, 20), None, "overdue", "Answer late by 3 working days"),
        (None, None, "undated", "No day set for the answer"),
        (date(2026, 11, 20), date(2026, 11, 20), "done_on_time", "Answered on 20 November 2026"),
        (
            date(2026, 11, 20),
            date(2026, 11, 24),
            "done_late",
            "Answered on 24 November 2026, 2 working days late",
        ),
    ],
)
def test_an_answer_is_due_late_or_given_in_working_days(by, answered, status, words) -> None:
    assert answer_stands(by, answered, settled=False, on=TODAY)[:2] == (status, words)


def test_an_answer_due_on_friday_is_late_on_saturday_without_a_working_day_between() -> None:
    stands = answer_stands(date(2026, 11, 20), None, settled=False, on=date(2026, 11, 21))
    assert stands[:2] == ("overdue", "Answer late: it was due Friday 20 November 2026")


def test_what_is_settled_waits_for_no_answer() -> None:
    assert answer_stands(date(2026, 11, 2), None, settled=True, on=TODAY).words == "Settled without an answer"


def test_the_twenty_working_days_of_the_formal_process_leave_out_christmas() -> None:
    stands = formal_stands(date(2026, 12, 7), 20, None, date(2026, 12, 7))
    # 25 and 28 December (in the place of Boxing Day, a Saturday) and 1 January are no working days
    assert stands.words == (
        "The 20 working days of the formal process end on Thursday 7 January 2027, in 20 working days"
    )
    assert stands.status == "on_track"


def test_the_formal_process_says_when_it_is_over_and_how_long_it_took() -> None:
    begun = date(2026, 10, 26)  # its 20 working days end on Monday 23 November
    assert formal_stands(begun, 20, None, TODAY)[:2] == (
        "overdue",
        "The 20 working days of the formal process ended on Monday 23 November 2026, 2 working days ago",
    )
    settled = formal_stands(begun, 20, date(2026, 11, 24), TODAY)
    assert settled[:2] == ("done_late", "The formal process took 21 working days: more than the 20")
    assert (
        formal_stands(begun, 20, date(2026, 11, 9), TODAY).words == "The formal process took 10 working days"
    )
    assert formal_stands(begun, 20, None, date(2026, 11, 23)).words.endswith("end today")


def test_working_days_between_two_days_are_none_when_the_second_comes_first() -> None:
    assert working_days_between(TODAY, date(2026, 11, 20)) == 0
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 23)) == 1


def test_merton_goes_through_worker_team_and_department_and_others_as_england_does() -> None:
    merton = [stage.key for stage in packs.stages("merton")]
    assert merton == ["social_worker", "team", "department", "cafcass"]
    for council in ("england", "croydon", "slough", "dudley", "lambeth"):
        assert [stage.key for stage in packs.stages(council)] == ["raised", "formal", "cafcass"]
    assert [stage.formal for stage in packs.stages("slough")] == [False, True, False]
    assert packs.stage("slough", "a_stage_of_old").name == "A stage of old"


def test_a_stage_without_a_name_is_refused_with_the_mend() -> None:
    with pytest.raises(PackError, match=r"\[\[stage\]\] team: name is missing"):
        read("x.toml", '[pack]\nname = "x"\ntitle = "X"\n[[stage]]\nkey = "team"')
