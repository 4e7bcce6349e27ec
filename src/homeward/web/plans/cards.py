"""A plan, a position and a route as their cards say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from homeward.domain.packs import Pack
from homeward.domain.plans import POSITION_WORDS
from homeward.records.models import PermanencePlan
from homeward.records.queries.child_page import ChildPage
from homeward.records.queries.grades_page import Judged
from homeward.records.queries.plans_page import Plan, Position, RouteLine, role_words
from homeward.records.queries.said import OPEN, Said, by_urgency
from homeward.reports import words

_TONES = {
    "Proposed": "soon",
    "Agreed": "ok",
    "Confirmed": "ok",
    "Achieved": "ok",
}
SOON = 28  # days
# Where a policy says that more than one plan is made: the texts of its pack, the best first.
SAYS_OF_LESS = ("least_intervention", "no_order")
_SAYS = ("parallel_planning", "plans_together", "order_of_options")


def position(each: Position, page: ChildPage, judged: Judged | None = None) -> dict[str, Any]:
    because = each.none_because if not each.plans else None
    return {
        "key": each.key,
        "words": words.POSITIONS[each.key],
        "named": POSITION_WORDS[each.key],
        "plans": [plan(one, page) | _judged(one, judged) for one in each.plans],
        "due": None if each.plans else _due(each.key, page),
        "because": because,
        "because_role": role_words(because.maker_role) if because and because.maker_role else "",
    }


def _judged(each: Plan, judged: Judged | None) -> dict[str, Any]:
    """What was last said of how good the plan is, for who is shown the history."""
    if judged is None:
        return {}
    return {"judged": next(iter(judged.plans.get(each.fact.pk, ())), None), "may_read": True}


def _due(key: str, page: ChildPage) -> Said | None:
    """The first open date by which the policy expects a plan in this position."""
    kind = "permanence_plan_recorded" if key == "main" else f"{key}_plan_recorded"
    open_ones = [said for said in page.dates if said.status in OPEN and kind in said.rule.met_by]
    return next(iter(by_urgency(open_ones)), None)


def plan(each: Plan, page: ChildPage) -> dict[str, Any]:
    fact, as_at = each.fact, page.as_at
    return {
        "uid": fact.uid,
        "position": fact.position,
        "named": words.POSITIONS[fact.position],
        "route": fact.route,
        "fact": fact,
        "state": each.state,
        "tone": _TONES.get(each.state.word, "quiet"),
        "steps": each.steps,
        "agreed": each.agreed,
        "confirmed": each.confirmed,
        "why_ended": words.begun(each.why_ended or (fact.reason if each.ended else "")),
        "target": _ahead(fact.target_on, as_at, "passed"),
        "switch": _ahead(fact.switch_on, as_at, "the day has come"),
    }


def _ahead(on: date | None, as_at: date, passed: str) -> dict[str, Any] | None:
    """A day that was set in advance, with how far it is."""
    if on is None:
        return None
    days = (on - as_at).days
    if days < 0:
        return {"on": on, "tone": "late", "words": f"{passed} {words.count(-days, 'day')} ago"}
    if days == 0:
        return {"on": on, "tone": "soon", "words": "today"}
    near = days <= SOON
    return {"on": on, "tone": "soon" if near else "quiet", "words": f"in {words.count(days, 'day')}"}


def version(fact: PermanencePlan) -> dict[str, Any]:
    """Who changed a plan meanwhile, when and why."""
    return {
        "uid": fact.uid,
        "by": fact.recorded_by.name if fact.recorded_by else "an import",
        "on": fact.recorded_at.date(),
        "reason": fact.reason_recorded,
    }


def policy_says(own: Pack, slugs: Sequence[str] = _SAYS) -> dict[str, Any] | None:
    """What the council's policy says of more than one plan (or of another thing), with its promises."""
    texts = {text["slug"]: text for text in own.guidance}
    slug = next((slug for slug in slugs if slug in texts), "")
    return {**texts[slug], "title": own.title} if slug else None


def unanswered(lines: Sequence[RouteLine]) -> dict[str, Any]:
    return {
        "total": len(lines),
        "open": [line.option.title for line in lines if line.unanswered],
        "again": [line.option.title for line in lines if line.again],
    }
