"""Whether planning meetings take place and actions are done, by team, and the children behind a number."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from tests.cast import NOW, Cast

from homeward.records.models import Exclusion, Role, Team
from homeward.records.operations.actions import agree_action, close_action
from homeward.records.operations.facts import record_fact

AT = "/oversight/meetings"


@pytest.fixture
def team(cast: Cast) -> Team:
    made = Team.objects.create(authority=cast.authority, name="Children in care North")
    Role.objects.filter(authority=cast.authority, key="social_worker").update(team=made)
    return made


def numbers(client: Any, team: str, query: str = "") -> list[int]:
    """The figures of a team's line, from left to right."""
    page = client.get(f"{AT}?{query}").content.decode()
    line = next(row for row in page.split("<tr>") if f'scope="row">{team}' in row)
    return [int(found) for found in re.findall(r'<td class="hw-number">(?:<a[^>]*>)?(\d+)', line)]


def held(cast: Cast, name: str, on: date) -> None:
    values = {"kind": "permanence_meeting_held", "held_on": on}
    record_fact(cast.children[name], "MeetingHeld", values, start=on, by=cast.people["helen"], now=NOW)


def test_a_meeting_held_late_and_one_not_held_count_for_the_team_of_who_works_with_the_child(
    cast: Cast, team: Team, signed_in
):
    marcia = signed_in("marcia")
    before = numbers(marcia, team.name)
    assert before[2] == 1  # Theo's was due on 28 September
    held(cast, "Theo", date(2026, 11, 20))
    assert numbers(marcia, team.name)[:3] == [before[0], before[1] + 1, 0]
    page = marcia.get(f"{AT}?team={team.name}&what=late").content.decode()
    assert "Theo" in page and "Due 28 September 2026, held 20 November 2026, 53 days late" in page


def test_actions_done_in_time_late_and_overdue(cast: Cast, team: Team, signed_in):
    by: dict[str, Any] = {"by": cast.people["helen"], "now": NOW}
    for what, due, closed in (
        ("Ask the school", date(2026, 11, 10), date(2026, 11, 9)),
        ("Ask the nurse", date(2026, 11, 10), date(2026, 11, 12)),
        ("Ask the aunt", date(2026, 11, 10), None),
    ):
        action = agree_action(
            cast.children["Maya"], what, owner=cast.people["priya"], by_on=due, on=date(2026, 11, 2), **by
        )
        if closed:
            close_action(action, "done", on=closed, outcome="It was", **by)
    assert numbers(signed_in("marcia"), team.name)[3:] == [1, 1, 1]
    page = signed_in("marcia").get(f"{AT}?what=not_done").content.decode()
    assert "Ask the aunt" in page and "Ask the nurse" not in page


def test_a_child_whom_somebody_must_not_see_counts_in_no_figure_of_theirs(cast: Cast, team: Team, signed_in):
    marcia = signed_in("marcia")
    assert numbers(marcia, team.name)[2] == 1
    Exclusion.objects.create(
        child=cast.children["Theo"],
        person=cast.people["marcia"],
        reason="A relative",
        made_by=cast.people["amina"],
        made_at=NOW,
    )
    assert "Theo" not in marcia.get(f"{AT}?what=not_held").content.decode()


def test_the_days_begin_where_the_reader_says(cast: Cast, team: Team, signed_in):
    marcia = signed_in("marcia")
    before = numbers(marcia, team.name)[1]
    held(cast, "Theo", date(2026, 11, 2))
    assert numbers(marcia, team.name)[1] == before + 1
    since = marcia.get(f"{AT}?since=2026-11-10").content.decode()
    assert "since 10 November 2026" in since and team.name not in since
