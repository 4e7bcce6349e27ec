"""A rule of the policy is gone past with a reason, or let go by a named senior, and that is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import NOW, TODAY, Cast

from homeward.domain.gates import Unmet
from homeward.records.models import GateAnswer, Visit
from homeward.records.operations import gates
from homeward.records.operations.facts import record_fact
from homeward.records.operations.gates import field_of, going_on, in_the_way
from homeward.records.operations.refused import Refused


def before_residential(cast: Cast) -> list[Unmet]:
    """In Lambeth a residential plan is stopped, and a way on to a family is asked for."""
    cast.authority.pack = "lambeth"
    cast.authority.save()
    kai = cast.children["Kai"]
    kai.authority.refresh_from_db()
    return in_the_way(
        kai, "set_route", today=TODAY, given={"route": "residential", "position": "contingency"}
    )


def going(cast: Cast, unmet: list[Unmet], role: str, **more):
    said = {"on": TODAY, "by": cast.people["marcia"], "now": NOW} | more
    reasons = {field_of(one): "It cannot wait" for one in unmet}
    return going_on(cast.children["Kai"], unmet, said.pop("reasons", reasons), role=role, **said)


def test_what_stops_comes_first_and_only_a_named_senior_may_let_it_go(cast: Cast) -> None:
    stop, ask = before_residential(cast)
    assert (stop.stops, ask.stops) == (True, False)
    assert gates.may_go_on(stop, "director") and not gates.may_go_on(stop, "social_worker")
    assert gates.may_go_on(ask, "social_worker")
    assert gates.who_may(stop) == "Only the director may let it go on all the same."


def test_a_senior_overrides_and_another_answers_each_with_a_reason(cast: Cast) -> None:
    unmet = before_residential(cast)
    with going(cast, unmet, "director"):
        pass
    held = {fact.gate: fact for fact in GateAnswer.current.all()}
    assert held["residential_approved"].answer == "overridden"
    assert held["step_down"].answer == "asked"
    assert held["step_down"].says == unmet[1].sentence
    assert {(fact.by_name, fact.by_role, fact.reason) for fact in held.values()} == {
        ("Marcia Bennett", "director", "It cannot wait")
    }


def test_a_gate_that_stands_lets_nothing_be_recorded(cast: Cast) -> None:
    unmet = before_residential(cast)
    with pytest.raises(Refused) as refused, going(cast, unmet, "team_manager"):
        pytest.fail("the step was taken")
    assert refused.value.field == "gate_residential_approved"
    with pytest.raises(Refused) as refused, going(cast, unmet[1:], "team_manager", reasons={}):
        pytest.fail("the step was taken")
    assert refused.value.field == "gate_step_down" and "Write why" in refused.value.sentence
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Refused) as refused, going(cast, unmet[1:], "team_manager", on=tomorrow):
        pytest.fail("the step was taken")
    assert refused.value.field == "on"
    assert not GateAnswer.objects.exists()


def test_a_step_that_fails_takes_its_answers_back(cast: Cast) -> None:
    unmet = before_residential(cast)
    kai, by = cast.children["Kai"], cast.people["marcia"]
    with pytest.raises(Refused, match="not so"), going(cast, unmet, "director"):
        record_fact(kai, "Visit", {"on": TODAY}, start=TODAY, by=by, now=NOW)
        raise Refused("on", "not so")
    assert not GateAnswer.objects.exists() and not Visit.current.filter(child=kai, on=TODAY).exists()


def test_where_nothing_stands_in_the_way_nothing_is_recorded(cast: Cast) -> None:
    with going(cast, [], "social_worker"):
        pass
    assert not GateAnswer.objects.exists()
