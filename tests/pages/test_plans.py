"""A child's three plans side by side, recorded question by question, and every route answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.cast import NOW, TODAY, Cast

from homeward.records import keep
from homeward.records.models import (
    AuditEntry,
    Decision,
    Draft,
    GateAnswer,
    OptionAnswer,
    PermanencePlan,
    Role,
)
from homeward.records.operations import plans
from homeward.records.operations.facts import record_fact
from homeward.records.operations.plans import Decider

HEAD = Decider("Marcia Bennett", "head_of_service")


def at(cast: Cast, child: str, name: str = "child_plans", *rest: Any) -> str:
    return reverse(name, args=[cast.children[child].public_id, *rest])


def the(cast: Cast, child: str, position: str) -> PermanencePlan:
    return PermanencePlan.current.get(child=cast.children[child], position=position, ended_on=None)


def acts(cast: Cast) -> dict[str, Any]:
    return {"by": cast.people["priya"], "now": NOW}


def shown(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def holder(cast: Cast, key: str) -> int:
    return Role.objects.get(person=cast.people[key]).pk


def proposed(
    client: Any, cast: Cast, child: str, position: str, *answers: dict[str, str], **gates: str
) -> Any:
    """Answers the questions in turn and records the plan; gives the last answer of the server."""
    address = at(cast, child, "child_plan_propose", position) + "?step=route"
    for typed in answers:
        answer = client.post(address, typed)
        assert answer.status_code == 302, answer.content.decode()
        address = answer["Location"]
    assert address.endswith("step=check")
    return client.post(address, gates)


ROUTE = {"route": "long_term_fostering", "reason": "If no adopters are found", "recorded_on": "2026-11-20"}
CONDITIONS = {"stands_if": "His carers say yes", "waits_for": "Assessment of the carers\nHealth report"}
TIMESCALE = {"timescale": "Settled by two", "timescale_why": "He is attached", "target_on": "2027-02-03"}
SWITCH = {"switch_rule": "If no family is found by 4 May", "switch_on": "2027-05-04"}
ORDER = {"order": "care_order"}
LEAST = {"least_intervention": "He cannot go home"}
ANSWERS = (ROUTE, CONDITIONS, TIMESCALE, SWITCH, ORDER, LEAST)
# Merton asks about home and family before a plan outside the family.
FAMILY = {"gate_family_before_strangers": "Both were assessed before he came to us"}


def test_the_three_plans_stand_side_by_side_with_their_state_in_words(cast: Cast, signed_in) -> None:
    page = shown(signed_in("priya"), at(cast, "Maya"))
    for words in ("Main plan", "Special guardianship", "Alongside", "Adoption", "If these fail", "Agreed"):
        assert words in page
    assert "No plan if these fail has been recorded for Maya" in page
    assert "say why there is none" in page and "MER-045" in page


def test_where_no_plan_stands_the_day_is_said_by_which_the_policy_expects_one(cast: Cast, signed_in) -> None:
    under(cast, "croydon")
    page = shown(signed_in("helen"), at(cast, "Ruby"))
    card = page[page.index('id="position-parallel"') : page.index('id="position-contingency"')]
    assert "CRO-070" in card and "Parallel plan by the second review" in card


def test_a_plan_is_recorded_question_by_question(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    answer = proposed(priya, cast, "Theo", "parallel", *ANSWERS, **FAMILY)
    assert answer["Location"] == at(cast, "Theo")
    plan = the(cast, "Theo", "parallel")
    assert (plan.route, plan.waits_for) == (
        "long_term_fostering",
        ["Assessment of the carers", "Health report"],
    )
    assert plan.least_intervention == "The plan asks for a care order.\nHe cannot go home"
    assert plan.switch_on.isoformat() == "2027-05-04" and plan.recorded_by == cast.people["priya"]
    assert not Draft.objects.exists()
    assert AuditEntry.objects.latest("pk").about == {"fact": str(plan.uid)}
    page = shown(priya, at(cast, "Theo"))
    for words in ("His carers say yes", "Health report", "Settled by two", "3 February 2027", "In 70 days"):
        assert words in page


def test_what_was_answered_waits_as_a_draft_and_the_check_leads_back(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    address = at(cast, "Theo", "child_plan_propose", "parallel")
    priya.post(address + "?step=route", ROUTE)
    priya.post(address + "?step=conditions", CONDITIONS | {"keep": "1"})
    assert not PermanencePlan.current.filter(child=cast.children["Theo"], position="parallel").exists()
    home = shown(priya, "/")
    assert "Theo: a permanence plan" in home and address in home
    assert "His carers say yes" in shown(priya, address + "?step=conditions")
    check = shown(priya, address + "?step=check")
    assert "If no adopters are found" in check and "Not answered" in check
    assert "Throw the draft away" in check
    back = priya.post(address + "?step=timescale&from=check", TIMESCALE)["Location"]
    assert back == address + "?step=check" and "Settled by two" in shown(priya, back)
    assert "His carers" not in signed_in("helen").get(address + "?step=conditions").content.decode()


def test_less_is_asked_about_only_where_the_route_is_more_than_no_order(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    address = at(cast, "Ruby", "child_plan_propose", "main")
    helen.post(address + "?step=route", ROUTE)
    assert "step=order" in helen.post(address + "?step=switch", SWITCH)["Location"]
    helen.post(address + "?step=route", ROUTE | {"route": "other"})
    assert "step=check" in helen.post(address + "?step=switch", SWITCH)["Location"]


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("route", {"reason": "x", "recorded_on": "2026-11-20"}, "Choose the route"),
        ("route", ROUTE | {"reason": ""}, "Say why this is the plan"),
        ("timescale", {"target_on": "32/13/2026"}, "Enter a real day"),
        ("switch", {"switch_on": "2027-05-04"}, "Say what would change the plan on that day"),
    ],
)
def test_a_mistake_is_said_at_its_question(cast: Cast, signed_in, step: str, typed: Any, said: str) -> None:
    address = at(cast, "Theo", "child_plan_propose", "parallel") + f"?step={step}"
    answer = signed_in("priya").post(address, typed)
    assert answer.status_code == 400 and said in answer.content.decode()


def test_a_day_still_to_come_is_refused_at_the_check(cast: Cast, signed_in) -> None:
    answer = proposed(
        signed_in("priya"),
        cast,
        "Theo",
        "parallel",
        ROUTE | {"recorded_on": "2026-11-26"},
        *ANSWERS[1:],
        **FAMILY,
    )
    assert answer.status_code == 400 and "This day is still to come" in answer.content.decode()


def test_the_guide_stands_beside_the_choice_with_what_was_said_of_each_route(cast: Cast, signed_in) -> None:
    plans.answer_route(
        cast.children["Theo"],
        "return_home",
        "ruled_out",
        on=TODAY,
        who=HEAD,
        reason="Not safe",
        by=cast.people["priya"],
        now=NOW,
    )
    page = shown(signed_in("priya"), at(cast, "Theo", "child_plan_propose", "parallel"))
    assert "What this route means" in page and "The special guardians, who decide alone" in page
    assert "Not safe" in page and "s.14A" in page


def test_it_was_agreed_and_confirmed_by_whom(cast: Cast, signed_in) -> None:
    priya, plan = signed_in("priya"), the(cast, "Maya", "parallel")
    address = at(cast, "Maya", "child_plan_act", plan.uid, "agree")
    assert "Permanency Planning Meeting" in shown(priya, address)
    typed = {"on": "2026-11-24", "at": "Children in Care review", "basis": "Heard"}
    assert priya.post(address, typed).status_code == 302
    assert "24 November 2026 at the Children in Care review" in shown(priya, at(cast, "Maya"))
    main = at(cast, "Maya", "child_plan_act", the(cast, "Maya", "main").uid, "confirm")
    page = shown(priya, main)
    assert "Marcia Bennett, head of service" in page and "Priya Shah, social worker" not in page
    typed = {"on": "2026-11-24", "who": str(holder(cast, "marcia")), "basis": ""}
    typed["basis"] = "The assessment is positive"
    assert priya.post(main, typed).status_code == 302
    assert "by Marcia Bennett, head of service" in shown(priya, at(cast, "Maya"))


def test_nobody_confirms_adoption_but_the_agency_decision_maker(cast: Cast, signed_in) -> None:
    address = at(cast, "Theo", "child_plan_act", the(cast, "Theo", "main").uid, "confirm")
    priya = signed_in("priya")
    page = shown(priya, address)
    assert "agency decision maker" in page and "MER-047" in page and "Marcia Bennett" not in page
    typed = {"on": "2026-11-24", "who": str(holder(cast, "marcia")), "basis": "x"}
    answer = priya.post(address, typed)
    assert answer.status_code == 400 and "Choose somebody from the list" in answer.content.decode()
    assert the(cast, "Theo", "main").confirmed_on is None


def test_the_plan_alongside_becomes_the_main_plan_in_one_step(cast: Cast, signed_in) -> None:
    helen, plan = signed_in("helen"), the(cast, "Maya", "parallel")
    address = at(cast, "Maya", "child_plan_act", plan.uid, "main")
    assert "In one step" in shown(helen, address)
    typed = {"on": "2026-11-24", "at": "", "who": str(holder(cast, "helen")), "reason": "The aunt withdrew"}
    answer = helen.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 400 and "Your policy asks something first" in page
    assert "considered at a review first" in page and "The aunt withdrew" in page
    assert the(cast, "Maya", "main").route == "special_guardianship"
    typed |= FAMILY | {"gate_change_considered_at_review": "The next review is too late for her"}
    assert helen.post(address, typed).status_code == 302
    assert the(cast, "Maya", "main").route == "adoption"
    asked = GateAnswer.current.get(child=plan.child, gate="change_considered_at_review")
    assert (asked.answer, asked.by_name, asked.by_role) == ("asked", "Helen Ward", "team_manager")
    page = shown(helen, at(cast, "Maya"))
    assert "Became the main plan" in page and "The aunt withdrew" in page
    assert "No plan alongside has been recorded" in page
    asked_again = shown(helen, at(cast, "Maya", "child_routes"))
    assert "Stays open" in asked_again


def under(cast: Cast, pack: str) -> None:
    """The council of the cast works under another policy."""
    cast.authority.pack = pack
    cast.authority.save()
    keep.refresh_if_policy_changed(cast.authority)


RESIDENTIAL = (
    {"route": "residential", "reason": "No family can meet his needs now", "recorded_on": "2026-11-24"},
    *ANSWERS[1:5],
)


@pytest.mark.parametrize(
    ("pack", "says", "promise"),
    [
        ("lambeth", "not promoted as a plan for the long term", "LAM-052"),
        ("croydon", "only when living in a family cannot be achieved", "CRO-045"),
    ],
)
def test_a_residential_plan_is_stopped_until_a_senior_approves_it_with_the_reason(
    cast: Cast, signed_in, pack: str, says: str, promise: str
) -> None:
    under(cast, pack)
    priya, kai = signed_in("priya"), cast.children["Kai"]
    for route in ("return_home", "family_and_friends"):
        plans.answer_route(kai, route, "ruled_out", on=TODAY, who=HEAD, reason="Assessed", **acts(cast))
    least = {"least_intervention": "Three families ended", "approval_reason": "", "step_down_plan": "By May"}
    answer = proposed(priya, cast, "Kai", "contingency", *RESIDENTIAL, least)
    page = answer.content.decode()
    assert answer.status_code == 400 and says in page
    assert "Only the director may let it go on all the same" in page and promise in page
    assert "gate_residential_approved" not in page.replace("#id_gate_residential_approved", "")
    assert not PermanencePlan.current.filter(child=kai, route="residential").exists()
    approved = {"approved_by": str(holder(cast, "marcia")), "approval_reason": "Agreed at the board"}
    assert proposed(priya, cast, "Kai", "contingency", *RESIDENTIAL, least | approved).status_code == 302
    plan = the(cast, "Kai", "contingency")
    assert "How and when the child moves on to a family: By May" in plan.least_intervention
    decision = Decision.current.get(child=kai, kind="plan_approved")
    assert (decision.kind, decision.maker, decision.basis) == (
        "plan_approved",
        "Marcia Bennett",
        "Agreed at the board",
    )
    assert not GateAnswer.current.exists()


def test_dudley_asks_why_no_order_and_less_would_not_be_enough(cast: Cast, signed_in) -> None:
    under(cast, "dudley")
    priya = signed_in("priya")
    empty = {"least_intervention": ""}
    page = proposed(priya, cast, "Theo", "parallel", *ANSWERS[:5], empty).content.decode()
    assert "Why is no order not enough?" in page and "DUD-008" in page
    assert "Before a forever home outside the family" in page and "DUD-055" in page
    plans.answer_route(
        cast.children["Theo"], "family_and_friends", "testing", on=TODAY, who=HEAD, reason="x", **acts(cast)
    )
    plans.answer_route(
        cast.children["Theo"], "return_home", "testing", on=TODAY, who=HEAD, reason="x", **acts(cast)
    )
    assert proposed(priya, cast, "Theo", "parallel", *ANSWERS).status_code == 302
    assert not GateAnswer.current.exists()


def test_merton_asks_about_the_family_before_a_plan_outside_it(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    page = proposed(priya, cast, "Theo", "parallel", *ANSWERS).content.decode()
    assert "Before a plan outside the family" in page and "MER-030" in page
    assert not PermanencePlan.current.filter(child=cast.children["Theo"], position="parallel").exists()
    assert proposed(priya, cast, "Theo", "parallel", *ANSWERS, **FAMILY).status_code == 302
    asked = GateAnswer.current.get(child=cast.children["Theo"])
    assert (asked.gate, asked.reason) == (
        "family_before_strangers",
        "Both were assessed before he came to us",
    )


def test_slough_asks_for_the_routes_before_this_one_in_its_order(cast: Cast, signed_in) -> None:
    under(cast, "slough")
    page = proposed(signed_in("priya"), cast, "Theo", "parallel", *ANSWERS).content.decode()
    assert "The options are assessed in order" in page and "SLO-067" in page
    assert "return home, live with family or friends" in page


def test_slough_asks_about_return_home_and_adoption_before_a_plan_is_agreed(cast: Cast, signed_in) -> None:
    under(cast, "slough")
    kai = cast.children["Kai"]
    offered = {"kind": "family_group_conference_offered", "on": TODAY, "detail": ""}
    record_fact(kai, "DatedEvent", offered, start=TODAY, **acts(cast))
    priya, plan = signed_in("priya"), the(cast, "Kai", "main")
    address = at(cast, "Kai", "child_plan_act", plan.uid, "agree")
    typed = {"on": "2026-11-25", "at": "Permanence Planning Meeting", "basis": "Heard"}
    page = priya.post(address, typed).content.decode()
    for words in ("Return home has no answer", "SLO-039", "adoption has no answer", "SLO-110"):
        assert words in page
    for route in ("return_home", "adoption"):
        plans.answer_route(kai, route, "ruled_out", on=TODAY, who=HEAD, reason="Assessed", **acts(cast))
    assert priya.post(address, typed).status_code == 302


def test_croydon_asks_what_child_and_family_say_before_a_plan_is_agreed(cast: Cast, signed_in) -> None:
    under(cast, "croydon")
    priya, plan = signed_in("priya"), the(cast, "Maya", "parallel")
    address = at(cast, "Maya", "child_plan_act", plan.uid, "agree")
    typed = {"on": "2026-11-24", "at": "Looked-after review", "basis": "Heard"}
    page = priya.post(address, typed).content.decode()
    assert "what the child says and what the family says" in page and "CRO-043" in page
    said = {"gate_child_and_family_on_plan": "She wants auntie; her mother agrees"}
    assert priya.post(address, typed | said).status_code == 302
    assert GateAnswer.current.get(child=plan.child).reason == "She wants auntie; her mother agrees"


def test_croydon_asks_for_another_plan_when_return_home_is_ruled_out(cast: Cast, signed_in) -> None:
    under(cast, "croydon")
    helen = signed_in("helen")
    address = at(cast, "Ruby", "child_route", "return_home")
    typed = {"answer": "ruled_out", "on": "2026-11-24", "reason": "x", "who": str(holder(cast, "helen"))}
    page = helen.post(address, typed).content.decode()
    assert "no other route is planned" in page and "CRO-040" in page
    assert not OptionAnswer.current.exists()
    told = {"gate_home_found_when_return_is_ruled_out": "At the review on 2 December"}
    assert helen.post(address, typed | told).status_code == 302


def test_an_assessment_that_is_open_while_no_plan_runs_alongside_is_said(cast: Cast, signed_in) -> None:
    priya, theo = signed_in("priya"), cast.children["Theo"]
    assert "No plan runs alongside" not in shown(priya, at(cast, "Theo"))
    main = the(cast, "Theo", "main")
    plans.change_plan(main, {"waits_for": ["Assessment of the mother"]}, why="Begun", **acts(cast))
    page = shown(priya, at(cast, "Theo"))
    assert "No plan runs alongside, and this is unfinished:" in page and "Assessment of the mother" in page
    plans.say_why_no_plan(theo, "parallel", on=TODAY, who=HEAD, reason="Known on Friday", **acts(cast))
    assert "No plan runs alongside" not in shown(priya, at(cast, "Theo"))


def test_croydon_asks_what_is_exceptional_about_a_care_order_at_home(cast: Cast, signed_in) -> None:
    under(cast, "croydon")
    priya = signed_in("priya")
    home = {"route": "return_home", "reason": "Dad has changed", "recorded_on": "2026-11-24"}
    address = at(cast, "Maya", "child_plan_propose", "contingency")
    for step, typed in (("route", home), ("order", ORDER)):
        priya.post(f"{address}?step={step}", typed)
    page = shown(priya, f"{address}?step=least")
    for words in ("exceptional", "support plan without an order", "supervision order would do"):
        assert words in page
    page = shown(priya, f"{address}?step=check")
    assert "exceptional circumstances only" in page and "CRO-085" in page


def test_croydons_reasons_against_more_intervention_stand_at_the_question(cast: Cast, signed_in) -> None:
    under(cast, "croydon")
    priya = signed_in("priya")
    address = at(cast, "Theo", "child_plan_propose", "parallel")
    priya.post(f"{address}?step=route", ROUTE)
    for step in ("order", "least"):
        page = shown(priya, f"{address}?step={step}")
        assert "necessary and in proportion to the risk of harm" in page
        assert "CRO-090" in page and "CRO-096" in page


def test_when_a_route_was_first_thought_of_and_when_it_became_the_plan(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    page = shown(helen, at(cast, "Maya", "child_routes"))
    assert "First thought of on 6 August 2026" in page
    plans.make_main(the(cast, "Maya", "parallel"), on=TODAY, at="", who=HEAD, reason="Withdrew", **acts(cast))
    page = shown(helen, at(cast, "Maya", "child_routes"))
    assert (
        "First thought of on 6 August 2026; became the main plan on 25 November 2026, 111 days later" in page
    )


def test_a_foster_plan_says_who_decides_and_that_parents_may_ask_the_court(cast: Cast, signed_in) -> None:
    page = shown(signed_in("priya"), at(cast, "Kai", "child_routes"))
    assert "The carers hold none." in page and "parents may ask the court to end a care order" in page


def test_a_plan_is_ended_and_stands_below(cast: Cast, signed_in) -> None:
    helen, plan = signed_in("helen"), the(cast, "Maya", "parallel")
    address = at(cast, "Maya", "child_plan_act", plan.uid, "end")
    assert helen.post(address, {"outcome": "ruled_out", "on": "2026-11-24"}).status_code == 400
    typed = {"outcome": "ruled_out", "on": "2026-11-24", "who": str(holder(cast, "helen")), "reason": "Aunt"}
    assert helen.post(address, typed).status_code == 302
    assert "Ruled out" in shown(helen, at(cast, "Maya"))
    assert OptionAnswer.current.get(child=plan.child).signed_by == "Helen Ward"


def test_of_two_who_change_a_plan_the_second_sees_both_and_keeps_her_text(cast: Cast, signed_in) -> None:
    helen, old = signed_in("helen"), the(cast, "Maya", "main")
    address = at(cast, "Maya", "child_plan_change", old.uid)
    assert helen.get(address).status_code == 200
    plans.change_plan(
        old, {"stands_if": "The aunt is approved"}, why="Agreed", by=cast.people["priya"], now=NOW
    )
    theirs = the(cast, "Maya", "main")
    mine = {"reason": "She knows her aunt", "stands_if": "The aunt moves nearer", "why": "My visit"}
    answer = helen.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Somebody else changed this plan while you worked" in page
    for words in ("The aunt is approved", "The aunt moves nearer", "Priya Shah", "My visit"):
        assert words in page
    assert the(cast, "Maya", "main") == theirs
    newer = at(cast, "Maya", "child_plan_change", theirs.uid)
    assert newer in page and helen.post(newer, mine).status_code == 302
    assert the(cast, "Maya", "main").stands_if == "The aunt moves nearer"


def test_a_step_on_a_plan_that_changed_meanwhile_is_shown_first(cast: Cast, signed_in) -> None:
    helen, old = signed_in("helen"), the(cast, "Maya", "parallel")
    plans.change_plan(old, {"stands_if": "Yes"}, why="Agreed", by=cast.people["priya"], now=NOW)
    address = at(cast, "Maya", "child_plan_act", old.uid, "agree")
    answer = helen.post(address, {"on": "2026-11-24", "at": "Children in Care review"})
    assert answer.status_code == 409 and "Somebody else changed" in answer.content.decode()
    assert the(cast, "Maya", "parallel").agreed_on is None
    assert helen.get(address).status_code == 302


def test_why_there_is_no_plan_alongside_stands_in_its_place(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    address = at(cast, "Theo", "child_plan_none", "parallel")
    typed = {"on": "2026-11-24", "who": str(holder(cast, "helen")), "reason": "He is settled with them"}
    assert priya.post(address, typed | {"reason": ""}).status_code == 400
    assert priya.post(address, typed).status_code == 302
    page = shown(priya, at(cast, "Theo"))
    assert "He is settled with them" in page and "Helen Ward, team manager" in page


def test_every_route_of_the_policy_is_answered_in_its_order(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    page = shown(priya, at(cast, "Theo", "child_routes"))
    order = ["Return home", "Live with family or friends", "Special guardianship", "Residential care"]
    assert sorted(order, key=page.index) == order
    assert "6 of 7 are not answered" in page
    address = at(cast, "Theo", "child_route", "return_home")
    typed = {"answer": "ruled_out", "on": "2026-11-24", "reason": "Not safe", "who": ""}
    answer = priya.post(address, typed)
    assert answer.status_code == 400 and "Choose who signed off" in answer.content.decode()
    assert priya.post(address, typed | {"who": str(holder(cast, "helen"))}).status_code == 302
    page = shown(priya, at(cast, "Theo", "child_routes"))
    assert "signed off by Helen Ward, team manager" in page and "5 of 7 are not answered" in page
    assert "It is not viable for now, and is looked at again" in page and "Open it again" in page
    reopened = typed | {"answer": "testing", "reason": "Her mother came back"}
    assert priya.post(address, reopened).status_code == 302
    page = shown(priya, at(cast, "Theo", "child_routes"))
    assert "1 earlier answer" in page and "Being tested" in page


def test_a_route_answered_before_the_plan_changed_is_to_be_looked_at_again(cast: Cast, signed_in) -> None:
    maya, helen = cast.children["Maya"], signed_in("helen")
    early = TODAY.replace(day=2)
    plans.answer_route(maya, "residential", "ruled_out", on=early, who=HEAD, reason="x", **acts(cast))
    assert "Look at it again" not in shown(helen, at(cast, "Maya", "child_routes"))
    plans.make_main(the(cast, "Maya", "parallel"), on=TODAY, at="", who=HEAD, reason="Withdrew", **acts(cast))
    assert "The main plan changed on 25 November 2026" in shown(helen, at(cast, "Maya", "child_routes"))
    assert "To be looked at again" in shown(helen, at(cast, "Maya"))


@pytest.mark.parametrize("council", ["lambeth", "dudley", "england"])
def test_the_guide_to_the_routes_is_a_page_for_everyone(cast: Cast, signed_in, council: str) -> None:
    page = shown(signed_in("lindsay"), f"{reverse('policy_routes')}?council={council}")
    assert "Who holds parental responsibility" in page and "it is not advice" in page
    if council == "lambeth":
        assert "Staying Put ends at age" in page


@pytest.mark.parametrize("who", ["lindsay", "priya"])
def test_nobody_sees_or_moves_the_plans_of_a_child_out_of_reach(cast: Cast, signed_in, who: str) -> None:
    client = signed_in(who)
    for name, rest in (
        ("child_plans", ()),
        ("child_plan_propose", ("main",)),
        ("child_routes", ()),
        ("child_route", ("adoption",)),
    ):
        assert client.get(at(cast, "Ruby", name, *rest)).status_code == 404


def test_who_may_not_record_reads_the_plans_and_moves_none(cast: Cast, signed_in) -> None:
    Role.objects.filter(person=cast.people["amina"]).update(key="agency_decision_maker")
    amina, plan = signed_in("amina"), the(cast, "Maya", "parallel")
    page = shown(amina, at(cast, "Maya"))
    assert "Adoption" in page and "Change what is said" not in page and "say why there is none" not in page
    for act in ("agree", "confirm", "main", "end"):
        address = at(cast, "Maya", "child_plan_act", plan.uid, act)
        assert amina.get(address).status_code == 404 and amina.post(address).status_code == 404


def test_a_plan_of_another_child_is_not_found_under_this_childs_address(cast: Cast, signed_in) -> None:
    other = the(cast, "Theo", "main")
    assert signed_in("priya").get(at(cast, "Maya", "child_plan_change", other.uid)).status_code == 404
