"""Named needs of a gate at a plan or a step that follows from one; answers are those of `domain.needs`."""

from __future__ import annotations

from datetime import date

from homeward.domain.entries import lasting
from homeward.domain.needs import Need, told
from homeward.domain.standing import ROUTE_WORDS
from homeward.domain.steps import Situation

IN_THE_FAMILY = ("return_home", "family_and_friends", "child_arrangements", "special_guardianship")
KIN_OPTIONS = ("special_guardianship", "child_arrangements", "adoption")
_CHANGES = (
    "became_looked_after",
    "placement_started",
    "placement_changed",
    "section_20_started",
    "interim_care_order_made",
    "care_order_made",
    "placement_order_made",
)


def _route(it: Situation) -> str:
    return it.text("route")


def _answered(it: Situation) -> set[str]:
    """Routes that have an answer now, stand in a plan, or were ruled out."""
    ruled_out = {event.detail for event in it.life.all("option_ruled_out")}
    plans = {it.now.main_plan, it.now.parallel_plan, it.now.contingency_plan}
    return {*it.given.get("routes", ()), *ruled_out, *plans}


def _words(routes: list[str]) -> bool | str:
    return told(ROUTE_WORDS[route].lower() for route in routes)


# Routes


def every_route_answered(it: Situation) -> bool | str:
    """Every route of the council is answered afresh, until the arrangement is a lasting one (DUD-014)."""
    if lasting(it.life):
        return True
    return _words([route for route in it.options if route not in it.given.get("routes", ())])


def earlier_options_answered(it: Situation) -> bool | str:
    """Every route that stands before this one in the council's order has an answer."""
    before = it.options[: it.options.index(_route(it))] if _route(it) in it.options else ()
    answered = _answered(it)
    return _words([route for route in before if route not in answered])


def return_home_answered(it: Situation) -> bool | str:
    """Return home has an answer, or is the plan."""
    return "return_home" in {*_answered(it), _route(it)}


def adoption_answered_outside_family(it: Situation) -> bool | str:
    """For a child who will not live in the birth family, adoption has an answer."""
    route = _route(it) or it.now.main_plan
    return (
        not route or route in ("return_home", "family_and_friends") or "adoption" in {*_answered(it), route}
    )


def kin_options_answered(it: Situation) -> bool | str:
    """With a connected person: special guardianship, child arrangements order and adoption have an answer."""
    answered = _answered(it)
    return _words([route for route in KIN_OPTIONS if route not in answered])


def family_considered_first(it: Situation) -> bool | str:
    """Before a plan outside the family, home with parents and care by relatives or friends have an answer."""
    if not _route(it) or _route(it) in IN_THE_FAMILY:
        return True
    answered = _answered(it)
    return _words([route for route in ("return_home", "family_and_friends") if route not in answered])


def ruled_out_with_reason(it: Situation) -> bool | str:
    """A route is signed off with the reason and by whom."""
    missing = [] if it.text("reason") else ["the reason"]
    return told([*missing, *([] if it.text("approved_by") else ["who signs it off"])])


def another_plan_when_home_is_ruled_out(it: Situation) -> bool | str:
    """When return home is ruled out, another route is already planned."""
    if _route(it) != "return_home":
        return True
    others = {it.now.main_plan, it.now.parallel_plan, it.now.contingency_plan} - {"", "return_home"}
    return bool(others)


def parallel_plan_while_assessing(it: Situation) -> bool | str:
    """While an assessment is unfinished a parallel plan is there."""
    there = it.now.parallel_plan or it.life.first(("parallel_plan_recorded",), it.opened, it.on)
    return True if there else told(_unfinished(it))


def parallel_plan_explored(it: Situation) -> bool | str:
    """A parallel plan is there, or the reason why there is none."""
    there = it.life.first(("parallel_plan_recorded",), it.opened, it.on)
    return there is not None or bool(it.now.parallel_plan)


def change_considered_at_review(it: Situation) -> bool | str:
    """A change of the main plan of a child in care was considered at a review first."""
    same = _route(it) in ("", it.now.main_plan)
    main = it.text("position") in ("", "main")
    if same or not main or not it.now.main_plan or not it.now.in_care:
        return True
    return bool(it.given.get("considered_at_review"))


# As little intervention as is needed


def no_order_answered(it: Situation) -> bool | str:
    """A plan with an order, or away from parents and family, says why no order is not enough."""
    return _without_order(it) or bool(it.text("no_order_reason"))


def less_intervention_answered(it: Situation) -> bool | str:
    """A plan with an order, or away from parents and family, says why less intervention is not enough."""
    return _without_order(it) or bool(it.text("less_intervention_reason"))


def _without_order(it: Situation) -> bool:
    """No route is being set, or one of home and family that asks for no order."""
    order = it.text("order")
    in_family = _route(it) in ("return_home", "family_and_friends")
    return not _route(it) or order == "no_order" or (not order and in_family)


def order_is_proportionate(it: Situation) -> bool | str:
    """A care order is necessary and in proportion to the risk, and a lesser order would not do."""
    return bool(it.text("care_order_reason"))


def _care_order_at_home(it: Situation) -> bool:
    return _route(it) == "return_home" and it.text("order") in ("care_order", "interim_care_order")


def care_order_at_home_is_exceptional(it: Situation) -> bool | str:
    """A plan of home under a care order says what is exceptional."""
    return not _care_order_at_home(it) or bool(it.text("care_order_at_home_reason"))


def support_without_order_written(it: Situation) -> bool | str:
    """A plan of home under a care order says what support without an order would be."""
    return not _care_order_at_home(it) or bool(it.text("support_without_order"))


def supervision_order_answered(it: Situation) -> bool | str:
    """A plan of home under a care order says whether a supervision order would do."""
    return not _care_order_at_home(it) or bool(it.text("supervision_order_answer"))


# Approval


def approved_by_role(it: Situation) -> bool | str:
    """Approved by one of the roles that the gate names."""
    return it.text("approved_by") in it.roles


def exceptional_reason_given(it: Situation) -> bool | str:
    """What is exceptional is written."""
    return bool(it.text("exceptional_reason"))


def residential_approved(it: Situation) -> bool | str:
    """Residential care as the plan is approved by a named senior, with the reason."""
    if _route(it) != "residential":
        return True
    missing = [] if it.text("approved_by") in it.roles else ["the approval"]
    reason = it.text("approval_reason") or it.text("family_not_possible_reason")
    return told([*missing, *([] if reason else ["the reason"])])


def step_down_planned(it: Situation) -> bool | str:
    """A plan of residential care says how and when the child moves on to a family."""
    return _route(it) != "residential" or bool(it.text("step_down_plan"))


def return_home_agreed_by_manager(it: Situation) -> bool | str:
    """A plan of return home is agreed by one of the roles that the gate names."""
    return _route(it) != "return_home" or it.text("approved_by") in it.roles


# Court, brothers and sisters, carers, reports


def no_assessment_open(it: Situation) -> bool | str:
    """Every assessment that is needed to decide between homes is finished."""
    return told(_unfinished(it))


def _unfinished(it: Situation) -> list[str]:
    """Assessments that the page names, and that of a connected person where the record holds no end."""
    unfinished = list(it.given.get("open_assessments", ()))
    started = it.life.all("connected_person_assessment_started")
    over = ("connected_person_assessment_completed", "connected_person_assessment_withdrawn")
    if not unfinished and started and it.life.first(over, started[-1].on) is None:
        unfinished.append("the assessment of a connected person")
    return unfinished


def parents_told_of_all_options(it: Situation) -> bool | str:
    """The day is recorded on which the parents were told that all options are looked at together."""
    return bool(it.given.get("parents_told_on"))


def representation_answered(it: Situation) -> bool | str:
    """Who represents each party, and when each was told of the legal advice, is written."""
    return bool(it.text("representation"))


def care_planning_meeting_held(it: Situation) -> bool | str:
    """A care planning meeting was held in this involvement."""
    return it.life.first(("care_planning_meeting_held",), it.opened, it.on) is not None


def adoption_tasks_agreed(it: Situation) -> bool | str:
    """For a plan of adoption the tasks for the agency decision maker are agreed."""
    return (_route(it) or it.now.main_plan) != "adoption" or bool(it.given.get("adoption_tasks_agreed"))


def siblings_decided(it: Situation) -> bool | str:
    """Together or apart is decided for the brothers and sisters."""
    return bool(it.given.get("siblings_decided"))


def apart_explained(it: Situation) -> bool | str:
    """Each child was told why they live apart."""
    return bool(it.given.get("apart_explained"))


def sibling_time_planned(it: Situation) -> bool | str:
    """Brothers and sisters who live apart have a plan for their time together."""
    return told(it.given.get("apart_without_time", ()))


def family_network_checked(it: Situation) -> bool | str:
    """The family network was looked at for this move: since the child came to the present home."""
    homes = it.life.all("placement_started")
    since = homes[-1].on if homes else it.opened
    checked = it.given.get("network_checked_on")
    if isinstance(checked, date) and since <= checked <= it.on:
        return True
    met = it.life.first(("family_network_meeting_held", "family_group_conference_held"), since, it.on)
    return met is not None


def others_asked_when_parents_decline(it: Situation) -> bool | str:
    """When the parents do not want the network involved, others were asked."""
    return not it.given.get("parents_declined") or bool(it.given.get("consulted"))


def chronology_current(it: Situation) -> bool | str:
    """The chronology is kept to the last change of home, order or care; no number of days is promised."""
    kept = it.given.get("chronology_on")
    changed = max((event.on for event in it.life.of(_CHANGES)), default=date.min)
    return isinstance(kept, date) and kept >= changed


AT_PLANS: dict[str, Need] = {
    need.__name__: need
    for need in (
        every_route_answered,
        earlier_options_answered,
        return_home_answered,
        adoption_answered_outside_family,
        kin_options_answered,
        family_considered_first,
        ruled_out_with_reason,
        another_plan_when_home_is_ruled_out,
        parallel_plan_while_assessing,
        parallel_plan_explored,
        change_considered_at_review,
        no_order_answered,
        less_intervention_answered,
        order_is_proportionate,
        care_order_at_home_is_exceptional,
        support_without_order_written,
        supervision_order_answered,
        approved_by_role,
        exceptional_reason_given,
        residential_approved,
        step_down_planned,
        return_home_agreed_by_manager,
        no_assessment_open,
        parents_told_of_all_options,
        representation_answered,
        care_planning_meeting_held,
        adoption_tasks_agreed,
        siblings_decided,
        apart_explained,
        sibling_time_planned,
        family_network_checked,
        others_asked_when_parents_decline,
        chronology_current,
    )
}
