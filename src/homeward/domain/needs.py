"""Named needs of a gate at a meeting: each answers True, or with what is missing in a few words.

What is missing may be empty where the gate's own sentence says it all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from homeward.domain.steps import Situation

Need = Callable[[Situation], bool | str]


def told(missing: Iterable[str]) -> bool | str:
    """True when nothing is missing, otherwise the list in words."""
    listed = list(missing)
    if not listed:
        return True
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " and " + listed[-1]


# The meeting itself


def chair_allowed(it: Situation) -> bool | str:
    """The chair has the role that the policy names for the day of the meeting."""
    return it.meeting is None or it.meeting.may_chair(it.chair_role or it.text("chaired_as"), it.on)


def all_invited(it: Situation) -> bool | str:
    """Everyone who must be invited was."""
    meant = it.meeting.must_invite if it.meeting else ()
    invited = {*it.invited, *it.given.get("invited", ())}
    return told(who for who in meant if who not in invited)


def papers_there(it: Situation) -> bool | str:
    """Every paper that the meeting asks for is there."""
    meant = it.meeting.papers if it.meeting else ()
    return told(paper.words for paper in meant if paper.key not in it.papers)


def agenda_answered(it: Situation) -> bool | str:
    """Every heading has an answer, or a reason for leaving it out."""
    headings = it.meeting.headings(first=it.first) if it.meeting else ()
    answered = it.given.get("answered", ())
    return told(heading for heading in headings if heading not in answered)


# The child and the family at the meeting


def child_heard(it: Situation) -> bool | str:
    """What the child says is written, now or since the last such meeting, or why that could not be."""
    if it.text("child_views") or it.text("child_views_why_not"):
        return True
    before = it.meeting and it.life.last((it.meeting.kind,), date.min, it.on - timedelta(days=1))
    since = before.on if before else it.opened
    return it.life.first(("child_views_recorded",), since, it.on) is not None


def reason_when_not_followed(it: Situation) -> bool | str:
    """When what the child wants is not followed: why, and the day the child was told."""
    if it.given.get("child_view_followed", True):
        return True
    missing = [] if it.text("why_not_followed") else ["the reason"]
    return told([*missing, *([] if it.given.get("child_told_on") else ["the day the child was told"])])


def child_and_family_say(it: Situation) -> bool | str:
    """What the child and the family say on the plan."""
    child = it.text("child_views") or it.text("child_views_why_not")
    missing = [] if child else ["what the child says"]
    return told([*missing, *([] if it.text("family_views") else ["what the family says"])])


def conference_answered(it: Situation) -> bool | str:
    """Whether a family group conference took place and, if not, whether the family agrees to one."""
    held = it.life.first(("family_group_conference_held",), it.opened, it.on)
    return held is not None or bool(it.text("conference_answer"))


def conference_offered(it: Situation) -> bool | str:
    """The family was offered a family group conference in this involvement: offered, declined or held."""
    kinds = tuple(f"family_group_conference_{step}" for step in ("offered", "declined", "held"))
    return it.life.first(kinds, it.opened, it.on) is not None


# The gateway


def draft_documents_dated_if_unborn(it: Situation) -> bool | str:
    """For an unborn child the day on which the draft documents will be ready is set."""
    return not it.life.unborn_on(it.on) or bool(it.given.get("draft_documents_on"))


def birth_decision_dated_if_unborn(it: Situation) -> bool | str:
    """For an unborn child the day of the decision on care after birth is set."""
    return not it.life.unborn_on(it.on) or bool(it.given.get("birth_decision_on"))


def review_dated(it: Situation) -> bool | str:
    """The day of the review is set."""
    return bool(it.given.get("review_on"))


def review_in_time_before_birth(it: Situation) -> bool | str:
    """For an unborn child the review lies no later than two weeks before the expected date of birth."""
    review, expected = it.given.get("review_on"), it.life.birth_expected
    if not it.life.unborn_on(it.on) or expected is None or review is None:
        return True
    return bool(review <= expected - timedelta(days=14))


def early_permanence_answered_under_three(it: Situation) -> bool | str:
    """Unborn or under three: early permanence is considered now or was in this involvement."""
    third = it.life.birthday(3)
    young = it.life.unborn_on(it.on) or (third is not None and it.on < third)
    before = it.life.first(("early_permanence_considered",), it.opened, it.on)
    return not young or before is not None or bool(it.text("early_permanence_answer"))


def early_permanence_answered(it: Situation) -> bool | str:
    """Early permanence has an answer, whatever the age."""
    return bool(it.text("early_permanence_answer"))


# Reviews


def _second_review_or_later(it: Situation) -> bool:
    period = it.life.period_on(it.on)
    start = period.start if period else date.max
    earlier = [e for e in it.life.all("review_held") if start <= e.on < it.on]
    return bool(earlier)


def plans_by_second_review(it: Situation) -> bool | str:
    """From the second review of a period of care a parallel and a contingency plan are there."""
    if not _second_review_or_later(it):
        return True
    plans = (("parallel", it.now.parallel_plan), ("contingency", it.now.contingency_plan))
    opened = it.opened
    return told(
        f"a {name} plan"
        for name, route in plans
        if not route and it.life.first((f"{name}_plan_recorded",), opened, it.on) is None
    )


def plan_by_second_review(it: Situation) -> bool | str:
    """From the second review of a period of care an agreed, written permanence plan is there."""
    kinds = ("permanence_plan_agreed", "permanence_plan_confirmed")
    there = it.life.first(kinds, it.opened, it.on) is not None
    return there or not _second_review_or_later(it)


def return_home_looked_at(it: Situation) -> bool | str:
    """Longer in care than the limit: return home was looked at again in this period of care."""
    period = it.life.period_on(it.on)
    if not it.life.looked_after_on(it.on) or period is None or it.limit is None:
        return True
    if it.on <= it.limit.after(period.start):
        return True
    return it.life.first(("return_home_reviewed",), period.start, it.on) is not None


def rated_with_reason(it: Situation) -> bool | str:
    """A rating of the meeting's own words, with its reason."""
    words = it.meeting.rating if it.meeting else ()
    return told(
        [
            *([] if it.text("rating") in words and it.text("rating") else ["the rating"]),
            *([] if it.text("rating_reason") else ["its reason"]),
        ]
    )


def reviewing_officer_wrote(it: Situation) -> bool | str:
    """The reviewing officer asks, notes or challenges something, in writing."""
    return bool(it.text("reviewing_officer_entry"))


def wishes_and_plan_judged(it: Situation) -> bool | str:
    """The reviewing officer says whether wishes were considered and the plan fits; no is an answer."""
    asked = {
        "wishes_considered": "whether the child's wishes and feelings had due consideration",
        "plan_fits_needs": "whether the plan fits the child's needs",
    }
    return told(words for name, words in asked.items() if it.given.get(name) is None)


def legal_status_judged(it: Situation) -> bool | str:
    """The reviewing officer says whether the legal status is still right; no is an answer."""
    return it.given.get("legal_status_right") is not None


def permanence_question_answered(it: Situation) -> bool | str:
    """How the child's permanence needs are being met is written."""
    return bool(it.text("needs_met"))


def family_solutions_answered(it: Situation) -> bool | str:
    """The family solutions that were thought of are written."""
    return bool(it.text("family_solutions"))


# What is decided


def decision_has_maker_and_grounds(it: Situation) -> bool | str:
    """A decision says who made it, in which role, and on what grounds."""
    if not it.text("decision"):
        return True
    missing = [] if it.text("approved_by") else ["who decided, in which role"]
    return told([*missing, *([] if it.text("basis") else ["the grounds"])])


def delays_explained(it: Situation) -> bool | str:
    """Nothing is overdue without a reason and a responsible person."""
    return told(it.given.get("delays_unexplained", ()))


def plan_is_agreed(it: Situation) -> bool | str:
    """A permanence plan was agreed in this involvement or is agreed now."""
    agreed = it.life.first(("permanence_plan_agreed", "permanence_plan_confirmed"), it.opened, it.on)
    return agreed is not None or bool(it.given.get("plan_agreed"))


AT_MEETINGS: dict[str, Need] = {
    need.__name__: need
    for need in (
        chair_allowed,
        all_invited,
        papers_there,
        agenda_answered,
        child_heard,
        reason_when_not_followed,
        child_and_family_say,
        conference_answered,
        conference_offered,
        draft_documents_dated_if_unborn,
        birth_decision_dated_if_unborn,
        review_dated,
        review_in_time_before_birth,
        early_permanence_answered_under_three,
        early_permanence_answered,
        plans_by_second_review,
        plan_by_second_review,
        return_home_looked_at,
        rated_with_reason,
        reviewing_officer_wrote,
        wishes_and_plan_judged,
        legal_status_judged,
        permanence_question_answered,
        family_solutions_answered,
        decision_has_maker_and_grounds,
        delays_explained,
        plan_is_agreed,
    )
}
