"""Which meetings of the last weeks are minuted in Homeward, and so are not in the case system's bundle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from homeward.demo.child import Child, days
from homeward.domain.calendar import is_working_day

RECENT = days(42)
# council -> (story, what the bundle calls the meeting, the council's series)
FAMILIES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "northmere": (
        ("four_who_belong_together", "permanence_meeting_held", "permanency_planning_meeting"),
        ("aunt_in_week_fourteen", "permanence_meeting_held", "permanency_planning_meeting"),
        ("order_without_a_match", "permanence_meeting_held", "permanency_planning_meeting"),
        ("uncle_ruled_out", "permanence_meeting_held", "permanency_planning_meeting"),
    ),
    "easterby": (
        ("three_last_week", "legal_gateway_held", "legal_gateway_panel"),
        ("aunt_in_week_fourteen", "care_planning_meeting_held", "care_planning_meeting"),
    ),
}
TRACKED = "permanence_tracked"
# council -> (series of the meeting that looks at many children, how many of them are minuted here)
OVERSIGHT = {"northmere": ("permanency_tracking_meeting", 1), "easterby": ("permanence_monitoring_group", 2)}

LOOKED_AT = (
    *("drift_and_recovery", "matched_for_good", "step_down_from_residential", "turning_eighteen_alone"),
    *("section_20_drift", "adoption_came_apart", "home_with_dad", "after_remand", "placed_together"),
)


@dataclass(frozen=True)
class Held:
    """A meeting on a day, with (code, story, place within the story) of each child heard."""

    series: str
    on: date
    children: tuple[tuple[str, str, int], ...]
    instead_of: frozenset[tuple[str, str, date]]  # (code, kind, day) of what the bundle does not say

    @property
    def together(self) -> bool:
        """Whether brothers and sisters are minuted together."""
        return len({story for _, story, _ in self.children}) == 1 and len(self.children) > 1


def choose(everyone: Sequence[Child], council: str, today: date) -> tuple[Held, ...]:
    """Meetings of the last weeks about children whose story is told; each child's day stays in time."""
    stories: dict[str, list[Child]] = {}
    for c in everyone:
        if c.story:
            stories.setdefault(c.story, []).append(c)
    found = []
    for story, kind, series in FAMILIES[council]:
        family = stories.get(story, [])
        last = [max(_on(c, kind, today), default=date.min) for c in family]
        on = min(last, default=date.min)
        if _fits(on, today):
            found.append(_held(series, on, kind, list(zip(family, last, strict=True)), family))
    return (*found, *_oversight(stories, council, today))


def _oversight(stories: dict[str, list[Child]], council: str, today: date) -> list[Held]:
    series, number = OVERSIGHT[council]
    told = [c for story in LOOKED_AT for c in stories.get(story, [])]
    days_ = sorted({on for c in told for on in _on(c, TRACKED, today) if _fits(on, today)})
    found = []
    for on in days_[-number:]:
        heard = [(c, on) for c in told if on in _on(c, TRACKED, today)]
        found.append(_held(series, on, TRACKED, heard, told, stories))
    return found


def _held(
    series: str,
    on: date,
    kind: str,
    heard: list[tuple[Child, date]],
    family: list[Child],
    stories: dict[str, list[Child]] | None = None,
) -> Held:
    children = tuple((c.code, c.story, (stories[c.story] if stories else family).index(c)) for c, _ in heard)
    return Held(series, on, children, frozenset((c.code, kind, day) for c, day in heard))


def _on(c: Child, kind: str, today: date) -> list[date]:
    return [on for on, what, _ in c.events if what == kind and on < today]


def _fits(on: date, today: date) -> bool:
    return today - RECENT <= on < today and is_working_day(on)
