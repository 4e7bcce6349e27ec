"""Matters raised for the first pages: answers awaited, answers asked for, and children to be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from homeward.records.access import Actor
from homeward.records.models import Authority
from homeward.records.queries import challenge_page, scrutiny_page
from homeward.records.queries.challenge_page import Matter
from homeward.records.queries.tracker_page import TrackerChild

REVIEWED = timedelta(weeks=8)  # for so long a review without a judgement is listed


def raised(actor: Actor, authority: Authority, children: Iterable[int], on: date) -> list[Matter]:
    """Open matters about these children, or that this person raised; the longest wait first. Two queries."""
    found = challenge_page.open_on(challenge_page.in_reach(actor, authority), on)
    mine = found.filter(Q(child__in=list(children)) | Q(raised_by=actor.person.name))
    return _in_order(challenge_page.read_on(actor, authority, mine, on))


def awaited(actor: Actor, authority: Authority, on: date) -> list[Matter]:
    """Open matters of the children in reach to which no answer was given yet."""
    found = challenge_page.open_on(challenge_page.in_reach(actor, authority), on)
    matters = challenge_page.read_on(actor, authority, found.filter(answered_on=None), on)
    return _in_order(each for each in matters if each.awaited)


def asked_of(actor: Actor, authority: Authority, on: date) -> list[Matter]:
    """Those that are addressed to this person by name."""
    found = challenge_page.open_on(challenge_page.in_reach(actor, authority), on)
    mine = found.filter(addressed_person=actor.person, answered_on=None)
    return _in_order(challenge_page.read_on(actor, authority, mine, on))


def _in_order(matters: Iterable[Matter]) -> list[Matter]:
    return sorted(
        matters, key=lambda each: (not each.awaited, each.now.fact.answer_by or date.max, each.fact.pk)
    )


def without_advocate(children: Iterable[TrackerChild], on: date) -> list[tuple[TrackerChild, str]]:
    """Children in care without an advocacy check, or who have not been offered an advocate; one query."""
    in_care = [child for child in children if child.in_care and "history" in child.fields]
    checks = scrutiny_page.advocacy_of([child.pk for child in in_care], on)
    found = []
    for child in in_care:
        check = checks.get(child.pk)
        if check is None:
            found.append((child, ""))
        elif check.advocate == "not_offered":
            found.append((child, check.advocate))
    return sorted(found, key=lambda each: (each[1] == "", each[0].name.casefold()))


def not_judged(children: Iterable[TrackerChild], on: date) -> list[tuple[TrackerChild, date]]:
    """Children reviewed in the last weeks without a judgement since, the longest ago first; two queries."""
    by_pk = {child.pk: child for child in children if "history" in child.fields}
    found = scrutiny_page.reviews_not_judged(list(by_pk), on - REVIEWED, on)
    return sorted(((by_pk[pk], held) for pk, held in found.items()), key=lambda each: (each[1], each[0].name))
