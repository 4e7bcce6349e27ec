"""What is said of a route to permanence, and what the clock counts of it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import NOW, Cast

from homeward.records.history import history_of
from homeward.records.operations.answers import answer_option
from homeward.records.operations.refused import Refused


def answer(cast: Cast, route: str, said: str, on: date, **more: str) -> None:
    given = {"reason": "", "signed_by": "", **more}
    answer_option(cast.children["Kai"], route, said, on=on, by=cast.people["helen"], now=NOW, **given)


def days(cast: Cast, kind: str) -> list[date]:
    return [event.on for event in history_of(cast.children["Kai"]).recorded if event.kind == kind]


def test_hoping_for_return_home_for_the_first_time_is_not_looking_at_it_again(cast: Cast):
    answer(cast, "return_home", "testing", date(2026, 3, 2))
    assert days(cast, "return_home_reviewed") == []
    answer(cast, "return_home", "viable", date(2026, 9, 7))
    assert days(cast, "return_home_reviewed") == [date(2026, 9, 7)]


def test_ruling_return_home_out_is_looking_at_it_again_and_names_who_signed(cast: Cast):
    with pytest.raises(Refused, match="who signed off"):
        answer(cast, "return_home", "ruled_out", date(2026, 9, 7), reason="The assessment is negative")
    answer(
        cast,
        "return_home",
        "ruled_out",
        date(2026, 9, 7),
        reason="It is negative",
        signed_by="Marcia Bennett",
    )
    assert days(cast, "return_home_reviewed") == days(cast, "option_ruled_out") == [date(2026, 9, 7)]


def test_a_route_that_was_ruled_out_is_opened_again_only_with_a_reason(cast: Cast):
    answer(cast, "adoption", "ruled_out", date(2026, 3, 2), reason="He is 15", signed_by="Helen Ward")
    with pytest.raises(Refused, match="opened again"):
        answer(cast, "adoption", "testing", date(2026, 9, 7))
    answer(cast, "adoption", "testing", date(2026, 9, 7), reason="His carers asked")
    with pytest.raises(Refused, match="answered later"):
        answer(cast, "adoption", "viable", date(2026, 4, 1))
