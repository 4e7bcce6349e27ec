"""The plan for a child's return home as its page needs it: what it says, what is due, and how it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from homeward.domain import codes
from homeward.domain.packs import Pack, pack
from homeward.domain.policy import Duration, duration
from homeward.domain.returning import (
    ACCOMMODATED,
    AT_HOME,
    HELP,
    MET,
    MILESTONE,
    NEAR,
    OUTCOME_WORDS,
    SAFEST,
    SOCIAL_WORK,
    UNDER_AN_ORDER,
    WENT_HOME,
    WITH_PARENTS,
    Back,
    Due,
    Held,
    next_on,
    went_back,
)
from homeward.domain.wording import day_words, days_words
from homeward.records.models import Child, Fact, ReturnPlan, ReturnReview, ReturnStep
from homeward.records.operations.decisions import decider_words
from homeward.records.operations.returning import missing
from homeward.records.queries.child_page import ChildPage

REVIEW, CHECK = "Review", "Check"
_SILENT = "Not recorded"
# The settings of a council's pack that say how often (docs/reference/policy-packs.md).
EVERY = {REVIEW: "return_plan_review", CHECK: "return_check"}


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was said before a change: by whom, when and why it was changed."""

    words: str
    by: str
    at: datetime
    why: str


@dataclass(slots=True)
class StepLine:
    """Help or a milestone, read on a day."""

    fact: ReturnStep
    as_at: date

    @property
    def open(self) -> bool:
        closed = self.fact.closed_on
        return self.fact.state == "open" or (closed is not None and closed > self.as_at)

    @property
    def due(self) -> Due:
        return Due("", self.fact.by_on, self.as_at)

    @property
    def status(self) -> str:
        if self.open:
            return self.due.status
        if self.fact.state == "not_needed":
            return "ended"
        late = self.fact.by_on and self.fact.closed_on and self.fact.closed_on > self.fact.by_on
        return "done_late" if late else "done_on_time"

    @property
    def words(self) -> str:
        if not self.open and self.fact.closed_on:
            word = "Done" if self.fact.state == "done" else "No longer needed since"
            return f"{word} {day_words(self.fact.closed_on)}"
        return self.due.words


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review or a check in words; the child's own only where `voice` is shown."""

    fact: ReturnReview
    voice: bool

    @property
    def role(self) -> str:
        return decider_words(self.fact.by_role)

    @property
    def at_home(self) -> str:
        return AT_HOME.get(self.fact.at_home, _SILENT)

    @property
    def milestones(self) -> str:
        return MET.get(self.fact.milestones, _SILENT)

    @property
    def social_work(self) -> str:
        return SOCIAL_WORK.get(self.fact.social_work, _SILENT)

    @property
    def feels_safe(self) -> str:
        safe = self.fact.feels_safe
        return "" if safe is None or not self.voice else f"{safe} of {SAFEST}"

    @property
    def child_says(self) -> str:
        return self.fact.child_says if self.voice else ""


@dataclass(slots=True)
class WayHome:
    """One plan with its steps and reviews, read on a day; `voice` is whether the child's words are shown."""

    fact: ReturnPlan
    as_at: date
    own: Pack
    voice: bool
    steps: list[StepLine] = field(default_factory=list)
    reviews: list[ReturnReview] = field(default_factory=list)  # newest first
    earlier: list[Earlier] = field(default_factory=list)
    back: Back | None = None

    @property
    def helps(self) -> list[StepLine]:
        return [line for line in self.steps if line.fact.kind == HELP]

    @property
    def milestones(self) -> list[StepLine]:
        return [line for line in self.steps if line.fact.kind == MILESTONE]

    @property
    def home(self) -> bool:
        """The child has gone home under it."""
        return self.fact.returned_on is not None and self.fact.returned_on <= self.as_at

    @property
    def ended(self) -> bool:
        return self.fact.ended_on is not None and self.fact.ended_on <= self.as_at

    @property
    def outcome(self) -> str:
        return OUTCOME_WORDS.get(self.fact.outcome, "")

    @property
    def best_role(self) -> str:
        return decider_words(self.fact.best_role)

    @property
    def missing(self) -> list[str]:
        return missing(self.fact)

    @property
    def before(self) -> list[ReviewLine]:
        return [ReviewLine(review, self.voice) for review in self.reviews if not review.after_return]

    @property
    def checks(self) -> list[ReviewLine]:
        return [ReviewLine(review, self.voice) for review in self.reviews if review.after_return]

    @property
    def every(self) -> str:
        """How often the council looks at it, in words; empty where its policy gives no number."""
        told = self.own.settings.get(EVERY[CHECK if self.home else REVIEW])
        return str(told["value"]).removeprefix("1 ") if told else ""

    @property
    def promises(self) -> list[str]:
        told = self.own.settings.get(EVERY[CHECK if self.home else REVIEW], {})
        return list(told.get("promises", ()))

    @property
    def due(self) -> Due:
        return due_of(self.fact, self.reviews, self.own, self.as_at)

    @property
    def target(self) -> Due | None:
        return target_of(self.fact, self.as_at)

    @property
    def words(self) -> str:
        return said_words(self.fact)


def due_of(plan: ReturnPlan, reviews: Sequence[ReturnReview], own: Pack, as_at: date) -> Due:
    """The next review or, once the child is home, the next check of one plan."""
    home = plan.returned_on is not None and plan.returned_on <= as_at
    what = CHECK if home else REVIEW
    begun = plan.returned_on if home and plan.returned_on else plan.opened_on
    held = [Held(each.held_on, each.next_on) for each in reviews if each.after_return == home]
    return Due(what, next_on(begun, plan.next_on, held, interval(own, what)), as_at)


def target_of(plan: ReturnPlan, as_at: date) -> Due | None:
    """The day by which the child should be home; None once it is, or where no day is set."""
    if plan.target_on is None or (plan.returned_on and plan.returned_on <= as_at):
        return None
    return Due("Home", plan.target_on, as_at, NEAR)


def interval(own: Pack, what: str) -> Duration | None:
    """How often a council looks at it, where its pack says so."""
    told = own.settings.get(EVERY[what])
    return duration(told["value"]) if told else None


class Recorded(NamedTuple):
    """What the record of homes and of care says of a going home; `offered` when the day may be that one."""

    on: date
    words: str
    offered: bool


@dataclass(slots=True)
class ReturnPage:
    """Every plan for a child's return: the one that is open, and those that ended, the newest first."""

    current: WayHome | None
    ended: list[WayHome]
    recorded: list[Recorded]
    law: str  # `order`, `accommodated` or empty: what the law asks before a return
    approved_on: date | None  # of a placement with parents, where it is recorded

    @property
    def offered(self) -> date | None:
        return next((told.on for told in self.recorded if told.offered), None)


def page_of(page: ChildPage) -> ReturnPage:
    """Of a child whose record is open with `history`; the child's words need `voice`."""
    ways = _ways(page)
    current = next((way for way in ways if not way.ended), None)
    since = current.fact.opened_on if current else page.standing.in_care_since or page.as_at
    status = page.standing.legal_status
    law = "order" if status in UNDER_AN_ORDER else "accommodated" if status == ACCOMMODATED else ""
    approved = [
        event.on
        for event in page.events
        if event.kind == "placement_with_parents_approved" and since <= event.on <= page.as_at
    ]
    return ReturnPage(
        current,
        [way for way in ways if way.ended],
        recorded_since(page, since),
        law,
        max(approved, default=None),
    )


def recorded_since(page: ChildPage, since: date) -> list[Recorded]:
    """Moves to parents and ends of care from a day on, as the record has them; without `legal`, no reason."""
    where = codes.label("PLACE", WITH_PARENTS)
    found = [
        Recorded(home.start, f"Lives {where} since {day_words(home.start)}", True)
        for home in page.homes
        if home.code == WITH_PARENTS and home.start >= since
    ]
    for event in page.events:
        if event.kind == "ceased_looked_after" and since <= event.on <= page.as_at:
            why = f": {codes.label('REC', event.detail)}" if event.detail else ""
            offered = event.detail in WENT_HOME or not event.detail
            found.append(Recorded(event.on, f"Left our care on {day_words(event.on)}{why}", offered))
    return sorted(found)


def _ways(page: ChildPage) -> list[WayHome]:
    as_at, child = page.as_at, page.child
    versions = {fact.pk: fact for fact in _read(ReturnPlan, child)}
    steps = [fact for fact in _read(ReturnStep, child) if _stands(fact) and fact.agreed_on <= as_at]
    reviews = [fact for fact in _read(ReturnReview, child) if _stands(fact) and fact.held_on <= as_at]
    came = [event.on for event in page.events if event.kind == "became_looked_after" and event.on <= as_at]
    moves = [(home.start, home.code) for home in page.homes]
    ways = []
    for fact in versions.values():
        if not _stands(fact) or fact.opened_on > as_at:
            continue
        way = WayHome(fact, as_at, pack(child.authority.pack), "voice" in page.fields)
        way.steps = [StepLine(step, as_at) for step in steps if step.plan == fact.thread]
        way.steps.sort(key=lambda line: (not line.open, line.fact.by_on or date.max, line.fact.pk))
        way.reviews = [review for review in reviews if review.plan == fact.thread]
        way.reviews.sort(key=lambda review: (review.held_on, review.pk), reverse=True)
        way.earlier = _earlier(fact, versions)
        if way.home and fact.returned_on:
            way.back = went_back(fact.returned_on, came, moves)
        ways.append(way)
    return sorted(ways, key=lambda way: (way.fact.opened_on, way.fact.pk), reverse=True)


def _read(model: Any, child: Child) -> list[Any]:
    return list(model.objects.filter(child=child).select_related("recorded_by").order_by("pk"))


def _stands(fact: Fact) -> bool:
    return fact.superseded_at is None and not fact.withdrawn


def _earlier(fact: ReturnPlan, versions: dict[int, ReturnPlan]) -> list[Earlier]:
    found = []
    while fact.replaces_id is not None:
        before = versions[fact.replaces_id]
        who = fact.recorded_by.name if fact.recorded_by else ""
        found.append(Earlier(said_words(before), who, fact.recorded_at, fact.reason_recorded))
        fact = before
    return found


def said_words(fact: ReturnPlan) -> str:
    """What a plan says, short: to whom, by when, agreed by whom, and how far it is."""
    target = f"target {day_words(fact.target_on)}" if fact.target_on else "no target date"
    conditions = "; ".join(filter(None, map(str.strip, fact.conditions.splitlines())))
    parts = [f"To whom: {fact.to_whom}", target, f"conditions: {conditions}" if conditions else ""]
    if fact.best_on:
        parts.append(f"agreed as the best plan by {fact.best_by} on {day_words(fact.best_on)}")
    if fact.returned_on:
        parts.append(f"home since {day_words(fact.returned_on)}")
    if fact.ended_on:
        parts.append(f"{OUTCOME_WORDS.get(fact.outcome, 'ended').lower()} on {day_words(fact.ended_on)}")
    return " – ".join(part for part in parts if part)


def step_words(fact: ReturnStep) -> str:
    by = f"by {day_words(fact.by_on)}" if fact.by_on else "no day agreed"
    state = "" if fact.state == "open" else f" – {fact.state.replace('_', ' ')}: {fact.says}"
    return f"{fact.what} – {fact.who or 'nobody named'}, {by}{state}"


def review_words(fact: ReturnReview) -> str:
    """Without the child's own words."""
    return f"{day_words(fact.held_on)}, {fact.by_name}: {fact.says}"


def plan_of(child: Child, uid: str) -> ReturnPlan | None:
    """A version of a plan, by its own id."""
    return ReturnPlan.objects.filter(child=child, uid=uid).select_related("child__authority").first()


def plan_of_thread(child: Child, thread: Any) -> ReturnPlan | None:
    """The plan as it stands, by the id that all its versions have."""
    return ReturnPlan.current.filter(child=child, thread=thread).select_related("child__authority").first()


def step_of(child: Child, uid: str) -> ReturnStep | None:
    return ReturnStep.objects.filter(child=child, uid=uid).select_related("child").first()


def review_of(child: Child, uid: str) -> ReturnReview | None:
    return ReturnReview.objects.filter(child=child, uid=uid).select_related("child").first()


def open_return(page: ChildPage) -> WayHome | None:
    """The plan that stands on the day of the page, for pages beside; nothing without `history`."""
    if "history" not in page.fields:
        return None
    return next((way for way in _ways(page) if not way.ended), None)


def care_began_words(page: ChildPage) -> str:
    """When the child came into care, as the record has it, and how long ago."""
    since = page.standing.in_care_since
    if not page.standing.in_care:
        return "Not in our care"
    if since is None:
        return "In our care; the return does not hold the start"
    return f"In our care since {day_words(since)}, for {days_words((page.as_at - since).days)}"
