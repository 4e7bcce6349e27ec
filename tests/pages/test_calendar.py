"""The calendar of meetings: the month, what a day is, who may know of what, and a file of one meeting."""

from __future__ import annotations

import re
from datetime import UTC, date, time
from typing import Any

import pytest
from icalendar import Calendar
from tests.cast import NOW, TODAY, Cast

from homeward.records.models import Exclusion, Meeting, SchoolHoliday
from homeward.records.operations import meetings as operations

PPM = "permanency_planning_meeting"


def meeting(cast: Cast, *children: str, on: date = TODAY, by: str = "helen", **more: Any) -> Meeting:
    made = operations.arrange_meeting(
        cast.authority, more.pop("series", PPM), on=on, by=cast.people[by], now=NOW, **more
    )
    operations.put_on_agenda(made, [(cast.children[name], []) for name in children])
    return made


def shown(client: Any, query: str = "") -> str:
    answer = client.get(f"/meetings/calendar{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def cell(page: str, day: str) -> str:
    """What stands in the square of a day."""
    return next(part for part in page.split("<td ") if f'datetime="{day}"' in part)


def test_a_month_is_a_table_of_weeks_with_its_meetings(cast: Cast, signed_in):
    meeting(cast, "Maya", "Theo", on=date(2026, 12, 2), starts_at=time(10), room="Room 4")
    helen = signed_in("helen")
    page = shown(helen, "?month=2026-12")
    assert "<h1>Meetings in December 2026</h1>" in page and page.count('<th scope="col">') == 7
    square = cell(page, "2026-12-02")
    assert "10:00" in square and "Permanency Planning Meeting" in square and "Room 4" in square
    assert "2 children" in square and "Maya" not in square
    assert 'href="?month=2026-11"' in page and 'href="?month=2027-01"' in page
    assert page.count('datetime="2026-12-') == 31 and 'datetime="2026-11-30"' in page
    assert 'aria-current="date"' in cell(shown(helen), TODAY.isoformat())
    assert "2 December 2026" in shown(helen, "?month=2026-12&as=list")


@pytest.mark.parametrize("month", ["", "2026-13", "9999-12", "soon", "1066-10"])
def test_a_month_that_cannot_be_meant_is_this_month(cast: Cast, month: str, signed_in):
    assert "Meetings in November 2026" in shown(signed_in("helen"), f"?month={month}")


def test_days_that_are_not_like_others_say_so_in_words(cast: Cast, signed_in):
    helen = signed_in("helen")
    page = shown(helen, "?month=2026-12")
    assert "Bank holiday: Christmas Day" in cell(page, "2026-12-25")
    assert "Weekend" in cell(page, "2026-12-05") and "Weekend" not in cell(page, "2026-12-04")
    assert "No school holidays are recorded for Northmere Council" in page
    SchoolHoliday.objects.create(
        authority=cast.authority,
        name="Christmas",
        first_on=date(2026, 12, 21),
        last_on=date(2027, 1, 1),
    )
    page = shown(helen, "?month=2026-12")
    assert "School holiday: Christmas" in cell(page, "2026-12-21")
    assert "School holiday" not in cell(page, "2026-12-20") and "No school holidays" not in page


def test_the_same_chair_room_or_child_at_one_time_is_said(cast: Cast, signed_in):
    helen = cast.people["helen"]
    meeting(cast, "Maya", starts_at=time(10), ends_at=time(11), room="Room 4", chair=helen)
    meeting(
        cast, "Maya", "Kai", starts_at=time(10, 30), room="room 4", chair=helen, series="disruption_meeting"
    )
    meeting(cast, "Maya", starts_at=time(11), room="Room 4", chair=helen)
    square = cell(shown(signed_in("helen")), TODAY.isoformat())
    for said in (
        "The chair is also at: Disruption Meeting",
        "The room is also taken by: Disruption Meeting",
        "Maya is also on the agenda of: Disruption Meeting",
        "Maya is also on the agenda of: Permanency Planning Meeting",
    ):
        assert square.count(said) == 1, said


def test_a_meeting_about_children_out_of_reach_is_in_no_square_and_no_clash(cast: Cast, signed_in):
    meeting(cast, "Maya", starts_at=time(10), room="Room 4")
    meeting(cast, "Ruby", starts_at=time(10), room="Room 4", series="disruption_meeting")
    square = cell(shown(signed_in("priya")), TODAY.isoformat())  # Ruby is with another social worker
    assert "Maya" in square and "Disruption" not in square and "room is also taken" not in square


def test_only_mine_holds_what_i_chair_and_where_my_children_are_heard(cast: Cast, signed_in):
    meeting(cast, "Ruby", chair=cast.people["amina"], series="disruption_meeting")
    meeting(cast, "Kai")
    amina = signed_in("amina")
    assert "Permanency Planning" in cell(shown(amina), TODAY.isoformat())
    square = cell(shown(amina, "?mine=1"), TODAY.isoformat())
    assert "Disruption Meeting" in square and "Permanency Planning" not in square
    square = cell(shown(signed_in("priya"), "?mine=1"), TODAY.isoformat())
    assert "Permanency Planning" in square  # Kai is hers
    square = cell(shown(amina, f"?series={PPM}"), TODAY.isoformat())
    assert "Disruption Meeting" not in square and "Permanency Planning" in square


def test_whoever_may_not_meet_has_no_calendar(cast: Cast, signed_in):
    assert signed_in("lindsay").get("/meetings/calendar").status_code == 404


def test_a_meetings_file_has_a_neutral_title_and_grows_when_it_is_moved_or_cancelled(cast: Cast, signed_in):
    made = meeting(cast, "Maya", "Theo", starts_at=time(10), ends_at=time(11, 30))
    helen = signed_in("helen")
    answer = helen.get(f"/meetings/{made.public_id}/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8" and "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="meeting-2026-11-25.ics"'
    assert not {name for name in ("Maya", "Theo", "N1", "Helen") if name in answer.content.decode()}
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == "Permanency Planning Meeting (2 children)"
    assert event["URL"] == f"http://testserver/meetings/{made.public_id}"
    assert event.decoded("DURATION").total_seconds() == 90 * 60 and event["SEQUENCE"] == 1
    operations.cancel_meeting(made, reason="The school is closed")
    (event,) = Calendar.from_ical(helen.get(f"/meetings/{made.public_id}/calendar.ics").content).walk(
        "VEVENT"
    )
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)


@pytest.mark.parametrize(
    ("on", "utc"),
    [
        (date(2026, 10, 23), 9),  # before the clocks go back
        (date(2026, 10, 26), 10),
        (date(2027, 3, 26), 10),
        (date(2027, 3, 29), 9),  # after they go forward
    ],
)
def test_ten_in_the_morning_is_ten_in_the_morning_all_year(cast: Cast, on: date, utc: int, signed_in):
    made = meeting(cast, "Maya", on=on, starts_at=time(10))
    answer = signed_in("helen").get(f"/meetings/{made.public_id}/calendar.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("DTSTART").hour == 10
    assert event.decoded("DTSTART").astimezone(UTC).hour == utc


def test_a_meeting_without_a_time_is_all_day(cast: Cast, signed_in):
    made = meeting(cast, "Maya")
    answer = signed_in("helen").get(f"/meetings/{made.public_id}/calendar.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("DTSTART") == TODAY and event["TRANSP"] == "TRANSPARENT"


def test_a_file_counts_the_children_whom_its_reader_may_see(cast: Cast, signed_in):
    made = meeting(cast, "Maya", "Theo", starts_at=time(10))
    Exclusion.objects.create(
        child=cast.children["Theo"],
        person=cast.people["marcia"],
        reason="A relative",
        made_by=cast.people["amina"],
        made_at=NOW,
    )
    answer = signed_in("marcia").get(f"/meetings/{made.public_id}/calendar.ics")
    assert b"(1 child)" in answer.content


HALF_TERM = {"name": "Autumn half term", "first_on": "2027-10-25", "last_on": "2027-10-29"}


def test_a_council_records_its_own_school_holidays(cast: Cast, signed_in):
    for key in ("lindsay", "amina"):
        assert signed_in(key).get("/school-holidays").status_code == 200
    assert signed_in("helen").get("/school-holidays").status_code == 404
    lindsay = signed_in("lindsay")
    assert lindsay.post("/school-holidays", HALF_TERM).status_code == 302
    assert "Autumn half term" in lindsay.get("/school-holidays").content.decode()
    held = SchoolHoliday.objects.get()
    assert lindsay.post(f"/school-holidays/{held.pk}/remove").status_code == 302
    assert not SchoolHoliday.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"last_on": "2027-10-20"}, "The last day is before the first day"),
        ({"last_on": "2028-10-20"}, "longer than ten weeks"),
        ({"name": " "}, "Enter the name"),
        ({"first_on": "soon"}, "Enter a real day"),
    ],
)
def test_a_holiday_that_cannot_be_meant_is_not_recorded(cast: Cast, wrong, said: str, signed_in):
    answer = signed_in("lindsay").post("/school-holidays", HALF_TERM | wrong)
    assert answer.status_code == 400 and said in answer.content.decode()
    assert not SchoolHoliday.objects.exists()


def test_a_holiday_is_not_recorded_twice(cast: Cast, signed_in):
    lindsay = signed_in("lindsay")
    lindsay.post("/school-holidays", HALF_TERM)
    again = lindsay.post("/school-holidays", HALF_TERM | {"first_on": "2027-10-20"})
    assert again.status_code == 400 and "overlap with: Autumn half term" in again.content.decode()


def christmas(cast: Cast) -> None:
    days = {"first_on": date(2026, 12, 21), "last_on": date(2027, 1, 1)}
    SchoolHoliday.objects.create(authority=cast.authority, name="Christmas", **days)


def test_a_meeting_in_the_school_holidays_is_arranged_and_says_so(cast: Cast, signed_in):
    helen = signed_in("helen")
    page = helen.get("/meetings/arrange?on=2026-12-22").content.decode()
    assert "No school holidays are recorded for Northmere Council" in page
    christmas(cast)
    said = "22 December 2026 is in the school holidays (Christmas)."
    assert said in helen.get("/meetings/arrange?on=2026-12-22").content.decode()
    made = helen.post("/meetings/arrange", {"series": PPM, "on": "2026-12-22"})
    assert made.status_code == 302
    assert said in helen.get(made["Location"]).content.decode()
    other = meeting(cast, on=date(2026, 12, 18))
    assert "school holidays (" not in helen.get(f"/meetings/{other.public_id}").content.decode()
