"""Children at risk of not reaching permanence, by named reasons of the record, and what is done about it.

No score and no forecast: each reason is a date that has passed or a fact that stands (MER-083).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from homeward.domain.calendar import DAY, add_months
from homeward.domain.wording import day_words
from homeward.records.models import Action, MeetingHeld
from homeward.records.queries.after_ruling_out import ruled_out
from homeward.records.queries.cohorts import COHORTS
from homeward.records.queries.drift.line import Asking, Cell, Line, Told, named
from homeward.records.queries.tracker_page import Tracker, TrackerChild, tracker

CORE, OVERSIGHT = "permanence_meeting_held", "permanence_tracked"
# A date that waits for one of these is a step of the way to a permanent home.
LEADS = frozenset(
    {
        *("permanence_plan_recorded", "permanence_plan_agreed", "permanence_plan_confirmed"),
        *("adoption_decision_made", "matched_with_adopters", "placed_for_adoption", "adoption_order_made"),
        *("proceedings_concluded", "long_term_match_agreed", "placed_permanently", "permanence_achieved"),
    }
)
STANDS = ("no_plan_by_second_review", "placement_order_no_match", "two_moves")  # of COHORTS
HEADINGS = (*("Why", "Planning meeting", "Open actions", "Looked at this quarter", "Due this quarter"),)


def quarter(on: date) -> tuple[date, date]:
    """The first and last day of the quarter of a day."""
    first = date(on.year, on.month - (on.month - 1) % 3, 1)
    return first, add_months(first, 3) - DAY


def lines(asking: Asking) -> list[Line]:
    """Whose reason has stood the longest comes first; in about a dozen queries however many there are."""
    shown = tracker(asking.actor, asking.authority, asking.today, asking.today, asking.aside)
    ruled = ruled_out(asking.actor, asking.authority, asking.today).waiting
    waits = {each.child: each.ruled_out_on for each in ruled}
    why = {
        child.pk: (child, reasons)
        for child in shown.children
        if (reasons := _reasons(shown, child, waits.get(child.pk)))
    }
    children = named(asking.children("core", "history"), why)
    planning, looked = (_last(children, kind, asking.today) for kind in (CORE, OVERSIGHT))
    actions = _open_actions(children)
    found = []
    for pk, child in children.items():
        tracked, reasons = why[pk]
        since = min((on for _, on in reasons if on), default=None)
        cells: tuple[Cell, ...] = (
            tuple(words for words, _ in reasons),
            _planned(planning.get(pk), since, asking.today),
            _counted(actions.get(pk, []), asking.today),
            _looked(looked.get(pk), asking.today),
            _due(shown, tracked, asking.today),
        )
        found.append((since or date.max, Line(child, cells)))
    return [line for _, line in sorted(found, key=lambda each: each[0])]


def _reasons(shown: Tracker, child: TrackerChild, ruled_out_on: date | None) -> list[tuple[str, date | None]]:
    """[(reason, since when if a day is known)]."""
    on = shown.as_at
    found: list[tuple[str, date | None]] = [
        (COHORTS[key].title, None) for key in STANDS if COHORTS[key].holds(child, on)
    ]
    if ruled_out_on:
        words = f"Return home ruled out on {day_words(ruled_out_on)} and no other main plan agreed"
        found.append((words, ruled_out_on))
    for each in child.open:
        rule = shown.policy.rule(each.rule)
        if each.due_on and each.status(on) == "overdue" and not LEADS.isdisjoint(rule.met_by):
            found.append((f"{rule.title}: overdue since {day_words(each.due_on)}", each.due_on))
    return found


def _last(children: Iterable[int], kind: str, on: date) -> dict[int, date]:
    held = MeetingHeld.current.filter(child__in=list(children), kind=kind, held_on__lte=on)
    return dict(held.order_by("held_on").values_list("child_id", "held_on"))


def _planned(last: date | None, since: date | None, today: date) -> Told:
    """Whether a planning meeting was held since the reason arose; where no day is known, this quarter."""
    if last and last >= (since or quarter(today)[0]):
        return Told("done_on_time", f"Held on {day_words(last)}")
    missing = f"None since {day_words(since)}" if since else "None this quarter"
    return Told("overdue", f"{missing}; the last on {day_words(last)}" if last else f"{missing}; none before")


def _open_actions(children: Iterable[int]) -> dict[int, list[date | None]]:
    found: dict[int, list[date | None]] = defaultdict(list)
    actions = Action.current.filter(child__in=list(children), state=Action.OPEN)
    for pk, by_on in actions.values_list("child_id", "by_on"):
        found[pk].append(by_on)
    return found


def _counted(actions: list[date | None], today: date) -> Told:
    if not actions:
        return Told("due_soon", "None agreed")
    late = sum(by_on is not None and by_on < today for by_on in actions)
    words = f"{len(actions)} open, {late} overdue" if late else f"{len(actions)} open"
    return Told("overdue" if late else "on_track", words)


def _looked(last: date | None, today: date) -> Told:
    first, until = quarter(today)
    if last and last >= first:
        return Told("done_on_time", f"On {day_words(last)}")
    before = f"; the last on {day_words(last)}" if last else ""
    late = last is None or last < add_months(first, -3)
    return Told("overdue" if late else "due_soon", f"Not yet, by {day_words(until)}{before}")


def _due(shown: Tracker, child: TrackerChild, today: date) -> tuple[str, ...]:
    until = quarter(today)[1]
    dated = sorted((each.due_on, each.rule) for each in child.open if each.due_on)
    found = ((shown.policy.rule(rule), on) for on, rule in dated if today <= on <= until)
    return tuple(f"{rule.title}: {day_words(on)}" for rule, on in found)
