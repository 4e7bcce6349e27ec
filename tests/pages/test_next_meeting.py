"""After a meeting is signed: the next one is offered, prefilled; and the papers that a meeting asks for."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from tests.cast import Cast
from tests.pages.test_calendar import christmas
from tests.pages.test_meetings import ALL_ANSWERED, arranged, at, done, sign, typed, with_child

from homeward.records.models import Meeting, MeetingItem, Role

NEXT = date(2026, 12, 22)


def signed(client: Any, cast: Cast, **days: str) -> Meeting:
    """A planning meeting of today about Maya and Theo, with the next day that was said for each."""
    meeting = arranged(client, cast)
    meeting.starts_at, meeting.ends_at, meeting.room = time(10), time(11), "Room 4"
    meeting.save()
    for name, code in (("Maya", "N1"), ("Theo", "N2")):
        item = with_child(client, meeting, code)
        assert done(client, item, **ALL_ANSWERED, next_on=days.get(name, "")).status_code == 302
    sign(client, meeting)
    return meeting


def test_the_next_one_is_offered_on_the_proposed_day_with_the_same_children_and_chair(cast: Cast, signed_in):
    helen = signed_in("helen")
    meeting = signed(helen, cast, Maya=NEXT.isoformat(), Theo=NEXT.isoformat())
    page = helen.get(f"/meetings/{meeting.public_id}").content.decode()
    link = f"/meetings/arrange?after={meeting.public_id}&amp;on=2026-12-22"
    assert page.count("Arrange the next one") == 1 and link in page
    form = helen.get(link.replace("&amp;", "&")).content.decode()
    role = Role.objects.get(person=cast.people["helen"])
    for part in (
        '<option value="permanency_planning_meeting" selected>',
        'value="2026-12-22"',
        'value="10:00"',
        'value="Room 4"',
        f'<option value="{role.pk}" selected>',
        "Maya, Theo",
    ):
        assert part in form, part
    made = helen.post(
        link.replace("&amp;", "&"),
        {"series": meeting.series, "on": "2026-12-22", "chair": str(role.pk)},
    )
    later = Meeting.objects.get(public_id=made["Location"].rsplit("/", 1)[1])
    items = list(later.items.order_by("position"))
    assert [item.child.called for item in items] == ["Maya", "Theo"]
    assert items[0].why == [["added", "Agreed at the last one, on 25 November 2026"]]
    page = helen.get(f"/meetings/{meeting.public_id}").content.decode()
    assert "Arrange the next one" not in page and f"/meetings/{later.public_id}" in page


def test_children_with_other_days_are_offered_apart_and_a_day_not_said_is_the_last_in_time(
    cast: Cast, signed_in
):
    helen = signed_in("helen")
    meeting = signed(helen, cast, Maya=NEXT.isoformat())
    page = helen.get(f"/meetings/{meeting.public_id}").content.decode()
    assert "Maya: proposed for 22 December 2026" in page
    assert "Theo: proposed for 6 January 2027" in page  # six weeks
    form = helen.get(f"/meetings/arrange?after={meeting.public_id}&on=2027-01-06").content.decode()
    assert "Theo" in form and "Maya" not in form


def test_a_childs_page_offers_the_next_one_for_that_child(cast: Cast, signed_in):
    helen, maya = signed_in("helen"), cast.children["Maya"]
    meeting = signed(helen, cast, Maya=NEXT.isoformat(), Theo=NEXT.isoformat())
    page = helen.get(f"/child/{maya.public_id}/meetings").content.decode()
    link = f"/meetings/arrange?after={meeting.public_id}&child={maya.public_id}&on=2026-12-22"
    assert link.replace("&", "&amp;") in page
    made = helen.post(link, {"series": meeting.series, "on": "2026-12-22"})
    later = Meeting.objects.get(public_id=made["Location"].rsplit("/", 1)[1])
    assert [item.child for item in later.items.all()] == [maya]
    assert "Arrange the next one" not in helen.get(f"/child/{maya.public_id}/meetings").content.decode()


def test_a_proposed_day_in_the_school_holidays_says_so(cast: Cast, signed_in):
    christmas(cast)
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    item = with_child(helen, meeting)
    helen.post(at(item), typed(item, next_on="2026-12-22"))
    said = "22 December 2026 is in the school holidays (Christmas)."
    assert said in helen.get(at(item)).content.decode()
    done(helen, item, **ALL_ANSWERED, next_on="2026-12-22")
    sign(helen, meeting)
    assert said in helen.get(f"/meetings/{meeting.public_id}").content.decode()


def test_nobody_arranges_after_a_meeting_that_they_may_not_know_of(cast: Cast, signed_in):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    with_child(helen, meeting, "N4")  # Ruby
    assert signed_in("priya").get(f"/meetings/arrange?after={meeting.public_id}").status_code == 404


def slough(cast: Cast) -> None:
    cast.authority.pack = "slough"
    cast.authority.save()


@pytest.fixture
def gateway(cast: Cast, signed_in) -> tuple[Any, MeetingItem]:
    slough(cast)
    marcia = signed_in("marcia")
    meeting = arranged(marcia, cast, chair="marcia", series="legal_gateway_panel")
    return marcia, with_child(marcia, meeting)


DATED = {"paper_panel_paperwork": "2026-11-20", "paper_assessment": "2026-11-02"}


def test_papers_are_said_with_their_dates_and_open_the_gate(cast: Cast, gateway):
    marcia, item = gateway
    page = marcia.get(at(item)).content.decode()
    assert "The chronology: its date" in page and f"/child/{item.child.public_id}/files" in page
    marcia.post(at(item), typed(item, **DATED))
    item.refresh_from_db()
    assert item.papers == {"panel_paperwork": "2026-11-20", "assessment": "2026-11-02"}
    page = marcia.get(at(item)).content.decode()
    assert "Missing: the chronology." in page and 'value="2026-11-20"' in page
    marcia.post(at(item), typed(item, **DATED, paper_chronology="2026-11-24"))
    assert "Missing:" not in marcia.get(at(item)).content.decode()
    marcia.post(at(item), typed(item, paper_chronology="2026-11-24"))
    item.refresh_from_db()
    assert item.papers == {"chronology": "2026-11-24"}


def test_a_paper_of_tomorrow_is_refused_and_the_others_stay(cast: Cast, gateway):
    marcia, item = gateway
    marcia.post(at(item), typed(item, **DATED))
    answer = marcia.post(at(item), typed(item, **DATED | {"paper_assessment": "2026-11-26"}))
    assert answer.status_code == 400 and "still to come" in answer.content.decode()
    item.refresh_from_db()
    assert item.papers["assessment"] == "2026-11-02"


def test_papers_are_kept_by_the_page_itself_and_its_version_stays_right(cast: Cast, gateway):
    marcia, item = gateway
    kept = marcia.post(f"{at(item)}/keep", typed(item, **DATED))
    item.refresh_from_db()
    assert len(item.papers) == 2 and kept["X-Version"] == str(item.version)


def test_a_colleagues_papers_are_not_taken_away_by_an_older_page(cast: Cast, gateway, signed_in):
    marcia, item = gateway
    older = typed(item)
    marcia.post(at(item), typed(item, **DATED))
    assert marcia.post(at(item), older).status_code == 409
    item.refresh_from_db()
    assert len(item.papers) == 2


def test_a_meeting_without_papers_asks_for_none(cast: Cast, signed_in):
    helen = signed_in("helen")
    page = helen.get(at(with_child(helen, arranged(helen, cast)))).content.decode()
    assert "Papers" not in page


def test_a_signed_minute_reads_with_names_and_days_in_words(cast: Cast, signed_in):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    item = with_child(helen, meeting)
    does = {"actions-0-what": "Ring the school", "actions-0-by_on": "2026-12-04"}
    does["actions-0-owner"] = str(cast.people["priya"].pk)
    assert done(helen, item, **ALL_ANSWERED, **does, next_on="2026-12-22").status_code == 302
    sign(helen, meeting)
    page = helen.get(at(item)).content.decode()
    assert "Ring the school: Priya Shah, Social worker, by 4 December 2026" in page
    assert "Next meeting about this child: 22 December 2026" in page
