"""Record, correct or withdraw one fact by hand; the kept copies follow in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from homeward.domain.events import IN_ADVANCE
from homeward.records import keep
from homeward.records.models import FACTS, Authority, Child, Fact, Person

# Days that lie ahead by their nature: aims and agreed days, not things that happened.
AHEAD = frozenset({"target_on", "switch_on", "by_on", "next_on", "review_on", "answer_by", "for_on"})


class AlreadyReplaced(Exception):
    """Somebody else corrected the fact meanwhile; `newer` is what stands now."""

    def __init__(self, newer: Fact) -> None:
        super().__init__("This was changed by somebody else while you worked; both versions are kept apart.")
        self.newer = newer


class NotYet(Exception):
    """A fact cannot be dated after today."""


def record_fact(
    child: Child, model: str, values: dict[str, Any], *, start: date | None, by: Person, now: datetime
) -> Fact:
    """Records a new fact about a child; refuses a day after today unless it is one that is set in advance."""
    _refuse_future(values, now.date())
    return _add(child, model, values, start=start, by=by, now=now)


def correct_fact(fact: Fact, values: dict[str, Any], *, by: Person, now: datetime, reason: str) -> Fact:
    """Replaces a fact; raises AlreadyReplaced, changing nothing, when another correction came first."""
    _refuse_future(values, now.date())
    return _replace(fact, values, by=by, now=now, reason=reason)


def withdraw_fact(fact: Fact, *, by: Person, now: datetime, reason: str) -> Fact:
    """Marks a fact as recorded in error; what it said stays readable."""
    return _replace(fact, {}, by=by, now=now, reason=reason, withdrawn=True)


def _replace(
    fact: Fact, values: dict[str, Any], *, by: Person, now: datetime, reason: str, withdrawn: bool = False
) -> Fact:
    model: Any = type(fact)
    own = {name: getattr(fact, name) for name in _own_fields(model)} | values
    try:
        with transaction.atomic():
            new = _add(
                fact.child,
                model.__name__,
                own,
                start=fact.start,
                by=by,
                now=now,
                replaces=fact,
                reason_recorded=reason,
                withdrawn=withdrawn,
            )
    except IntegrityError as error:
        newer = model.objects.filter(replaces=fact).first()
        if newer is None:
            raise
        raise AlreadyReplaced(newer) from error
    return new


def _add(
    child: Child, model: str, values: dict[str, Any], *, by: Person, now: datetime, **shared: Any
) -> Fact:
    with transaction.atomic():
        # Two who record about one child at once each write the child's kept copies anew: one after the other.
        Child.objects.select_for_update().get(pk=child.pk)
        replaced = shared.get("replaces")
        fact: Fact = FACTS[model].objects.create(
            child=child, source="person", recorded_at=now, recorded_by=by, **values, **shared
        )
        if replaced is not None:
            FACTS[model].objects.filter(pk=replaced.pk).update(superseded_at=now)
        waiting = _WAITING.get()
        if waiting is None:
            keep.refresh(child.authority, [child.pk])
        else:
            waiting.add(child.pk)
    return fact


# Children whose kept copies are written anew when the facts of one act are all there.
_WAITING: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


@contextmanager
def refreshed_once(authority: Authority) -> Iterator[None]:
    """Many facts in one transaction: each child's kept copies follow once, at its end."""
    waiting: set[int] = set()
    with transaction.atomic():
        token = _WAITING.set(waiting)
        try:
            yield
        finally:
            _WAITING.reset(token)
        keep.refresh(authority, sorted(waiting))


def _own_fields(model: Any) -> list[str]:
    shared = {field.name for field in Fact._meta.get_fields()} | {"id"}
    return [field.name for field in model._meta.concrete_fields if field.name not in shared]


def _refuse_future(values: dict[str, Any], today: date) -> None:
    if values.get("kind") in IN_ADVANCE:
        return
    for name, value in values.items():
        if isinstance(value, date) and value > today and name not in AHEAD:
            raise NotYet(f"{name.replace('_', ' ')} is after today; record it when it has happened.")
