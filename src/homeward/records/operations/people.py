"""People, their roles and teams: who comes, what they do from when to when, and who leaves.

Nobody types a password for another: a person signs in through the council's directory, or sets up their own.
Nobody changes their own roles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from homeward.domain.wording import day_words
from homeward.records import row_security
from homeward.records.models import (
    Allocation,
    AuditEntry,
    Authority,
    Cover,
    GroupRole,
    Person,
    Role,
    Team,
)
from homeward.records.operations import actions, factors, notices, sessions
from homeward.records.operations.refused import Refused
from homeward.records.roles import ROLES

# Roles that a council gives: those of its staff. The agency's own people and young people, carers and
# adopters come in another way.
GIVEN = {key: role for key, role in ROLES.items() if role.actions and role.reach != "agency"}
_DAY = timedelta(days=1)


def live(on: date, prefix: str = "") -> Q:
    """Roles that are held on a day."""
    begun = Q(**{f"{prefix}started_on": None}) | Q(**{f"{prefix}started_on__lte": on})
    return begun & not_over(on, prefix)


def not_over(on: date, prefix: str = "") -> Q:
    """Roles, allocations and covers that have not ended before a day, begun or not."""
    return Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gte": on})


def present(on: date, prefix: str = "") -> Q:
    """People who have not left by a day and are not disabled."""
    stays = Q(**{f"{prefix}left_on": None}) | Q(**{f"{prefix}left_on__gt": on})
    return stays & Q(**{f"{prefix}is_active": True})


@transaction.atomic
def add_person(authority: Authority, *, email: str, name: str, by: Person, **role: Any) -> Person:
    """A new person with a first role. Somebody who works for another council too keeps their name."""
    email = email.strip().lower()
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        invented = settings.DEMONSTRATION() and authority.demonstration
        person = Person(email=email, name=name.strip(), is_demonstration=invented)
        person.set_unusable_password()
        person.save()
    elif person.roles.filter(authority=authority).exists():
        raise Refused("email", f"{person.name} is on the list already. Open their page to give another role")
    give_role(authority, person, by=by, **role)
    return person


@transaction.atomic
def give_role(
    authority: Authority,
    person: Person,
    *,
    key: str,
    team: Team | None,
    workers: list[str],
    started_on: date,
    ended_on: date | None = None,
    by: Person,
) -> Role:
    """Gives a role, or gives again one that has ended. Somebody who had left is back with it."""
    _not_ones_own(person, by)
    if key not in GIVEN:
        raise Refused("key", "Choose a role from the list")
    _fits(authority, key, team)
    _in_order(started_on, ended_on)
    role = Role.objects.select_for_update().filter(person=person, authority=authority, key=key).first()
    if role is not None and (role.ended_on is None or role.ended_on >= settings.TODAY()):
        raise Refused("key", f"{person.name} holds this role already. Change it in the list above")
    role = role or Role(person=person, authority=authority, key=key)
    role.team, role.workers, role.group = team, workers, ""
    role.started_on, role.ended_on = started_on, ended_on
    role.save()
    if person.left_on is not None:
        person.left_on = None
        person.save(update_fields=["left_on"])
    sessions.end_all(person)
    return role


@transaction.atomic
def change_role(
    role: Role, *, team: Team | None, workers: list[str], ended_on: date | None, by: Person
) -> None:
    """Another team, other ids of the return, or a last day; the person signs in anew (SECURITY V7)."""
    assert role.authority is not None
    _not_ones_own(role.person, by)
    if role.group:
        raise Refused("", "This role comes from a group of the directory. Take the person out of it there")
    _fits(role.authority, role.key, team)
    _in_order(role.started_on, ended_on)
    role.team, role.workers, role.ended_on = team, workers, ended_on
    role.save()
    sessions.end_all(role.person)


@dataclass(frozen=True, slots=True)
class Left:
    """What ended when somebody left: ids for the audit."""

    roles: list[int]
    allocations: list[int]
    covers: list[int]
    actions: list[int] = field(default_factory=list)  # given to another


@transaction.atomic
def leave(authority: Authority, person: Person, on: date, by: Person, to: Person | None = None) -> Left:
    """From this day the person no longer works for the council: roles, allocations and covers end before it.

    What they have still to do goes to another at once; without another nobody leaves it behind. Sessions and
    tokens end at once when the day has come. A role at another council goes on.
    """
    _not_ones_own(person, by)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.left_on is not None:
        raise Refused("on", f"It is recorded already: the first day away is {day_words(person.left_on)}")
    with row_security.whole(authority):  # also the work with a child whom `by` may not know of
        left = _end_all(authority, person, on)
        left.actions.extend(_hand_over(authority, person, to, by))
    if not person.roles.filter(not_over(on)).exists():  # nor at another council
        person.left_on = on
        person.save(update_fields=["left_on"])
    if on <= settings.TODAY():
        sessions.end_all(person)
    return left


def _hand_over(authority: Authority, person: Person, to: Person | None, by: Person) -> list[int]:
    number = actions.open_actions(authority, person).count()
    if not number:
        return []
    if to is None or to.pk == person.pk:
        what = "open action" if number == 1 else "open actions"
        raise Refused("to", f"Choose who takes over their {number} {what}")
    given = actions.hand_over(
        authority, person, to, reason=f"{person.name} leaves", by=by, now=settings.NOW()
    )
    return [action.pk for action in given]


def _end_all(authority: Authority, person: Person, on: date) -> Left:
    roles = Role.objects.filter(not_over(on), person=person, authority=authority)
    allocations = Allocation.objects.filter(not_over(on), person=person, child__authority=authority)
    covers = Cover.objects.filter(Q(by=person) | Q(covered=person), not_over(on), authority=authority)
    left = Left(*(list(rows.values_list("pk", flat=True)) for rows in (roles, allocations, covers)))
    roles.update(ended_on=on - _DAY)
    for rows in (allocations, covers):
        rows.filter(started_on__gte=on, started_on__gt=settings.TODAY()).delete()  # never begun
        rows.filter(started_on__gte=on).update(ended_on=F("started_on"))
        rows.filter(started_on__lt=on).update(ended_on=on - _DAY)
    return left


# ---- How a person signs in ----


def password_link(authority: Authority, person: Person, by: Person) -> tuple[str, str]:
    """The two parts of a link to choose a password with: for 15 minutes, once; it does not sign in."""
    _may_help(authority, person, by)
    _not_both(person, by, "person_second_step")
    if settings.DIRECTORY is not None and not person.has_usable_password():
        raise Refused("", f"{person.name} signs in through the council’s directory")
    notices.tell(authority, "information_governance", "sign_in_helped", about=person.pk)
    return urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)


@transaction.atomic
def new_second_step(authority: Authority, person: Person, by: Person) -> None:
    """For a lost telephone: app and passkeys go and every session ends; new ones are set up next time."""
    _may_help(authority, person, by)
    _not_both(person, by, "person_link")
    factors.remove_all(person)
    notices.tell(authority, "information_governance", "sign_in_helped", about=person.pk)


def _may_help(authority: Authority, person: Person, by: Person) -> None:
    if person.pk == by.pk:
        raise Refused("", "Change your own sign-in under your name at the top of the page")
    if person.roles.filter(not_over(settings.TODAY())).exclude(authority=authority).exists():
        raise Refused("", f"{person.name} works elsewhere too. Ask whoever runs Homeward at the machine")
    if person.is_demonstration or not person.roles.filter(not_over(settings.TODAY())).exists():
        raise Refused("", f"{person.name} does not sign in here")


def _not_both(person: Person, by: Person, other: str) -> None:
    """Nobody alone gives both the password and the second step, and so chooses another's way in."""
    since = settings.NOW() - _DAY
    done = AuditEntry.objects.filter(person=by, place=other, action="write", at__gt=since)
    if done.filter(about__person=person.pk).exists():
        raise Refused("", "You gave the other half today. Another system manager does this one")


# ---- Teams, and what the directory's groups give ----


def name_team(authority: Authority, name: str, team: Team | None = None) -> Team:
    """A new team, or another name for one."""
    name = " ".join(name.split())
    same = Team.objects.filter(authority=authority, name__iexact=name).first()
    if same is not None and same != team:
        raise Refused("name", "There is a team of this name already")
    team = team or Team(authority=authority)
    team.name = name
    team.save()
    return team


def give_to_group(authority: Authority, *, group: str, key: str, team: Team | None, by: Person) -> GroupRole:
    """From their next sign-in on, who is in this group holds this role; never who made it so."""
    if key not in GIVEN:
        raise Refused("key", "Choose a role from the list")
    _fits(authority, key, team)
    try:
        with transaction.atomic():
            made = GroupRole.objects.create(
                authority=authority, group=group.strip(), key=key, team=team, made_by=by
            )
    except IntegrityError:
        raise Refused("group", "This group gives this role already") from None
    notices.tell(authority, "information_governance", "group_given", about=made.pk)
    return made


def take_from_group(authority: Authority, pk: int) -> bool:
    """The group gives the role no longer; who holds it keeps it until their next sign-in."""
    dropped, _ = GroupRole.objects.filter(authority=authority, pk=pk).delete()
    return bool(dropped)


def _not_ones_own(person: Person, by: Person) -> None:
    if person.pk == by.pk:
        raise Refused("", "Nobody changes their own roles. Ask another system manager")


def _fits(authority: Authority, key: str, team: Team | None) -> None:
    if team is not None and team.authority_id != authority.pk:
        raise Refused("team", "Choose a team of this council")
    if team is None and GIVEN[key].reach == "team":
        raise Refused("team", "Choose the team whose children this role sees")


def _in_order(started_on: date | None, ended_on: date | None) -> None:
    if started_on and ended_on and ended_on < started_on:
        raise Refused("ended_on", "The last day must not be before the first")
