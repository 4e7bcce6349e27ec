"""A second, slow reading of every timescale, written from the contract alone, to check the clock by.

Nothing here is shared with the clock it examines: it has its own calendar, its own idea of periods of care,
homes and involvements, and steps through days and events one by one. Speed does not matter; plainness does.
Numbers in brackets, as (A12), are the agreements of the contract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

Row = tuple[str, str, date, str]  # child, kind, on, detail: a line of history.csv
Deadline = dict[str, Any]

DAY = timedelta(days=1)


# --- The calendar ----------------------------------------------------------------------------------

MOVED_MAY_DAY = {1995: date(1995, 5, 8), 2020: date(2020, 5, 8)}
MOVED_SPRING = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
SPECIAL_DAYS = {
    date(1999, 12, 31),  # the millennium
    date(2002, 6, 3),  # golden jubilee
    date(2011, 4, 29),  # royal wedding
    date(2012, 6, 5),  # diamond jubilee
    date(2022, 6, 3),  # platinum jubilee
    date(2022, 9, 19),  # funeral of Queen Elizabeth II
    date(2023, 5, 8),  # coronation of King Charles III
}


def easter_sunday(year: int) -> date:
    """The Gregorian computus (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def first_monday_from(day: date) -> date:
    while day.weekday() != 0:
        day += DAY
    return day


def bank_holidays(year: int) -> set[date]:
    """The bank holidays in England of a year, with the days given instead of those that fall at a weekend."""
    easter = easter_sunday(year)
    holidays = {
        easter - 2 * DAY,
        easter + DAY,
        MOVED_MAY_DAY.get(year, first_monday_from(date(year, 5, 1))),
        MOVED_SPRING.get(year, first_monday_from(date(year, 5, 25))),
        first_monday_from(date(year, 8, 25)),
    }
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() >= 5 or fixed in holidays:
            fixed += DAY
        holidays.add(fixed)
    return holidays | {day for day in SPECIAL_DAYS if day.year == year}


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    while count:
        day += DAY
        if is_working_day(day):
            count -= 1
    return day


def add_months(day: date, months: int) -> date:
    """The corresponding date, or the month's last day where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def birthday(born: date, years: int) -> date:
    """A birthday; that of 29 February is 1 March in a common year."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def add_weeks(day: date, weeks: int) -> date:
    return day + timedelta(days=7 * weeks)


# --- What is known of the child --------------------------------------------------------------------

SET_IN_ADVANCE = {"birth_expected", "issues_resolution_hearing"}
ALSO_MEANS = {  # confirmed implies agreed, agreed implies recorded
    "permanence_plan_recorded": ("permanence_plan_agreed", "permanence_plan_confirmed"),
    "permanence_plan_agreed": ("permanence_plan_confirmed",),
}


class Event(NamedTuple):
    on: date
    kind: str
    detail: str


class Stretch(NamedTuple):
    """A period of care, or an involvement: first and last day, both included; None where it has no bound."""

    start: date | None
    end: date | None
    next_begins_on_last_day: bool = False

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def owns(self, day: date) -> bool:
        """As `holds`, but the day on which one stretch ends and the next begins is the next one's (A24)."""
        return self.holds(day) and not (self.next_begins_on_last_day and day == self.end)


class Story:
    """One child's events as far as they are known on a day, in order of date."""

    def __init__(self, rows: Iterable[Row], as_at: date) -> None:
        self.as_at = as_at
        self.in_file_order = [
            Event(on, kind, detail) for _, kind, on, detail in rows if on <= as_at or kind in SET_IN_ADVANCE
        ]
        self.events = sorted(self.in_file_order)
        self.periods = periods_of_care(self)
        self.involvements = involvements(self)

    def of(self, *kinds: str) -> list[Event]:
        """Events of these kinds by date; on one day in the order the kinds are named."""
        named = list(dict.fromkeys(name for kind in kinds for name in (kind, *ALSO_MEANS.get(kind, ()))))
        found = [event for name in named for event in self.events if event.kind == name]
        return sorted(dict.fromkeys(found), key=lambda event: event.on)

    def days(self, *kinds: str) -> list[date]:
        return [event.on for event in self.of(*kinds)]

    def first_day(self, kind: str) -> date | None:
        return min(self.days(kind), default=None)

    def born(self) -> date | None:
        return self.first_day("born")

    def birth_expected(self) -> date | None:
        """The last row in the file counts (A8)."""
        rows = [event.on for event in self.in_file_order if event.kind == "birth_expected"]
        return rows[-1] if rows else None

    def care_ends(self, day: date) -> date | None:
        """The day the care that `day` lies in ended; for a day outside care, the next leaving of it."""
        for period in self.periods:
            if period.owns(day):
                return period.end
        return min((left for left in self.days("ceased_looked_after") if left >= day), default=None)

    def involvement_of(self, day: date) -> Stretch:
        return next(involvement for involvement in self.involvements if involvement.owns(day))


def periods_of_care(story: Story) -> list[Stretch]:
    """From becoming looked after to a recorded leaving; a return on the day of leaving begins anew (A24)."""
    became, ceased = story.days("became_looked_after"), story.days("ceased_looked_after")
    periods, since = [], None
    for day in sorted({*became, *ceased}):
        if since is not None and day in ceased:
            periods.append(Stretch(since, day, day in became))
            since = day if day in became else None
        elif since is None and day in became:
            since = day
            if day in ceased:  # came and left on one day
                periods.append(Stretch(day, day))
                since = None
    if since is not None:
        periods.append(Stretch(since, None))
    return periods


def involvements(story: Story) -> list[Stretch]:
    """From the day after the last one closed to the day this one closes (A1)."""
    closing = {}
    for day in story.days("pre_proceedings_ended", "proceedings_concluded"):
        looked_after = any(period.owns(day) and day != period.end for period in story.periods)
        if not looked_after:
            closing[day] = False
    for day in story.days("ceased_looked_after"):
        closing[day] = any(period.end == day and period.next_begins_on_last_day for period in story.periods)
    found, start = [], None
    for day in sorted(closing):
        found.append(Stretch(start, day, closing[day]))
        start = day if closing[day] else day + DAY
    return [*found, Stretch(start, None)]


# --- One clock -------------------------------------------------------------------------------------


def first_from(events: Iterable[Event], day: date) -> Event | None:
    return next((event for event in events if event.on >= day), None)


def first_after(events: Iterable[Event], day: date) -> Event | None:
    return next((event for event in events if event.on > day), None)


def earliest(days: Iterable[date | None], since: date) -> date | None:
    return min((day for day in days if day is not None and day >= since), default=None)


def settle(met: Event | None, ended: date | None) -> tuple[Event | None, date | None]:
    """Met and ended on one day is met (A4)."""
    if met and (ended is None or met.on <= ended):
        return met, None
    return None, ended


def row(
    story: Story,
    rule: str,
    counted_from: Event,
    due: date | None,
    met: Event | None,
    ended: date | None,
    ids: Sequence[str] = (),
    cannot_say: bool = False,
    must_come_first: bool = False,
) -> Deadline:
    """What is said of the child and the rule on the as-at day."""
    closed_on = met.on if met else ended
    days = ((closed_on or story.as_at) - due).days if due else None
    return {
        "rule": rule,
        "ids": list(ids),
        "counted_from": {"kind": counted_from.kind, "on": counted_from.on.isoformat()},
        "due_on": due.isoformat() if due else None,
        "met_on": met.on.isoformat() if met else None,
        "met_by": met.kind if met else None,
        "status": status(story.as_at, counted_from.on, due, met, ended, cannot_say, must_come_first),
        "days": days,
    }


def status(
    as_at: date,
    counted_from: date,
    due: date | None,
    met: Event | None,
    ended: date | None,
    cannot_say: bool,
    must_come_first: bool,
) -> str:
    if met:
        return "done_late" if due and met.on > due else "done_on_time"
    if ended:
        return "ended"
    if cannot_say:
        return "cannot_say"
    if due is None:
        return "undated"
    if must_come_first or as_at > due:
        return "overdue"
    near = max(7, (due - counted_from).days // 5)
    return "due_soon" if (due - as_at).days <= near else "on_track"


# --- Shapes of rules -------------------------------------------------------------------------------


def at_each_start(
    story: Story,
    starts: Iterable[Event],
    judge: Callable[[Event], Deadline],
    closes: Callable[[Event], date | None],
) -> list[Deadline]:
    """A second start while the first is open starts nothing; one on or after its end opens anew (A2)."""
    rows: list[Deadline] = []
    last: Event | None = None
    for start in starts:
        if last is not None:
            closed_on = closes(last)
            if start.on == last.on or closed_on is None or start.on < closed_on:
                continue
        rows.append(judge(start))
        last = start
    return rows


def from_a_start(
    story: Story,
    rule: str,
    starts: Sequence[str],
    due: Callable[[Event], date | None],
    met_by: Sequence[str],
    ends: Sequence[str] = (),
    care: bool = True,
    died: bool = True,
    ids: Callable[[Event], Sequence[str]] = lambda start: (),
    in_force: date = date.min,
    done_before_counts: bool = False,
) -> list[Deadline]:
    """One clock from each start that no earlier open clock swallows."""

    def settled(start: Event) -> tuple[Event | None, date | None]:
        acts = story.of(*met_by)
        earlier = [act for act in acts if act.on <= start.on]
        met = earlier[-1] if done_before_counts and earlier else first_from(acts, start.on)
        ended = earliest(
            [
                *story.days(*ends),
                story.care_ends(start.on) if care else None,
                story.first_day("died") if died else None,
            ],
            start.on,
        )
        return settle(met, ended)

    def judge(start: Event) -> Deadline:
        return row(story, rule, start, due(start), *settled(start), ids=ids(start))

    def closes(start: Event) -> date | None:
        met, ended = settled(start)
        return max(met.on, start.on) if met else ended

    return at_each_start(story, [s for s in story.of(*starts) if s.on >= in_force], judge, closes)


def in_each_period(
    story: Story,
    rule: str,
    due: Callable[[Stretch], date | None],
    met_by: Sequence[str],
    ends: Sequence[str] = (),
    ids: Sequence[str] = (),
    in_force: date = date.min,
) -> list[Deadline]:
    """One clock from becoming looked after in each period of care, which looks only at that period."""
    rows = []
    for period in story.periods:
        assert period.start
        if period.start < in_force:
            continue
        met = first_from((e for e in story.of(*met_by) if period.holds(e.on)), period.start)
        ended = earliest([*story.days(*ends), period.end, story.first_day("died")], period.start)
        met, ended = settle(met, ended)
        became = Event(period.start, "became_looked_after", "")
        rows.append(row(story, rule, became, due(period), met, ended, ids=ids))
    return rows


def in_each_involvement(
    story: Story,
    rule: str,
    starts: Callable[[], list[Event]],
    due: Callable[[Event, Stretch], date | None],
    met_by: Sequence[str],
    applies: Callable[[Event], bool] = lambda start: True,
    cannot_say: bool = False,
) -> list[Deadline]:
    """Whichever start comes first, once in each involvement; it ends when the involvement closes (A1)."""
    rows = []
    for involvement in story.involvements:
        start = next((event for event in starts() if involvement.holds(event.on)), None)
        if start is None or not applies(start):
            continue
        acts = [] if cannot_say else [e for e in story.of(*met_by) if involvement.holds(e.on)]
        met = first_from(acts, start.on)
        ended = earliest([involvement.end, story.first_day("died")], start.on)
        met, ended = settle(met, ended)
        rows.append(row(story, rule, start, due(start, involvement), met, ended, cannot_say=cannot_say))
    return rows


def must_come_before(
    story: Story,
    rule: str,
    steps: Sequence[str],
    first: Sequence[str],
    ids: Sequence[str] = (),
    in_force: date = date.min,
) -> list[Deadline]:
    """Nothing until the step is taken; then due on the step's own day (A6)."""
    rows = []
    for involvement in story.involvements:
        step = next((event for event in story.of(*steps) if involvement.holds(event.on)), None)
        if step is None or step.on < in_force:
            continue
        met = next((event for event in story.of(*first) if involvement.holds(event.on)), None)
        ended = earliest([involvement.end, story.first_day("died")], step.on)
        met, ended = settle(met, ended)
        rows.append(row(story, rule, step, step.on, met, ended, ids=ids, must_come_first=True))
    return rows


def repeating(
    story: Story,
    rule: str,
    start: Event,
    meetings: Sequence[Event],
    ended: date | None,
    interval: Callable[[int, Event], tuple[Sequence[str], date]],
    in_force: date = date.min,
) -> list[Deadline]:
    """Each interval counts from the actual last meeting; `interval` gives the ids and due date of the nth."""
    rows = []
    counted_from, number = start, 0
    while True:
        meeting = (first_after if number else first_from)(meetings, counted_from.on)
        met, fell_away = settle(meeting, ended)
        ids, due = interval(number, counted_from)
        if counted_from.on >= in_force:
            rows.append(row(story, rule, counted_from, due, met, fell_away, ids=ids))
        if met is None:
            return rows
        counted_from, number = met, number + 1


# --- Reviews and the rules that lean on them -------------------------------------------------------

CARE_PLANNING = date(2011, 4, 1)  # the Care Planning Regulations 2010 came into force
ADOPTION_AGENCIES = date(2005, 12, 30)
ADOPTION_GUIDANCE = date(2013, 7, 1)


def is_a_return(event: Event) -> bool:
    """A move to a home that is neither adoptive nor temporary (A12)."""
    return event.kind == "placement_started" and event.detail[:1] not in ("A", "T")


class Review(NamedTuple):
    """A stretch of reg 33: the event it counts from, the reviews that count in it, the day it stops."""

    counted_from: Event
    already_held: int
    reviews: list[Event]
    ended: date | None


def review_stretches(story: Story, period: Stretch) -> list[Review]:
    """Reg 33 stops at a placement for adoption and resumes when the child returns (A21)."""
    assert period.start
    held = [e for e in story.of("review_held") if period.holds(e.on)]
    placed = [e.on for e in story.of("placed_for_adoption") if period.holds(e.on)]
    homes = [e for e in story.events if is_a_return(e) and period.holds(e.on) and e.on != period.end]
    stretches = []
    counted_from: Event = Event(period.start, "became_looked_after", "")
    since, number = period.start, 0
    while True:
        stopped = earliest(placed, since)
        ended = earliest([stopped, period.end, story.first_day("died")], since)
        stretches.append(Review(counted_from, number, [e for e in held if e.on >= since], ended))
        if stopped is None or ended != stopped:
            return stretches
        home = first_after(homes, stopped)
        if home is None:
            return stretches
        since = home.on
        before = [
            e for e in story.of("adoption_review_held", "review_held") if period.holds(e.on) and e.on <= since
        ]
        counted_from, number = (before or [home])[-1], 2


def looked_after_review(story: Story) -> list[Deadline]:
    def interval(number: int, counted_from: Event) -> tuple[Sequence[str], date]:
        if number == 0:
            return ["R1"], add_working_days(counted_from.on, 20)
        if number == 1:
            return ["R2"], add_months(counted_from.on, 3)
        return ["R3"], add_months(counted_from.on, 6)

    rows = []
    for period in story.periods:
        for part in review_stretches(story, period):
            reviews = part.reviews
            if part.already_held:
                reviews = [e for e in reviews if e.on > part.counted_from.on]
            rows += repeating(
                story,
                "looked_after_review",
                part.counted_from,
                reviews,
                part.ended,
                lambda number, event, part=part: interval(number + part.already_held, event),
                CARE_PLANNING,
            )
    return rows


def midway_between_reviews(story: Story) -> list[Deadline]:
    """One row for each review held while reg 33 runs; the next review ends a midway review not held (A20)."""
    rows = []
    for period in story.periods:
        for part in review_stretches(story, period):
            reviews = [e for e in part.reviews if part.ended is None or e.on <= part.ended]
            for number, review in enumerate(reviews):
                first_of_all = number == 0 and part.already_held == 0
                next_due = add_months(review.on, 3 if first_of_all else 6)
                due = review.on + timedelta(days=(next_due - review.on).days // 2)
                following = reviews[number + 1].on if number + 1 < len(reviews) else None
                ended = earliest([following, part.ended], review.on)
                midway = [e for e in story.of("midway_review_held") if period.holds(e.on)]
                met, ended = settle(first_from(midway, review.on), ended)
                rows.append(row(story, "midway_between_reviews", review, due, met, ended))
    return rows


def second_review(story: Story, period: Stretch) -> date:
    """The day the second review took place or, until it has, the day it is due by law."""
    assert period.start
    held = [day for day in story.days("review_held") if period.holds(day)]
    if len(held) >= 2:
        return held[1]
    return add_months(held[0] if held else add_working_days(period.start, 20), 3)


def by_second_review(rule: str, met_by: str, ids: Sequence[str] = (), in_force: date = date.min) -> Rule:
    return lambda story: in_each_period(
        story, rule, lambda period: second_review(story, period), [met_by], ids=ids, in_force=in_force
    )


# --- Homes and visits ------------------------------------------------------------------------------


def home_ends(story: Story, start: Event) -> date | None:
    """The next home begins, or the child leaves; a leaving on the first day is of the home left (A18)."""
    return earliest(story.days("placement_started", "placement_ended"), start.on + DAY)


def code_on(story: Story, start: Event, day: date) -> str:
    """The home's placement code on a day, after any change of type with the same carer."""
    code = start.detail
    for event in story.events:
        if event.kind == "placement_changed" and start.on <= event.on <= day:
            code = event.detail
    return code


def in_force_on(story: Story, made: str, ended: str, day: date) -> bool:
    """Opened on or before the day and not closed since."""
    opened = [on for on in story.days(made) if on <= day]
    return bool(opened) and not any(opened[-1] <= on <= day for on in story.days(ended))


def approved_for_the_time_being(story: Story, day: date) -> bool:
    given = [on for on in story.days("temporary_approval_given") if on <= day]
    settled = story.days("connected_person_approved", "temporary_approval_ended")
    return bool(given) and not any(given[-1] <= on <= day for on in settled)


def visit_interval(story: Story, home: Event, number: int, counted_from: Event) -> tuple[Sequence[str], date]:
    """The facts are read on the day the interval starts; V7 before V6 before V8 before the ordinary rule."""
    day = counted_from.on
    if number == 0:
        return ["V1"], day + timedelta(days=7)
    with_parents = [on for on in story.days("placed_with_parents") if home.on <= on <= day]
    approvals = story.days("placement_with_parents_approved")
    unapproved = any(not any(a <= on for a in approvals) for on in with_parents)
    reviewed = any(home.on <= on <= day for on in story.days("review_held"))
    interim = in_force_on(story, "interim_care_order_made", "interim_care_order_ended", day)
    care_order = in_force_on(story, "care_order_made", "care_order_ended", day)
    if approved_for_the_time_being(story, day) or (interim and with_parents):
        special, days = "V7", 28 if reviewed else 7
    elif unapproved:
        special, days = "V6", 42 if reviewed else 7
    elif care_order and with_parents:
        special, days = "V8", 42
    else:
        special, days = "", 0
    if special:
        return [special], day + timedelta(days=days)
    if day < add_months(home.on, 12):
        return ["V2"], day + timedelta(days=42)
    matched = any(home.on <= on <= day for on in story.days("long_term_match_agreed"))
    if matched or code_on(story, home, day) in ("U1", "U4"):
        return ["V3"], add_months(day, 3)
    return ["V4"], day + timedelta(days=42)


def away_from_adopters(story: Story, day: date) -> bool:
    """A temporary home while placed for adoption is no return, and visits have stopped (A21)."""
    for placed in story.days("placed_for_adoption"):
        returned = any(is_a_return(e) and placed < e.on <= day for e in story.events)
        left = story.care_ends(placed)
        again = any(placed < on <= day for on in story.days("became_looked_after"))
        if placed < day and not returned and not again and (left is None or day < left):
            return True
    return False


def statutory_visit(story: Story) -> list[Deadline]:
    rows = []
    for home in one_a_day(story.of("placement_started")):
        if home.detail.startswith("A") or (
            home.detail.startswith("T") and away_from_adopters(story, home.on)
        ):
            continue
        ended = earliest(
            [home_ends(story, home), story.care_ends(home.on), *story.days("placed_for_adoption", "died")],
            home.on,
        )
        rows += repeating(
            story,
            "statutory_visit",
            home,
            story.of("child_visited"),
            ended,
            lambda number, event, home=home: visit_interval(story, home, number, event),
            CARE_PLANNING,
        )
    return rows


def one_a_day(homes: Iterable[Event]) -> list[Event]:
    """Homes but adoptive ones, by their first day; two that began on one day are visited as one."""
    homes = [home for home in homes if not home.detail.startswith("A")]
    return list({home.on: home for home in reversed(homes)}.values())[::-1]


def homes_of(story: Story, period: Stretch) -> list[Event]:
    return [event for event in story.of("placement_started") if period.owns(event.on)]


def care_plan(story: Story) -> list[Deadline]:
    """CP1: from the first home of the period; a plan recorded earlier in the involvement counts (A7)."""
    rows = []
    for period in story.periods:
        homes = homes_of(story, period)
        if homes and homes[0].on >= CARE_PLANNING:
            rows.append(planned(story, "care_plan", homes[0], "care_plan_recorded", 10, period.end, ["CP1"]))
    return rows


def planned(
    story: Story,
    rule: str,
    home: Event,
    plan: str,
    working_days: int,
    care_ended: date | None,
    ids: Sequence[str],
) -> Deadline:
    involvement = story.involvement_of(home.on)
    earlier = [event for event in story.of(plan) if involvement.holds(event.on) and event.on <= home.on]
    met = earlier[-1] if earlier else first_from(story.of(plan), home.on)
    ended = earliest([care_ended, story.first_day("died")], home.on)
    met, ended = settle(met, ended)
    return row(story, rule, home, add_working_days(home.on, working_days), met, ended, ids=ids)


def placement_plan(story: Story) -> list[Deadline]:
    """CP3: from every home but an adoptive one (reg 3 of the 2010 regulations), until the child leaves it."""
    rows = []
    for home in one_a_day(story.of("placement_started")):
        if home.on >= CARE_PLANNING:
            ended = earliest([home_ends(story, home), story.care_ends(home.on)], home.on)
            rows.append(planned(story, "placement_plan", home, "placement_plan_recorded", 5, ended, ["CP3"]))
    return rows


def health_assessment(story: Story) -> list[Deadline]:
    """CP4: before the first review, so 20 working days; one done in the 3 months before counts (A7)."""
    rows = []
    for period in story.periods:
        assert period.start
        if period.start < CARE_PLANNING:
            continue
        acts = story.of("health_assessment_completed")
        earlier = [e for e in acts if add_months(period.start, -3) <= e.on <= period.start]
        met = earlier[-1] if earlier else first_from((e for e in acts if period.holds(e.on)), period.start)
        ended = earliest([period.end, story.first_day("died")], period.start)
        met, ended = settle(met, ended)
        became = Event(period.start, "became_looked_after", "")
        due = add_working_days(period.start, 20)
        rows.append(row(story, "health_assessment", became, due, met, ended, ids=["CP4"]))
    return rows


def temporary_approval(story: Story, rule: str, numbered: bool, in_force: date = date.min) -> list[Deadline]:
    """16 weeks, or 24 when extended on or before the last day of the 16 (A9)."""

    def extended(start: Event) -> bool:
        last = add_weeks(start.on, 16)
        return any(start.on <= on <= last for on in story.days("temporary_approval_extended"))

    def ids(start: Event) -> Sequence[str]:
        return (["F2"] if extended(start) else ["F1"]) if numbered else []

    return from_a_start(
        story,
        rule,
        ["temporary_approval_given"],
        lambda start: add_weeks(start.on, 24 if extended(start) else 16),
        ["connected_person_approved"],
        ends=["temporary_approval_ended"],
        ids=ids,
        in_force=in_force,
    )


# --- Court -----------------------------------------------------------------------------------------


def twenty_six_weeks(
    story: Story, rule: str, ids: Sequence[str] = (), in_force: date = date.min
) -> list[Deadline]:
    """Every extension between issue and conclusion adds its weeks (A9)."""

    def due(issued: Event) -> date:
        concluded = first_from(story.of("proceedings_concluded"), issued.on)
        weeks = 26
        for event in story.events:
            between = event.on >= issued.on and (concluded is None or event.on <= concluded.on)
            if event.kind == "court_extension_granted" and between:
                weeks += int(event.detail)
        return add_weeks(issued.on, weeks)

    return from_a_start(
        story,
        rule,
        ["proceedings_issued"],
        due,
        ["proceedings_concluded"],
        care=False,
        ids=lambda start: ids,
        in_force=in_force,
    )


def unborn_on(story: Story, day: date) -> bool:
    """Not born by then: born later, or expected and not known to be born."""
    born = story.born()
    return born > day if born else story.birth_expected() is not None


def unborn_gateway_due(story: Story) -> date | None:
    expected = story.birth_expected()
    return expected - timedelta(days=14) if expected else None


def legal_gateway_review(story: Story) -> list[Deadline]:
    """SLO-090: left out for an unborn child when SLO-092 comes first (A10)."""

    def left_out(gateway: Event) -> bool:
        before_birth = unborn_gateway_due(story)
        return bool(before_birth) and unborn_on(story, gateway.on) and add_weeks(gateway.on, 6) > before_birth

    def settled(gateway: Event) -> tuple[Event | None, date | None]:
        ends = story.days("proceedings_issued", "pre_proceedings_ended", "died")
        return settle(
            first_from(story.of("legal_gateway_review_held"), gateway.on), earliest(ends, gateway.on)
        )

    def judge(gateway: Event) -> Deadline:
        return row(story, "legal_gateway_review", gateway, add_weeks(gateway.on, 6), *settled(gateway))

    def closes(gateway: Event) -> date | None:
        met, ended = settled(gateway)
        return met.on if met else ended

    gateways = [g for g in story.of("legal_gateway_held") if not left_out(g)]
    return at_each_start(story, gateways, judge, closes)


def unborn_gateway_review(story: Story) -> list[Deadline]:
    """SLO-092: 14 days before the expected date; the birth ends it."""
    due = unborn_gateway_due(story)

    def settled(gateway: Event) -> tuple[Event | None, date | None]:
        met = first_from(story.of("legal_gateway_review_held"), gateway.on) if due else None
        return settle(met, earliest(story.days("born", "died"), gateway.on))

    def judge(gateway: Event) -> Deadline:
        met, ended = settled(gateway)
        return row(story, "unborn_gateway_review", gateway, due, met, ended, cannot_say=due is None)

    def closes(gateway: Event) -> date | None:
        met, ended = settled(gateway)
        return met.on if met else ended

    gateways = [g for g in story.of("legal_gateway_held") if unborn_on(story, g.on)]
    return at_each_start(story, gateways, judge, closes)


def hearing_of(story: Story, issued: Event) -> date | None:
    """The last row in the file for these proceedings (A8): on or after issue, before the next issue."""
    following = first_after(story.of("proceedings_issued"), issued.on)
    rows = [
        event.on
        for event in story.in_file_order
        if event.kind == "issues_resolution_hearing"
        and event.on >= issued.on
        and (following is None or event.on < following.on)
    ]
    return rows[-1] if rows else None


def review_before_issues_resolution_hearing(story: Story) -> list[Deadline]:
    """SLO-100: due the day before the hearing; a review on or after the hearing never meets it (A11)."""

    def settled(issued: Event) -> tuple[Event | None, date | None]:
        hearing = hearing_of(story, issued)
        reviews = [e for e in story.of("review_held") if hearing and issued.on <= e.on < hearing]
        ended = earliest([story.care_ends(issued.on), story.first_day("died")], issued.on)
        return settle(first_from(reviews, issued.on), ended)

    def judge(issued: Event) -> Deadline:
        hearing = hearing_of(story, issued)
        due = hearing - DAY if hearing else None
        met, ended = settled(issued)
        rule = "review_before_issues_resolution_hearing"
        return row(story, rule, issued, due, met, ended, cannot_say=due is None)

    def closes(issued: Event) -> date | None:
        met, ended = settled(issued)
        return met.on if met else ended

    return at_each_start(story, story.of("proceedings_issued"), judge, closes)


def early_permanence_considered(story: Story) -> list[Deadline]:
    """SLO-132: under 3 on the day the clock starts, the unborn among them (A13)."""

    def applies(start: Event) -> bool:
        born = story.born()
        return born is None or start.on < birthday(born, 3)

    def due(start: Event, involvement: Stretch) -> date | None:
        if unknown:
            return None
        heard = story.of("permanence_meeting_held", "permanence_tracked")
        first = first_from((e for e in heard if involvement.holds(e.on)), start.on)
        return first.on if first else None

    unknown = story.born() is None and story.birth_expected() is None
    return in_each_involvement(
        story,
        "early_permanence_considered",
        lambda: story.of("became_looked_after", "pre_proceedings_started", "legal_gateway_held"),
        due,
        ["early_permanence_considered"],
        applies,
        cannot_say=unknown,
    )


# --- Adoption --------------------------------------------------------------------------------------

OTHER_ROUTES = [
    "long_term_fostering_became_the_plan",
    "return_home_became_the_plan",
    "special_guardianship_became_the_plan",
    "child_arrangements_became_the_plan",
    "residential_became_the_plan",
    "other_route_became_the_plan",
]


def adoptive_placement_ends(story: Story, placed: Event) -> date | None:
    """At the order, leaving care, another placement for adoption or a move to another kind of home (A12)."""
    return earliest(
        [
            *story.days("adoption_order_made", "died"),
            *(day for day in story.days("placed_for_adoption") if day > placed.on),
            *(event.on for event in story.events if is_a_return(event) and event.on > placed.on),
            story.care_ends(placed.on),
        ],
        placed.on,
    )


def adoption_review_after_placement(story: Story) -> list[Deadline]:
    def interval(number: int, counted_from: Event) -> tuple[Sequence[str], date]:
        if number == 0:
            return ["AD17"], add_weeks(counted_from.on, 4)
        if number == 1:
            return ["AD18"], add_months(counted_from.on, 3)
        return ["AD19"], add_months(counted_from.on, 6)

    rows = []
    for placed in story.of("placed_for_adoption"):
        rows += repeating(
            story,
            "adoption_review_after_placement",
            placed,
            story.of("adoption_review_held"),
            adoptive_placement_ends(story, placed),
            interval,
            ADOPTION_AGENCIES,
        )
    return rows


def adoption_review_before_placement(story: Story) -> list[Deadline]:
    """AD16: 3 months, then 6, from order or consent until placed, revoked, adopted or out of care."""

    def interval(number: int, counted_from: Event) -> tuple[Sequence[str], date]:
        return ["AD16"], add_months(counted_from.on, 6 if number else 3)

    rows: list[Deadline] = []
    open_until: date | None = date.min
    last = date.min
    for start in story.of("placement_order_made", "adoption_consent_given"):
        if open_until is None or start.on < open_until or start.on == last:
            continue
        ended = earliest(
            [
                *story.days("placed_for_adoption", "placement_order_revoked", "adoption_order_made", "died"),
                story.care_ends(start.on),
            ],
            start.on,
        )
        rows += repeating(
            story,
            "adoption_review_before_placement",
            start,
            story.of("adoption_review_held"),
            ended,
            interval,
            ADOPTION_AGENCIES,
        )
        open_until, last = ended, start.on
    return rows


def life_story_book_first_stage(story: Story) -> list[Deadline]:
    """SLO-120: due on the second adoption review after the placement; undated until then."""
    rows = []
    for placed in story.of("placed_for_adoption"):
        ended = adoptive_placement_ends(story, placed)
        reviews = [
            day
            for day in story.days("adoption_review_held")
            if day >= placed.on and (ended is None or day <= ended)
        ]
        due = reviews[1] if len(reviews) > 1 else None
        met, fell_away = settle(first_from(story.of("life_story_book_started"), placed.on), ended)
        rows.append(row(story, "life_story_book_first_stage", placed, due, met, fell_away))
    return rows


def after_the_ceremony(
    rule: str, given: str, working_days: bool = True, ids: Sequence[str] = (), in_force: date = date.min
) -> Rule:
    """Ten days from the celebration; what was given before it counts (A7), and nothing ends it (A3)."""

    def due(celebrated: Event) -> date:
        return add_working_days(celebrated.on, 10) if working_days else celebrated.on + timedelta(days=10)

    return lambda story: from_a_start(
        story,
        rule,
        ["adoption_celebrated"],
        due,
        [given],
        care=False,
        died=False,
        ids=lambda start: ids,
        in_force=in_force,
        done_before_counts=True,
    )


# --- Growing up ------------------------------------------------------------------------------------


def from_sixteen(
    story: Story,
    rule: str,
    due: Callable[[Event, Stretch], date | None],
    met_by: Sequence[str],
    ids: Sequence[str] = (),
    in_force: date = date.min,
) -> list[Deadline]:
    """Counted from the later of the 16th birthday and coming into care (A16)."""
    rows = []
    born = story.born()
    for period in story.periods:
        assert period.start
        start = Event(period.start, "became_looked_after", "")
        if born and birthday(born, 16) > period.start:
            start = Event(birthday(born, 16), "born", "")
        if start.on < in_force or start.on > story.as_at or not period.owns(start.on):
            continue
        if born and (start.on >= birthday(born, 18) or birthday(born, 16) == period.end):
            continue  # grown up, or left care on the birthday itself
        if any(day < start.on for day in story.days("died")):
            continue
        acts = [e for e in story.of(*met_by) if period.holds(e.on)] if born else []
        met = first_from(acts, start.on)
        ended = earliest([period.end, story.first_day("died")], start.on)
        met, ended = settle(met, ended)
        due_on = due(start, period) if born else None
        rows.append(row(story, rule, start, due_on, met, ended, ids=ids, cannot_say=born is None))
    return rows


def staying_put_considered(story: Story) -> list[Deadline]:
    """L6: due on the first review from the 16th birthday (A26)."""

    def due(start: Event, period: Stretch) -> date | None:
        review = first_from((e for e in story.of("review_held") if period.holds(e.on)), start.on)
        return review.on if review else None

    return from_sixteen(
        story,
        "staying_put_considered",
        due,
        ["staying_put_considered", "staying_put_agreed"],
        ["L6"],
        date(2014, 5, 13),
    )


def arrangement_before_18(story: Story) -> list[Deadline]:
    def due(start: Event, period: Stretch) -> date:
        born = story.born()
        assert born
        return birthday(born, 18) - DAY

    return from_sixteen(story, "arrangement_before_18", due, ["staying_put_agreed"])


# --- The councils' own -----------------------------------------------------------------------------


def long_term_match(story: Story) -> list[Deadline]:
    """SLO-018: undated, from the plan or from a home with a long-term code."""

    def starts() -> list[Event]:
        kinds = ("long_term_fostering_became_the_plan", "placement_started", "placement_changed")
        return [e for e in story.of(*kinds) if e.kind == kinds[0] or e.detail in ("U1", "U4")]

    return in_each_involvement(
        story, "long_term_match", starts, lambda start, involvement: None, ["long_term_match_agreed"]
    )


def fourteen_months(rule: str) -> Rule:
    return lambda story: in_each_involvement(
        story,
        rule,
        lambda: story.of("need_identified", "became_looked_after"),
        lambda start, involvement: add_months(start.on, 14),
        ["permanence_achieved"],
    )


def child_permanence_meeting(story: Story) -> list[Deadline]:
    return in_each_involvement(
        story,
        "child_permanence_meeting",
        lambda: story.of("pre_proceedings_started", "became_looked_after"),
        lambda start, involvement: add_weeks(start.on, 6),
        ["permanence_meeting_held"],
    )


def every_six_weeks(
    story: Story, rule: str, starts: Sequence[str], ends: Sequence[str], counts_on_the_day: bool
) -> list[Deadline]:
    """Meetings of the involvement, until permanence; once so ended they do not start again in it (A14)."""
    rows = []
    for involvement in story.involvements:
        start = next((event for event in story.of(*starts) if involvement.holds(event.on)), None)
        if start is None:
            continue
        meetings = [e for e in story.of("permanence_meeting_held") if involvement.holds(e.on)]
        if not counts_on_the_day:
            meetings = [e for e in meetings if e.on > start.on]
        ended = earliest([*story.days(*ends, "died"), involvement.end], start.on)
        rows += repeating(
            story, rule, start, meetings, ended, lambda number, event: ([], add_weeks(event.on, 6))
        )
    return rows


def homes_with_any_first_day(story: Story) -> list[Event]:
    """Homes, and for a child whose first home is not recorded the first change of its type."""
    homes: list[Event] = []
    for event in story.of("placement_started", "placement_changed"):
        left = home_ends(story, homes[-1]) if homes else date.min
        if event.kind == "placement_started" or (left and left <= event.on):
            homes.append(event)
    return homes


def two_moves_in_12_months(story: Story) -> list[Deadline]:
    """MER-096: T codes are set aside before the first home is picked out (A17)."""
    rows = []
    for period in story.periods:
        moves = [home for home in homes_of(story, period) if not home.detail.startswith("T")][1:]
        for earlier, later in pairwise(moves):
            if later.on <= add_months(earlier.on, 12):
                ended = earliest([period.end, story.first_day("died")], later.on)
                rows.append(row(story, "two_moves_in_12_months", later, None, None, ended))
                break
    return rows


def foster_stretches(story: Story) -> list[tuple[Event, date | None]]:
    """First event and last day of each stretch in which one home was a foster home."""
    stretches = []
    homes = homes_with_any_first_day(story)
    for number, home in enumerate(homes):
        following = homes[number + 1].on if number + 1 < len(homes) else None
        left = earliest([home_ends(story, home), following], home.on)
        changes = [e for e in story.of("placement_changed") if e.on >= home.on and e != home]
        since: Event | None = None
        for event in (home, *(e for e in changes if left is None or e.on < left)):
            if event.detail.startswith("U"):
                since = since or event
            elif since:
                stretches.append((since, event.on))
                since = None
        if since:
            stretches.append((since, left))
    return stretches


def settled_foster_home_review(story: Story) -> list[Deadline]:
    """MER-102: one row a foster home, two years from its first day as one with the same carer (A18)."""
    rows = []
    for start, last in foster_stretches(story):
        ended = earliest(
            [last, *story.days("permanence_achieved", "died"), story.care_ends(start.on)], start.on
        )
        met, ended = settle(first_from(story.of("special_guardianship_considered"), start.on), ended)
        rows.append(row(story, "settled_foster_home_review", start, add_months(start.on, 24), met, ended))
    return rows


def residential_review(story: Story) -> list[Deadline]:
    """LAM-053: undated, one row for each residential home (A19)."""
    rows = []
    for start in story.of("residential_placement_started"):
        ended = earliest([story.care_ends(start.on), story.first_day("died")], start.on)
        met, ended = settle(first_from(story.of("return_home_reviewed", "option_ruled_out"), start.on), ended)
        rows.append(row(story, "residential_review", start, None, met, ended))
    return rows


# --- The packs -------------------------------------------------------------------------------------

Rule = Callable[[Story], list[Deadline]]

CONFERENCE = [
    "family_group_conference_offered",
    "family_group_conference_declined",
    "family_group_conference_held",
]

ENGLAND: dict[str, Rule] = {
    "looked_after_review": looked_after_review,
    "statutory_visit": statutory_visit,
    "care_plan": care_plan,
    "placement_plan": placement_plan,
    "health_assessment": health_assessment,
    "personal_education_plan": lambda story: in_each_period(
        story,
        "personal_education_plan",
        lambda period: add_working_days(period.start, 10),
        ["personal_education_plan_completed"],
        ids=["CP6"],
        in_force=date(2018, 2, 1),
    ),
    "permanence_plan_by_second_review": by_second_review(
        "permanence_plan_by_second_review", "permanence_plan_recorded", ["CP14"], date(2015, 4, 1)
    ),
    "temporary_approval": lambda story: temporary_approval(story, "temporary_approval", True, CARE_PLANNING),
    "placement_with_parents_approval": lambda story: must_come_before(
        story,
        "placement_with_parents_approval",
        ["placed_with_parents"],
        ["placement_with_parents_approved"],
        ids=["F7"],
        in_force=CARE_PLANNING,
    ),
    "care_proceedings": lambda story: twenty_six_weeks(story, "care_proceedings", ["P7"], date(2014, 4, 22)),
    "adoption_decision": lambda story: from_a_start(
        story,
        "adoption_decision",
        ["adoption_became_the_plan"],
        lambda start: add_months(start.on, 2),
        ["adoption_decision_made"],
        ends=OTHER_ROUTES,
        ids=lambda start: ["AD5"],
        in_force=ADOPTION_GUIDANCE,
    ),
    "adoption_match": lambda story: from_a_start(
        story,
        "adoption_match",
        ["adoption_decision_made"],
        lambda start: add_months(start.on, 6),
        ["matched_with_adopters"],
        ends=["adoption_decision_reversed"],
        ids=lambda start: ["AD10"],
        in_force=ADOPTION_GUIDANCE,
    ),
    "adoption_review_before_placement": adoption_review_before_placement,
    "adoption_review_after_placement": adoption_review_after_placement,
    "life_story_book": after_the_ceremony(
        "life_story_book", "life_story_book_given", ids=["AD25"], in_force=ADOPTION_GUIDANCE
    ),
    "later_life_letter": after_the_ceremony(
        "later_life_letter", "later_life_letter_given", ids=["AD26"], in_force=ADOPTION_GUIDANCE
    ),
    "staying_put_considered": staying_put_considered,
}

SLOUGH: dict[str, Rule] = {
    "pre_proceedings_limit": lambda story: from_a_start(
        story,
        "pre_proceedings_limit",
        ["pre_proceedings_started"],
        lambda start: add_weeks(start.on, 16),
        ["proceedings_issued", "pre_proceedings_ended"],
        care=False,
    ),
    "proceedings_limit": lambda story: twenty_six_weeks(story, "proceedings_limit"),
    "adopted_after_placement_order": lambda story: from_a_start(
        story,
        "adopted_after_placement_order",
        ["placement_order_made"],
        lambda start: add_months(start.on, 4),
        ["adoption_order_made"],
        ends=["placement_order_revoked"],
    ),
    "long_term_match": long_term_match,
    "confirmed_plan": lambda story: in_each_period(
        story, "confirmed_plan", lambda period: add_months(period.start, 6), ["permanence_plan_confirmed"]
    ),
    "family_group_conference_before_plan": lambda story: must_come_before(
        story,
        "family_group_conference_before_plan",
        ["permanence_plan_agreed", "permanence_plan_confirmed"],
        CONFERENCE,
    ),
    "life_story_work": lambda story: in_each_period(
        story, "life_story_work", lambda period: None, ["life_story_work_started"]
    ),
    "legal_gateway_review": legal_gateway_review,
    "unborn_gateway_review": unborn_gateway_review,
    "review_before_issues_resolution_hearing": review_before_issues_resolution_hearing,
    "life_story_book_first_stage": life_story_book_first_stage,
    "slough_life_story_book": after_the_ceremony("slough_life_story_book", "life_story_book_given"),
    "slough_later_life_letter": after_the_ceremony(
        "slough_later_life_letter", "later_life_letter_given", working_days=False
    ),
    "early_permanence_considered": early_permanence_considered,
    "family_group_conference_before_pre_proceedings": lambda story: must_come_before(
        story, "family_group_conference_before_pre_proceedings", ["pre_proceedings_started"], CONFERENCE
    ),
}

DUDLEY: dict[str, Rule] = {
    "child_permanence_meeting": child_permanence_meeting,
    "child_permanence_meeting_repeat": lambda story: every_six_weeks(
        story,
        "child_permanence_meeting_repeat",
        ["permanence_meeting_held"],
        ["placed_permanently", "permanence_achieved"],
        counts_on_the_day=False,
    ),
    "dudley_plan_by_second_review": by_second_review(
        "dudley_plan_by_second_review", "permanence_plan_recorded"
    ),
}

MERTON: dict[str, Rule] = {
    "merton_permanent_home": fourteen_months("merton_permanent_home"),
    "connected_person_assessment": lambda story: from_a_start(
        story,
        "connected_person_assessment",
        ["connected_person_assessment_started"],
        lambda start: add_weeks(start.on, 14),
        ["connected_person_assessment_completed"],
        ends=["connected_person_assessment_withdrawn"],
        care=False,
    ),
    "arrangement_before_18": arrangement_before_18,
    "permanency_planning_meeting": lambda story: every_six_weeks(
        story,
        "permanency_planning_meeting",
        ["pre_proceedings_started", "became_looked_after"],
        ["permanence_achieved"],
        counts_on_the_day=True,
    ),
    "two_moves_in_12_months": two_moves_in_12_months,
    "return_home_reassessed": lambda story: in_each_period(
        story,
        "return_home_reassessed",
        lambda period: add_months(period.start, 12),
        ["return_home_reviewed"],
        ends=["permanence_achieved"],
    ),
    "settled_foster_home_review": settled_foster_home_review,
}

LAMBETH: dict[str, Rule] = {
    "lambeth_plan_by_second_review": by_second_review(
        "lambeth_plan_by_second_review", "permanence_plan_recorded"
    ),
    "lambeth_permanent_home": fourteen_months("lambeth_permanent_home"),
    "residential_review": residential_review,
    "lambeth_life_story_book": after_the_ceremony("lambeth_life_story_book", "life_story_book_given"),
    "lambeth_later_life_letter": after_the_ceremony("lambeth_later_life_letter", "later_life_letter_given"),
}

CROYDON: dict[str, Rule] = {
    "family_network_meeting_before_assessment": lambda story: must_come_before(
        story,
        "family_network_meeting_before_assessment",
        ["first_assessment_completed"],
        ["family_network_meeting_held"],
    ),
    "midway_between_reviews": midway_between_reviews,
    "parallel_plan_by_second_review": by_second_review(
        "parallel_plan_by_second_review", "parallel_plan_recorded"
    ),
    "contingency_plan_by_second_review": by_second_review(
        "contingency_plan_by_second_review", "contingency_plan_recorded"
    ),
    "return_home_window": lambda story: in_each_period(
        story,
        "return_home_window",
        lambda period: add_weeks(period.start, 20),
        ["return_home_reviewed"],
        ends=["permanence_achieved"],
    ),
    "croydon_temporary_approval": lambda story: temporary_approval(
        story, "croydon_temporary_approval", False
    ),
}

PACKS: dict[str, dict[str, Rule]] = {
    "england": ENGLAND,
    "slough": SLOUGH,
    "dudley": DUDLEY,
    "merton": MERTON,
    "lambeth": LAMBETH,
    "croydon": CROYDON,
}


def slow_deadlines(packs: Iterable[str], rows: Iterable[Row], as_at: date) -> list[Deadline]:
    """Every deadline of the packs for one child's rows (in file order), as known on a day."""
    story = Story(rows, as_at)
    return [said for pack in packs for rule in PACKS[pack].values() for said in rule(story)]
