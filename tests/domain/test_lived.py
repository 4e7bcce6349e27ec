"""Where a child has lived: at home and in each home, day by day without a gap."""

from __future__ import annotations

from datetime import date

from homeward.domain.events import Event, History
from homeward.domain.lived import Stay, stays

BORN, CAME, MOVED = date(2012, 1, 25), date(2025, 11, 17), date(2026, 1, 12)


def history(*events: Event, homes: list[tuple[str, date, date | None]]) -> History:
    return History("VW", [Event(BORN, "born"), *events], homes=homes)


def test_at_home_until_care_began_and_then_each_home():
    own = history(Event(CAME, "became_looked_after"), homes=[("U6", CAME, MOVED), ("K2", MOVED, None)])
    assert stays(own, date(2026, 1, 19)) == [
        Stay("", BORN, CAME),
        Stay("U6", CAME, MOVED),
        Stay("K2", MOVED, None),
    ]
    assert [stay.days(date(2026, 1, 19)) for stay in stays(own, date(2026, 1, 19))][1:] == [56, 7]


def test_at_home_again_between_two_times_in_care_and_after_them():
    left, again = date(2026, 3, 2), date(2026, 5, 4)
    own = history(
        Event(CAME, "became_looked_after"),
        Event(left, "ceased_looked_after", "E4A"),
        Event(again, "became_looked_after"),
        homes=[("U6", CAME, left), ("U6", again, None)],
    )
    assert Stay("", left, again) in stays(own, date(2026, 6, 1))
    assert stays(own, date(2026, 4, 1))[-1] == Stay("", left, None)


def test_a_stay_that_ends_later_is_still_open_on_the_day():
    own = history(Event(CAME, "became_looked_after"), homes=[("U6", CAME, MOVED), ("K2", MOVED, None)])
    assert stays(own, date(2025, 12, 1))[-1] == Stay("U6", CAME, None)
