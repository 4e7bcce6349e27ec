"""Matters that reviewing officers and chairs raised, and what they heard and judged, in the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from homeward.demo import challenge_words as said
from homeward.demo.challenge_words import Words
from homeward.domain import packs
from homeward.domain.calendar import add_working_days, is_working_day
from homeward.domain.challenge import ADDRESSED, Stage

CHECKED, TALKED, JUDGED, WATCHED = 0.75, 0.5, 0.6, 0.35  # of children in care, how many
CHAIR = "child_protection_chair"


class Course(NamedTuple):
    """How a matter went: raised so many days ago; the days after at which it went on, ended."""

    raised: int
    further: tuple[int, ...] = ()
    answered: int | None = None
    settled: int | None = None
    outside: bool = False  # its last stage is Cafcass


# At every stage some, one late at the first and one at the second, one answered and not settled yet.
OPEN = (
    *(Course(3), Course(6), Course(8), Course(23), Course(16, answered=9)),
    *(Course(21, (13,)), Course(26, (17,)), Course(44, (14,)), Course(24, (12,), answered=20)),
    *(Course(33, (11, 25)), Course(40, (14, 30)), Course(58, (14, 37), outside=True)),
)
SETTLED = 14
BY_CHAIRS = (
    Course(5),
    Course(25, (15,)),
    Course(70, answered=8, settled=12),
    Course(130, answered=9, settled=20),
)


def challenge_and_scrutinise(authority: Any, day: date, seed: int = 1) -> None:
    """Needs the council's people, children and reviews; days are counted from that of the demonstration."""
    from homeward.records.models import Scrutiny

    everyone = _everyone(authority)
    rng = Random(f"{authority.slug} {seed} challenged")
    _write(list(_matters(everyone, authority, day, rng)))
    in_care = [one for one in everyone if one.child.standing.in_care]
    Scrutiny.objects.bulk_create(
        [fact for one in in_care for fact in _scrutiny(one, day, Random(f"{seed} {one.child.code} heard"))]
    )


class One(NamedTuple):
    """A child with who works with and who reviews the child, and the day of the last review."""

    child: Any
    worker: Any
    officer: str
    by: Any  # whoever writes it down here
    reviewed_on: date | None


def _everyone(authority: Any) -> list[One]:
    from django.db.models import Max

    from homeward.demo.agreed import holders_of, workers_of
    from homeward.records.models import Child, Review, ReviewingOfficer

    holders, workers = holders_of(authority), workers_of(authority)
    spells = ReviewingOfficer.current.filter(child__authority=authority, ended_on=None)
    officers = dict(spells.values_list("child_id", "officer"))
    reviews = Review.current.filter(child__authority=authority).order_by().values_list("child_id")
    last = dict(reviews.annotate(last=Max("held_on")))
    children = Child.objects.filter(authority=authority, standing__in_scope=True).select_related("standing")
    manager, iro = holders["team_manager"], holders["iro"]
    chair = holders[CHAIR]
    return [
        One(
            child,
            workers.get(child.pk, manager),
            officers.get(child.pk, iro.name) if child.standing.in_care else chair.name,
            iro if child.standing.in_care else chair,
            last.get(child.pk),
        )
        for child in children.order_by("pk")
    ]


# ---- Matters raised ----


def _matters(everyone: list[One], authority: Any, day: date, rng: Random) -> Iterator[list[Any]]:
    """The versions of each matter; the demonstration's own reviewing officer has the most."""
    stages = packs.stages(authority.pack)
    left = ("permanence_achieved", "gateway_held")
    children = [
        one for one in everyone if one.child.standing.in_care and one.child.standing.stage not in left
    ]
    mine = [one for one in children if one.officer == one.by.name]
    others = [one for one in children if one.officer != one.by.name]
    rng.shuffle(mine)
    rng.shuffle(others)
    chosen = iter([*mine[: len(OPEN) + 4], *others])
    told: set[Words] = set()
    for course in (*OPEN, *(_settled(rng) for _ in range(SETTLED))):
        if (one := next(chosen, None)) is not None:
            known = (*said.MATTERS.get(one.child.standing.stage, ()), *said.MATTERS[""])
            yield _versions(one, course, _words(one, known, day, rng, told), stages, day, rng)
    before = [
        one for one in everyone if not one.child.standing.in_care and one.child.standing.stage not in left
    ]
    before = before or [one for one in everyone if not one.child.standing.in_care]
    for at, one in enumerate(rng.sample(before, min(len(BY_CHAIRS), len(before)))):
        words = _words(one, said.BEFORE_CARE, day, rng, told)
        yield _versions(one, BY_CHAIRS[at], words, stages, day, rng)


def _settled(rng: Random) -> Course:
    raised = rng.randint(24, 210)
    further = (rng.randint(9, 15),) if rng.random() < 0.4 else ()
    answered = (further[0] if further else 0) + rng.randint(2, 12)
    return Course(raised, further, answered, min(raised - 1, answered + rng.randint(1, 14)))


def _words(one: One, known: tuple[Words, ...], day: date, rng: Random, told: set[Words]) -> Words:
    """Words that fit the child's age, and that nobody was told yet while there are such."""
    age = (day - one.child.born_on).days // 365 if one.child.born_on else 0
    fitting = [each for each in known if age >= each.since]
    words = rng.choice([each for each in fitting if each not in told] or fitting)
    told.add(words)
    return words


def _versions(
    one: One, course: Course, words: Words, stages: tuple[Stage, ...], day: date, rng: Random
) -> list[Any]:
    """Raised, taken further, answered and settled, each a version in the place of the one before."""
    from homeward.records.models import Challenge

    on = _working(day - timedelta(days=course.raised))
    held: dict[str, Any] = {
        "theme": words.theme,
        "says": words.says,
        "wants": words.wants,
        "handbook": words.handbook,
        "raised_on": on,
        "raised_by": one.officer,
        "raised_role": "iro" if one.child.standing.in_care else CHAIR,
    }
    held |= _at(stages, 0, on, *_first(one, words, rng))
    steps: list[tuple[date, Any, str, dict[str, Any]]] = [(on, one.by, "", dict(held))]
    for number, days in enumerate(course.further, 1):
        on = _working(day - timedelta(days=course.raised - days))
        outside = course.outside and number == len(course.further)
        to = ("partner", None, "Cafcass") if outside else _higher(number)
        held |= _at(stages, -1 if outside else min(number, len(stages) - 2), on, *to)
        held["formal_on"] = steps[-1][3]["formal_on"] or held["formal_on"]
        steps.append((on, one.by, f"Taken to: {_name(stages, held['stage'])}", dict(held)))
    if course.answered is not None:
        on = max(on, _working(day - timedelta(days=course.raised - course.answered)))
        held |= {"answered_on": on, "answer": words.answer}
        steps.append((on, one.worker, "It was answered", dict(held)))
    if course.settled is not None:
        on = max(on, _working(day - timedelta(days=course.raised - course.settled)))
        held |= {"settled_on": on, "outcome_kind": words.outcome_kind, "outcome": words.outcome}
        steps.append((on, one.by, "It was settled", dict(held)))
    made = []
    first = Challenge(child=one.child)
    for at, (when, by, reason, values) in enumerate(steps):
        values |= _shared(one, when, by, hour=9 + 2 * at) | {"thread": first.thread, "start": steps[0][0]}
        made.append(Challenge(**values, reason_recorded=reason))
    return made


def _first(one: One, words: Words, rng: Random) -> tuple[str, Any, str]:
    """Whom it is addressed to first: the child's worker by name, else the team, department or partner."""
    if words.kind == "worker":
        return "worker", one.worker, one.worker.name
    if words.kind == "partner":
        return "partner", None, rng.choice(said.PARTNERS)
    return words.kind, None, ADDRESSED[words.kind]


def _higher(number: int) -> tuple[str, None, str]:
    kind = said.HIGHER[number - 1]
    return kind, None, ADDRESSED[kind]


def _at(
    stages: tuple[Stage, ...], number: int, on: date, kind: str, person: Any, name: str
) -> dict[str, Any]:
    stage = stages[number]
    return {
        "stage": stage.key,
        "stage_on": on,
        "formal_on": on if stage.formal else None,
        "addressed_kind": kind,
        "addressed_person": person,
        "addressed_to": name,
        "answer_by": add_working_days(on, 20 if stage.outside else 10),
    }


def _name(stages: tuple[Stage, ...], key: str) -> str:
    return next(stage.name for stage in stages if stage.key == key)


def _write(matters: list[list[Any]]) -> None:
    """The first versions of all together, then the second, each in the place of the one before."""
    from homeward.records.models import Challenge

    for versions in matters:
        for before, after in pairwise(versions):
            before.superseded_at = after.recorded_at
    for number in range(max(map(len, matters), default=0)):
        level = [versions for versions in matters if len(versions) > number]
        for versions in level:
            versions[number].replaces = versions[number - 1] if number else None
        Challenge.objects.bulk_create([versions[number] for versions in level])


# ---- Scrutiny ----


def _scrutiny(one: One, day: date, rng: Random) -> Iterator[Any]:
    child = one.child
    age = (day - child.born_on).days // 365 if child.born_on else 0
    if rng.random() < CHECKED and age >= 4:
        state = rng.choices(("has", "declined", "not_offered"), (35, 50, 15))[0]
        yield _entry(
            one,
            "advocacy",
            _ago(day, rng, 10, 200),
            advocate=state,
            advocate_says=rng.choice(said.ADVOCACY[state]),
        )
    wishes = [
        words for since, words in said.WISHES.get(child.standing.main_plan, said.WISHES[""]) if age >= since
    ]
    if wishes and rng.random() < TALKED:
        talked = {"wished_home": wishes[-1], "says": rng.choice(said.TALKED)}
        yield _entry(one, "conversation", _ago(day, rng, 5, 120), **talked)
    if one.reviewed_on is not None and rng.random() < JUDGED:
        fits, lawful = rng.choices(("yes", "no"), (9, 1))[0], rng.choices(("yes", "no"), (19, 1))[0]
        why = {"fits_needs_why": rng.choice(said.FITS[fits]), "lawful_why": rng.choice(said.LAWFUL[lawful])}
        yield _entry(one, "review", one.reviewed_on, fits_needs=fits, lawful=lawful, **why)
    if rng.random() < WATCHED:
        timely = rng.choices(("yes", "no"), (7, 3))[0]
        yield _entry(
            one,
            "monitoring",
            _ago(day, rng, 3, 90),
            timely=timely,
            timely_why=rng.choice(said.TIMELY[timely]),
        )


def _entry(one: One, kind: str, on: date, **values: Any) -> Any:
    from homeward.records.models import Scrutiny

    shared = _shared(one, on, one.by, hour=15) | {"start": on}
    return Scrutiny(held_on=on, kind=kind, by_name=one.officer, by_role="iro", **values, **shared)


def _shared(one: One, on: date, by: Any, hour: int) -> dict[str, Any]:
    from django.utils import timezone

    at = timezone.make_aware(datetime.combine(on, time(hour, 30)))
    return {"child": one.child, "source": "person", "recorded_at": at, "recorded_by": by}


def _ago(day: date, rng: Random, least: int, most: int) -> date:
    return _working(day - timedelta(days=rng.randint(least, most)))


def _working(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
