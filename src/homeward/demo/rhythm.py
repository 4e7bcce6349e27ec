"""What is done for every child in care again and again: reviews, visits, papers, health, school, meetings.

Done a little before it is due, and a few times in a hundred a little after, as in a council that works well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from random import Random

from homeward.demo.child import Child, Home, Period, days, within
from homeward.domain.calendar import add_months, add_working_days, birthday

LATE = 0.045  # the share of repeated things done after their day


def keep_rhythm(c: Child, rng: Random, council: str) -> None:
    """Fills a life written by a script with all that is done around it."""
    for period in c.periods:
        reviews(c, rng, period)
        papers(c, rng, period)
        visits(c, rng, period)
        story_and_voice(c, rng, period)
    adoption_reviews(c, rng)
    (planning_meetings if council == "northmere" else monitoring)(c, rng)
    if council == "easterby":
        gateway_reviews(c, rng)
    c.tidy()


def steps(
    rng: Random, start: date, stop: date, gap: Callable[[date], tuple[int, int, int]], late: float = LATE
) -> Iterator[date]:
    """Days after `start` up to `stop`; `gap` gives (from, to, limit) in days counted from the last one."""
    on = start
    while True:
        low, high, limit = gap(on)
        over = limit + 1 + int(rng.expovariate(1 / 9)) if rng.random() < late else 0
        on += days(over or rng.randint(low, high))
        if on > stop:
            return
        yield working(on)


def working(on: date) -> date:
    """The Friday before, for what would fall on a weekend."""
    return on - days(max(0, on.weekday() - 4))


def end_of(c: Child, period: Period) -> date:
    return period.end - days(1) if period.end else c.today


def with_adopters(c: Child, period: Period) -> list[tuple[date, date]]:
    """Days lived with prospective adopters, the last of them the day before leaving."""
    left = [home.on - days(1) for home in period.homes[1:]] + [end_of(c, period)]
    return [
        (home.on, end) for home, end in zip(period.homes, left, strict=True) if home.place.startswith("A")
    ]


# Reviews (reg 33)


def reviews(c: Child, rng: Random, period: Period) -> None:
    """The first within 20 working days, the second within 3 months of it, then every 6 months."""
    stop, adoptive = end_of(c, period), with_adopters(c, period)
    on = add_working_days(period.start, rng.randint(13, 19))
    turn = 0
    while on <= stop:
        if not within(on, adoptive):
            c.reviews.append((on, participation(c, rng, on)))
        late = rng.random() < LATE
        second = working(on + days(rng.randint(70, 86)))
        usual = second if turn == 0 else working(on + days(rng.randint(144, 178)))
        on = add_months(on, 3 if turn == 0 else 6) + days(rng.randint(3, 25)) if late else usual
        turn += 1


def participation(c: Child, rng: Random, on: date) -> str:
    if c.age_on(on) < 4:
        return "PN0"
    return rng.choices(("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"), (52, 5, 1, 8, 4, 25, 5))[0]


def second_review_due(c: Child, period: Period) -> date:
    held = [on for on, _ in c.reviews if on >= period.start]
    return (
        held[1] if len(held) > 1 else add_months(held[0] if held else add_working_days(period.start, 20), 3)
    )


def adoption_reviews(c: Child, rng: Random) -> None:
    """Reg 36: while waiting at 3 and 6 months, then 4 weeks, 3 months and 6 months after placement."""
    for period in c.periods:
        authority = next((on for on, code in period.legal if code == "E1"), None)
        adoptive = with_adopters(c, period)
        if authority:
            _held(c, rng, authority, adoptive[0][0] if adoptive else end_of(c, period), (80, 170))
        for placed, left in adoptive:
            _held(c, rng, placed, left, (25, 80, 165))


def _held(c: Child, rng: Random, start: date, stop: date, intervals: tuple[int, ...]) -> None:
    on, turn = start, 0
    while True:
        on = working(on + days(intervals[min(turn, len(intervals) - 1)] - rng.randint(0, 3)))
        if on >= stop:
            return
        c.note(on, "adoption_review_held")
        turn += 1


# Visits (reg 28)


def visits(c: Child, rng: Random, period: Period) -> None:
    """Within a week of each move, then every six weeks; weekly or four-weekly where the law asks more."""
    for home, left in period.carers():
        if home.place.startswith("A"):
            _visit_adopters(c, rng, home, left or c.today)
            continue
        became_adoptive = (start for start, _ in with_adopters(c, period) if start > home.on)
        stop = min(left or c.today, next(became_adoptive, c.today))
        first = home.on + days(rng.randint(2, 6))
        if first <= stop:
            c.visits.append(first)
            c.visits += steps(rng, first, stop, partial(_visit_gap, c, period, home))


def _visit_gap(c: Child, period: Period, home: Home, on: date) -> tuple[int, int, int]:
    if within(on, _closely_visited(c, period, home)):
        reviewed = any(home.on <= held <= on for held, _ in c.reviews)
        return (19, 26, 28) if reviewed else (5, 6, 7)
    matched = c.first("long_term_match_agreed")
    if matched and matched <= on and on >= add_months(home.on, 12):
        return (56, 80, 90)
    return (27, 39, 42)


def _closely_visited(c: Child, period: Period, home: Home) -> list[tuple[date, date]]:
    """Reg 24 until full approval, and home under an interim order (reg 28(4))."""
    spans = []
    given = c.first("temporary_approval_given", start=home.on)
    if home.place.startswith("U") and given:
        done = c.first("connected_person_approved", "temporary_approval_ended", start=given)
        spans.append((given, (done or c.today) - days(1)))
    if home.place == "P1":
        full = next((on for on, code in period.legal if code == "C2"), c.today)
        spans.append((home.on, full - days(1)))
    return spans


def _visit_adopters(c: Child, rng: Random, home: Home, stop: date) -> None:
    """Weekly until the first review, then as decided at it (AAR 2005 reg 36(4))."""
    for week in range(1, 5):
        c.visits += [home.on + days(7 * week - 2)] if home.on + days(7 * week - 2) <= stop else []
    c.visits += steps(rng, home.on + days(26), stop, lambda on: (18, 28, 42))


# Plans on paper, health and school


def papers(c: Child, rng: Random, period: Period) -> None:
    c.note(add_working_days(period.start, rng.randint(4, 9)), "care_plan_recorded")
    appointed = period.start + days(rng.randint(1, 5))
    if appointed <= end_of(c, period):
        c.officers.append(("", appointed, period.end))
    for home, _ in period.carers():
        if not home.place.startswith("A"):
            c.note(add_working_days(home.on, rng.randint(0, 4)), "placement_plan_recorded")
    _health(c, rng, period)
    _school(c, rng, period)


def _health(c: Child, rng: Random, period: Period) -> None:
    """Before the first review; then twice a year under 5 and once a year after (reg 7)."""
    first = [on for on, _ in c.reviews if on >= period.start][:1]
    latest = add_working_days(period.start, 19)
    on = min(first[0] if first else latest, latest) - days(rng.randint(1, 6))
    while on <= end_of(c, period):
        c.note(on, "health_assessment_completed")
        on = working(on + days(rng.randint(150, 176) if c.age_on(on) < 5 else rng.randint(315, 358)))


def _school(c: Child, rng: Random, period: Period) -> None:
    """A usable personal education plan in ten working days (early years for the youngest), then each term.

    Of the termly ones only the last four are kept: the case system they come from has no older.
    """
    on = first = add_working_days(period.start, rng.randint(6, 9))
    stop = end_of(c, period)
    while on <= stop:
        if on == first or on > stop - days(420):
            c.note(on, "personal_education_plan_completed")
        on = working(on + days(rng.randint(95, 120)))


# The child's story and voice, and looking again


def story_and_voice(c: Child, rng: Random, period: Period) -> None:
    stop = end_of(c, period)
    for on, _ in c.reviews:
        if period.start <= on <= stop and c.age_on(on) >= 4 and rng.random() < 0.6:
            c.note(on - days(rng.randint(1, 9)), "child_views_recorded")
    started = period.start + days(rng.randint(90, 260))
    if started <= stop:
        c.note(started, "life_story_work_started")
    if c.age_on(period.start) >= 8 and rng.random() < 0.5:
        c.note(min(period.start + days(rng.randint(10, 40)), stop), "advocate_offered")
    _looked_at_again(c, rng, period, stop)
    _leaving_care(c, period, stop)


def _looked_at_again(c: Child, rng: Random, period: Period, stop: date) -> None:
    """Return home inside the first year; special guardianship in each foster home before two years in it."""
    again = period.start + days(rng.randint(110, 275))
    if again <= stop and not c.first("return_home_reviewed", start=period.start):
        c.note(again, "return_home_reviewed")
    for home, left in period.carers():
        considered = home.on + days(rng.randint(330, 560))
        if home.place.startswith("U") and considered <= min(left or stop, stop):
            c.note(considered, "special_guardianship_considered")


def _leaving_care(c: Child, period: Period, stop: date) -> None:
    """Staying put is considered at the first review from 16 (Children Act 1989 s.23CZA)."""
    if c.born is None:
        return
    sixteen = birthday(c.born, 16)
    first = next((on for on, _ in c.reviews if on >= max(sixteen, period.start) and on <= stop), None)
    if first:
        c.note(first, "staying_put_considered")


# Meetings


def planning_meetings(c: Child, rng: Random) -> None:
    """Merton: a Permanency Planning Meeting every six weeks until permanence; monthly tracking of drift."""
    for start, stop in involved(c):
        for on in steps(rng, start, stop, lambda on: (28, 39, 42), LATE * 1.3):
            c.note(on, "permanence_meeting_held")
        # The Tracking Meeting hears those a year in care without permanence.
        for on in first_tuesdays(add_months(start, 12), stop):
            c.note(on, "permanence_tracked")


def monitoring(c: Child, rng: Random) -> None:
    """Slough: under threes at a planning meeting within weeks; some weekly at the Monitoring Group."""
    for start, stop in involved(c):
        young = c.born is None or c.age_on(start) < 3
        if young and start + days(35) <= stop:
            _early_permanence(c, rng, start)
        if c.periods and start + days(75) <= stop:
            c.note(start + days(rng.randint(70, 110)), "care_planning_meeting_held")
        if heard_weekly(c, rng):
            first = max(start + days(14), stop - days(rng.randint(60, 150)))
            for on in thursdays(first, stop):
                c.note(on, "permanence_tracked")


def _early_permanence(c: Child, rng: Random, start: date) -> None:
    met = working(start + days(rng.randint(22, 34)))
    c.note(met, "permanence_meeting_held")
    considered = c.first("early_permanence_considered", start=start)
    if considered is None or considered > met:
        c.note(met - days(rng.randint(0, 6)), "early_permanence_considered")


def heard_weekly(c: Child, rng: Random) -> bool:
    """The Group's triggers: a placement order, under three, section 20, home under an order."""
    if not c.in_care or c.permanence_on:
        return False
    status = c.period.status_on(c.today)
    triggered = status in ("E1", "V2") or c.age_on(c.today) < 3 or c.period.home_on(c.today).place == "P1"
    return rng.random() < (0.7 if triggered else 0.1)


def involved(c: Child) -> list[tuple[date, date]]:
    """From pre-proceedings or coming into care until permanence, the end of care, or stepping down."""
    spans: list[tuple[date, date]] = []
    plo = c.first("pre_proceedings_started")
    for period in c.periods:
        start = min(plo or period.start, period.start) if not spans else period.start
        spans.append((start, min(c.permanence_on or c.today, end_of(c, period))))
    if not c.periods and plo:
        ended = c.first("pre_proceedings_ended", "proceedings_concluded")
        spans.append((plo, (ended or c.today) - days(0 if ended is None else 1)))
    return spans


def gateway_reviews(c: Child, rng: Random) -> None:
    """Slough: a gateway is reviewed within six weeks, and two weeks before the birth of an unborn child."""
    for on, kind, _ in list(c.events):
        if kind != "legal_gateway_held" or c.first("legal_gateway_review_held", start=on):
            continue
        unborn = c.expected is not None and (c.born is None or c.born > on)
        due = c.expected - days(14) if unborn and c.expected else on + days(42)
        ended = c.first("proceedings_issued", "pre_proceedings_ended", start=on)
        review = max(on + days(1), min(due, on + days(42)) - days(rng.randint(1, 8)))
        if ended is None or review < ended:
            c.note(review, "legal_gateway_review_held")


def first_tuesdays(start: date, stop: date) -> Iterator[date]:
    month = start.replace(day=1)
    while month <= stop:
        on = month + days((1 - month.weekday()) % 7)
        if start <= on <= stop:
            yield on
        month = add_months(month, 1)


def thursdays(start: date, stop: date) -> Iterator[date]:
    on = start + days((3 - start.weekday()) % 7)
    while on <= stop:
        yield on
        on += days(7)
