"""Rewrites the kept copies of deadlines and standings, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from homeward.domain.deadline import Deadline
from homeward.domain.policy import Policy
from homeward.domain.standing import Standing, standing
from homeward.domain.timescales import judge
from homeward.records.bulk import insert
from homeward.records.history import histories
from homeward.records.models import Authority, Child, KeptDeadline, KeptStanding
from homeward.records.queries.authorities import policy_of

# Birthdays are dated ahead; lists leave out what is counted from a later day (DECISIONS, Time).
AHEAD = date(2098, 1, 1)
BATCH = 2000


def refresh(authority: Authority, children: Iterable[int]) -> None:
    """Works out deadlines and standings of the children anew, in the transaction of the change."""
    policy = policy_of(authority)
    pks = sorted(set(children))
    with transaction.atomic():
        for start in range(0, len(pks), BATCH):
            _rewrite(policy, pks[start : start + BATCH])


def refresh_if_policy_changed(authority: Authority) -> bool:
    """Rebuilds an authority's copies when its policy is not the one they were judged by."""
    digest = policy_of(authority).digest
    stale = KeptStanding.objects.filter(child__authority=authority).exclude(policy=digest).exists()
    if stale:
        refresh(authority, Child.objects.filter(authority=authority).values_list("pk", flat=True))
    return stale


def _rewrite(policy: Policy, pks: list[int]) -> None:
    KeptDeadline.objects.filter(child_id__in=pks).delete()
    KeptStanding.objects.filter(child_id__in=pks).delete()
    deadlines: list[tuple[Any, ...]] = []
    standings = []
    for pk, history in histories(pks):
        deadlines += [row(pk, deadline) for deadline in judge(policy, history, AHEAD)]
        now = standing(history, AHEAD)
        standings.append(
            KeptStanding(child_id=pk, policy=policy.digest, in_scope=now.in_scope, **now._asdict())
        )
    insert(KeptDeadline, COLUMNS, deadlines)
    KeptStanding.objects.bulk_create(standings, batch_size=500)


COLUMNS = (
    "child_id",
    "rule",
    "ids",
    "counted_kind",
    "counted_on",
    "due_on",
    "soon_from",
    "met_kind",
    "met_on",
    "ended_on",
    "cannot_say",
)


def row(child: int, deadline: Deadline) -> tuple[Any, ...]:
    """A deadline as the kept copy writes it, in the order of COLUMNS."""
    counted, met = deadline.counted_from, deadline.met
    return (
        child,
        deadline.rule.key,
        ",".join(deadline.ids),
        counted.kind if counted else "became_looked_after",
        counted.on if counted else None,
        deadline.due_on,
        deadline.soon_from,
        met.kind if met else "",
        met.on if met else None,
        deadline.ended_on,
        deadline.cannot_say,
    )


def differences(authority: Authority) -> list[str]:
    """What the kept copy says otherwise than the clock, in words; empty when all is well."""
    policy = policy_of(authority)
    children = Child.objects.filter(authority=authority)
    kept: dict[int, list[tuple[Any, ...]]] = {}
    for child, *values in (
        KeptDeadline.objects.filter(child__in=children).order_by("pk").values_list(*COLUMNS)
    ):
        kept.setdefault(child, []).append(tuple(values))
    standings = {kept.child_id: kept for kept in KeptStanding.objects.filter(child__in=children)}
    found = []
    for pk, history in histories(children):
        said = [row(pk, deadline)[1:] for deadline in judge(policy, history, AHEAD)]
        if said != kept.get(pk, []):
            found.append(f"The kept dates of {history.child} are not what the clock says.")
        if not _same(standings.get(pk), standing(history, AHEAD)):
            found.append(f"The kept standing of {history.child} is not what its history says.")
    return found


def _same(kept: KeptStanding | None, now: Standing) -> bool:
    return kept is not None and all(getattr(kept, name) == value for name, value in now._asdict().items())
