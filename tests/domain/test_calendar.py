"""Days as the law counts them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from homeward.domain.calendar import (
    add_months,
    add_working_days,
    age,
    birthday,
    is_working_day,
)

DAYS = st.dates(date(1990, 1, 1), date(2045, 1, 1))


def test_ten_working_days_after_friday_20_december_count_from_the_next_working_day():
    assert add_working_days(date(2024, 12, 20), 10) == date(2025, 1, 8)


def test_twenty_working_days_pass_over_easter_and_the_may_bank_holidays():
    assert add_working_days(date(2026, 3, 30), 20) == date(2026, 4, 29)


def test_the_coronation_and_the_state_funeral_were_not_working_days():
    assert not is_working_day(date(2023, 5, 8))
    assert not is_working_day(date(2022, 9, 19))


def test_a_month_after_31_january_is_the_last_day_of_february():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 5, 31), -3) == date(2026, 2, 28)


def test_a_child_born_on_29_february_has_every_birthday_in_a_common_year_on_1_march():
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 16) == date(2024, 2, 29)
    assert age(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age(date(2008, 2, 29), date(2026, 3, 1)) == 18


@given(DAYS, st.integers(1, 60))
def test_working_days_are_found_by_walking_day_by_day(day, count):
    walked, left = day, count
    while left:
        walked += timedelta(days=1)
        left -= is_working_day(walked)
    assert add_working_days(day, count) == walked


@given(DAYS, st.integers(0, 240))
def test_a_month_never_spills_into_the_next(day, months):
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
