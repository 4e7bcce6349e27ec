"""The tracker: one row a child, filtered, counted, saved and taken away."""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast

from homeward.domain.standing import standing
from homeward.records.history import histories
from homeward.records.models import Child, DatedEvent, PeriodOfCare


def rows(page: str) -> list[str]:
    """The name at the head of each row."""
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', page)


def shown(client, address: str = "/tracker") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_tracker_shows_one_row_for_each_child(cast: Cast, signed_in) -> None:
    page = shown(signed_in("amina"))
    assert sorted(rows(page)) == ["Kai", "Maya", "Ruby", "Theo"]
    assert "Special guardianship" in page
    assert "Why this date?" in page


def test_a_social_worker_sees_only_their_own_children(cast: Cast, signed_in) -> None:
    assert sorted(rows(shown(signed_in("priya")))) == ["Kai", "Maya", "Theo"]


def test_the_tracker_filters_by_cohort(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    for cohort, names in {
        "under_five": ["Maya", "Theo"],
        "care_orders": ["Kai", "Maya"],
        "section_20": ["Ruby"],
        "connected_persons": ["Maya"],
        "two_moves": ["Ruby"],
        "placement_order_no_match": ["Theo"],
        "no_parallel_plan": ["Kai", "Ruby", "Theo"],
        "pre_proceedings": [],
        "at_home_under_an_order": [],
    }.items():
        assert sorted(rows(shown(amina, f"/tracker?cohort={cohort}"))) == names, cohort


def test_the_reviewing_officer_is_a_column_and_a_filter_whose_address_holds_no_name(
    cast: Cast, signed_in
) -> None:
    amina = signed_in("amina")
    page = shown(amina, "/tracker?column=officer")
    assert 'data-label="Reviewing officer"' in page and "Judith Marlow" in page
    assert not re.search(r'(href|value)="[^"]*(Price|Marlow|Shah)', page)
    owen = re.search(r'<option value="([0-9a-f]+)"[^>]*>Owen Price<', page)
    assert owen and sorted(rows(shown(amina, f"/tracker?officer={owen[1]}"))) == ["Maya", "Theo"]


def test_several_filters_narrow_each_other_and_each_can_be_taken_off(cast: Cast, signed_in) -> None:
    page = shown(signed_in("amina"), "/tracker?cohort=under_five&plan=adoption")
    assert rows(page) == ["Theo"]
    assert page.count("remove this filter") == 2


def test_the_longest_wait_comes_first(cast: Cast, signed_in) -> None:
    names = rows(shown(signed_in("amina")))
    assert names[0] == "Theo"  # his second review was due in May


def test_a_chosen_order_is_said_to_screen_readers(cast: Cast, signed_in) -> None:
    page = shown(signed_in("amina"), "/tracker?sort=child&dir=down")
    assert rows(page) == ["Theo", "Ruby", "Maya", "Kai"]
    assert 'aria-sort="descending"' in page


def test_the_tracker_is_read_as_at_an_earlier_day(cast: Cast, signed_in) -> None:
    page = shown(signed_in("amina"), "/tracker?as_at=2026-03-31")
    assert sorted(rows(page)) == ["Kai", "Theo"]
    assert "31 March 2026" in page


def test_an_earlier_day_shows_those_in_scope_then_also_when_they_have_left_since(
    cast: Cast, signed_in
) -> None:
    told = {"source": "person", "recorded_at": settings.NOW()}
    nia = Child.objects.create(authority=cast.authority, code="N1", called="Nia", born_on=date(2015, 5, 1))
    PeriodOfCare.objects.create(child=nia, started_on=date(2024, 1, 10), ended_on=date(2025, 6, 30), **told)
    for day, kind in ((9, "pre_proceedings_started"), (11, "pre_proceedings_ended")):
        DatedEvent.objects.create(child=nia, kind=kind, on=date(2025, day, 1), **told)
    names = {child.pk: name for name, child in (cast.children | {"Nia": nia}).items()}
    amina, with_nia = signed_in("amina"), set()
    for day in (date(2024, 6, 1), date(2025, 8, 1), date(2025, 10, 1), date(2025, 12, 1), date(2026, 6, 1)):
        then = [names[pk] for pk, history in histories(names) if standing(history, day).in_scope]
        assert sorted(rows(shown(amina, f"/tracker?as_at={day}"))) == sorted(then), day
        with_nia |= {day} if "Nia" in then else set()
    assert with_nia == {date(2024, 6, 1), date(2025, 10, 1)}


def test_columns_can_be_chosen(cast: Cast, signed_in) -> None:
    page = shown(signed_in("amina"), "/tracker?column=status&column=worker")
    assert "Placement order" in page
    assert "Priya Shah" in page
    assert "Main plan</a></th>" not in page


def test_a_view_is_saved_and_shared_by_its_address(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    answer = amina.post(
        "/tracker/views", {"name": "Little ones", "query": "cohort=under_five", "shared": "1"}
    )
    assert answer.status_code == 302
    assert "cohort=under_five" in answer["Location"]
    assert "Little ones" in shown(signed_in("helen"))


def test_the_tracker_can_be_taken_away_as_a_file(cast: Cast, signed_in) -> None:
    answer = signed_in("amina").get("/tracker/export?cohort=under_five")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Maya" in text
    assert "Kai" not in text
    assert signed_in("amina").get("/tracker/export?format=xlsx").content[:2] == b"PK"


def test_a_social_worker_may_not_take_the_tracker_away(cast: Cast, signed_in) -> None:
    assert signed_in("priya").get("/tracker/export").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_children(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    shown(amina)
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown(amina, "/tracker?cohort=section_20")
    with CaptureQueriesContext(connection) as all_of_them:
        shown(amina)
    assert len(all_of_them) <= len(few)
