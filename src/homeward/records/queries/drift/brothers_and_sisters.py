"""Brothers and sisters whose plans wait for one of them, until a dated decision says what is done (DUD-044).

The record knows brothers and sisters by the meetings at which they are minuted together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from homeward.domain.standing import ROUTE_WORDS
from homeward.domain.wording import day_words
from homeward.records.models import Child, MeetingItem, PermanencePlan
from homeward.records.queries.drift.line import Asking, Line, Told, by_whom, decisions, named

KIND = "group"
HEADINGS = ("Brothers and sisters", "Why their plans wait for this child", "Decision")


def lines(asking: Asking) -> list[Line]:
    """Each child whose plan holds up the others, with no decision since their plans last changed."""
    children = asking.children("core", "history").filter(standing__in_scope=True)
    groups = _groups(children.values_list("pk", flat=True))
    known = named(children, {pk for group in groups for pk in group})
    plans = _main_plans(known)
    decided = decisions(known, KIND)
    found = []
    for group in groups:
        own = {pk: plans.get(pk) for pk in sorted(group, key=lambda pk: known[pk].name.casefold())}
        changed = max((_day(plan) for plan in own.values() if plan), default=date.min)
        made = max((decided[pk] for pk in group if pk in decided), key=lambda d: d.decided_on, default=None)
        if made is not None and made.decided_on >= changed:
            continue
        words = Told("overdue", "None recorded yet")
        if made is not None:
            words = Told("overdue", f"None since the plans changed on {day_words(changed)}; {by_whom(made)}")
        for pk, reasons in _holding(own, known):
            others = tuple(known[other].name for other in own if other != pk)
            found.append(Line(known[pk], (others, tuple(reasons), words)))
    return found


def _groups(children: Iterable[int]) -> list[set[int]]:
    """Those who were ever minuted together, of these children; who was with two groups joins them."""
    rows = MeetingItem.objects.filter(child__in=list(children)).exclude(together="")
    together: dict[tuple[int, str], set[int]] = defaultdict(set)
    for meeting, key, child in rows.order_by("pk").values_list("meeting_id", "together", "child_id"):
        together[meeting, key].add(child)
    groups: list[set[int]] = []
    for found in together.values():
        apart = [group for group in groups if group.isdisjoint(found)]
        groups = [*apart, found.union(*(group for group in groups if not group.isdisjoint(found)))]
    return [group for group in groups if len(group) > 1]


def _main_plans(children: Iterable[int]) -> dict[int, PermanencePlan]:
    plans = PermanencePlan.current.filter(child__in=list(children), position="main", ended_on=None)
    return {plan.child_id: plan for plan in plans.order_by("start", "pk")}


def _day(plan: PermanencePlan) -> date:
    """The day on which a plan last changed by being recorded, agreed or confirmed."""
    return max((on for on in (plan.recorded_on, plan.agreed_on, plan.confirmed_on) if on), default=date.min)


def _holding(
    own: dict[int, PermanencePlan | None], known: dict[int, Child]
) -> Iterable[tuple[int, list[str]]]:
    """(child, why the others wait): no plan yet, a plan that waits, or plans that pull apart."""
    routes = {plan.route for plan in own.values() if plan}
    ready = [known[pk].name for pk, plan in own.items() if plan and plan.agreed_on and not plan.waits_for]
    if not routes:
        return
    apart = "; ".join(
        f"{known[pk].name}: {ROUTE_WORDS.get(plan.route, plan.route).lower()}"
        for pk, plan in own.items()
        if plan
    )
    told = False
    for pk, plan in own.items():
        reasons = []
        others = " and ".join(name for name in ready if name != known[pk].name)
        if plan is None:
            reasons.append("No main plan is recorded, while the others have one")
        elif plan.waits_for and others:
            waits = f"The plan waits for: {', '.join(plan.waits_for)}"
            reasons.append(f"{waits}; the plan of {others} is agreed and waits for nothing")
        if len(routes) > 1 and not told and plan is not None:
            reasons.append(f"Their main plans differ: {apart}")
            told = True
        if reasons:
            yield pk, reasons
