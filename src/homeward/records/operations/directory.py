"""What the council's directory says of a person at sign-in: who it is, and which roles their groups give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction

from homeward.records.models import GroupRole, Person, Role
from homeward.records.queries.sign_in import is_here


def person_to_link(provider: str, email: str) -> Person | None:
    """Whom a first sign-in belongs to: the person whom the system manager added with this address.

    Only a person who has no password here and is not linked yet: an address never takes an account over.
    """
    person = Person.objects.filter(email__iexact=email, is_demonstration=False).first()
    if person is None or not is_here(person) or person.has_usable_password():
        return None
    return None if SocialAccount.objects.filter(user=person, provider=provider).exists() else person


def link(account: SocialAccount, person: Person) -> None:
    account.user = person
    account.save()


def take_groups(person: Person, groups: Iterable[str]) -> bool:
    """Starts and ends the roles that groups give; says whether anything changed. Other roles stay."""
    today = settings.TODAY()
    changed = False
    with transaction.atomic():
        given = {
            (one.authority_id, one.agency_id, one.key): one
            for one in GroupRole.objects.filter(group__in=list(groups)).exclude(made_by=person)
        }
        for role in Role.objects.filter(person=person):
            rule = given.pop((role.authority_id, role.agency_id, role.key), None)
            holds = role.ended_on is None or role.ended_on >= today
            if rule is not None and not holds:
                role.group, role.team, role.started_on, role.ended_on = rule.group, rule.team, today, None
            elif rule is None and holds and role.group:
                role.ended_on = today - timedelta(days=1)  # the last day on which it was held
            elif rule is not None and role.group and (role.group, role.team) != (rule.group, rule.team):
                role.group, role.team = rule.group, rule.team
            else:
                continue
            role.save()
            changed = True
        for (authority, agency, key), rule in given.items():
            Role.objects.create(
                person=person,
                authority_id=authority,
                agency_id=agency,
                key=key,
                team=rule.team,
                group=rule.group,
                started_on=today,
            )
            changed = True
    return changed
