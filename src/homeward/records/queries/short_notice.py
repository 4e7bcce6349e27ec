"""Changes of plan or home at short notice: who was asked, who has agreed and who has not replied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from homeward.domain.wording import day_words
from homeward.records.models import Action, Child
from homeward.records.operations.actions import SHORT_NOTICE
from homeward.records.operations.short_notice import AGREES, APART, OBJECTS
from homeward.records.queries.actions_page import ActionLine, lines


@dataclass(frozen=True, slots=True)
class Asked:
    """One party and its reply, in the words of a date while there is none."""

    line: ActionLine

    @property
    def party(self) -> str:
        return self.line.what.partition(APART)[0]

    @property
    def replied(self) -> bool:
        return self.line.fact.state != Action.OPEN

    @property
    def agrees(self) -> bool:
        return self.replied and self.line.fact.outcome.startswith(AGREES)

    @property
    def status(self) -> str:
        if not self.replied:
            return self.line.status
        return "overdue" if self.line.fact.outcome.startswith(OBJECTS) else "done_on_time"

    @property
    def words(self) -> str:
        closed = self.line.fact.closed_on
        if not self.replied or closed is None:
            return f"No reply yet. {self.line.words}"
        outcome = self.line.fact.outcome
        said = next((word for word in (AGREES, OBJECTS) if outcome.startswith(word)), "Answered")
        return f"{said}, {day_words(closed)}"

    @property
    def says(self) -> str:
        """The reply, without the word that the status says already."""
        outcome = self.line.fact.outcome
        for word in (AGREES, OBJECTS):
            outcome = outcome.removeprefix(f"{word}.")
        return outcome.strip()


@dataclass(slots=True)
class Change:
    """One change, as every party was asked about it."""

    child: Child
    asked_on: date
    words: str
    parties: list[Asked] = field(default_factory=list)

    @property
    def waiting(self) -> list[Asked]:
        return [one for one in self.parties if not one.replied]

    @property
    def agreed(self) -> bool:
        """Every party has agreed."""
        return all(one.agrees for one in self.parties)


def of_children(children: Iterable[Child], today: date) -> list[Change]:
    """The changes about these children of one council, the newest first."""
    known = {child.pk: child for child in children}
    facts = Action.current.filter(child__in=list(known), kind=SHORT_NOTICE, agreed_on__lte=today)
    facts = facts.select_related("child", "owner", "meeting").order_by("-agreed_on", "pk")
    found: dict[tuple[int, date, str], Change] = {}
    authority = next((child.authority for child in known.values()), None)
    for line in lines(authority, facts, today) if authority else ():
        words = line.what.partition(APART)[2]
        key = (line.fact.child_id, line.fact.agreed_on, words)
        made = found.setdefault(key, Change(known[line.fact.child_id], line.fact.agreed_on, words))
        made.parties.append(Asked(line))
    return list(found.values())
