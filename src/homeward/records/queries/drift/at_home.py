"""Children at home with parents under an order: what an interim order waits for, and what the law asks.

CPPCR = Care Planning, Placement and Case Review (England) Regulations 2010.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from homeward.domain.codes import LS
from homeward.domain.wording import day_words
from homeward.records.models import Child, DatedEvent, Minute, PermanencePlan, Review, Visit
from homeward.records.queries.drift.line import Asking, Cell, Line, Told, again, by_whom, decisions, named

UNDER_ORDER = ("C1", "C2", "D1", "E1")
KIND = "order_at_home"
INTERIM_HEADINGS = ("At home since", "Assessments awaited", "Why at home, and who decided", "Looked at again")
# What must be there for a child placed with parents under an order, and the event that is its evidence. The
# assessment, the review and the approval come before the child is placed (CPPCR 17 and 18).
ASSESSED = "Assessment of the parents (regulation 17)"  # in the decision that says what was found
REVIEWED = "Reviewed before coming home (regulation 17)"
CHECKS = (
    ("Approved by the nominated officer (regulation 18)", "placement_with_parents_approved"),
    ("Care plan (regulation 4)", "care_plan_recorded"),
    ("Placement plan", "placement_plan_recorded"),
    ("The child’s wishes and feelings (Children Act 1989, section 22)", "child_views_recorded"),
)
SINCE = ("Last review since (regulation 33)", "Last visit since (regulation 28)")
CHECK_HEADINGS = ("Order, and home since", ASSESSED, REVIEWED, *(heading for heading, _ in CHECKS), *SINCE)


def _at_home(asking: Asking, statuses: Sequence[str]) -> QuerySet[Child]:
    children = asking.children("core", "history", "legal").filter(standing__in_care=True)
    return children.filter(standing__placement="P1", standing__legal_status__in=statuses)


def interim(asking: Asking) -> list[Line]:
    """Under an interim care order at home: a time with an end, not a plan (CRO-087)."""
    children = _at_home(asking, ("C1",))
    found = named(children, children.values_list("pk", flat=True))
    decided, waits = decisions(found, KIND), _waits(found)
    told = []
    for pk, child in found.items():
        since, made = child.standing.living_since, decided.get(pk)
        waiting: Cell = tuple(waits.get(pk, ())) or Told("due_soon", "None named in the plan")
        said: tuple[Cell, ...] = (Told("overdue", "Not recorded"), Told("overdue", "No day set"))
        if made:
            said = (f"{made.basis} – {by_whom(made)}", again(asking, made))
        told.append((made is not None, since or asking.today, Line(child, (since, waiting, *said))))
    return [line for *_, line in sorted(told, key=lambda each: each[:2])]


def _waits(children: Iterable[int]) -> dict[int, list[str]]:
    """What the child's plans wait for, and the assessment of a connected person that has no end."""
    found: dict[int, list[str]] = defaultdict(list)
    plans = PermanencePlan.current.filter(child__in=list(children), ended_on=None).order_by("pk")
    for pk, waits in plans.values_list("child_id", "waits_for"):
        found[pk] += [words for words in waits if words not in found[pk]]
    return found


def checked(asking: Asking) -> list[Line]:
    """What the record holds of each thing that the regulations ask, with its day (CRO-089)."""
    children = _at_home(asking, UNDER_ORDER)
    found = named(children, children.values_list("pk", flat=True))
    evidence, assessed = _evidence(found), decisions(found, KIND)
    reviews, visits = _days(Review, "held_on", found), _days(Visit, "on", found)
    told = []
    for pk, child in found.items():
        stands, made = child.standing, assessed.get(pk)
        since = stands.living_since
        order = LS.get(stands.legal_status, stands.legal_status).capitalize()
        before = [on for on in reviews[pk] if since is None or on <= since]
        cells: list[Cell] = [f"{order}, since {day_words(since)}" if since else order]
        cells.append(by_whom(made) if made else _there(None))
        cells.append(_there(max(before, default=None)))
        cells += [_there(evidence[pk].get(kind)) for _, kind in CHECKS]
        cells += [_there(max(days[pk], default=None), since) for days in (reviews, visits)]
        missing = sum(isinstance(cell, Told) and cell.status == "overdue" for cell in cells)
        told.append((-missing, Line(child, tuple(cells))))
    return [line for _, line in sorted(told, key=lambda each: each[0])]


def _there(on: date | None, since: date | None = None) -> Told:
    if on is None or (since is not None and on < since):
        return Told("overdue", "Nothing recorded")
    return Told("done_on_time", day_words(on))


def _evidence(children: Iterable[int]) -> dict[int, dict[str, date]]:
    """The latest day of each event that counts as evidence."""
    kinds = [kind for _, kind in CHECKS]
    found: dict[int, dict[str, date]] = defaultdict(dict)
    events = DatedEvent.current.filter(child__in=list(children), kind__in=kinds).order_by("on")
    for pk, kind, on in events.values_list("child_id", "kind", "on"):
        found[pk][kind] = on
    said = Minute.current.filter(child__in=list(children)).exclude(child_says="").order_by("held_on")
    for pk, on in said.values_list("child_id", "held_on"):
        found[pk]["child_views_recorded"] = max(on, found[pk].get("child_views_recorded", on))
    return found


def _days(model: type[Review] | type[Visit], name: str, children: Iterable[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for pk, on in model.current.filter(child__in=list(children)).values_list("child_id", name):
        found[pk].append(on)
    return found
