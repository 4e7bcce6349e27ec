"""What reviewing officers and chairs heard, saw and judged: of a child, and the newest of many children."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, QuerySet

from homeward.domain.wording import day_words
from homeward.records.models import Child, Review, Scrutiny
from homeward.records.operations.scrutiny import ADVOCATE, JUDGED_IN, JUDGEMENTS, KINDS
from homeward.records.queries.challenge_page import Corrected
from homeward.records.queries.child_page import ChildPage
from homeward.records.roles import ROLES


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement in words, with its reason."""

    key: str
    asked: str
    yes: bool
    why: str

    @property
    def status(self) -> str:
        return "done_on_time" if self.yes else "overdue"

    @property
    def words(self) -> str:
        return "Yes" if self.yes else "No"


@dataclass(slots=True)
class Entry:
    """A scrutiny entry as its page shows it; `shown` is whether this person is shown what the child says."""

    fact: Scrutiny
    shown: bool = True
    corrected: list[Corrected] = field(default_factory=list)

    @property
    def uid(self) -> str:
        return str(self.fact.uid)

    @property
    def kind(self) -> str:
        return KINDS.get(self.fact.kind, self.fact.kind)

    @property
    def by_role(self) -> str:
        role = self.fact.by_role
        return ROLES[role].title if role in ROLES else role

    @property
    def judged(self) -> list[Judged]:
        names = JUDGED_IN.get(self.fact.kind, tuple(JUDGEMENTS))
        return [
            Judged(name, JUDGEMENTS[name], answer == "yes", getattr(self.fact, f"{name}_why"))
            for name in names
            if (answer := getattr(self.fact, name))
        ]

    @property
    def doubts(self) -> bool:
        """Something was answered with no, from which a matter is raised."""
        return any(not each.yes for each in self.judged) or self.fact.advocate == "not_offered"

    @property
    def advocate(self) -> str:
        return ADVOCATE.get(self.fact.advocate, "")


def of_child(page: ChildPage) -> list[Entry]:
    """The child's entries by the day of the page, the newest first; who is not shown the child's voice learns
    of a conversation only that it was held."""
    everything = list(_read(page.child))
    by_pk = {fact.pk: fact for fact in everything}
    voice = "voice" in page.fields
    found = []
    for fact in everything:
        if fact.superseded_at or fact.withdrawn or fact.held_on > page.as_at:
            continue
        entry = Entry(fact, voice or fact.kind != "conversation")
        if entry.shown:
            entry.corrected = _corrected(fact, by_pk)
        found.append(entry)
    return sorted(found, key=lambda each: (each.fact.held_on, each.fact.pk), reverse=True)


def entry_of(child: Child, uid: str) -> Scrutiny | None:
    return _read(child).filter(uid=uid).first()


def said_words(fact: Scrutiny) -> str:
    """An entry in a line."""
    entry = Entry(fact)
    parts = [f"{entry.kind}, {day_words(fact.held_on)}"]
    parts += [f"{each.asked}: {each.words.lower()}. {each.why}" for each in entry.judged]
    parts += [part for part in (entry.advocate, fact.advocate_says, fact.wished_home, fact.says) if part]
    return " – ".join(parts)


def wished_home(child: Child, on: date) -> Scrutiny | None:
    """The newest words of the child about the home they want, heard by a day. For who is shown `voice`."""
    heard = Scrutiny.current.filter(child=child, held_on__lte=on).exclude(wished_home="")
    return heard.order_by("held_on", "pk").last()


def not_yet_judged(child: Child, on: date) -> date | None:
    """The last review, where no judgement of a reviewing officer stands since; None where one does."""
    reviews = Review.current.filter(child=child, held_on__lte=on)
    last: date | None = reviews.aggregate(last=Max("held_on"))["last"]
    if last is None:
        return None
    judged = Scrutiny.current.filter(child=child, kind="review", held_on__gte=last, held_on__lte=on)
    return None if judged.exists() else last


# ---- Of many children ----


def advocacy_of(children: Collection[int], on: date) -> dict[int, Scrutiny]:
    """The newest advocacy check of each child that has one."""
    checks = Scrutiny.current.filter(kind="advocacy", child__in=children, held_on__lte=on)
    return {fact.child_id: fact for fact in checks.order_by("held_on", "pk")}


def last_looked(children: Collection[int], on: date) -> dict[int, date]:
    """The day of the newest entry about each child that has one."""
    entries = Scrutiny.current.filter(child__in=children, held_on__lte=on)
    return dict(entries.order_by().values_list("child_id").annotate(last=Max("held_on")))


def reviews_not_judged(children: Collection[int], since: date, on: date) -> dict[int, date]:
    """Child -> the last review, of those held from a day on without a judgement since."""
    reviews = Review.current.filter(child__in=children, held_on__range=(since, on))
    last = dict(reviews.order_by().values_list("child_id").annotate(last=Max("held_on")))
    judged = Scrutiny.current.filter(kind="review", child__in=list(last), held_on__lte=on)
    newest = dict(judged.order_by().values_list("child_id").annotate(last=Max("held_on")))
    return {pk: held for pk, held in last.items() if pk not in newest or newest[pk] < held}


def _corrected(fact: Scrutiny, by_pk: dict[int, Scrutiny]) -> list[Corrected]:
    found = []
    while fact.replaces_id is not None and fact.replaces_id in by_pk:
        before = by_pk[fact.replaces_id]
        by = fact.recorded_by.name if fact.recorded_by else ""
        found.append(Corrected(said_words(before), by, fact.recorded_at, fact.reason_recorded))
        fact = before
    return found


def _read(child: Child) -> QuerySet[Scrutiny]:
    return Scrutiny.objects.filter(child=child).select_related("recorded_by", "child", "meeting")
