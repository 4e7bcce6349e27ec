"""A permanence plan is proposed, changed, agreed, confirmed, made the main plan and ended: who and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import NOW, TODAY, Cast

from homeward.records.history import history_of
from homeward.records.models import DatedEvent, Decision, OptionAnswer, PermanencePlan
from homeward.records.operations import plans
from homeward.records.operations.facts import AlreadyReplaced
from homeward.records.operations.plans import Decider
from homeward.records.operations.refused import Refused

HEAD = Decider("Marcia Bennett", "head_of_service")
ADM = Decider("Dana Okafor", "agency_decision_maker")


def by(cast: Cast) -> dict[str, Any]:
    return {"by": cast.people["priya"], "now": NOW}


def the(cast: Cast, child: str, position: str) -> PermanencePlan:
    return PermanencePlan.current.get(child=cast.children[child], position=position, ended_on=None)


def propose(cast: Cast, child: str, position: str, route: str, **more: Any) -> PermanencePlan:
    details = {"reason": "It fits her", **more}
    return plans.propose_plan(cast.children[child], position, route, details, on=TODAY, **by(cast))


def refused(cast: Cast, call: Any, *args: Any, **more: Any) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **more, **by(cast))
    return found.value


def test_a_plan_is_proposed_with_what_must_be_true_and_what_it_waits_for(cast: Cast) -> None:
    made = propose(
        cast,
        "Theo",
        "parallel",
        "long_term_fostering",
        stands_if="No adopters are found by May",
        waits_for=["Sibling assessment"],
        target_on=TODAY + timedelta(days=90),
        switch_rule="If no family is found, this becomes the main plan",
        switch_on=date(2027, 5, 4),
    )
    assert (made.recorded_on, made.agreed_on, made.waits_for) == (TODAY, None, ["Sibling assessment"])
    assert any(e.kind == "parallel_plan_recorded" for e in history_of(made.child).recorded)


def test_a_main_plan_is_not_replaced_by_a_proposal_and_a_route_is_planned_once(cast: Cast) -> None:
    maya = cast.children["Maya"]
    why = {"reason": "It fits"}
    said = refused(cast, plans.propose_plan, maya, "main", "return_home", why, on=TODAY)
    assert said.field == "route" and "alongside" in said.sentence
    said = refused(cast, plans.propose_plan, maya, "contingency", "adoption", why, on=TODAY)
    assert said.sentence == "Adoption is already the plan alongside"


def test_a_plan_needs_its_reason_and_a_day_that_has_been(cast: Cast) -> None:
    maya = cast.children["Maya"]
    assert (
        refused(cast, plans.propose_plan, maya, "contingency", "residential", {}, on=TODAY).field == "reason"
    )
    tomorrow = TODAY + timedelta(days=1)
    why = {"reason": "It fits"}
    said = refused(cast, plans.propose_plan, maya, "contingency", "residential", why, on=tomorrow)
    assert said.field == "on"
    assert not PermanencePlan.current.filter(child=maya, position="contingency").exists()


def test_another_plan_if_all_fail_ends_the_one_before_as_changed(cast: Cast) -> None:
    propose(cast, "Theo", "contingency", "long_term_fostering")
    propose(cast, "Theo", "contingency", "residential")
    ended = PermanencePlan.current.get(child=cast.children["Theo"], route="long_term_fostering")
    assert (ended.outcome, ended.ended_on) == ("changed", TODAY)
    assert the(cast, "Theo", "contingency").route == "residential"


def test_of_two_who_change_a_plan_the_second_is_told(cast: Cast) -> None:
    plan = the(cast, "Maya", "main")
    plans.change_plan(plan, {"stands_if": "The aunt is approved"}, why="Agreed with her", **by(cast))
    with pytest.raises(AlreadyReplaced):
        plans.change_plan(plan, {"stands_if": "Something else"}, why="Mine", **by(cast))
    assert the(cast, "Maya", "main").stands_if == "The aunt is approved"


def test_a_change_needs_its_reason_and_keeps_route_and_days(cast: Cast) -> None:
    plan = the(cast, "Maya", "main")
    assert refused(cast, plans.change_plan, plan, {}, why=" ").field == "why"
    changed = plans.change_plan(
        plan, {"timescale": "Before school", "route": "adoption"}, why="x", **by(cast)
    )
    assert (changed.route, changed.agreed_on, changed.timescale) == (
        plan.route,
        plan.agreed_on,
        "Before school",
    )


def test_agreeing_names_the_meeting_and_records_the_decision(cast: Cast) -> None:
    plan = the(cast, "Maya", "parallel")
    agreed = plans.agree_plan(plan, on=TODAY, at="Permanency Planning Meeting", basis="All heard", **by(cast))
    assert (agreed.agreed_on, agreed.agreed_at) == (TODAY, "Permanency Planning Meeting")
    decision = Decision.current.get(child=plan.child, kind="plan_agreed")
    assert decision.what == "Plan alongside: Adoption agreed"
    assert (decision.maker, decision.basis) == ("Permanency Planning Meeting", "All heard")


def test_nothing_is_agreed_before_it_was_proposed_or_at_no_meeting(cast: Cast) -> None:
    plan = the(cast, "Maya", "parallel")
    early = plan.recorded_on - timedelta(days=1)
    assert refused(cast, plans.agree_plan, plan, on=early, at="Review", basis="").field == "on"
    assert refused(cast, plans.agree_plan, plan, on=TODAY, at="", basis="").field == "at"
    assert the(cast, "Maya", "parallel") == plan


def test_only_who_the_policy_names_confirms(cast: Cast) -> None:
    plan = the(cast, "Theo", "main")
    said = refused(cast, plans.confirm_plan, plan, on=TODAY, who=HEAD, basis="The panel's papers")
    assert said.field == "who" and not Decision.current.exists()
    done = plans.confirm_plan(plan, on=TODAY, who=ADM, basis="The panel's papers", **by(cast))
    assert (done.confirmed_by, done.confirmed_role) == ("Dana Okafor", "agency_decision_maker")
    assert Decision.current.get(child=plan.child).kind == "plan_confirmed"
    main = the(cast, "Maya", "main")
    worker = Decider("Priya Shah", "social_worker")
    assert refused(cast, plans.confirm_plan, main, on=TODAY, who=worker, basis="").field == "who"


def test_the_switch_ends_the_old_plan_and_makes_the_other_the_main_one_in_one_step(cast: Cast) -> None:
    maya = cast.children["Maya"]
    other = the(cast, "Maya", "parallel")
    made = plans.make_main(
        other,
        on=TODAY,
        at="Children in Care review",
        who=HEAD,
        reason="The aunt withdrew",
        **by(cast),
    )
    assert (made.position, made.route, made.agreed_on) == ("main", "adoption", TODAY)
    assert the(cast, "Maya", "main") == made
    old = PermanencePlan.current.get(child=maya, route="special_guardianship")
    assert (old.outcome, old.ended_on, old.reason_recorded) == ("changed", TODAY, "The aunt withdrew")
    beside = PermanencePlan.current.get(child=maya, position="parallel")
    assert (beside.ended_on, beside.reason_recorded) == (TODAY, "Became the main plan")
    decision = Decision.current.get(child=maya)
    assert decision.kind == "plan_changed" and decision.maker == "Marcia Bennett"
    assert decision.what == "Adoption became the main plan, in the place of special guardianship"
    kinds = [e.kind for e in history_of(maya).recorded]
    assert "adoption_became_the_plan" in kinds and "parallel_plan_recorded" in kinds


def test_a_switch_that_is_refused_changes_nothing(cast: Cast) -> None:
    other = the(cast, "Maya", "parallel")
    before = PermanencePlan.objects.count()
    more = {"on": TODAY, "at": "", "who": HEAD}
    assert refused(cast, plans.make_main, other, reason=" ", **more).field == "reason"
    assert refused(cast, plans.make_main, the(cast, "Maya", "main"), reason="x", **more).field == ""
    nobody = more | {"who": Decider("")}
    assert refused(cast, plans.make_main, other, reason="The aunt withdrew", **nobody).field == "maker"
    assert PermanencePlan.objects.count() == before


def test_ruling_a_plan_out_signs_the_route_off(cast: Cast) -> None:
    plan = the(cast, "Maya", "parallel")
    ended = plans.end_plan(plan, "ruled_out", on=TODAY, who=HEAD, reason="The aunt is approved", **by(cast))
    assert (ended.outcome, ended.ended_on) == ("ruled_out", TODAY)
    answer = OptionAnswer.current.get(child=plan.child)
    assert (answer.route, answer.answer, answer.signed_by) == ("adoption", "ruled_out", "Marcia Bennett")
    assert Decision.current.get(child=plan.child).kind == "option_ruled_out"


def test_a_main_plan_that_is_achieved_says_that_permanence_is_secured_once(cast: Cast) -> None:
    plan = the(cast, "Maya", "main")
    plans.end_plan(plan, "achieved", on=TODAY, who=HEAD, reason="The order was made", **by(cast))
    event = DatedEvent.current.get(child=plan.child, kind="permanence_achieved")
    assert (event.on, event.detail) == (TODAY, "special_guardianship")
    beside = the(cast, "Maya", "parallel")
    plans.end_plan(beside, "achieved", on=TODAY, who=HEAD, reason="x", **by(cast))
    assert DatedEvent.current.filter(child=plan.child, kind="permanence_achieved").count() == 1


def test_a_plan_that_ended_is_not_moved_on(cast: Cast) -> None:
    plan = the(cast, "Maya", "parallel")
    ended = plans.end_plan(plan, "changed", on=TODAY, who=HEAD, reason="Another is better", **by(cast))
    assert "has ended" in refused(cast, plans.agree_plan, ended, on=TODAY, at="Review", basis="").sentence
    assert "has ended" in refused(cast, plans.change_plan, ended, {}, why="x").sentence


def test_a_route_is_answered_and_opened_again_with_a_reason(cast: Cast) -> None:
    theo = cast.children["Theo"]
    more = {"on": TODAY, "who": HEAD}
    assert (
        refused(cast, plans.answer_route, theo, "return_home", "ruled_out", reason="", **more).field
        == "reason"
    )
    plans.answer_route(theo, "return_home", "ruled_out", reason="Not safe", **more, **by(cast))
    assert (
        refused(cast, plans.answer_route, theo, "return_home", "testing", reason="", **more).field == "reason"
    )
    plans.answer_route(theo, "return_home", "testing", reason="Dad has moved out", **more, **by(cast))
    kinds = list(Decision.current.filter(child=theo).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["option_ruled_out", "option_reopened"]


def test_why_there_is_no_plan_alongside_is_recorded_only_while_there_is_none(cast: Cast) -> None:
    theo, maya = cast.children["Theo"], cast.children["Maya"]
    more = {"on": TODAY, "who": HEAD}
    made = plans.say_why_no_plan(theo, "parallel", reason="He is placed and settled", **more, **by(cast))
    assert made.kind == "no_parallel_plan"
    assert refused(cast, plans.say_why_no_plan, maya, "parallel", reason="x", **more).field == "reason"
    assert refused(cast, plans.say_why_no_plan, theo, "parallel", reason=" ", **more).field == "reason"
