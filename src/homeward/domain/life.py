"""A child's life as the clock reads it: events by kind, periods of care and involvements up to a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from homeward.domain.calendar import DAY, birthday
from homeward.domain.events import Event, History, Span

NONE: tuple[Event, ...] = ()
ALWAYS = Span(date.min, None)
_ONE = [ALWAYS]
_LEFT_INVOLVEMENT = ("pre_proceedings_ended", "proceedings_concluded")
_CLOSES = frozenset({"ceased_looked_after", *_LEFT_INVOLVEMENT})


class Life:
    """What had happened to a child up to `as_at`, arranged for the rules to ask."""

    def __init__(self, history: History, as_at: date) -> None:
        self.as_at = as_at
        self.found = history.up_to(as_at)
        self.unknown_starts = [span for span in history.unknown_starts if span[0] <= as_at]
        self.died = self._day_of("died")
        self.born = self._day_of("born")
        self.periods = self._periods()
        self.came = {event[0]: event for event in self.found.get("became_looked_after", NONE)}
        self._involvements: list[Span] | None = None
        self._adoptive_spans: list[tuple[date, date | None]] | None = None

    def _day_of(self, kind: str) -> date | None:
        events = self.found.get(kind)
        return events[0][0] if events else None

    def all(self, kind: str) -> Sequence[Event]:
        return self.found.get(kind, NONE)

    def of(self, kinds: Sequence[str]) -> Sequence[Event]:
        """Events of several kinds by date; on one day in the order in which the kinds are named."""
        found = self.found
        if len(kinds) == 1:
            return found.get(kinds[0], NONE)
        lists = [found[kind] for kind in kinds if kind in found]
        if len(lists) < 2:
            return lists[0] if lists else NONE
        return sorted((event for events in lists for event in events), key=lambda event: event[0])

    def first(self, kinds: Sequence[str], start: date, end: date | None = None) -> Event | None:
        """The first event of the kinds from `start` to `end`, both days included."""
        found = self.found
        best = None
        for kind in kinds:
            if kind in found:
                for event in found[kind]:
                    on = event[0]
                    if on >= start:
                        if (end is None or on <= end) and (best is None or on < best[0]):
                            best = event
                        break
        return best

    def last(self, kinds: Sequence[str], start: date, end: date) -> Event | None:
        """The latest event of the kinds from `start` to `end`, both days included."""
        best = None
        for kind in kinds:
            for event in self.found.get(kind, NONE):
                if start <= event[0] <= end and (best is None or event[0] > best[0]):
                    best = event
        return best

    @property
    def birth_expected(self) -> date | None:
        """The last expected date recorded counts (CLOCK.md, agreement 8)."""
        events = self.found.get("birth_expected")
        return events[-1][0] if events else None

    def birthday(self, years: int) -> date | None:
        return birthday(self.born, years) if self.born else None

    def unborn_on(self, day: date) -> bool:
        """Known not to have been born by the end of a day."""
        if self.born:
            return self.born > day
        return self.birth_expected is not None

    def _periods(self) -> list[Span]:
        """Periods of care in order; those of `unknown_starts` first known on a day that began nothing."""
        begun = [event[0] for event in self.found.get("became_looked_after", NONE)]
        left = [event[0] for event in self.found.get("ceased_looked_after", NONE)]
        if not self.unknown_starts:
            return _pair(begun, left)
        spans = []
        for first, end in self.unknown_starts:
            end = end if end is not None and end <= self.as_at else None
            spans.append(Span(first, end, start_known=False))
            left = [day for day in left if day != end]
        return sorted([*spans, *_pair(begun, left)])

    def period_on(self, day: date) -> Span | None:
        """The period of care that holds a day; on a day that ends one and begins another, the new one."""
        found = None
        for span in self.periods:
            if span[0] <= day and (span[1] is None or day <= span[1]):
                found = span
        return found

    def looked_after_on(self, day: date) -> bool:
        """In care at the end of a day: the day of leaving is not a day in care."""
        return any(span[0] <= day and (span[1] is None or day < span[1]) for span in self.periods)

    def care_end(self, day: date) -> date | None:
        """The day on which being in care ends for what began on `day`; None while it has not."""
        span = self.period_on(day)
        if span is not None:
            return span[1]
        left = self.first(("ceased_looked_after",), day)
        return left[0] if left else None

    @property
    def involvements(self) -> list[Span]:
        """The authority's involvements in order (CLOCK.md, agreements 1 and 24); the last may be open."""
        if self._involvements is None:
            self._involvements = self._find_involvements()
        return self._involvements

    def _find_involvements(self) -> list[Span]:
        if _CLOSES.isdisjoint(self.found) and not self.unknown_starts:
            return _ONE
        spans = []
        start = date.min
        for close in self._closings():
            if close < start:
                continue
            spans.append(Span(start, close))
            again = any(span[0] == close and span[1] != close for span in self.periods)
            start = close if again else close + DAY
        spans.append(Span(start, None))
        return spans

    def _closings(self) -> list[date]:
        days = {event.on for event in self.all("ceased_looked_after")}
        days |= {span[1] for span in self.periods if span[1] is not None}
        for kind in _LEFT_INVOLVEMENT:
            days |= {e.on for e in self.all(kind) if self.period_on(e.on) is None}
        return sorted(days)

    def involvement_on(self, day: date) -> Span:
        """The involvement that holds a day; on a day that two share, the new one."""
        spans = self.involvements
        if len(spans) == 1:
            return spans[0]
        return next(span for span in reversed(spans) if span.start <= day)

    @property
    def adoptive_spans(self) -> list[tuple[date, date | None]]:
        """From being placed for adoption to another home or out of care (end None while it lasts)."""
        if self._adoptive_spans is None:
            self._adoptive_spans = self._find_adoptive_spans()
        return self._adoptive_spans

    def _find_adoptive_spans(self) -> list[tuple[date, date | None]]:
        spans: list[tuple[date, date | None]] = []
        for placed in self.all("placed_for_adoption"):
            back = spans[-1][1] if spans else date.min
            if back is not None and placed.on >= back:
                back = return_from_adopters(self, placed.on)
                again = next((p[0] for p in self.periods if p[0] > placed.on), None)
                spans.append((placed.on, earliest(back, self.care_end(placed.on), again)))
        return spans

    def in_adoptive_span(self, day: date) -> bool:
        """After the day of placement for adoption and before the move back."""
        return any(start < day and (end is None or day < end) for start, end in self.adoptive_spans)


def return_from_adopters(life: Life, placed_on: date) -> date | None:
    """The day the child moved to a home that is neither adoptive nor temporary (agreement 12)."""
    for move in life.all("placement_started"):
        if move.on > placed_on and not move.detail.startswith(("A", "T")):
            return move.on
    return None


def _pair(begun: Sequence[date], left: Sequence[date]) -> list[Span]:
    """Periods from the days care began and ended; a second beginning while one is open begins nothing."""
    spans: list[Span] = []
    taken: date | None = date.min
    for start in begun:
        if taken is None or start < taken or (spans and start == spans[-1][0]):
            continue
        end = None
        for day in left:
            if day >= start and day != taken:
                end = day
                break
        spans.append(Span(start, end))
        taken = end
    return spans


def earliest(*days: date | None) -> date | None:
    found = None
    for day in days:
        if day is not None and (found is None or day < found):
            found = day
    return found
