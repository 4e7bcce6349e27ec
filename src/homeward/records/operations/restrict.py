"""How closely a child's record is kept, and who must never see it (SECURITY 3.1)."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from homeward.records.access import reached_by
from homeward.records.models import Child, Exclusion, Person, Restriction, Team
from homeward.records.operations import notices
from homeward.records.operations.refused import Refused

LEVELS = {
    0: "Normal: whoever reaches the child through their work",
    Restriction.SENSITIVE: "Sensitive: only the named teams and people",
    Restriction.RESTRICTED: "Restricted: only the named people",
}
NOBODY = "Name at least one person whose work reaches this child, or nobody could see the record"


def standing(child: Child) -> Restriction | None:
    """The restriction that holds now; none for a record kept as usual."""
    return Restriction.objects.filter(child=child, ended_at=None).first()


@transaction.atomic
def restrict(
    child: Child,
    level: int,
    *,
    reason: str = "",
    people: Iterable[Person] = (),
    teams: Iterable[Team] = (),
    by: Person,
) -> Restriction | None:
    """Keeps the record more or less closely from now on; what held before ends and stays readable."""
    Child.objects.select_for_update().get(pk=child.pk)
    people, teams = list(people), list(teams) if level == Restriction.SENSITIVE else []
    if level:
        if level not in LEVELS:
            raise Refused("level", "Choose how closely the record is kept")
        if not reason.strip():
            raise Refused("reason", "Say why the record is kept more closely")
        if not _seen_by_somebody(child, people, teams):
            raise Refused("people", NOBODY)
    now = settings.NOW()
    Restriction.objects.filter(child=child, ended_at=None).update(ended_at=now, ended_by=by)
    if not level:
        return None
    made = Restriction.objects.create(
        child=child, level=level, reason=reason.strip(), made_by=by, made_at=now
    )
    made.people.set(people)
    made.teams.set(teams)
    if level == Restriction.RESTRICTED:  # one person must not keep a record for themselves unseen
        notices.tell(child.authority, "information_governance", "restricted", child=child, about=made.pk)
    return made


@transaction.atomic
def exclude(child: Child, person: Person, *, reason: str, by: Person) -> Exclusion:
    """This person never sees the child from now on, whatever their role; they are not told."""
    Child.objects.select_for_update().get(pk=child.pk)
    if person == by:
        raise Refused("person", "You cannot exclude yourself. Ask a colleague to do it")
    if Exclusion.objects.filter(child=child, person=person, lifted_at=None).exists():
        raise Refused("person", f"{person.name} is excluded already")
    made = Exclusion.objects.create(
        child=child, person=person, reason=reason.strip(), made_by=by, made_at=settings.NOW()
    )
    held = standing(child)
    if held and not _seen_by_somebody(child, held.people.all(), held.teams.all()):
        raise Refused("person", f"{person.name} is the only one named to see the record. Name somebody first")
    return made


@transaction.atomic
def ask_to_lift(exclusion: Exclusion, *, reason: str, by: Person) -> None:
    """The first of the two people who lift an exclusion."""
    asked = Exclusion.objects.filter(pk=exclusion.pk, lifted_at=None, lift_asked_by=None)
    if not asked.exclude(person=by).update(lift_asked_by=by, lift_reason=reason.strip()):
        raise Refused("", "This exclusion is no longer open to ask about")


@transaction.atomic
def agree_to_lift(exclusion: Exclusion, *, by: Person) -> None:
    """The second person; the database refuses the first one too."""
    if exclusion.lift_asked_by == by:
        raise Refused("", "You asked for it yourself. Another person has to agree")
    agreed = Exclusion.objects.filter(pk=exclusion.pk, lifted_at=None, lift_asked_by__isnull=False)
    if not agreed.exclude(person=by).update(lifted_by=by, lifted_at=settings.NOW()):
        raise Refused("", "This exclusion is no longer open to agree about")


def _seen_by_somebody(child: Child, people: Iterable[Person], teams: Iterable[Team]) -> bool:
    members = Person.objects.filter(roles__team__in=list(teams)).distinct()
    return any(reached_by(person, child) for person in [*people, *members])
