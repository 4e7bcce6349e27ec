"""What the report for the board counts hangs together: principles, rules, functions and councils' targets."""

from __future__ import annotations

from datetime import date

import pytest

from homeward.domain import ledger
from homeward.domain.measures import measures, read
from homeward.domain.policy import PACKS, load
from homeward.domain.quarters import Quarter, quarter_named, quarter_of

TOLD = measures()
FILE = """
[[principle]]
key = "stability"
paragraph = "(f)"
says = "be safe"
[[section]]
key = "early"
title = "Early"
[[measure]]
key = "one"
title = "One"
means = "children"
section = "early"
principle = "stability"
shows = "share"
counts = "dates_kept"
source = "Our own"
[[target]]
measure = "one"
pack = "merton"
words = "all"
least = 100
promise = "MER-006"
"""


def test_each_of_the_seven_principles_of_the_act_has_a_measure() -> None:
    assert [principle.paragraph for principle in TOLD.principles] == [f"({letter})" for letter in "abcdefg"]
    served = {measure.principle for measure in TOLD.measures}
    assert served == {principle.key for principle in TOLD.principles}


def test_each_rule_that_a_measure_looks_at_is_a_rule_of_some_policy() -> None:
    rules = {rule.key for pack in PACKS for rule in load(("england", pack)).rules}
    for measure in TOLD.measures:
        assert set(measure.rules) <= rules, measure.key


def test_each_target_is_a_promise_of_the_strategy_that_sets_it() -> None:
    promises = {promise.id for promise in ledger.load()}
    begins = {"merton": "MER-", "lambeth": "LAM-", "slough": "SLO-", "dudley": "DUD-", "croydon": "CRO-"}
    for target in TOLD.targets:
        assert target.promise in promises and target.promise.startswith(begins[target.pack])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('principle = "stability"', 'principle = "luck"'),
        ('section = "early"', 'section = "late"'),
        ('shows = "share"', 'shows = "rank"'),
        ('measure = "one"', 'measure = "two"'),
    ],
)
def test_a_file_that_does_not_hang_together_is_refused(right: str, wrong: str) -> None:
    assert read(FILE)
    with pytest.raises(ValueError, match=r"measures\.toml"):
        read(FILE.replace(right, wrong))


def test_quarters_follow_the_councils_year() -> None:
    quarter = quarter_of(date(2026, 11, 25))
    assert (quarter.first, quarter.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter.words == "October to December 2026" and quarter.key == "2026-10"
    assert quarter.before() == Quarter(date(2026, 7, 1)) and quarter.before(3) == Quarter(date(2026, 1, 1))
    assert quarter.until(date(2026, 11, 25)) == date(2026, 11, 24)
    assert quarter.until(date(2027, 2, 1)) == date(2026, 12, 31)
    assert quarter_named("2026-07") == Quarter(date(2026, 7, 1))
    assert quarter_named("2026-08") is None and quarter_named("") is None and quarter_named("0001-01") is None
