"""The register of decisions: of a child with what was said earlier, and of all in a person's reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from homeward.domain.wording import day_words, days_words, status_words
from homeward.records.access import Actor, children_shown_to, field_sets_by_child
from homeward.records.fields import LEGAL_DECISIONS
from homeward.records.models import Authority, Child, Decision
from homeward.records.operations.decisions import KINDS, decider_words
from homeward.records.queries.child_page import ChildPage

NOT_SHOWN = "Not shown to you"
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a decision said before it was corrected: by whom, when and why it was."""

    words: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Again:
    """When a decision is looked at again, in the words of a date."""

    status: str
    words: str


@dataclass(slots=True)
class DecisionLine:
    """A decision read on a day; what the child thinks of it only for who is shown the child's voice."""

    fact: Decision
    as_at: date
    voice: bool = True
    earlier: list[Earlier] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return str(self.fact.uid)

    @property
    def child(self) -> Child:
        return self.fact.child

    @property
    def kind(self) -> str:
        return KINDS.get(self.fact.kind, self.fact.kind)

    @property
    def role(self) -> str:
        return decider_words(self.fact.maker_role)

    @property
    def child_view(self) -> str:
        return self.fact.child_view if self.voice else NOT_SHOWN

    @property
    def why_not_followed(self) -> str:
        return self.fact.why_not_followed if self.voice else ""

    @property
    def again(self) -> Again | None:
        due = self.fact.review_on
        if due is None:
            return None
        status = "overdue" if due < self.as_at else "due_soon" if due <= self.as_at + SOON else "on_track"
        return Again(status, status_words(status, due, (self.as_at - due).days))

    @property
    def told(self) -> bool:
        return self.fact.told_on is not None

    @property
    def waits(self) -> bool:
        """Nobody has told the child, or said why not."""
        return not self.told and not self.fact.told_how

    @property
    def status(self) -> str:
        return "done_on_time" if self.told else "due_soon" if self.waits else "ended"

    @property
    def words(self) -> str:
        """Whether the child was told; how long it has been when not, without a limit that no law sets."""
        if self.fact.told_on:
            return f"Told on {day_words(self.fact.told_on)}"
        if not self.waits:
            return "Not told yet, with a reason"
        return f"Not told yet, {days_words((self.as_at - self.fact.decided_on).days)} on"


def of_child(page: ChildPage) -> list[DecisionLine]:
    """The child's decisions made by the day of the page, the newest first, with their earlier versions."""
    everything = list(_read(Decision.objects.filter(child=page.child)))
    by_pk = {fact.pk: fact for fact in everything}
    voice = "voice" in page.fields
    lines = []
    for fact in everything:
        if fact.superseded_at or fact.withdrawn or fact.decided_on > page.as_at:
            continue
        if is_shown(fact, page.fields):
            line = DecisionLine(fact, page.as_at, voice)
            line.earlier = _earlier(fact, by_pk, page.fields)
            lines.append(line)
    return sorted(lines, key=lambda line: (line.fact.decided_on, line.fact.pk), reverse=True)


def is_shown(fact: Decision, fields: frozenset[str]) -> bool:
    """A decision about legal steps tells of an order."""
    return "legal" in fields or fact.kind not in LEGAL_DECISIONS


def decision_of(child: Child, uid: str) -> Decision | None:
    return _read(Decision.objects.filter(child=child, uid=uid)).first()


def said_words(fact: Decision) -> str:
    """A decision in a line: what, who and when, and whether the child was told."""
    told = f"; the child was told on {day_words(fact.told_on)}" if fact.told_on else ""
    role = decider_words(fact.maker_role)
    maker = f"{fact.maker}, {role}" if role else fact.maker
    return f"{fact.what} – {maker}, {day_words(fact.decided_on)}{told}. {fact.basis}"


def _earlier(fact: Decision, by_pk: dict[int, Decision], fields: frozenset[str]) -> list[Earlier]:
    found = []
    while fact.replaces_id is not None and fact.replaces_id in by_pk:
        before = by_pk[fact.replaces_id]
        who = fact.recorded_by.name if fact.recorded_by else ""
        if is_shown(before, fields):
            found.append(Earlier(said_words(before), who, fact.recorded_at, fact.reason_recorded))
        fact = before
    return found


# ---- The register ----


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked to see; `maker` and `child` are parts of names."""

    maker: str = ""
    child: str = ""
    role: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    told: str = ""  # yes | no
    again: str = ""  # due: to be looked at again by now; set: a day is agreed


def in_reach(actor: Actor, authority: Authority) -> QuerySet[Decision]:
    """Every decision about the children this person sees, legal steps only where orders are shown."""
    legal = Q(child__in=children_shown_to(actor, "history", "legal")) | ~Q(kind__in=LEGAL_DECISIONS)
    children = children_shown_to(actor, "history").filter(authority=authority)
    return _read(Decision.current.filter(legal, child__in=children))


def wanted(actor: Actor, authority: Authority, asked: Wanted, today: date) -> QuerySet[Decision]:
    """The newest first; of those not told to the child or to be looked at again, the longest wait."""
    found = in_reach(actor, authority)
    if asked.maker:
        found = found.filter(maker__icontains=asked.maker)
    if asked.child:
        of_code = Q(child__identifiers__value__istartswith=asked.child)
        found = found.filter(Q(child__called__icontains=asked.child) | of_code).distinct()
    for name, value in (("maker_role", asked.role), ("kind", asked.kind)):
        if value:
            found = found.filter(**{name: value})
    if asked.since:
        found = found.filter(decided_on__gte=asked.since)
    if asked.until:
        found = found.filter(decided_on__lte=asked.until)
    if asked.again:
        found = found.filter(review_on__isnull=False).order_by("review_on", "pk")
        return to_look_at(found, today) if asked.again == "due" else found
    if asked.told == "yes":
        found = found.filter(told_on__isnull=False)
    if asked.told == "no":
        return not_told(found).order_by("decided_on", "pk")
    return found.order_by("-decided_on", "-pk")


def to_look_at(found: QuerySet[Decision], today: date) -> QuerySet[Decision]:
    """Those whose day to be looked at again has come."""
    return found.filter(review_on__lte=today)


def not_told(found: QuerySet[Decision]) -> QuerySet[Decision]:
    """Those of which nobody has told the child, or said why not."""
    return found.filter(told_on=None, told_how="")


def lines(actor: Actor, facts: Iterable[Decision], as_at: date) -> list[DecisionLine]:
    facts = list(facts)
    shown = field_sets_by_child(actor, {fact.child_id for fact in facts})
    return [DecisionLine(fact, as_at, "voice" in shown[fact.child_id]) for fact in facts]


def _read(found: QuerySet[Decision]) -> QuerySet[Decision]:
    return found.select_related("child", "recorded_by", "meeting")
