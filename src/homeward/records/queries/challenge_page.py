"""Matters raised: those of a child with the way each has gone, and those in a person's reach on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from homeward.domain import packs
from homeward.domain.challenge import ADDRESSED, OUTCOMES, THEMES, Stage, Stands, answer_stands, formal_stands
from homeward.domain.wording import day_words
from homeward.records.access import Actor, children_shown_to, children_visible_to
from homeward.records.fields import is_legal_matter
from homeward.records.models import Authority, Challenge, Child
from homeward.records.queries.child_page import ChildPage
from homeward.records.roles import ROLES

LEGAL = Q(theme="legal") | Q(addressed_kind="legal")


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a matter said before its words were corrected: by whom, when and why they were."""

    words: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Short:
    """How something stands as a list says it."""

    stands: Stands

    @property
    def status(self) -> str:
        return self.stands.status

    @property
    def words(self) -> str:
        return self.stands.short


@dataclass(frozen=True, slots=True)
class Turn:
    """One stage of a matter, in the last version that was recorded at it."""

    fact: Challenge
    stage: Stage
    as_at: date
    left: bool  # it went on to another stage

    @property
    def to(self) -> str:
        return to_words(self.fact)

    @property
    def answered(self) -> bool:
        return self.fact.answered_on is not None and self.fact.answered_on <= self.as_at

    @property
    def answer(self) -> Stands | None:
        """How the answer stands; nothing where the matter went on without one and none was asked for."""
        settled = self.left or is_settled(self.fact, self.as_at)
        given = self.fact.answered_on if self.answered else None
        if self.left and given is None:
            asked = self.fact.answer_by
            return Stands("ended", f"No answer by {day_words(asked)}; taken further") if asked else None
        return answer_stands(self.fact.answer_by, given, settled=settled, on=self.as_at)


@dataclass(slots=True)
class Matter:
    """A matter raised, read on a day."""

    fact: Challenge
    as_at: date
    pack: str
    path: list[Turn]
    corrected: list[Corrected] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return str(self.fact.uid)

    @property
    def child(self) -> Child:
        return self.fact.child

    @property
    def theme(self) -> str:
        return THEMES.get(self.fact.theme, self.fact.theme)

    @property
    def raised_role(self) -> str:
        role = self.fact.raised_role
        return ROLES[role].title if role in ROLES else role

    @property
    def now(self) -> Turn:
        """The stage that it is at on the day."""
        return self.path[-1]

    @property
    def stage(self) -> Stage:
        return self.now.stage

    @property
    def open(self) -> bool:
        return not is_settled(self.fact, self.as_at)

    @property
    def answer(self) -> Stands:
        return self.now.answer or Stands("undated", "")

    @property
    def answer_short(self) -> Short:
        return Short(self.answer)

    @property
    def formal_short(self) -> Short | None:
        return Short(self.formal) if self.formal else None

    @property
    def awaited(self) -> bool:
        return self.open and not self.now.answered

    @property
    def late(self) -> bool:
        return self.open and self.answer.status == "overdue"

    @property
    def formal(self) -> Stands | None:
        """When the formal process ends by statutory guidance, or how long it took."""
        since = self.fact.formal_on
        if since is None or since > self.as_at:
            return None
        settled = self.fact.settled_on if not self.open else None
        return formal_stands(since, limit(), settled, self.as_at)

    @property
    def outcome(self) -> str:
        return OUTCOMES.get(self.fact.outcome_kind, "")


def limit() -> int:
    """Working days that the formal process takes at most (reference R16)."""
    return int(packs.pack("england").settings["dispute_resolution_limit"]["value"])


def is_settled(fact: Challenge, on: date) -> bool:
    return fact.settled_on is not None and fact.settled_on <= on


def of_child(page: ChildPage) -> list[Matter]:
    """The child's matters raised by the day of the page: the open ones first, the newest first."""
    everything = _read(Challenge.objects.filter(child=page.child))
    found = _matters(everything, page.child.authority, page.as_at, legal="legal" in page.fields)
    return sorted(found, key=lambda each: (each.open, each.fact.raised_on, each.fact.pk), reverse=True)


def matter_of(page: ChildPage, uid: str) -> Challenge | None:
    """A matter of the child that this person is shown, whether it stands or was replaced meanwhile."""
    fact = _read(Challenge.objects.filter(child=page.child, uid=uid)).first()
    return fact if fact is not None and ("legal" in page.fields or not is_legal_matter(fact)) else None


def said_words(fact: Challenge) -> str:
    """A matter in a line: what, with whom, by when, and what came of it."""
    parts = [f"{fact.says} – {fact.addressed_to}, {THEMES.get(fact.theme, fact.theme).lower()}"]
    parts.append(f"at the stage “{_stage_of(fact).name}” since {day_words(fact.stage_on)}")
    if fact.answer_by:
        parts.append(f"answer by {day_words(fact.answer_by)}")
    if fact.answered_on:
        parts.append(f"answered on {day_words(fact.answered_on)}: {fact.answer}")
    if fact.settled_on:
        parts.append(f"settled on {day_words(fact.settled_on)}: {fact.outcome}")
    return "; ".join(parts)


def to_words(fact: Challenge) -> str:
    """To whom, within a sentence: a name, or the team, the department."""
    name = fact.addressed_to
    return f"{name[:1].lower()}{name[1:]}" if name in ADDRESSED.values() else name


def addressed_words(fact: Challenge) -> str:
    """To whom it is addressed: the name, and what they are where the name does not say it."""
    kind = ADDRESSED.get(fact.addressed_kind, "")
    return fact.addressed_to if kind in ("", fact.addressed_to) else f"{fact.addressed_to} ({kind.lower()})"


# ---- In a person's reach ----


def in_reach(actor: Actor, authority: Authority) -> QuerySet[Challenge]:
    """Every matter about the children this person sees, what tells of orders only where they are shown."""
    children = children_shown_to(actor, "work").filter(authority=authority)
    legal = Q(child__in=children_shown_to(actor, "history", "legal")) | ~LEGAL
    return _read(Challenge.current.filter(legal, child__in=children))


def open_on(found: QuerySet[Challenge], on: date) -> QuerySet[Challenge]:
    return found.filter(Q(settled_on=None) | Q(settled_on__gt=on), raised_on__lte=on)


def read_on(actor: Actor, authority: Authority, found: Iterable[Challenge], on: date) -> list[Matter]:
    """These matters with the way each has gone, in one more query."""
    facts = list(found)
    threads = {fact.thread for fact in facts}
    seen = children_visible_to(actor).filter(authority=authority)
    versions = _read(Challenge.objects.filter(thread__in=threads, child__in=seen)) if threads else []
    matters = _matters(versions, authority, on, legal="legal" in actor.meaning.fields)
    order = {fact.pk: at for at, fact in enumerate(facts)}
    return sorted((each for each in matters if each.fact.pk in order), key=lambda each: order[each.fact.pk])


def _matters(versions: Iterable[Challenge], authority: Authority, on: date, *, legal: bool) -> list[Matter]:
    threads: dict[object, list[Challenge]] = defaultdict(list)
    for fact in versions:
        threads[fact.child_id, fact.thread].append(fact)
    found = []
    for own in threads.values():
        matter = _matter(own, authority.pack, on)
        if matter is not None and (legal or not any(map(is_legal_matter, own))):
            found.append(matter)
    return found


def _matter(own: list[Challenge], pack: str, on: date) -> Matter | None:
    """A matter from all its versions; None where it was withdrawn or raised after the day."""
    now = next((fact for fact in own if fact.superseded_at is None and not fact.withdrawn), None)
    if now is None or now.raised_on > on:
        return None
    chain = _chain(now, {fact.pk: fact for fact in own})
    last: list[Challenge] = []
    corrected = []
    for before, fact in zip([None, *chain], chain, strict=False):
        if before is not None and before.stage == fact.stage:
            last[-1] = fact
            if (before.answered_on, before.settled_on) == (fact.answered_on, fact.settled_on):
                by = fact.recorded_by.name if fact.recorded_by else ""
                corrected.append(Corrected(said_words(before), by, fact.recorded_at, fact.reason_recorded))
        else:
            last.append(fact)
    reached = [fact for fact in last if fact.stage_on <= on] or last[:1]
    path = [
        Turn(fact, packs.stage(pack, fact.stage), on, at < len(reached) - 1)
        for at, fact in enumerate(reached)
    ]
    return Matter(now, on, pack, path, corrected)


def _chain(now: Challenge, by_pk: dict[int, Challenge]) -> list[Challenge]:
    """The versions, the first first."""
    chain = [now]
    while chain[-1].replaces_id in by_pk:
        chain.append(by_pk[chain[-1].replaces_id])
    return chain[::-1]


def _stage_of(fact: Challenge) -> Stage:
    return packs.stage(fact.child.authority.pack, fact.stage)


def _read(found: QuerySet[Challenge]) -> QuerySet[Challenge]:
    return found.select_related("child__authority", "recorded_by", "addressed_person")
