"""Sending the daily digest: at most one a day and person, nothing when empty, and what is ignored counted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from homeward.records.models import Authority, DigestAlert, DigestChoice, DigestSent, Person
from homeward.records.operations.people import present
from homeward.records.queries.digest import CHOICES, Told, digest_of

Send = Callable[[Person, list[Told]], None]


class NotSent(Exception):
    """The post could not be handed over; the digest goes out with the next run of the day."""


def choose(person: Person, *, off: bool, sorts: Collection[str]) -> DigestChoice:
    """What the person wants to be told; sorts that are not named are left out."""
    without = [sort for sort in CHOICES if sort not in sorts]
    chosen, _ = DigestChoice.objects.update_or_create(
        person=person, defaults={"off": off, "without": without}
    )
    return chosen


def everybody(today: date) -> list[Person]:
    """Who may be told anything: who left or was disabled is not, and what they were told of is forgotten."""
    here = Person.objects.filter(present(today))
    DigestAlert.objects.exclude(person__in=here).delete()
    return list(here.order_by("pk"))


def send_to(person: Person, now: datetime, send: Send) -> bool:
    """Whether a digest went out. One that was sent today is not sent again, and one that failed may be."""
    today = now.date()
    if DigestSent.objects.filter(person=person, on=today).exists():
        return False
    told = digest_of(person, today)
    if not told:
        DigestAlert.objects.filter(person=person).delete()
        return False
    try:
        with transaction.atomic():
            counts = {f"{line.sort} {line.when}": 0 for one in told for line in one.lines}
            for one in told:
                for line in one.lines:
                    counts[f"{line.sort} {line.when}"] += line.number
            DigestSent.objects.create(person=person, on=today, at=now, counts=counts)
            _count(person, told, today)
            send(person, told)
    except IntegrityError:  # another run was quicker
        return False
    return True


def _count(person: Person, told: Iterable[Told], today: date) -> None:
    """One more digest for what it told of before; what is done is forgotten."""
    alerts = {(one.actor.authority, key): sort for one in told for sort, key in one.alerts}
    held = {(alert.authority_id, alert.key): alert.pk for alert in DigestAlert.objects.filter(person=person)}
    standing = {(_pk(authority), key): sort for (authority, key), sort in alerts.items()}
    again = [pk for place, pk in held.items() if place in standing]
    DigestAlert.objects.filter(pk__in=[pk for pk in held.values() if pk not in set(again)]).delete()
    DigestAlert.objects.filter(pk__in=again).update(told=F("told") + 1)
    DigestAlert.objects.bulk_create(
        DigestAlert(person=person, authority_id=authority, key=key, sort=sort, first_on=today)
        for (authority, key), sort in standing.items()
        if (authority, key) not in held
    )


def _pk(authority: Authority | None) -> int:
    assert authority is not None  # without a council nothing is told of
    return authority.pk
