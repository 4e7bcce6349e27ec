"""What each role does on time: duties in words with their source, and what the record counts of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, Cast
from tests.pages.test_supervision import held

from homeward.domain.packs import duties
from homeward.domain.policy import PACKS
from homeward.domain.quality import quarters
from homeward.records.access import acting
from homeward.records.models import Challenge
from homeward.records.operations.actions import agree_action, close_action
from homeward.records.operations.decisions import look_again, record_decision
from homeward.records.operations.facts import record_fact
from homeward.records.queries import duties_page

TODAY = date(2026, 11, 25)


def text(answer) -> str:
    return answer.content.decode()


def figure(cast: Cast, key: str):
    found = duties_page.page_of(acting(cast.people["marcia"]), cast.authority, TODAY)
    return next(one for line in found.roles for one in line.figures if one.key == key)


def test_every_duty_has_its_source_and_the_strategy_of_croydon_names_four_roles() -> None:
    for name in PACKS:
        assert all(duty["source"]["document"] for duty in duties(name))
    own = [duty["of"] for duty in duties("croydon") if duty.get("promises")]
    assert sorted(own) == ["cp_chair", "iro", "manager", "safeguarding_lead"]


def test_quarters_are_those_of_the_calendar_that_are_over() -> None:
    found = quarters(date(2026, 1, 1), 2)
    assert [(one.first, one.last) for one in found] == [
        (date(2025, 7, 1), date(2025, 9, 30)),
        (date(2025, 10, 1), date(2025, 12, 31)),
    ]


def test_each_role_s_duties_stand_in_words_with_what_is_late_and_waiting(cast: Cast, signed_in) -> None:
    cast.authority.pack = "croydon"
    cast.authority.save()
    held(cast, date(2026, 7, 1), date(2026, 7, 29))
    held(cast, date(2026, 7, 28), date(2026, 8, 25))
    shown = text(signed_in("marcia").get("/oversight/roles"))
    for said in (
        "Manager",
        "Independent reviewing officer",
        "Child protection chair",
        "Safeguarding lead of a partner",
        "Holds robust midway reviews",
        "1 July 2026 to 30 September 2026",
    ):
        assert said in shown
    supervision = figure(cast, "supervision")
    assert (supervision.in_time, supervision.done_late, supervision.late) == (1, 0, 1)
    assert signed_in("priya").get("/oversight/roles").status_code == 404


def test_the_council_s_words_show_its_standards_and_duties_with_their_source(cast: Cast, signed_in) -> None:
    shown = text(signed_in("priya").get("/policy/words?council=croydon"))
    assert "What a plan in pre-proceedings is held against" in shown and "CRO-068" in shown
    assert "Holds robust midway reviews" in shown and "CRO-184" in shown
    assert "K-H" in text(signed_in("priya").get("/policy/words?council=england"))


def test_reviews_late_now_open_the_tracker_by_their_rule(cast: Cast, signed_in) -> None:
    found = figure(cast, "reviews")
    assert found.late >= 1 and found.in_time + found.done_late >= 1  # Theo’s is late; Maya’s was held
    shown = text(signed_in("marcia").get("/oversight/roles"))
    rule = next(iter(found.late_by))
    assert f"/tracker?rule={rule}&amp;state=late" in shown


def test_matters_decisions_and_partners_actions_are_counted_by_the_day_agreed(cast: Cast, signed_in) -> None:
    helen, maya = cast.people["helen"], cast.children["Maya"]
    raised = {"raised_on": date(2026, 7, 1), "raised_by": "Owen Price", "theme": "delay", "says": "Slow"}
    raised |= {"stage": "raised", "stage_on": date(2026, 7, 1), "addressed_to": "Helen Ward"}
    for more in (
        {"answer_by": date(2026, 7, 15), "answered_on": date(2026, 7, 14)},
        {"answer_by": date(2026, 7, 15), "answered_on": date(2026, 7, 20)},
        {"answer_by": date(2026, 11, 1)},
        {"answer_by": date(2026, 12, 1)},
    ):
        record_fact(maya, "Challenge", raised | more, start=raised["raised_on"], by=helen, now=NOW)
    matters = figure(cast, "matters")
    assert (matters.late, matters.waiting, matters.in_time, matters.done_late) == (1, 1, 1, 1)
    assert Challenge.current.count() == 4
    for by_on, closed in ((date(2026, 8, 1), date(2026, 7, 30)), (date(2026, 11, 1), None)):
        action = agree_action(
            maya,
            "Send the report",
            owner=None,
            owner_name="The school",
            by_on=by_on,
            on=date(2026, 7, 1),
            by=helen,
            now=NOW,
        )
        if closed:
            close_action(action, "done", on=closed, outcome="Sent", by=helen, now=NOW)
    partners = figure(cast, "partner_actions")
    assert (partners.late, partners.waiting, partners.in_time, partners.done_late) == (1, 0, 1, 0)
    shown = text(signed_in("marcia").get("/oversight/roles"))
    assert "/actions?whose=all&amp;state=overdue&amp;by=owner" in shown
    assert '/oversight/matters?state=late">1<' in shown
    late = text(signed_in("marcia").get("/oversight/matters?state=late"))
    assert late.count("Late by") == 1


def test_a_decision_looked_at_again_is_held_against_the_day_that_was_agreed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    maya, helen = cast.children["Maya"], cast.people["helen"]
    said = {"kind": "family_time", "decided_on": date(2026, 6, 1), "what": "Weekly", "maker": "Helen Ward"}
    said |= {"basis": "Three visits", "review_on": date(2026, 8, 1), "review_by": "Owen Price"}
    fact = record_decision(maya, said, by=helen, now=NOW)
    again = look_again(fact, date(2026, 8, 5), "It stands", date(2026, 11, 1), "Owen", by=helen, now=NOW)
    assert again.review_on == date(2026, 11, 1)
    found = duties_page._decisions(
        "decisions", acting(cast.people["marcia"]), cast.authority, quarters(TODAY, 1)[0], TODAY
    )
    assert (found.late, found.done_late, found.in_time) == (1, 1, 0)


def test_more_children_ask_for_no_more_queries(cast: Cast, signed_in) -> None:
    marcia = signed_in("marcia")
    paths = ("supervision", "quality", "needs", "pre-proceedings", "roles")

    def asked() -> list[int]:
        counts = []
        for path in paths:
            marcia.get(f"/oversight/{path}")
            with CaptureQueriesContext(connection) as held_queries:
                assert marcia.get(f"/oversight/{path}").status_code == 200
            counts.append(len(held_queries))
        return counts

    held(cast, date(2026, 7, 1), date(2026, 7, 29))
    before = asked()
    for child in ("Theo", "Kai", "Ruby"):
        held(cast, date(2026, 7, 1), date(2026, 7, 29), child=child)
    assert asked() == before


def test_who_holds_one_role_is_not_offered_another_where_roles_are_listed(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    assert "Act in another role" not in text(helen.get("/oversight/roles"))
