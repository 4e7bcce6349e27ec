"""One date as a page says it on a day: its status, its rule in words, where it comes from and what met it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from homeward.domain.deadline import Deadline, open_status
from homeward.domain.packs import pack
from homeward.domain.policy import CERTAINTY, OWNERS, Rule, sentence
from homeward.domain.wording import FORCE_WORDS, status_words

FORCE_MEANING = {
    "must": "The law says so.",
    "should": "Statutory guidance: to be followed unless there is a good reason, which is written down.",
    "aim": "The council set itself this aim; it is stricter than the law or goes beyond it.",
}
OPEN = ("overdue", "due_soon", "on_track", "undated", "cannot_say")


@dataclass(slots=True)
class Said:
    """A deadline read on `as_at`; `law` and `versions` are filled by the pages that show them."""

    rule: Rule
    as_at: date
    id_list: tuple[str, ...]
    counted_kind: str
    counted_on: date | None
    due_on: date | None
    soon_from: date | None
    pack: str = "england"  # whose words the events are said in
    met_kind: str = ""
    met_on: date | None = None
    ended_on: date | None = None
    cannot_say: str = ""
    law: list[Said] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        if self.met_on:
            return "done_late" if self.due_on and self.met_on > self.due_on else "done_on_time"
        if self.ended_on:
            return "ended"
        if self.cannot_say:
            return "cannot_say"
        if self.due_on is None:
            return "undated"
        return open_status(self.due_on, self.soon_from, self.as_at, before=bool(self.rule.before))

    @property
    def days(self) -> int | None:
        if self.due_on is None:
            return None
        return ((self.met_on or self.ended_on or self.as_at) - self.due_on).days

    @property
    def words(self) -> str:
        return status_words(self.status, self.due_on, self.days, self.cannot_say)

    @property
    def title(self) -> str:
        return self.rule.title

    @property
    def ids(self) -> str:
        return ", ".join((*self.id_list, *self.rule.promises))

    @property
    def anchor(self) -> str:
        return f"{self.rule.key}-{self.due_on or self.counted_on or 'open'}"

    @property
    def sentence(self) -> str:
        return sentence(self.rule)

    @property
    def force_words(self) -> str:
        return FORCE_WORDS[self.rule.force]

    @property
    def force_meaning(self) -> str:
        return FORCE_MEANING[self.rule.force]

    @property
    def owner_words(self) -> str:
        return OWNERS[self.rule.owner].capitalize()

    @property
    def certainty_words(self) -> str:
        return CERTAINTY[self.rule.certainty]

    @property
    def counted_words(self) -> str:
        if self.counted_kind == "born" and self.rule.from_age:
            return f"the child turned {self.rule.from_age}"
        return pack(self.pack).event(self.counted_kind)

    @property
    def met_words(self) -> str:
        return pack(self.pack).event(self.met_kind)

    @property
    def met_when(self) -> str:
        return self.rule.met_words


def said(deadline: Deadline, as_at: date, pack: str) -> Said:
    """A deadline of the clock, read on a day, in the words of a council's pack."""
    counted, met = deadline.counted_from, deadline.met
    return Said(
        rule=deadline.rule,
        as_at=as_at,
        id_list=deadline.ids,
        counted_kind=counted.kind if counted else "became_looked_after",
        counted_on=counted.on if counted else None,
        due_on=deadline.due_on,
        soon_from=deadline.soon_from,
        pack=pack,
        met_kind=met.kind if met else "",
        met_on=met.on if met else None,
        ended_on=deadline.ended_on,
        cannot_say=deadline.cannot_say,
    )


_LATE_FIRST = {status: place for place, status in enumerate(OPEN)}


def by_urgency(dates: Iterable[Said]) -> list[Said]:
    """Overdue first, the longest first; then what is due next; then what has no day."""
    return sorted(dates, key=lambda s: (_LATE_FIRST.get(s.status, 9), s.due_on or date.max, s.rule.title))


def beside_the_law(dates: list[Said]) -> None:
    """Gives each open date of a council the law's own dates that wait for the same event (CLOCK.md)."""
    national = [each for each in dates if each.rule.pack == "england" and each.status in OPEN]
    for each in dates:
        if each.rule.pack != "england" and each.status in OPEN:
            each.law = [law for law in national if set(law.rule.met_by) & set(each.rule.met_by)]
