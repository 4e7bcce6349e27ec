"""Actions as pages need them: those of a child with what was said earlier, and those in a person's reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from homeward.domain import packs
from homeward.domain.wording import day_words, status_words
from homeward.records.access import Actor, children_shown_to
from homeward.records.models import Action, Authority, Child
from homeward.records.queries.owners import key_of, key_of_name, name_of
from homeward.records.queries.people_page import here

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an action said before it was changed: by whom, when and why it was."""

    words: str
    by: str
    at: datetime
    why: str


@dataclass(slots=True)
class ActionLine:
    """An action read on a day."""

    fact: Action
    as_at: date
    gone: bool = False  # the owner works here no longer
    pack: str = "england"  # whose words a meeting is named in
    earlier: list[Earlier] = field(default_factory=list)
    need: str = ""  # what the child needs that it answers

    @property
    def uid(self) -> str:
        return str(self.fact.uid)

    @property
    def what(self) -> str:
        return self.fact.what

    @property
    def child(self) -> Child:
        return self.fact.child

    @property
    def owner(self) -> str:
        return name_of(self.fact)

    @property
    def owner_key(self) -> str:
        return key_of(self.fact)

    @property
    def partner(self) -> bool:
        """Done by somebody without an account."""
        return self.fact.owner_id is None

    @property
    def by_on(self) -> date | None:
        return self.fact.by_on

    @property
    def agreed(self) -> str:
        """The meeting at which it was agreed, and the day."""
        on, meeting = day_words(self.fact.agreed_on), self.fact.meeting
        held = packs.meeting(self.pack, meeting.series) if meeting else None
        return f"{held.name}, {on}" if held else on

    @property
    def open(self) -> bool:
        closed = self.fact.closed_on
        return self.fact.state == Action.OPEN or (closed is not None and closed > self.as_at)

    @property
    def status(self) -> str:
        """In the words of a date: overdue, due_soon, on_track, undated, done_on_time, done_late or ended."""
        due = self.fact.by_on
        if not self.open:
            if self.fact.state == Action.NOT_NEEDED:
                return "ended"
            late = due is not None and self.fact.closed_on is not None and self.fact.closed_on > due
            return "done_late" if late else "done_on_time"
        if due is None:
            return "undated"
        if due < self.as_at:
            return "overdue"
        return "due_soon" if due <= self.as_at + SOON else "on_track"

    @property
    def words(self) -> str:
        due, until = self.fact.by_on, self.as_at if self.open else self.fact.closed_on or self.as_at
        if self.status == "undated":
            return "No day agreed"
        return status_words(self.status, due, (until - due).days if due else None)


def of_child(child: Child, as_at: date) -> list[ActionLine]:
    """The child's actions agreed by a day, each with its earlier versions; what is due first, first."""
    everything = list(_read(Action.objects.filter(child=child)))
    by_pk = {fact.pk: fact for fact in everything}
    gone = _gone(child.authority, everything)
    lines = []
    for fact in everything:
        if fact.superseded_at is None and not fact.withdrawn and fact.agreed_on <= as_at:
            line = ActionLine(fact, as_at, fact.owner_id in gone, child.authority.pack)
            line.earlier = _earlier(fact, by_pk)
            lines.append(line)
    return sorted(lines, key=lambda line: (not line.open, line.by_on or date.max, line.fact.pk))


def _earlier(fact: Action, by_pk: dict[int, Action]) -> list[Earlier]:
    """From the newest change back to how it was agreed."""
    found = []
    while fact.replaces_id is not None and fact.replaces_id in by_pk:
        before = by_pk[fact.replaces_id]
        who = fact.recorded_by.name if fact.recorded_by else ""
        why = fact.reason_recorded if fact.state == Action.OPEN else ""  # the outcome stands beside it
        found.append(Earlier(_said(before), who, fact.recorded_at, why))
        fact = before
    return found


def _said(fact: Action) -> str:
    until = f"by {day_words(fact.by_on)}" if fact.by_on else "no day agreed"
    return f"{fact.what} – {name_of(fact)}, {until}"


def action_of(child: Child, uid: str) -> Action | None:
    return _read(Action.objects.filter(child=child, uid=uid)).first()


# ---- In a person's reach ----


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked to see: `whose` is mine, all or left; `state` open, overdue or closed."""

    whose: str = "mine"
    state: str = "open"
    owner: str = ""


def in_reach(actor: Actor, authority: Authority) -> QuerySet[Action]:
    """Every action of the children this person sees, with what the lists say of them."""
    children = children_shown_to(actor, "history").filter(authority=authority)
    return _read(Action.current.filter(child__in=children))


def wanted(actor: Actor, authority: Authority, asked: Wanted, today: date) -> QuerySet[Action]:
    found = in_reach(actor, authority)
    if asked.state == "closed":
        found = found.exclude(state=Action.OPEN)
    else:
        found = found.filter(state=Action.OPEN)
        if asked.state == "overdue":
            found = found.filter(by_on__lt=today)
    if asked.whose == "mine":
        found = found.filter(owner=actor.person)
    elif asked.whose == "left":
        found = found.filter(owner__isnull=False).exclude(owner__in=here(authority))
    return _owned(found, asked.owner)


def in_order(found: QuerySet[Action], by: str) -> QuerySet[Action]:
    """By child, by owner, or by the day on which they are due; the oldest day first."""
    day = F("by_on").asc(nulls_last=True)
    orders: dict[str, tuple[Any, ...]] = {
        "child": ("child__called", "child_id"),
        "owner": (Coalesce("owner__name", "owner_name"), "owner_id"),
    }
    return found.order_by(*orders.get(by, ()), day, "pk")


def _owned(found: QuerySet[Action], key: str) -> QuerySet[Action]:
    if key.startswith("p") and key[1:].isdecimal() and len(key) < 19:
        return found.filter(owner=int(key[1:]))
    if key.startswith("n"):
        return found.filter(owner=None, owner_name__in=[n for n in _names(found) if key_of_name(n) == key])
    return found if not key else found.none()


def _names(found: QuerySet[Action]) -> set[str]:
    """Of those without an account."""
    return set(found.filter(owner=None).order_by().values_list("owner_name", flat=True).distinct())


def owners(found: QuerySet[Action]) -> list[tuple[str, str]]:
    """[(key, name)] of everybody who has something to do there, by name; those without an account marked."""
    with_account = found.filter(owner__isnull=False).order_by().values_list("owner_id", "owner__name")
    named = [(f"p{pk}", name) for pk, name in with_account.distinct()]
    without = {key_of_name(name): f"{name} (no account)" for name in sorted(_names(found))}
    return sorted([*named, *without.items()], key=lambda pair: pair[1].casefold())


def lines(authority: Authority, facts: Iterable[Action], as_at: date) -> list[ActionLine]:
    facts = list(facts)
    gone = _gone(authority, facts)
    return [ActionLine(fact, as_at, fact.owner_id in gone, authority.pack) for fact in facts]


@dataclass(frozen=True, slots=True)
class Counts:
    """Open actions: one's own and those overdue of them, all in reach, and those of who left."""

    mine: int = 0
    mine_overdue: int = 0
    all: int = 0
    all_overdue: int = 0
    left: int = 0


def counts(actor: Actor, authority: Authority, today: date) -> Counts:
    """For Home and for the head of the list; one query for the actions and one for who is here."""
    found = in_reach(actor, authority).filter(state=Action.OPEN).order_by()
    rows = list(found.values_list("owner_id", "by_on"))
    if not rows:
        return Counts()
    present = here(authority)
    late = [owner for owner, by_on in rows if by_on is not None and by_on < today]
    return Counts(
        mine=sum(owner == actor.person.pk for owner, _ in rows),
        mine_overdue=late.count(actor.person.pk),
        all=len(rows),
        all_overdue=len(late),
        left=sum(owner is not None and owner not in present for owner, _ in rows),
    )


def _read(found: QuerySet[Action]) -> QuerySet[Action]:
    return found.select_related("child", "owner", "recorded_by", "meeting")


def _gone(authority: Authority, facts: Iterable[Action]) -> set[int | None]:
    owners = {fact.owner_id for fact in facts if fact.owner_id is not None}
    return set(owners - here(authority)) if owners else set()
