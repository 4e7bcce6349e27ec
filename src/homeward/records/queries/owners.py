"""Who does what was agreed: people of the council by their key, and those without an account by theirs."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from homeward.records.access import seen_by
from homeward.records.models import Action, Authority, Child, Person, Role
from homeward.records.operations.allocations import WORKERS
from homeward.records.queries.people_page import holders, role_words
from homeward.records.roles import ROLES

Choices = list[tuple[str, list[tuple[str, str]]]]
REACHES = ("mine", "team", "authority")
_SALT = "homeward.actions.who"


def key_of(action: Action) -> str:
    """What stands for an owner in an address, where no name may stand."""
    return f"p{action.owner_id}" if action.owner_id else key_of_name(action.owner_name)


def key_of_name(name: str) -> str:
    """Of somebody without an account; nobody finds the name from it."""
    return f"n{salted_hmac(_SALT, name.strip().casefold()).hexdigest()[:16]}"


def name_of(action: Action) -> str:
    return action.owner.name if action.owner else action.owner_name


def may_do(authority: Authority) -> list[Role]:
    """People of the council who may be given an action: whoever sees children, by name, each once."""
    found: dict[int, Role] = {}
    for role in holders(authority, REACHES):
        if "see_children" in ROLES[role.key].actions:
            found.setdefault(role.person_id, role)
    return list(found.values())


def choices(authority: Authority) -> Choices:
    """[(group, [(person's pk, name and role)])]: social workers and managers first."""
    groups: Choices = [("Social workers and managers", []), ("Others", [])]
    for role in may_do(authority):
        group = groups[0 if role.key in WORKERS else 1]
        group[1].append((str(role.person_id), f"{role.person.name}, {role_words(role)}"))
    return [group for group in groups if group[1]]


def takers(authority: Authority, leaver: Person) -> Choices:
    """Who may take over from somebody who leaves: whoever may record."""
    roles = [role for role in may_do(authority) if "record" in ROLES[role.key].actions]
    here = [
        (str(r.person_id), f"{r.person.name}, {role_words(r)}") for r in roles if r.person_id != leaver.pk
    ]
    return [("People who record", here)]


def chosen(authority: Authority, pk: str) -> Person | None:
    return next((role.person for role in may_do(authority) if str(role.person_id) == pk), None)


def sees(person: Person, child: Child) -> bool:
    """Whether the person sees the child today; an action for a child whom nobody shows them would be lost."""
    return bool(seen_by(person, child.authority, [child.pk]))
