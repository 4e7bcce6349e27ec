"""A child's record as its pages need it: where the child stands, what happened, every date, every fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.utils import timezone

from homeward.domain.events import Event, History
from homeward.domain.packs import Pack, pack
from homeward.domain.standing import Standing, standing
from homeward.domain.timescales import judge
from homeward.domain.wording import day_words
from homeward.records import fields as field_sets
from homeward.records import row_security
from homeward.records.access import Actor, children_visible_to
from homeward.records.history import history_of, standing_at
from homeward.records.models import (
    FACTS,
    Child,
    Exclusion,
    Fact,
    ImportedRow,
    Load,
    PermanencePlan,
    ReviewingOfficer,
    SocialWorkerSpell,
)
from homeward.records.queries.authorities import policy_of
from homeward.records.queries.people import spells_on, worker_names
from homeward.records.queries.said import OPEN, Said, beside_the_law, said
from homeward.records.queries.working_with import allocated_names

VERSIONS = 5  # earlier states of the record that a date is compared with


class Stretch(NamedTuple):
    """A run of days with a code."""

    code: str
    start: date
    end: date | None


@dataclass(slots=True)
class ChildPage:
    """A child's record read as at a day, with the content of some field sets and no others."""

    child: Child
    as_at: date
    fields: frozenset[str]
    events: list[Event]
    standing: Standing
    dates: list[Said]
    statuses: list[Stretch] = field(default_factory=list)
    homes: list[Stretch] = field(default_factory=list)
    plans: list[PermanencePlan] = field(default_factory=list)
    worker: str = ""
    officer: str = ""

    @property
    def name(self) -> str:
        return self.child.name

    @property
    def own(self) -> Pack:
        """The council's own words."""
        return pack(self.child.authority.pack)

    @property
    def initial(self) -> str:
        return self.child.called[:1].upper() if self.child.called else "–"

    @property
    def code(self) -> str:
        return self.child.code

    @property
    def born_on(self) -> date | None:
        return self.child.born_on

    @property
    def expected_on(self) -> date | None:
        return self.child.expected_on

    def plan(self, position: str) -> PermanencePlan | None:
        """The plan that stands on the day; an undated one of the case system when there is no other."""
        mine = [plan for plan in self.plans if plan.position == position and not _over(plan, self.as_at)]
        return max(mine, key=lambda plan: _began(plan) or date.min, default=None)

    def plans_of(self, position: str) -> list[Stretch]:
        """Plans over time, each until it ended or the next began."""
        begun = [(_began(plan), plan) for plan in self.plans if plan.position == position]
        dated = sorted(
            ((on, plan) for on, plan in begun if on and on <= self.as_at), key=lambda turn: turn[0]
        )
        ends = [*(on for on, _ in dated[1:]), None]
        return [
            Stretch(plan.route, on, plan.ended_on or end)
            for (on, plan), end in zip(dated, ends, strict=False)
        ]


def _began(plan: PermanencePlan) -> date | None:
    return min((on for on in (plan.recorded_on, plan.agreed_on, plan.confirmed_on) if on), default=None)


def _over(plan: PermanencePlan, on: date) -> bool:
    began = _began(plan)
    return bool((plan.ended_on and plan.ended_on <= on) or (began and began > on))


def child_visible(actor: Actor, public_id: str) -> Child | None:
    """The child of an address, or None for one this person may not see, as for one who is not there."""
    found = children_visible_to(actor).filter(public_id=public_id)
    return found.select_related("authority").first()


def asked_for(actor: Actor, public_id: str) -> tuple[int, bool]:
    """(pk, excluded) of a child who was refused, for the audit alone; (0, False) for who is not there."""
    with row_security.whole():
        pk = Child.objects.filter(public_id=public_id).values_list("pk", flat=True).first() or 0
        return pk, Exclusion.objects.filter(child=pk, person=actor.person, lifted_at=None).exists()


def page_of(child: Child, as_at: date, fields: frozenset[str]) -> ChildPage:
    """The record as at a day, worked out from the facts as they are known now; only what `fields` name."""
    history = history_of(child)
    dates = _dates(child, history, as_at, fields)
    beside_the_law(dates)
    return ChildPage(
        child=child,
        as_at=as_at,
        fields=fields,
        events=field_sets.shown_events(history.recorded, fields),
        standing=field_sets.shown_standing(standing(history, as_at), fields),
        dates=dates,
        statuses=_stretches(history.statuses, as_at) if "legal" in fields else [],
        homes=[
            home._replace(code=field_sets.shown_place(home.code, fields))
            for home in _stretches(history.homes if "history" in fields else [], as_at)
        ],
        plans=list(PermanencePlan.current.filter(child=child)),
        worker=allocated_names([child.pk], as_at).get(child.pk) or _worker(child, as_at),
        officer=_officer(child, as_at),
    )


def _dates(child: Child, history: History, on: date, fields: frozenset[str]) -> list[Said]:
    policy = policy_of(child.authority)
    judged = judge(policy, history, on)
    return [
        said(deadline, on, policy.own) for deadline in judged if field_sets.is_shown(deadline.rule, fields)
    ]


def _stretches(rows: Iterable[tuple[str, date, date | None]], as_at: date) -> list[Stretch]:
    return sorted((Stretch(*row) for row in rows if row[1] <= as_at), key=lambda stretch: stretch.start)


def _worker(child: Child, as_at: date) -> str:
    spell = spells_on(SocialWorkerSpell, as_at).filter(child=child).last()
    return worker_names(child.authority).get(spell.worker, spell.worker) if spell else ""


def _officer(child: Child, as_at: date) -> str:
    spell = spells_on(ReviewingOfficer, as_at).filter(child=child).last()
    return spell.officer if spell else ""


def dates_known_on(page: ChildPage, known_on: date) -> list[Said]:
    """The open dates as they were known at the end of a day, judged as at that day."""
    history = history_of(page.child, known_at=end_of(known_on))
    on = min(known_on, page.as_at)
    return [each for each in _dates(page.child, history, on, page.fields) if each.status in OPEN]


def add_versions(page: ChildPage, dates: list[Said]) -> None:
    """Gives each open date what was known of it earlier, where that was different."""
    for moment in earlier_states(page.child)[-VERSIONS:]:
        history = history_of(page.child, known_at=moment)
        then = _dates(page.child, history, page.as_at, page.fields)
        for each in dates:
            if each.status in OPEN:
                words = _difference(each, [old for old in then if old.rule.key == each.rule.key])
                if words and words not in each.versions:
                    each.versions.append(
                        f"{words} (as known on {day_words(timezone.localtime(moment).date())})"
                    )


def _difference(now: Said, then: list[Said]) -> str:
    same = next((old for old in then if old.counted_on == now.counted_on), None)
    if same is not None:
        return "" if same.due_on == now.due_on else _as_known(same)
    earlier = [old for old in then if old.status in OPEN]
    return _as_known(earlier[-1]) if earlier else ""


def _as_known(old: Said) -> str:
    due = f"due {day_words(old.due_on)}" if old.due_on else old.words.lower()
    return f"{due}, counted from {day_words(old.counted_on)}" if old.counted_on else due


def earlier_states(child: Child) -> list[datetime]:
    """The moments of earlier imports, oldest first; the newest is what is known now."""
    loads = Load.objects.filter(authority=child.authority, state="applied").order_by("made_at")
    return list(loads.values_list("made_at", flat=True))[:-1]


def end_of(day: date) -> datetime:
    """The last moment of a day in London: what was known on it."""
    return timezone.make_aware(datetime.combine(day, time.max))


class Recorded(NamedTuple):
    """A fact with the places in files that it came from, as (file, row number)."""

    fact: Any
    places: list[tuple[str, int]]


def fact_of(child: Child, uid: Any) -> Fact | None:
    """A fact of this child by its stable id."""
    found = (model.objects.filter(child=child, uid=uid).first() for model in FACTS.values())
    return next((fact for fact in found if fact is not None), None)


def standing_version(fact: Any) -> Any:
    """What stands in the place of a fact now, however often it was corrected."""
    newer = type(fact).objects.select_related("recorded_by").filter(replaces=fact).first()
    return fact if newer is None else standing_version(newer)


def facts_of(page: ChildPage, known_on: date | None) -> dict[str, list[Recorded]]:
    """Every fact by its model, newest first: all that were ever recorded, or those that stood on a day."""
    child = page.child
    found: dict[str, list[Any]] = {}
    for name, model in FACTS.items():
        facts = standing_at(model, end_of(known_on)) if known_on else model.objects.all()
        facts = facts.filter(child=child).select_related("recorded_by", "load")
        own: list[Any] = [fact for fact in facts if field_sets.is_told(name, fact, page.fields)]
        for fact in own if name == "Home" else []:
            fact.place = field_sets.shown_place(fact.place, page.fields)  # as it is said, never saved
        found[name] = sorted(own, key=lambda fact: (fact.start or date.min, fact.pk), reverse=True)
    wanted = {row for facts in found.values() for fact in facts for row in fact.rows}
    rows = ImportedRow.objects.filter(pk__in=wanted).values_list("pk", "file", "number")
    places = {pk: (file, number) for pk, file, number in rows}
    return {
        name: [Recorded(fact, [places[row] for row in fact.rows if row in places]) for fact in facts]
        for name, facts in found.items()
        if facts
    }
