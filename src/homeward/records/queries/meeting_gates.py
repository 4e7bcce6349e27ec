"""What the council's policy still asks of a meeting and of what is written there about a child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from homeward.domain.events import History
from homeward.domain.gates import Unmet, asked
from homeward.domain.meetings import Meeting as Series
from homeward.domain.policy import Rule
from homeward.domain.step_answers import BY_DECISION, wanted
from homeward.domain.steps import DAYS, LISTS, Situation
from homeward.records.history import histories, history_of
from homeward.records.models import (
    Delay,
    GateAnswer,
    KeptDeadline,
    Meeting,
    MeetingItem,
    OptionAnswer,
    PermanencePlan,
)
from homeward.records.queries.authorities import policy_of

# What every minute says already, in a field of its own.
SAID_ANYWAY = frozenset(
    {"child_views", "child_views_why_not", "approved_by", "approval_reason", "no_order_reason"}
    | {"less_intervention_reason", "considered_at_review", "chaired_as", "invited"}
)
ITEM_ACTS = ("hold_meeting", "confirm_item", "close_item")


def fields_asked(pack: str, series: Series, minute: dict[str, Any]) -> tuple[str, ...]:
    """The fields that the policy's gates look at: at this meeting, and before what is decided there."""
    acts = ("close_item", *(act for act in _acts(minute) if act not in ITEM_ACTS))
    asked_for = wanted(pack, acts, series).names
    return tuple(name for name in asked_for if name not in SAID_ANYWAY)


def histories_of(items: Iterable[MeetingItem]) -> dict[int, History]:
    """Child -> history, of a whole meeting at once: a hundred children ask no more often than one."""
    return dict(histories([item.child_id for item in items]))


def in_the_way(item: MeetingItem, series: Series, history: History | None = None) -> list[Unmet]:
    """Everything that the policy asks of the item as it is written now, each once, stops first."""
    situation = _situation(item, history or history_of(item.child))
    found: dict[str, Unmet] = {}
    for act in _acts(item.minute):
        for unmet in asked(item.meeting.authority.pack, act, series.key, situation):
            found.setdefault(unmet.gate.key, unmet)
    return sorted(found.values(), key=lambda one: not one.stops)


def answered(item: MeetingItem, unmet: Unmet) -> bool:
    """Whether it was gone on with a reason or, of a stop, overridden by a role that may."""
    said = item.minute.get("gates", {}).get(unmet.gate.key, {})
    if not said.get("reason"):
        return False
    return not unmet.stops or said.get("by_role") in unmet.gate.may_override


def gone_past(item: MeetingItem, series: Series, history: History | None = None) -> list[dict[str, Any]]:
    """The GateAnswers of an item, as signing records them."""
    found = []
    for unmet in in_the_way(item, series, history):
        if answered(item, unmet):
            said = item.minute["gates"][unmet.gate.key]
            answer = GateAnswer.OVERRIDDEN if unmet.stops else GateAnswer.ASKED
            found.append({"gate": unmet.gate.key, "answer": answer, "says": unmet.sentence, **said})
    return found


def _acts(minute: dict[str, Any]) -> Iterator[str]:
    yield from ITEM_ACTS
    if minute.get("plans"):
        yield "agree_plan"
    if any(one["answer"] == OptionAnswer.RULED_OUT for one in minute.get("options", ())):
        yield "rule_out_route"
    for one in minute.get("decisions", ()):
        if one["kind"] in BY_DECISION:
            yield BY_DECISION[one["kind"]]


def _situation(item: MeetingItem, history: History) -> Situation:
    meeting = item.meeting
    return Situation(
        history=history,
        today=meeting.on,
        held_on=meeting.on,
        given=_given(item),
        chair_role=meeting.chair_role,
        papers=tuple(item.papers),
        invited=tuple(who for who, _, came in meeting.attended if came),
        first=not item.subsequent,
    )


def _given(item: MeetingItem) -> dict[str, Any]:
    minute, child = item.minute, item.child
    decision: dict[str, str] = next(iter(minute.get("decisions", ())), {})
    option: dict[str, str] = next(
        (one for one in minute.get("options", ()) if one["answer"] == OptionAnswer.RULED_OUT), {}
    )
    plans = list(PermanencePlan.current.filter(child=child, ended_on=None))
    main = next((plan for plan in plans if plan.position == "main"), None)
    own = minute.get("given", {})
    return {
        **{name: _typed(name, said) for name, said in own.items()},
        "child_views": minute.get("child_says", ""),
        "child_views_why_not": minute.get("child_says_why_not", ""),
        "family_views": own.get("family_views") or "; ".join(o["words"] for o in minute.get("others", ())),
        "answered": tuple(heading for heading, text in minute.get("sections", {}).items() if text),
        "decision": decision.get("what", ""),
        "approved_by": decision.get("maker_role", "") or option.get("signed_role", ""),
        "basis": decision.get("basis", ""),
        "reason": option.get("reason", ""),
        "route": option.get("route", "") or (main.route if main else ""),
        "rating": minute.get("rating", ""),
        "rating_reason": minute.get("rating_why", ""),
        "review_on": _day(minute.get("next_on", "")),
        "plan_agreed": bool(minute.get("plans")),
        "less_intervention_reason": main.least_intervention if main else "",
        "no_order_reason": main.least_intervention if main else "",
        "routes": _routes(item),
        "open_assessments": tuple(words for plan in plans for words in plan.waits_for),
        "delays_unexplained": _unexplained(item),
    }


def _typed(name: str, said: str) -> Any:
    if name in DAYS:
        return _day(said)
    if name in LISTS:
        return tuple(line.strip() for line in said.splitlines() if line.strip())
    return {"yes": True, "no": False}.get(said, said or None)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _routes(item: MeetingItem) -> tuple[str, ...]:
    """Routes with an answer, before the meeting or at it."""
    before = OptionAnswer.current.filter(child=item.child).values_list("route", flat=True)
    return tuple({*before, *(one["route"] for one in item.minute.get("options", ()))})


def _unexplained(item: MeetingItem) -> tuple[str, ...]:
    """Dates overdue on the day of the meeting while no cause of delay stands."""
    meeting: Meeting = item.meeting
    if Delay.current.filter(child=item.child, from_on__lte=meeting.on, until_on=None).exists():
        return ()
    policy = policy_of(meeting.authority)
    rules: dict[str, Rule] = {rule.key: rule for rule in policy.rules}
    late = KeptDeadline.objects.filter(
        child=item.child, met_on=None, ended_on=None, cannot_say="", due_on__lt=meeting.on
    )
    keys = late.order_by("due_on").values_list("rule", flat=True)
    return tuple(dict.fromkeys(rules[key].title for key in keys if key in rules))
