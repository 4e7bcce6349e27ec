"""The people of a council for who manages them: roles, teams, groups; numbers of children, never a child."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Count, Q

from homeward.records import row_security
from homeward.records.models import (
    Allocation,
    Authority,
    Cover,
    GroupRole,
    Person,
    Restriction,
    Role,
    SocialWorkerSpell,
    Team,
)
from homeward.records.operations.actions import open_actions
from homeward.records.operations.allocations import basis_for
from homeward.records.operations.people import GIVEN, live, not_over, present
from homeward.records.queries.sign_in import people_with_factor
from homeward.records.roles import ROLES


@dataclass(slots=True)
class PersonLine:
    """A person on the list; `here` when they hold or will hold a role in the council."""

    person: Person
    roles: list[Role] = field(default_factory=list)
    has_factor: bool = False

    @property
    def here(self) -> bool:
        return any(still(role) for role in self.roles) and self.person.is_active

    @property
    def words(self) -> list[str]:
        """Roles held or to come, with their teams; those that were held for who left."""
        shown = [role for role in self.roles if still(role)] or self.roles
        return [role_words(role) for role in shown]

    @property
    def how(self) -> str:
        """directory | password | nothing: with what the person signs in."""
        if self.person.has_usable_password():
            return "password"
        return "directory" if settings.DIRECTORY is not None else "nothing"

    @property
    def without_factor(self) -> bool:
        """Signs in with a password and has set up no app or passkey; a directory asks for its own."""
        return self.how == "password" and not self.has_factor

    @property
    def last_on(self) -> date | None:
        return max((role.ended_on for role in self.roles if role.ended_on), default=None)


def still(role: Role) -> bool:
    """Held today or to come."""
    return role.ended_on is None or role.ended_on >= settings.TODAY()


def role_words(role: Role) -> str:
    title = ROLES[role.key].title if role.key in ROLES else role.key
    return f"{title}, {role.team.name}" if role.team else title


def people_of(authority: Authority) -> list[PersonLine]:
    """Everyone who holds, will hold or held a role in the council, by name."""
    lines: dict[int, PersonLine] = {}
    roles = Role.objects.filter(authority=authority).select_related("person", "team").order_by("pk")
    for role in roles:
        lines.setdefault(role.person_id, PersonLine(role.person)).roles.append(role)
    for pk in people_with_factor(lines):
        lines[pk].has_factor = True
    return sorted(lines.values(), key=lambda line: line.person.name.casefold())


def line_of(authority: Authority, pk: int) -> PersonLine | None:
    """One person of the council; None for one who never held a role there."""
    return next((line for line in people_of(authority) if line.person.pk == pk), None)


def role_of(authority: Authority, person: int, pk: int) -> Role | None:
    found = Role.objects.filter(authority=authority, person=person, pk=pk)
    return found.select_related("person", "team", "authority").first()


def role_choices() -> list[tuple[str, str]]:
    return [(key, meaning.title) for key, meaning in GIVEN.items()]


def teams_of(authority: Authority) -> list[Team]:
    """Teams by name, each with `people`: how many hold a role in it today."""
    today = settings.TODAY()
    held = Count("role__person", filter=live(today, "role__"), distinct=True)
    return list(Team.objects.filter(authority=authority).annotate(people=held).order_by("name"))


def groups_of(authority: Authority) -> list[dict[str, object]]:
    rows = GroupRole.objects.filter(authority=authority).select_related("team").order_by("group", "key")
    return [
        {
            "pk": row.pk,
            "group": row.group,
            "title": ROLES[row.key].title if row.key in ROLES else row.key,
            "team": row.team.name if row.team else "",
        }
        for row in rows
    ]


def children_with(authority: Authority, line: PersonLine) -> int:
    """How many children the person works with today, by the return or by an allocation."""
    today = settings.TODAY()
    workers = [worker for role in line.roles if _own(role) for worker in role.workers]
    allocated = Allocation.objects.filter(
        not_over(today), person=line.person, basis="allocated", child__authority=authority
    )
    spells = SocialWorkerSpell.current.filter(not_over(today), worker__in=workers, child__authority=authority)
    sealed = Restriction.objects.filter(ended_at=None, level=Restriction.SEALED).values_list(
        "child", flat=True
    )
    with row_security.whole(authority):  # a number, the same for whoever asks
        found = {*allocated.values_list("child_id", flat=True), *spells.values_list("child_id", flat=True)}
        return len(found.difference(sealed))


def actions_of(authority: Authority, person: Person) -> int:
    """How many actions stand open in a person's name."""
    with row_security.whole(authority):  # a number, the same for whoever asks
        return open_actions(authority, person).count()


def covers_of(authority: Authority, *, team: Team | None = None, person: Person | None = None) -> list[Cover]:
    """Covers that have not ended, the next to end first: all of the council, of a team, or of a person."""
    found = Cover.objects.filter(not_over(settings.TODAY()), authority=authority)
    if team is not None:
        found = found.filter(covered__in=Role.objects.filter(team=team).values("person"))
    if person is not None:
        found = found.filter(Q(covered=person) | Q(by=person))
    return list(found.select_related("covered", "by", "made_by").order_by("ended_on", "pk"))


def holders(authority: Authority, reaches: Iterable[str]) -> list[Role]:
    """Who is here today in a role of such a reach, by name."""
    keys = [key for key, meaning in GIVEN.items() if meaning.reach in reaches]
    today = settings.TODAY()
    roles = Role.objects.filter(live(today), present(today, "person__"), authority=authority, key__in=keys)
    return list(roles.select_related("person", "team", "authority").order_by("person__name", "pk"))


def here(authority: Authority) -> set[int]:
    """Everybody who holds a role today in the council, or in the agency that it shares."""
    today = settings.TODAY()
    place = Q(authority=authority) | Q(agency=authority.agency_id, agency__isnull=False)
    roles = Role.objects.filter(place, live(today), present(today, "person__"))
    return set(roles.values_list("person_id", flat=True))


def able_to_act(authority: Authority) -> list[Role]:
    """Who may act for a colleague: whoever may be allocated a child."""
    return [role for role in holders(authority, ("mine", "team")) if basis_for(role.key) == "allocated"]


def _own(role: Role) -> bool:
    return role.key in ROLES and ROLES[role.key].reach == "mine"
