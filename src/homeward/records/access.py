"""Who may see which children and do what: roles as data, one door to children, default deny.

An information-governance officer can read this file. A role has a reach and actions. Reach: `mine` (children
whose social worker this person is), `team` (children of the team's workers), `authority` (all of it) or
`none`. The next version completes exclusions, restricted records, shares and break-glass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from homeward.records.models import Authority, Child, Person, Role, SocialWorkerSpell

EVERYONE = frozenset({"see_home", "see_policy"})
SEES = EVERYONE | {"see_children"}
OVERSEES = SEES | {"see_oversight", "export"}
IMPORTS = OVERSEES | {"import"}


@dataclass(frozen=True, slots=True)
class RoleMeaning:
    title: str
    reach: str
    actions: frozenset[str]


ROLES: dict[str, RoleMeaning] = {
    "social_worker": RoleMeaning("Social worker", "mine", SEES),
    "assistant_team_manager": RoleMeaning("Assistant team manager", "team", OVERSEES),
    "team_manager": RoleMeaning("Team manager", "team", OVERSEES),
    "head_of_service": RoleMeaning("Head of service", "authority", OVERSEES),
    "director": RoleMeaning("Director", "authority", OVERSEES),
    "permanence_lead": RoleMeaning("Permanence lead", "authority", IMPORTS),
    "iro": RoleMeaning("Independent reviewing officer", "authority", OVERSEES),
    "agency_decision_maker": RoleMeaning("Agency decision maker", "authority", SEES),
    "nominated_officer": RoleMeaning("Nominated officer", "authority", SEES),
    "legal": RoleMeaning("Legal services", "authority", SEES),
    "performance_analyst": RoleMeaning("Performance analyst", "authority", IMPORTS),
    "data_manager": RoleMeaning("Data manager", "authority", IMPORTS),
    "family_finder": RoleMeaning("Family finder", "none", EVERYONE),
    "family_finder_raa": RoleMeaning("Family finder of the agency", "none", EVERYONE),
    "auditor": RoleMeaning("Auditor", "none", EVERYONE),
    "system_manager": RoleMeaning("System manager", "none", EVERYONE),
}
# In demonstration mode these also reach every imported authority, so that a return can be looked at.
REACH_IMPORTED = frozenset({"performance_analyst", "permanence_lead"})
_WIDTH = ("none", "mine", "team", "authority")


def _roles(person: Person) -> list[Role]:
    """Roles held today, read once for each request's person."""
    if not hasattr(person, "_held"):
        today = timezone.localdate()
        held = person.roles.select_related("authority", "team")
        person._held = [r for r in held if r.key in ROLES and _holds(r, today)]  # type: ignore[attr-defined]
    return list(person._held)  # type: ignore[attr-defined]


def _holds(role: Role, today: date) -> bool:
    return (role.started_on is None or role.started_on <= today) and (
        role.ended_on is None or today <= role.ended_on
    )


def _reaches_imported(person: Person) -> bool:
    return (
        settings.DEMONSTRATION()
        and person.is_demonstration
        and any(role.key in REACH_IMPORTED for role in _roles(person))
    )


def _roles_in(person: Person, authority: Authority | None) -> list[RoleMeaning]:
    if not getattr(person, "is_active", False) or authority is None:
        return []
    held = _roles(person)
    if not authority.demonstration and _reaches_imported(person):
        return [ROLES[role.key] for role in held if role.key in REACH_IMPORTED]
    return [ROLES[role.key] for role in held if role.authority_id == authority.pk]


def authorities_visible_to(person: Person) -> QuerySet[Authority]:
    """The councils in which a person holds a role."""
    reached = Q(roles__in=[role.pk for role in _roles(person)])
    if _reaches_imported(person):
        reached |= Q(demonstration=False)
    return Authority.objects.filter(reached).distinct().order_by("-demonstration", "name")


def may(person: Person, action: str, authority: Authority | None) -> bool:
    """Whether any role that the person holds in the authority allows the action."""
    return any(action in role.actions for role in _roles_in(person, authority))


def widest_scope(person: Person, authority: Authority | None) -> str:
    """mine, team, authority or none."""
    return max((role.reach for role in _roles_in(person, authority)), key=_WIDTH.index, default="none")


def role_words(person: Person, authority: Authority | None) -> str:
    return ", ".join(sorted({role.title for role in _roles_in(person, authority)}))


def basis_of(person: Person) -> str:
    """On what a read rests, for the access log: the widest reach of the person's roles."""
    return max((ROLES[role.key].reach for role in _roles(person)), key=_WIDTH.index, default="none")


def children_visible_to(person: Person) -> QuerySet[Child]:
    """The one door to children: those that the person's roles reach today, and no others."""
    if not getattr(person, "is_active", False):
        return Child.objects.none()
    seen = Q(pk__in=[])
    for role in _roles(person):
        match ROLES[role.key].reach:
            case "authority":
                seen |= Q(authority_id=role.authority_id)
            case "mine" | "team":
                seen |= Q(authority_id=role.authority_id, pk__in=_worked_with(role))
    if _reaches_imported(person):
        seen |= Q(authority__demonstration=False)
    return Child.objects.filter(seen)


def _worked_with(role: Role) -> QuerySet[SocialWorkerSpell, dict[str, int]]:
    """Children whose current social worker is one of the role's workers."""
    today = timezone.localdate()
    spells = SocialWorkerSpell.current.filter(worker__in=role.workers, started_on__lte=today)
    return spells.filter(Q(ended_on=None) | Q(ended_on__gte=today)).values("child_id")
