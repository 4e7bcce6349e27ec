"""Children for whom it was agreed how often they are visited and reviewed: is it kept (SLO-019)?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from homeward.domain.calendar import add_months
from homeward.domain.frequency import Agreed, Limit, agreed, law_words, limit, too_seldom
from homeward.domain.life import Life
from homeward.domain.wording import day_words
from homeward.records.history import histories
from homeward.records.models import Decision, Review, Visit
from homeward.records.operations.decisions import FREQUENCY
from homeward.records.queries.drift.line import Asking, Cell, Line, Told, by_whom, decisions, named

HEADINGS = ("Agreed", "Why", "By law today", "Next visit as agreed", "Next review as agreed")


def lines(asking: Asking) -> list[Line]:
    """Whose agreement the law no longer allows first, then by the day on which the next visit is due."""
    children = asking.children("core", "history").filter(standing__in_care=True)
    told = Decision.current.filter(kind=FREQUENCY)
    found = named(children, children.filter(pk__in=told.values("child")).values_list("pk", flat=True))
    made = decisions(found, FREQUENCY)
    laws = {pk: limit(Life(history, asking.today)) for pk, history in histories(list(found))}
    visits = _last(Visit.current.filter(child__in=list(found), on__lte=asking.today), "on")
    reviews = _last(Review.current.filter(child__in=list(found), held_on__lte=asking.today), "held_on")
    listed = []
    for pk, child in found.items():
        asked, law = agreed(made[pk].what), laws[pk]
        if asked is None:
            continue
        since = made[pk].decided_on
        visit = visits.get(pk, since) + timedelta(weeks=asked.weeks)
        review = add_months(reviews.get(pk, since), asked.months)
        said = f"{made[pk].basis} – {by_whom(made[pk])}"
        cells: tuple[Cell, ...] = (
            made[pk].what,
            said,
            _law(asked, law),
            _due(asking, visit),
            _due(asking, review),
        )
        beyond = law is not None and bool(too_seldom(asked, law))
        listed.append((not beyond, min(visit, review), Line(child, cells)))
    return [line for *_, line in sorted(listed, key=lambda each: each[:2])]


def _law(asked: Agreed, law: Limit | None) -> Cell:
    if law is None:
        return "No interval of these regulations today"
    beyond = too_seldom(asked, law)
    if beyond:
        return Told("overdue", f"{law_words(law)} Agreed less often: {' and '.join(beyond)}")
    return law_words(law)


def _due(asking: Asking, on: date) -> Told:
    due = asking.due(on)
    return due if due.status == "on_track" else due._replace(words=f"{due.words}, {day_words(on)}")


def _last(facts: QuerySet[Visit] | QuerySet[Review], name: str) -> dict[int, date]:
    rows: Iterable[tuple[int, date]] = facts.order_by(name).values_list("child_id", name)
    return dict(rows)
