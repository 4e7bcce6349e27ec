"""A child of an invented council: a life written forward in time, of which only what has happened is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from homeward.domain.calendar import age
from homeward.domain.events import IN_ADVANCE

PERMANENT_ORDERS = frozenset({"E11", "E12", "E41", "E45", "E46", "E47", "E48"})


@dataclass
class Home:
    """A home, or with `same_carer` a change of its kind; `why` is why the one before it ended."""

    on: date
    place: str
    provider: str
    postcode: str
    why: str = "CARPL"
    same_carer: bool = False


@dataclass
class Period:
    """One period of care: its legal statuses and homes in order, and how it ended (a REC code)."""

    start: date
    need: str
    legal: list[tuple[date, str]] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    end: date | None = None
    reason: str = ""

    def status_on(self, day: date) -> str:
        return next((code for on, code in reversed(self.legal) if on <= day), "")

    def home_on(self, day: date) -> Home:
        return next(home for home in reversed(self.homes) if home.on <= day)

    def carers(self) -> list[tuple[Home, date | None]]:
        """Each home with a carer and the day it was left."""
        moves = [home for home in self.homes if not home.same_carer]
        left = [home.on for home in moves[1:]] + [self.end]
        return list(zip(moves, left, strict=True))


@dataclass
class Plan:
    """A permanence plan: `position` is main, parallel or contingency.

    `why` is why it is the plan and `reason` why it ended; `details` is what else is said of it, by the
    columns of the model.
    """

    position: str
    route: str
    recorded: date
    agreed: date | None = None
    confirmed: date | None = None
    ended: date | None = None
    reason: str = ""
    why: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    def ends(self, on: date, why: str) -> None:
        """Ends the plan; what was to be agreed after that day never was."""
        self.ended, self.reason = on, why
        self.agreed = self.agreed if self.agreed and self.agreed <= on else None
        self.confirmed = self.confirmed if self.confirmed and self.confirmed <= on else None


@dataclass
class Child:
    """Everything the two sources say of a child. The verbs leave out whatever lies after `today`."""

    today: date
    code: str
    called: str
    sex: str
    ethnicity: str
    home_postcode: str
    born: date | None = None
    expected: date | None = None
    need: str = "N1"
    family: str = ""
    story: str = ""
    story_text: str = ""
    unaccompanied: bool = False
    previous: tuple[str, date | None] = ("Z1", None)
    periods: list[Period] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    events: list[tuple[date, str, str]] = field(default_factory=list)
    reviews: list[tuple[date, str]] = field(default_factory=list)
    visits: list[date] = field(default_factory=list)
    missing: list[tuple[str, date, date | None]] = field(default_factory=list)
    workers: list[tuple[str, date, date | None, str]] = field(default_factory=list)
    officers: list[tuple[str, date, date | None]] = field(default_factory=list)
    decision: tuple[date, date | None, str] | None = None
    adoption: dict[str, str | date] = field(default_factory=dict)
    gaps: list[tuple[str, date, date]] = field(default_factory=list)

    def passed(self, day: date) -> bool:
        return day <= self.today

    def age_on(self, day: date) -> int:
        return age(self.born, day) if self.born else -1

    # What happens to a child

    def note(self, on: date, kind: str, detail: str = "") -> None:
        if self.passed(on) or kind in IN_ADVANCE:
            self.events.append((on, kind, detail))

    def enters(self, on: date, status: str, place: str, postcode: str, provider: str = "") -> None:
        """Comes into care on a day (RNE S)."""
        if self.passed(on):
            self.periods.append(Period(on, self.need))
            self.order(on, status)
            self.moves(on, place, postcode, provider)

    def order(self, on: date, status: str) -> None:
        if self.in_care_on(on) and self.period.status_on(on) != status:
            self.period.legal.append((on, status))

    def moves(
        self,
        on: date,
        place: str,
        postcode: str,
        provider: str = "",
        why: str = "CARPL",
        *,
        stays: bool = False,
    ) -> None:
        """Moves to a home or, when `stays`, keeps the carer while the kind of home changes."""
        if self.in_care_on(on):
            before = self.period.homes[-1] if self.period.homes else None
            if stays and before:
                postcode, provider, why = before.postcode, before.provider, "PLACE"
            self.period.homes.append(Home(on, place, provider or usual_provider(place), postcode, why, stays))

    def leaves(self, on: date, reason: str) -> None:
        """Leaves care on a day for a REC reason; what was to come after it does not."""
        if not self.in_care_on(on):
            return
        period = self.period
        period.end, period.reason = on, reason
        period.homes = [home for home in period.homes if home.on < on]
        period.legal = [(began, status) for began, status in period.legal if began < on]
        self.plans = [plan for plan in self.plans if plan.recorded < on]
        for plan in self.plans:
            plan.agreed = plan.agreed if plan.agreed and plan.agreed <= on else None
            plan.confirmed = plan.confirmed if plan.confirmed and plan.confirmed <= on else None

    def plans_for(
        self,
        position: str,
        route: str,
        recorded: date,
        agreed: date | None = None,
        confirmed: date | None = None,
    ) -> None:
        """Writes a plan; it ends the one it takes the place of, and the one that becomes the main plan."""
        if not self.passed(recorded):
            return
        # What was to be planned on this day or later never came to it: this plan was quicker.
        self.plans = [
            plan
            for plan in self.plans
            if plan.recorded < recorded
            or (plan.position != position and not (position == "main" and plan.route == route))
        ]
        for plan in self.plans:
            if plan.ended is None and plan.position == position:
                plan.ends(recorded, "Another plan took its place")
            elif plan.ended is None and position == "main" and plan.route == route:
                plan.ends(recorded, "Became the main plan")
        agreed = agreed if agreed and self.passed(agreed) else None
        confirmed = confirmed if confirmed and self.passed(confirmed) else None
        self.plans.append(Plan(position, route, recorded, agreed, confirmed))

    def goes_missing(self, on: date, days: int, kind: str = "M") -> None:
        back = on + timedelta(days=days)
        if self.in_care_on(on):
            self.missing.append((kind, on, back if self.passed(back) else None))

    def is_decided_for_adoption(self, on: date) -> None:
        if self.passed(on):
            self.decision = (on, None, "")

    def is_not_decided_for_adoption(self, on: date, reason: str) -> None:
        if self.decision and self.passed(on):
            self.decision = (self.decision[0], on, reason)

    def leave_out(self, kind: str, start: date, end: date | None = None) -> None:
        """Something that is usually done was not, from one day to another."""
        self.gaps.append((kind, start, end or self.today))

    # What may be asked about a child

    @property
    def period(self) -> Period:
        return self.periods[-1]

    def in_care_on(self, day: date) -> bool:
        """In care so far as the life is written: not yet left, and the day has come."""
        return (
            bool(self.periods) and self.passed(day) and self.period.start <= day and self.period.end is None
        )

    @property
    def period_over(self) -> bool:
        return bool(self.periods) and self.period.end is not None

    @property
    def in_care(self) -> bool:
        return bool(self.periods) and self.period.end is None

    def first(self, *kinds: str, start: date = date.min) -> date | None:
        return min((on for on, kind, _ in self.events if kind in kinds and on >= start), default=None)

    def last(self, *kinds: str) -> date | None:
        return max((on for on, kind, _ in self.events if kind in kinds), default=None)

    @property
    def permanence_on(self) -> date | None:
        """The day permanence was secured in the latest involvement."""
        days = [
            on for on, kind, _ in self.events if kind in ("long_term_match_agreed", "permanence_achieved")
        ]
        start = self.period.start if self.periods else date.min
        days = [on for on in days if on >= start]
        if self.periods and self.period.end and self.period.reason in PERMANENT_ORDERS:
            days.append(self.period.end)
        return min(days, default=None)

    def tidy(self) -> None:
        """Applies the gaps and puts every list in order of date."""
        self.events = sorted(
            {e for e in self.events if not self._left_out(e[1], e[0])}, key=lambda e: (e[0], e[1])
        )
        self.reviews = sorted({r for r in self.reviews if not self._left_out("review_held", r[0])})
        self.visits = sorted({v for v in self.visits if not self._left_out("child_visited", v)})

    def _left_out(self, kind: str, on: date) -> bool:
        return any(name == kind and start <= on <= end for name, start, end in self.gaps)


def usual_provider(place: str) -> str:
    """The PLACE_PROVIDER most homes of a kind have (blank is not allowed outside temporary homes)."""
    return {"P1": "PR0", "K2": "PR4", "K1": "PR2", "S1": "PR4", "K3": "PR4", "R5": "PR3", "R3": "PR4"}.get(
        place, "PR1"
    )


def days(count: float) -> timedelta:
    return timedelta(days=round(count))


def within(day: date, bounds: Iterable[tuple[date, date]]) -> bool:
    return any(start <= day <= end for start, end in bounds)
