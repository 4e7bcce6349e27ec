"""Emergency access: one child, one hour, read only, told at once and reviewed in two working days.

Never for a sealed record, an excluded person, another council's child or a role that is not eligible, nor
for who has more than three accesses that nobody has reviewed. Each of these gets the same answer as a
reference that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from homeward.records import access, row_security
from homeward.records.access import Actor
from homeward.records.models import (
    Allocation,
    AuditEntry,
    BreakGlass,
    Child,
    Exclusion,
    Person,
    Role,
    SocialWorkerSpell,
)
from homeward.records.operations import notices
from homeward.records.operations.limits import TooMuch
from homeward.records.operations.people import live, not_over
from homeward.records.operations.refused import Refused

CATEGORIES = {
    "danger": "A child is in immediate danger",
    "missing": "A child is missing",
    "duty": "Out-of-hours duty",
    "court": "A court’s deadline today",
    "other": "Another emergency",
}
OUTCOMES = {
    "justified": "Justified",
    "not_justified": "Not justified",
    "refer": "Refer to the council’s own procedure",
}
UNREVIEWED = 3
TRIES_AN_HOUR = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of it; `child` and `excluded` are for the audit alone unless `opened`."""

    child: Child | None
    opened: bool = False
    excluded: bool = False


def unreviewed(person: Person) -> int:
    return BreakGlass.objects.filter(person=person, reviewed_at=None).count()


def is_eligible(actor: Actor) -> bool:
    """Whether the role may, and the person has not left too many accesses to be reviewed."""
    return (
        actor.meaning.break_glass and actor.authority is not None and unreviewed(actor.person) <= UNREVIEWED
    )


@transaction.atomic
def ask(actor: Actor, reference: str, category: str, reason: str) -> Asked:
    """Opens the child of this exact reference for an hour, if this person may; tells the managers at once."""
    _not_too_often(actor.person)
    with row_security.whole(actor.authority):  # what is refused is written down, and never shown
        child = _child_with(actor, reference)
        held = Exclusion.objects.filter(child=child, person=actor.person, lifted_at=None)
        excluded = child is not None and held.exists()
    if child is None:
        return Asked(None)
    if access.children_visible_to(actor).filter(pk=child.pk).exists():
        return Asked(child, opened=True)  # theirs already: nothing to break
    if not is_eligible(actor) or not access.may_be_opened_by(actor, child):
        return Asked(child, excluded=excluded)
    if open_now(actor.person, child) is None:
        _open(actor, child, category, reason)
    return Asked(child, opened=True)


def open_now(person: Person, child: Child) -> BreakGlass | None:
    held = BreakGlass.objects.filter(person=person, child=child, until__gt=settings.NOW())
    return held.order_by("-until").first()


@transaction.atomic
def review(opened: BreakGlass, *, outcome: str, note: str, by: Person) -> None:
    """What another person makes of it, once."""
    if opened.person == by:
        raise Refused("", "You opened this record yourself. Another person reviews it")
    found = BreakGlass.objects.filter(pk=opened.pk, reviewed_at=None)
    said = {"outcome": outcome, "review_note": note.strip(), "reviewed_by": by}
    with row_security.whole(opened.child.authority):  # a record sealed since is reviewed all the same
        changed = found.update(**said, reviewed_at=settings.NOW())
    if not changed:
        raise Refused("", "Somebody else reviewed this while you worked. Nothing was overwritten")


def _not_too_often(person: Person) -> None:
    """Nobody tries references until one opens: refused tries of the last hour stand in the audit."""
    since = settings.NOW() - access.ONE_HOUR
    tries = AuditEntry.objects.filter(person=person, at__gt=since, place="emergency", action="refuse")
    if tries.count() >= TRIES_AN_HOUR:
        raise TooMuch("emergency")


def _child_with(actor: Actor, reference: str) -> Child | None:
    """The one child of the council with this exact reference."""
    same = Q(code=reference) | Q(identifiers__value=reference)
    found = Child.objects.filter(same, authority=actor.authority).select_related("authority").distinct()[:2]
    return found[0] if len(found) == 1 else None


def _open(actor: Actor, child: Child, category: str, reason: str) -> None:
    now = settings.NOW()
    assert actor.role is not None
    made = BreakGlass.objects.create(
        person=actor.person,
        child=child,
        role=actor.role.key,
        category=category,
        reason=reason.strip(),
        opened_at=now,
        until=now + access.ONE_HOUR,
        review_due_on=access.until_review(settings.TODAY()),
    )
    told = managers_of(child)
    for manager in told:
        notices.tell(child.authority, "", "break_glass", child=child, about=made.pk, person=manager)
    roles = ("head_of_service", "information_governance", *(() if told else ("team_manager",)))
    for role in roles:
        notices.tell(child.authority, role, "break_glass", child=child, about=made.pk)


def managers_of(child: Child) -> list[Person]:
    """The team managers of the child's worker's team; nobody when no worker or team is known."""
    today = settings.TODAY()
    begun = Q(started_on__lte=today)
    spells = SocialWorkerSpell.current.filter(begun & not_over(today), child=child)
    workers = set(spells.values_list("worker", flat=True))
    allocated = Allocation.objects.filter(begun & not_over(today), child=child, basis="allocated")
    people = set(allocated.values_list("person", flat=True))
    roles = list(Role.objects.filter(live(today), authority=child.authority).select_related("person"))
    own = [role for role in roles if role.person_id in people or workers.intersection(role.workers)]
    teams = {role.team_id for role in own if role.team_id}
    return list(
        {
            role.person
            for role in roles
            if role.key == "team_manager" and (role.team_id in teams or workers.intersection(role.workers))
        }
    )
