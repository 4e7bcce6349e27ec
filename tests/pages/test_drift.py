"""Lists of children whose plans may drift: who is on them, why, and what takes a child off again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, TODAY, Cast

from homeward.records.models import Exclusion, Home, MeetingItem, PeriodOfCare, PermanencePlan
from homeward.records.operations.actions import agree_action
from homeward.records.operations.facts import correct_fact, record_fact
from homeward.records.operations.meetings import arrange_meeting, put_on_agenda
from homeward.records.roles import ROLES
from homeward.web.drift.lists import LISTS

AT = "/oversight/drift"


def listed(client: Any, key: str) -> dict[str, str]:
    """Child -> the whole line in words."""
    page = client.get(f"{AT}?list={key}").content.decode()
    assert page.count("<table") == page.count("</table>")
    rows = re.findall(r'<tr><th scope="row"><a[^>]*>([^<]+)</a></th>(.*?)</tr>', page, re.S)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", cells).split()) for name, cells in rows}


def recorded(cast: Cast, name: str, model: str, start: date, **values: Any) -> Any:
    helen = cast.people["helen"]
    return record_fact(cast.children[name], model, values, start=start, by=helen, now=NOW)


def happened(cast: Cast, name: str, kind: str, on: date, detail: str = "") -> None:
    recorded(cast, name, "DatedEvent", on, kind=kind, on=on, detail=detail)


def met(cast: Cast, name: str, kind: str, on: date) -> None:
    recorded(cast, name, "MeetingHeld", on, kind=kind, held_on=on)


def decided(client: Any, cast: Cast, name: str, kind: str, **more: str) -> Any:
    typed = {
        "kind": kind,
        "decided_on": "2026-11-24",
        "what": "A family is looked for until March",
        "maker": "Helen Ward",
        "maker_role": "team_manager",
        "basis": "No foster home could take her that week",
        "child_view": "Not asked yet",
    }
    return client.post(f"/child/{cast.children[name].public_id}/decisions/add", typed | more)


def test_the_page_names_every_list_of_the_council_and_what_it_asks(cast: Cast, signed_in):
    page = signed_in("marcia").get(AT).content.decode()
    assert "At risk of not reaching permanence" in page
    assert "Reviews without a care planning meeting" not in page  # Merton has no such meeting
    cast.authority.pack = "slough"
    cast.authority.save()
    assert "Reviews without a care planning meeting" in signed_in("marcia").get(AT).content.decode()
    assert signed_in("priya").get(AT).status_code == 404


# At risk (MER-083)


def test_a_child_at_risk_stands_with_the_reason_and_whether_anybody_met_and_looked(cast: Cast, signed_in):
    amina = signed_in("amina")
    line = listed(amina, "at_risk")["Theo"]
    assert "Placement order, no match" in line
    assert "None agreed" in line and "Not yet, by 31 December 2026" in line
    assert "None this quarter; the last on 17 August 2026" in line or "None since" in line
    by: dict[str, Any] = {"by": cast.people["helen"], "now": NOW}
    agree_action(cast.children["Theo"], "Ask", owner=cast.people["priya"], by_on=TODAY, on=TODAY, **by)
    met(cast, "Theo", "permanence_meeting_held", TODAY)
    met(cast, "Theo", "permanence_tracked", TODAY)
    line = listed(amina, "at_risk")["Theo"]
    assert "Held on 25 November 2026" in line and "1 open" in line and "On 25 November 2026" in line
    assert "Kai" not in listed(amina, "at_risk")


def test_a_child_at_risk_leads_to_a_meeting_an_action_and_the_oversight_meeting(cast: Cast, signed_in):
    page = signed_in("amina").get(f"{AT}?list=at_risk").content.decode()
    theo = cast.children["Theo"].public_id
    assert f"/meetings/arrange?child={theo}&amp;series=permanency_planning_meeting" in page
    assert f"/child/{theo}/actions/add" in page and f"/child/{theo}/refer" in page


# Brothers and sisters (DUD-044)


def together(cast: Cast, *names: str) -> None:
    meeting = arrange_meeting(
        cast.authority, "permanency_planning_meeting", on=TODAY, by=cast.people["amina"], now=NOW
    )
    put_on_agenda(meeting, [(cast.children[name], []) for name in names])
    MeetingItem.objects.filter(meeting=meeting).update(together="a")


def test_a_child_whose_plan_holds_up_brothers_and_sisters_stands_until_a_decision_is_recorded(
    cast: Cast, signed_in
):
    amina = signed_in("amina")
    assert not listed(amina, "brothers_and_sisters")
    together(cast, "Maya", "Ruby")
    line = listed(amina, "brothers_and_sisters")["Ruby"]
    assert "Maya" in line and "No main plan is recorded, while the others have one" in line
    assert decided(amina, cast, "Ruby", "group").status_code == 302
    assert not listed(amina, "brothers_and_sisters")
    recorded(
        cast,
        "Ruby",
        "PermanencePlan",
        TODAY,
        position="main",
        route="long_term_fostering",
        recorded_on=TODAY,
    )
    said = " ".join(listed(amina, "brothers_and_sisters").values())
    assert "Their main plans differ: Maya: special guardianship; Ruby: long-term fostering" in said
    assert "None since the plans changed on 25 November 2026" in said


def test_a_plan_that_waits_for_an_assessment_holds_up_one_that_is_agreed(cast: Cast, signed_in):
    together(cast, "Maya", "Theo")
    plan = PermanencePlan.current.get(child=cast.children["Theo"], position="main")
    waits = {"waits_for": ["Assessment of the aunt"]}
    correct_fact(plan, waits, by=cast.people["helen"], now=NOW, reason="She came forward")
    line = listed(signed_in("amina"), "brothers_and_sisters")["Theo"]
    assert "The plan waits for: Assessment of the aunt; the plan of Maya is agreed" in line


def test_brothers_and_sisters_out_of_reach_are_neither_named_nor_counted(cast: Cast, signed_in):
    together(cast, "Maya", "Ruby")
    Exclusion.objects.create(
        child=cast.children["Maya"],
        person=cast.people["amina"],
        reason="A relative",
        made_by=cast.people["marcia"],
        made_at=NOW,
    )
    assert not listed(signed_in("amina"), "brothers_and_sisters")


# Outside a family (SLO-040)


def test_a_child_outside_a_family_stands_with_the_reason_the_approver_and_the_way_back(cast: Cast, signed_in):
    amina = signed_in("amina")
    assert set(listed(amina, "outside_family")) == {"Ruby"}
    assert listed(amina, "outside_family")["Ruby"].count("Not recorded") == 4
    again = {"review_on": "2027-02-01", "review_by": "Helen Ward"}
    assert decided(amina, cast, "Ruby", "outside_family", **again).status_code == 302
    line = listed(amina, "outside_family")["Ruby"]
    assert "No foster home could take her that week" in line and "Helen Ward, team manager" in line
    assert "A family is looked for until March" in line and "On time, due 1 February 2027" in line
    assert "Children" in line or "home" in line


# Reviews and care planning meetings (SLO-026)


def test_a_review_without_a_care_planning_meeting_since_the_one_before_is_listed(cast: Cast, signed_in):
    cast.authority.pack = "slough"
    cast.authority.save()
    amina = signed_in("amina")
    assert listed(amina, "reviews")["Maya"].startswith("28 September 2026 6 July 2026 2 None recorded")
    met(cast, "Maya", "care_planning_meeting_held", date(2026, 7, 6))
    assert listed(amina, "reviews")["Maya"].startswith("28 September 2026 2 6 July 2026")
    met(cast, "Maya", "care_planning_meeting_held", date(2026, 9, 1))
    assert "Maya" not in listed(amina, "reviews")


# Planning meetings due (LAM-023)


def test_planning_meetings_late_and_due_are_listed_for_the_team_that_chairs_them(cast: Cast, signed_in):
    amina = signed_in("amina")
    found = listed(amina, "meetings")
    assert next(iter(found)) == "Theo" and "Overdue by 58 days" in found["Theo"]
    assert "Not arranged" in found["Theo"]
    meeting = arrange_meeting(
        cast.authority, "permanency_planning_meeting", on=date(2026, 12, 1), by=cast.people["amina"], now=NOW
    )
    put_on_agenda(meeting, [(cast.children["Theo"], [])])
    assert "1 December 2026" in listed(amina, "meetings")["Theo"]
    met(cast, "Theo", "permanence_meeting_held", TODAY)
    assert "Theo" not in listed(amina, "meetings")


def test_where_the_policy_gives_no_day_the_one_agreed_last_time_counts(cast: Cast, signed_in):
    cast.authority.pack = "lambeth"
    cast.authority.save()
    amina = signed_in("amina")
    assert "No day set" in listed(amina, "meetings")["Maya"]
    assert "Early Permanency Team" in amina.get(f"{AT}?list=meetings").content.decode()
    meeting = arrange_meeting(
        cast.authority, "permanency_planning_meeting", on=date(2026, 11, 20), by=cast.people["amina"], now=NOW
    )
    met(cast, "Maya", "permanence_meeting_held", date(2026, 11, 20))
    said = {"meeting": meeting, "held_on": date(2026, 11, 20), "series": "permanency_planning_meeting"}
    recorded(cast, "Maya", "Minute", date(2026, 11, 20), **said, next_on=date(2026, 11, 23))
    assert "Overdue by 2 days" in listed(amina, "meetings")["Maya"]


# At home under an order (CRO-087, CRO-089)


def home_with_parents(cast: Cast, name: str) -> None:
    home = Home.current.get(child=cast.children[name], ended_on=None)
    came = {"place": "P1", "started_on": date(2026, 9, 1)}
    correct_fact(home, came, by=cast.people["helen"], now=NOW, reason="She went home")


def test_an_interim_order_at_home_names_what_is_awaited_and_when_it_is_looked_at_again(cast: Cast, signed_in):
    amina = signed_in("amina")
    assert not listed(amina, "interim_order")
    home_with_parents(cast, "Maya")
    line = listed(amina, "interim_order")["Maya"]
    assert "None named in the plan" in line and "Not recorded" in line and "No day set" in line
    plan = PermanencePlan.current.get(child=cast.children["Maya"], position="main")
    waits = {"waits_for": ["Parenting assessment"]}
    correct_fact(plan, waits, by=cast.people["helen"], now=NOW, reason="The court asked")
    again = {"review_on": "2026-12-10", "review_by": "Helen Ward"}
    assert decided(amina, cast, "Maya", "order_at_home", **again).status_code == 302
    line = listed(amina, "interim_order")["Maya"]
    assert "Parenting assessment" in line and "Due in 15 days" in line
    assert "No foster home could take her that week" in line


def test_for_each_child_placed_with_parents_the_evidence_of_each_check_is_shown(cast: Cast, signed_in):
    home_with_parents(cast, "Maya")
    amina = signed_in("amina")
    line = listed(amina, "placed_with_parents")["Maya"]
    assert line.startswith("Interim care order, since 1 September 2026 Nothing recorded 6 July 2026")
    assert line.count("Nothing recorded") == 5
    happened(cast, "Maya", "placement_with_parents_approved", date(2026, 8, 28))
    happened(cast, "Maya", "placement_plan_recorded", date(2026, 8, 29))
    happened(cast, "Maya", "care_plan_recorded", date(2026, 8, 30))
    happened(cast, "Maya", "child_views_recorded", date(2026, 8, 31))
    decided(amina, cast, "Maya", "order_at_home", what="Her mother can keep her safe with daily help")
    line = listed(amina, "placed_with_parents")["Maya"]
    assert "Nothing recorded" not in line and "Helen Ward, team manager, 24 November 2026" in line
    assert "28 August 2026" in line and "20 November 2026" in line


# After an order (CRO-155)


def test_a_child_is_followed_from_the_first_contact_to_the_end_of_support_after_an_order(
    cast: Cast, signed_in
):
    amina = signed_in("amina")
    period = PeriodOfCare.current.get(child=cast.children["Maya"])
    left = {"ended_on": date(2026, 11, 2), "end_reason": "E43"}
    correct_fact(period, left, by=cast.people["helen"], now=NOW, reason="The order was made")
    happened(cast, "Maya", "first_contact_made", date(2026, 3, 2))
    line = listed(amina, "after_order")["Maya"]
    assert "2 November 2026" in line and "2 March 2026" in line and "245 days" in line
    assert "Nothing recorded" in line
    again = {"review_on": "2027-05-03", "review_by": "Helen Ward"}
    said = "Family time is arranged by the council"
    decided(amina, cast, "Maya", "support_after_order", what=said, **again)
    line = listed(amina, "after_order")["Maya"]
    assert said in line and "On time, due 3 May 2027" in line
    decided(amina, cast, "Maya", "support_ended", what="Her guardian asks for no more")
    assert "Maya" not in listed(amina, "after_order")


# All of them


def test_a_decision_is_begun_with_the_sort_that_the_list_asks_for(cast: Cast, signed_in):
    ruby = cast.children["Ruby"].public_id
    page = signed_in("amina").get(f"/child/{ruby}/decisions/add?kind=outside_family").content.decode()
    assert '<option value="outside_family" selected>' in page


@pytest.mark.parametrize("key", sorted(LISTS))
def test_a_list_is_taken_as_a_file_and_asks_no_more_of_the_database_for_more_children(
    cast: Cast, signed_in, key: str
):
    if key == "reviews":
        cast.authority.pack = "slough"
        cast.authority.save()
    amina = signed_in("amina")
    assert amina.get(f"{AT}?list={key}").status_code == 200
    for kind in ("csv", "xlsx"):
        answer = amina.get(f"{AT}/export?list={key}&format={kind}")
        assert answer.status_code == 200
        assert f'"{key}-northmere-2026-11-25.{kind}"' in answer["Content-Disposition"]
    home_with_parents(cast, "Maya")
    with CaptureQueriesContext(connection) as few:
        amina.get(f"{AT}?list={key}")
    for name in ("Theo", "Kai", "Ruby"):
        home_with_parents(cast, name)
    with CaptureQueriesContext(connection) as many:
        amina.get(f"{AT}?list={key}")
    assert len(many) <= len(few)


def test_a_list_that_is_not_there_shows_them_all_and_as_a_file_is_not_found(cast: Cast, signed_in):
    amina = signed_in("amina")
    assert "Where plans drift" in amina.get(f"{AT}?list=nothing").content.decode()
    assert amina.get(f"{AT}/export?list=nothing").status_code == 404


@pytest.mark.parametrize("lacks", ["export", "see_oversight"])
def test_a_list_leaves_only_with_who_may_export_and_has_oversight(
    cast: Cast, signed_in, monkeypatch, lacks: str
) -> None:
    amina = signed_in("amina")
    assert amina.get("/oversight/drift/export").status_code == 200
    meaning = ROLES["permanence_lead"]
    monkeypatch.setitem(ROLES, "permanence_lead", replace(meaning, actions=meaning.actions - {lacks}))
    assert amina.get("/oversight/drift/export").status_code == 404
