"""What a plan in plain words says of the way home: what must be true first, and the steps there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from homeward.reports.paper import Bullets, Heading, Paragraph
from homeward.reports.words import day

Part = Heading | Paragraph | Bullets
NOT_WRITTEN = "Nobody has written down"


@dataclass(frozen=True)
class HomeTold:
    """What has to be true before the child goes home, and what was agreed to get there, with its day."""

    conditions: tuple[str, ...] = ()
    milestones: tuple[tuple[str, date | None], ...] = ()
    helps: tuple[str, ...] = ()

    def said(self, words: Callable[[str], str]) -> HomeTold:
        """With each text as `words` gives it back; one that comes back empty is left out."""
        return HomeTold(
            tuple(filter(None, map(words, self.conditions))),
            tuple((what, on) for what, on in self.milestones if words(what)),
            tuple(filter(None, map(words, self.helps))),
        )


def to_child(way: HomeTold) -> Iterator[Part]:
    """Without the help, which may tell of somebody else."""
    yield Heading("Before you go home")
    if way.conditions:
        yield Paragraph("These things must be true first:")
        yield Bullets(way.conditions)
    else:
        yield Paragraph(f"{NOT_WRITTEN} yet what must be true first. You can ask your social worker.")
    if way.milestones:
        yield Paragraph("These are the steps on the way:")
        yield Bullets(_with_days(way.milestones))


def _with_days(steps: tuple[tuple[str, date | None], ...]) -> tuple[str, ...]:
    return tuple(f"{what} (by {day(on)})" if on else what for what, on in steps)


def to_parents(name: str, way: HomeTold) -> Iterator[Part]:
    yield Heading(f"Before {name} goes home")
    if way.conditions:
        yield Paragraph("What must be true first:")
        yield Bullets(way.conditions)
    else:
        yield Paragraph(f"{NOT_WRITTEN} yet what must be true first.")
    if way.milestones:
        yield Paragraph("Steps on the way:")
        yield Bullets(_with_days(way.milestones))
    if way.helps:
        yield Paragraph("Help that was agreed:")
        yield Bullets(way.helps)
