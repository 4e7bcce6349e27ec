"""Home: what needs this person."""

from __future__ import annotations

from tests.cast import Cast


def test_home_shows_what_is_late_and_due(cast: Cast, signed_in) -> None:
    page = signed_in("priya").get("/").content.decode()
    assert "Good morning, Priya." in page
    assert "need you this week" in page
    for words in ("Overdue", "This week", "Coming up", "My children", "Theo", "Why this date?"):
        assert words in page
    assert "Ruby" not in page


def test_a_head_of_service_sees_the_council(cast: Cast, signed_in) -> None:
    page = signed_in("marcia").get("/").content.decode()
    assert "Northmere Council:" in page
    assert "children in our care" in page
    assert "Which promises are late" in page


def test_a_team_manager_sees_the_team(cast: Cast, signed_in) -> None:
    assert "Your team" in signed_in("helen").get("/").content.decode()


def test_a_person_who_sees_no_child_is_told_so(cast: Cast, signed_in) -> None:
    page = signed_in("lindsay").get("/").content.decode()
    assert "no child’s record is open to you" in page
    assert "Maya" not in page
