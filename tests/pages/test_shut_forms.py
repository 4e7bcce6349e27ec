"""Forms about a child stay shut: in an emergency, and to whom what they tell of is not shown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.cast import NOW, TODAY, Cast
from tests.files.made import picture
from tests.pages.test_break_glass import ask, ruby

from homeward.files.kinds import Accepted
from homeward.records.models import (
    Exclusion,
    Person,
    Restriction,
    Role,
    Visit,
)
from homeward.records.operations import files, returning
from homeward.records.operations.actions import agree_action
from homeward.records.operations.allocations import allocate
from homeward.records.operations.challenges import raise_matter
from homeward.records.operations.decisions import record_decision
from homeward.records.operations.delays import record_delay
from homeward.records.operations.facts import record_fact
from homeward.records.operations.needs import record_need
from homeward.records.operations.short_notice import SHORT_NOTICE
from homeward.records.roles import ROLES


@pytest.fixture
def addresses(cast: Cast) -> list[str]:
    """Of the forms that change something that stands in Ruby's record, or is kept about her."""
    child, helen = cast.children["Ruby"], cast.people["helen"]
    made = {"by": helen, "now": NOW}
    action = agree_action(
        child, "Ask the school", owner=helen, by_on=date(2026, 12, 4), on=date(2026, 11, 9), **made
    )
    said = {"kind": "home", "decided_on": date(2026, 11, 2), "what": "Ruby stays", "basis": "Good visits"}
    whose = {"maker": "Marcia Bennett", "maker_role": "head_of_service", "child_view": "She likes it"}
    decision = record_decision(child, said | whose, **made)
    told = {"from_on": date(2026, 11, 2), "responsible": "Rosalind Beck", "doing": "Two families read"}
    delay = record_delay(child, "family_finding", **told, **made)
    written = {"position": "main", "route": "adoption", "reason": "Assessed", "recorded_on": TODAY}
    plan = record_fact(child, "PermanencePlan", written, start=TODAY, **made)
    visit = Visit.objects.get(child=child)
    file = files.store(Accepted("png", picture(), "png"), cast.authority, child, helen, NOW, title="A house")
    sam = Person.objects.create(email="sam@northmere.example", name="Sam Field")
    role = Role.objects.create(person=sam, authority=cast.authority, key="social_worker")
    work = allocate(child, role, started_on=TODAY, ended_on=None, reason="", by=helen)
    missed = {"what": "To see her aunt", "area": "health", "found_in": "assessment", "found_on": TODAY}
    need = record_need(child, missed, **made)
    asked = agree_action(
        child,
        "Legal services: the home changes",
        owner=helen,
        by_on=TODAY,
        on=TODAY,
        kind=SHORT_NOTICE,
        **made,
    )
    opened = {"opened_on": date(2026, 10, 12), "to_whom": "Her mother", "reasons": "Her mother was ill"}
    home = returning.open_return(child, opened, [], **made)
    step = returning.add_step(home, {"kind": "help", "what": "Treatment", "agreed_on": TODAY}, **made)
    looked = {"held_on": TODAY, "by_name": "Helen Ward", "says": "Two visits went well"}
    review = returning.record_review(home, looked, **made)
    begun = {"kind": "pre_proceedings_started", "on": TODAY, "detail": ""}
    record_fact(child, "DatedEvent", begun, start=TODAY, **made)
    kept_out = Exclusion.objects.create(
        child=child, person=cast.people["lindsay"], reason="A relative", made_by=helen, made_at=NOW
    )
    return [
        f"{ruby(cast)}/{part}"
        for part in (
            "record?what=visit",
            f"facts/{visit.uid}",
            "plans/propose/parallel?step=route",
            "plans/none/contingency",
            "plans/routes/adoption",
            f"plans/{plan.uid}/change",
            *(f"plans/{plan.uid}/{act}" for act in ("agree", "end")),
            "actions/add",
            f"actions/{action.uid}/close",
            f"actions/{action.uid}/change",
            "decisions/add",
            f"decisions/{decision.uid}",
            f"decisions/{decision.uid}/told",
            f"decisions/{decision.uid}/again",
            "delay/add",
            f"delay/{delay.uid}",
            f"delay/{delay.uid}/end",
            "files/add",
            f"files/{file.pk}/remove",
            "refer",
            f"needs/{need.uid}",
            f"needs/{need.uid}/close",
            "standards/check",
            f"short-notice/{asked.uid}",
            *(f"return/{home.uid}/{act}" for act in ("change", "home", "end", "step", "review")),
            *(f"return/steps/{step.uid}/{act}" for act in ("change", "close")),
            f"return/reviews/{review.uid}",
            f"people/{work.pk}/end",
            "access",
            f"access/{kept_out.pk}",
            "shares",
            "looked",
        )
    ]


def test_no_form_opens_in_an_emergency(cast, addresses, signed_in) -> None:
    helen, priya = signed_in("helen"), signed_in("priya")
    Role.objects.filter(person=cast.people["priya"]).update(key="team_manager")
    assert [each for each in addresses if helen.get(each).status_code != 200] == []
    assert ask(priya, "N4").status_code == 302
    assert [each for each in addresses if priya.get(each).status_code != 404] == []
    assert priya.get(ruby(cast)).status_code == 200
    for part in ("/draft", "/draft/drop"):
        assert priya.post(ruby(cast, part), {"form_name": "record:visit", "on": "x"}).status_code == 404
    arranged = f"/meetings/arrange?child={cast.children['Ruby'].public_id}"
    assert (helen.get(arranged).status_code, priya.get(arranged).status_code) == (200, 404)


def shown_the_core_alone(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setitem(ROLES, key, replace(ROLES[key], fields=frozenset({"core"})))


def test_a_form_stays_shut_to_whom_what_it_tells_of_is_not_shown_whatever_they_may_do(
    cast, addresses, signed_in, monkeypatch
) -> None:
    """Every role that records is shown all of it today; the forms do not rest on that."""
    asks = [
        each for each in addresses if re.search(r"/(actions|decisions|needs|return|standards|short)", each)
    ]
    asks += [f"{ruby(cast)}/{form}" for form in ("needs/add", "return/open", "short-notice/add", "frequency")]
    asks += [f"{ruby(cast)}/{form}" for form in ("supervision/add", "actions/add", "decisions/add")]
    asks += [each for each in addresses if "/people/" in each]
    helen = signed_in("helen")
    assert [each for each in asks if helen.get(each).status_code != 200] == []
    shown_the_core_alone(monkeypatch, "team_manager")
    assert [each for each in asks if helen.get(each).status_code != 404] == []


def test_no_form_of_a_reviewing_officer_opens_in_an_emergency(cast, signed_in) -> None:
    child, owen = (
        cast.children["Ruby"],
        Person.objects.create(email="owen@northmere.example", name="Owen Price"),
    )
    Role.objects.create(person=owen, authority=cast.authority, key="iro")
    cast.people["owen"] = owen
    said = {
        **{"theme": "delay", "says": "Nobody looks for a family", "addressed_kind": "worker"},
        **{"addressed_person": cast.people["priya"], "answer_by": date(2026, 12, 4)},
    }
    matter = raise_matter(child, said, on=TODAY, stage="", role="iro", by=owen, now=NOW)
    forms = ["challenge/raise", f"challenge/{matter.uid}", "scrutiny/review"]
    forms += [f"challenge/{matter.uid}/{step}" for step in ("further", "answer", "settle")]
    addresses = [f"{ruby(cast)}/{form}" for form in forms]
    reviewing = signed_in("owen")
    assert [each for each in addresses if reviewing.get(each).status_code != 200] == []
    with pytest.MonkeyPatch.context() as patch:
        shown_the_core_alone(patch, "iro")
        assert [each for each in addresses if reviewing.get(each).status_code != 404] == []
    Restriction.objects.create(child=child, level=Restriction.RESTRICTED, reason="At risk", made_at=NOW)
    assert reviewing.get(ruby(cast)).status_code == 404
    assert ask(reviewing, "N4").status_code == 302
    assert reviewing.get(ruby(cast)).status_code == 200
    assert [each for each in addresses if reviewing.get(each).status_code != 404] == []
