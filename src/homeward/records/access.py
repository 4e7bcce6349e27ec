"""Who may see which children and do what: one door to children, default deny.

What each role may do stands in roles.toml. A person acts in one role at a time, in one authority (`Actor`).
A child is seen when the role reaches the child (allocation, team, authority, share), unless the person is
excluded from the child, or the record is kept more closely than the person is named for. Exclusions and
seals stand above everything, emergency access included (SECURITY 3.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from django.conf import settings
from django.db.models import Q, QuerySet

from homeward.domain.calendar import DAY, add_working_days
from homeward.records import row_security
from homeward.records.models import (
    Allocation,
    Authority,
    BreakGlass,
    Child,
    Cover,
    Exclusion,
    Person,
    Restriction,
    Role,
    Share,
    SocialWorkerSpell,
)
from homeward.records.roles import MASKED, ROLES, RoleMeaning

HAND_OVER = 10  # working days in which a worker who left a child still reads (SECURITY 3.1)
NOTHING = RoleMeaning("", "none", frozenset(), frozenset(), False)
# In demonstration mode these also reach every imported authority, so that a return can be looked at.
REACH_IMPORTED = frozenset({"performance_analyst", "permanence_lead"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in the role they act in now, in one authority; `role` is None for who holds none."""

    person: Person
    role: Role | None = None
    authority: Authority | None = None
    # What was asked once for this request: [named] -> children kept from the person.
    kept_from: dict[bool, list[int]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def meaning(self) -> RoleMeaning:
        return ROLES[self.role.key] if self.role and self.person.is_active else NOTHING

    @property
    def key(self) -> str:
        """What the session keeps of the choice."""
        return f"{self.role.pk}:{self.authority.pk if self.authority else ''}" if self.role else ""


def roles_of(person: Person) -> list[Role]:
    """Roles held today; none for who has left or was disabled."""
    today = settings.TODAY()
    if not person.is_active or (person.left_on and person.left_on <= today):
        return []
    held = person.roles.select_related("authority", "agency", "team").order_by("pk")
    return [
        role
        for role in held
        if role.key in ROLES
        and (role.started_on is None or role.started_on <= today)
        and (role.ended_on is None or today <= role.ended_on)
    ]


def places_of(person: Person) -> list[Actor]:
    """Every (role, authority) in which the person may act today, in the order of the councils' names."""
    found = []
    imported: list[Authority] | None = None
    for role in roles_of(person):
        if role.agency is not None:
            shared = _live_shares().filter(agency=role.agency).values("child__authority")
            with row_security.whole():  # which councils share with the agency, and no more
                authorities = list(Authority.objects.filter(pk__in=shared).order_by("name"))
            found += [Actor(person, role, authority) for authority in authorities] or [Actor(person, role)]
        else:
            found.append(Actor(person, role, role.authority))
        if person.is_demonstration and role.key in REACH_IMPORTED and settings.DEMONSTRATION():
            if imported is None:
                imported = list(Authority.objects.filter(demonstration=False).order_by("name"))
            found += [Actor(person, role, authority) for authority in imported]
    return found


def acting(person: Person, chosen: str = "", slug: str = "", places: list[Actor] | None = None) -> Actor:
    """The place chosen (Actor.key), else the first in the authority of that slug, else the first of all.

    A slug that is out of reach gives an actor without a role.
    """
    places = places_of(person) if places is None else places
    if slug:
        places = [place for place in places if place.authority and place.authority.slug == slug]
    return next((place for place in places if place.key == chosen), places[0] if places else Actor(person))


def may(actor: Actor, action: str) -> bool:
    """Whether the role that the person acts in allows the action."""
    return action in actor.meaning.actions


def children_visible_to(actor: Actor) -> QuerySet[Child]:
    """The one door to children: those that the actor reaches today in the authority, and no others."""
    if actor.authority is None or not may(actor, "see_children"):
        return Child.objects.none()
    reached = Child.objects.filter(_reach(actor), authority=actor.authority)
    return _unless_kept_from(actor, reached, named=True)


def children_shown_to(actor: Actor, *needs: str) -> QuerySet[Child]:
    """Through the same door: of the children visible to the actor, those whose field sets hold `needs`."""
    visible = children_visible_to(actor)
    if actor.meaning.reach != "agency":
        return visible if actor.meaning.fields.issuperset(needs) else visible.none()
    shown = field_sets_by_child(actor, visible.values_list("pk", flat=True))
    return visible.filter(pk__in=[pk for pk, fields in shown.items() if fields.issuperset(needs)])


def seen_by(person: Person, authority: Authority, children: Iterable[int]) -> set[int]:
    """Those of the children whom somebody else sees today, in whatever role they hold in the council."""
    pks = list(children)
    places = [place for place in places_of(person) if place.authority == authority]
    found = [children_visible_to(place).filter(pk__in=pks).values_list("pk", flat=True) for place in places]
    return {pk for seen in found for pk in seen}


def children_for_commands(authority: Authority) -> QuerySet[Child]:
    """What a command at the machine lists: every child of the council but the sealed."""
    sealed = Restriction.objects.filter(ended_at=None, level=Restriction.SEALED)
    return Child.objects.filter(authority=authority).exclude(pk__in=sealed.values("child"))


def child_opened_by(actor: Actor, public_id: str) -> Child | None:
    """A child whom the person opened in an emergency in the last hour; never an excluded or sealed one."""
    if actor.authority is None or not actor.meaning.break_glass:
        return None
    opened = BreakGlass.objects.filter(person=actor.person, until__gt=settings.NOW()).values("child")
    children = Child.objects.filter(pk__in=opened, authority=actor.authority, public_id=public_id)
    return _unless_kept_from(actor, children, named=False).first()


def may_be_opened_by(actor: Actor, child: Child) -> bool:
    """Whether an emergency could open the child to this person: not excluded, not sealed, same council."""
    if actor.authority is None or not actor.meaning.break_glass:
        return False
    children = Child.objects.filter(pk=child.pk, authority=actor.authority)
    return _unless_kept_from(actor, children, named=False).exists()


def _reach(actor: Actor) -> Q:
    role = actor.role
    assert role is not None
    match actor.meaning.reach:
        case "authority":
            return Q()
        case "agency":
            return Q(pk__in=_live_shares().filter(agency=role.agency).values("child"))
        case "team":
            mates, left = _team_of(role)
            workers = {*role.workers, *(worker for mate in (*mates, *left) for worker in mate.workers)}
            allocated = _allocated([actor.person.pk, *(mate.person_id for mate in mates)], ("allocated",))
            return Q(pk__in=_worked_with(workers)) | Q(pk__in=allocated) | _covered(actor)
        case "mine":
            allocated = _allocated([actor.person.pk], ("allocated",))
            return Q(pk__in=_worked_with(role.workers)) | Q(pk__in=allocated) | _covered(actor)
        case "window":
            return Q(pk__in=_allocated([actor.person.pk], ("panel", "life_story")))
    return Q(pk__in=[])


def _team_of(role: Role) -> tuple[list[Role], list[Role]]:
    """(roles in the team now or within hand-over, those of who left it and works in no other team)."""
    if role.team is None:
        return [], []
    today = settings.TODAY()
    roles = list(Role.objects.filter(authority=role.authority))
    here, over = [], []
    elsewhere = set()
    for one in roles:
        ended = one.ended_on is not None and one.ended_on < hand_over_from(today)
        if one.team_id != role.team_id:
            elsewhere |= set() if ended else {one.person_id}
        elif ended:
            over.append(one)
        elif one.started_on is None or one.started_on <= today:
            here.append(one)
    return here, [one for one in over if one.person_id not in elsewhere]


def _unless_kept_from(actor: Actor, children: QuerySet[Child], *, named: bool) -> QuerySet[Child]:
    """Without those the person is excluded from and those sealed; `named`: nor those kept for others."""
    if named not in actor.kept_from:
        actor.kept_from[named] = _kept_from(actor, named)
    kept = actor.kept_from[named]
    return children.exclude(pk__in=kept) if kept else children


def _kept_from(actor: Actor, named: bool) -> list[int]:
    excluded = Exclusion.objects.filter(person=actor.person, lifted_at=None).values_list("child", flat=True)
    closely = Restriction.objects.filter(ended_at=None, child__authority=actor.authority)
    held = list(closely.values_list("pk", "child", "level"))
    named_in: set[int] = set()
    if named and any(level < Restriction.SEALED for *_, level in held):
        team = actor.role.team_id if actor.role else None
        mine = Q(people=actor.person) | Q(level=Restriction.SENSITIVE, teams=team, teams__isnull=False)
        named_in = set(closely.filter(mine).values_list("pk", flat=True))
    closed = {
        child for pk, child, level in held if level == Restriction.SEALED or (named and pk not in named_in)
    }
    return sorted(closed | set(excluded))


def _live_shares() -> QuerySet[Share]:
    now = settings.NOW()
    return Share.objects.filter(made_at__lte=now, until__gt=now, ended_at=None)


@cache
def hand_over_from(today: date) -> date:
    """The earliest day on which a piece of work may have ended and still be read today."""
    day = today
    while add_working_days(day - DAY, HAND_OVER) >= today:
        day -= DAY
    return day


def _worked_with(workers: Iterable[str], since: date | None = None) -> QuerySet[SocialWorkerSpell, int]:
    """Children whose social worker is, or within the hand-over was, one of these ids of the return."""
    today = settings.TODAY()
    spells = SocialWorkerSpell.current.filter(worker__in=list(workers), started_on__lte=today)
    ended = Q(ended_on=None) | Q(ended_on__gte=since or hand_over_from(today))
    return spells.filter(ended).values_list("child_id", flat=True)


def _allocated(
    people: Iterable[int], bases: Iterable[str], since: date | None = None
) -> QuerySet[Allocation, int]:
    """Children allocated to these people; hand-over for an allocated child, to the day for a window."""
    today = settings.TODAY()
    held = Allocation.objects.filter(person__in=people, basis__in=bases, started_on__lte=today)
    still = Q(ended_on=None) | Q(ended_on__gte=today)
    if "allocated" in bases:
        still |= Q(ended_on__gte=since or hand_over_from(today))
    return held.filter(still).values_list("child_id", flat=True)


def _covered(actor: Actor) -> Q:
    """The own children of the colleagues for whom the person acts today in this authority."""
    today = settings.TODAY()
    covers = Cover.objects.filter(
        by=actor.person, authority=actor.authority, started_on__lte=today, ended_on__gte=today
    )
    covered = list(covers.values_list("covered", flat=True))
    if not covered:
        return Q(pk__in=[])
    roles = Role.objects.filter(person__in=covered, authority=actor.authority)
    workers = {worker for role in roles if ROLES[role.key].reach == "mine" for worker in role.workers}
    return Q(pk__in=_worked_with(workers, today)) | Q(pk__in=_allocated(covered, ("allocated",), today))


_BASIS = {"authority": "oversight", "agency": "share", "team": "team", "window": "window"}


def basis_of(actor: Actor, children: Iterable[int]) -> dict[str, list[int]]:
    """{basis: [pk, ...]} on which the actor sees these children, for the audit."""
    pks = sorted(set(children))
    if not pks:
        return {}
    if (reach := actor.meaning.reach) in _BASIS:
        return {_BASIS[reach]: pks}
    workers = actor.role.workers if actor.role else []
    own = own_children(actor)
    late = {*_worked_with(workers), *_allocated([actor.person.pk], ("allocated",))}
    found: dict[str, list[int]] = {}
    for pk in pks:
        basis = "allocated" if pk in own else "hand_over" if pk in late else "cover"
        found.setdefault(basis, []).append(pk)
    return found


def own_children(actor: Actor) -> set[int]:
    """Those who are with the person today: allocated to them, or by the id of the council's return."""
    today = settings.TODAY()
    workers = actor.role.workers if actor.role else []
    return {*_worked_with(workers, today), *_allocated([actor.person.pk], ("allocated",), today)}


def field_sets_for(actor: Actor, child: Child) -> frozenset[str]:
    """Field sets whose content the actor may be shown of this child; for the agency, what is shared."""
    return field_sets_by_child(actor, [child.pk])[child.pk]


def field_sets_by_child(actor: Actor, children: Iterable[int]) -> dict[int, frozenset[str]]:
    """The same for the children of a list, in at most one query."""
    pks = list(children)
    if actor.meaning.reach != "agency":
        return dict.fromkeys(pks, actor.meaning.fields)
    shared = {pk: {"core"} for pk in pks}
    shares = _live_shares().filter(child__in=pks, agency=actor.role.agency if actor.role else None)
    for pk, names in shares.values_list("child_id", "field_sets"):
        shared[pk].update(names)
    return {pk: (actor.meaning.fields & found) - MASKED for pk, found in shared.items()}


def reached_by(person: Person, child: Child) -> bool:
    """Whether the child is within the person's reach in a role held today, and the person not excluded."""
    if Exclusion.objects.filter(child=child, person=person, lifted_at=None).exists():
        return False
    return any(
        Child.objects.filter(_reach(place), pk=child.pk).exists()
        for place in places_of(person)
        if place.authority == child.authority and may(place, "see_children")
    )


def until_review(now_on: date) -> date:
    """The day by which emergency access is reviewed: two working days on (SECURITY 3.1)."""
    return add_working_days(now_on, 2)


ONE_HOUR = timedelta(hours=1)
