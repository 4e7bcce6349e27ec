"""Who works with a child and who did, and the children whose worker is no longer here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from homeward.domain.calendar import add_working_days
from homeward.domain.codes import label as code_label
from homeward.domain.wording import day_words
from homeward.records.access import HAND_OVER, Actor, children_visible_to
from homeward.records.models import (
    Allocation,
    Authority,
    Child,
    Person,
    ReviewingOfficer,
    Role,
    SocialWorkerSpell,
)
from homeward.records.operations.allocations import WORKERS, basis_for
from homeward.records.operations.people import live, not_over, present
from homeward.records.queries.people_page import holders, role_words
from homeward.records.roles import ROLES

BASES = {"allocated": "Works with the child", "panel": "Panel", "life_story": "Life story"}


@dataclass(frozen=True, slots=True)
class Working:
    """A person and a child from a day to a day; `source` is an allocation or the return."""

    pk: int | None
    name: str
    as_words: str
    started_on: date
    ended_on: date | None
    reason: str
    made_by: str
    reads_until: date | None

    def state(self, on: date) -> str:
        """now | ahead | hand_over | past"""
        if self.started_on > on:
            return "ahead"
        if self.ended_on is None or self.ended_on >= on:
            return "now"
        return "hand_over" if self.reads_until and self.reads_until >= on else "past"

    @property
    def reads_words(self) -> str:
        """What the person may still see, and until when."""
        if self.reads_until is None:
            return ""
        if self.ended_on == self.reads_until:
            return f"Sees the record until {day_words(self.reads_until)}."
        return f"Hands over: reads the record until {day_words(self.reads_until)}."


def with_child(child: Child) -> list[Working]:
    """Allocations made here and the workers that the return names, the newest first."""
    made = [_made(one) for one in _allocations(Q(child=child))]
    spells = SocialWorkerSpell.current.filter(child=child)
    people = _people_behind(child.authority)
    told = [_told(spell, people.get(spell.worker)) for spell in spells]
    officers = [_reviews(one) for one in ReviewingOfficer.current.filter(child=child)]
    return sorted([*made, *told, *officers], key=lambda one: one.started_on, reverse=True)


def allocation_of(child: Child, pk: int) -> Allocation | None:
    """An allocation of the child that has not ended."""
    found = Allocation.objects.filter(not_over(settings.TODAY()), child=child, pk=pk)
    return found.select_related("person").first()


def allocated_names(children: Collection[int], on: date) -> dict[int, str]:
    """{child: name} of the social worker on a day by an allocation made here, the newest."""
    workers = Role.objects.filter(key__in=WORKERS).values("person")
    own = Q(child__among=children, basis="allocated", started_on__lte=on, person__in=workers)
    rows = Allocation.objects.filter(own & not_over(on)).order_by("started_on", "pk")
    return dict(rows.values_list("child_id", "person__name"))


def may_work(authority: Authority, *, only: str = "") -> list[tuple[str, list[tuple[int, str]]]]:
    """Who may be chosen, as [(basis in words, [(role's pk, name and role)])]."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for role in holders(authority, ("mine", "team", "window")):
        basis = basis_for(role.key)
        if basis and (not only or basis == only):
            groups.setdefault(basis, []).append((role.pk, f"{role.person.name}, {role_words(role)}"))
    return [(BASES[basis], groups[basis]) for basis in BASES if basis in groups]


def role_chosen(authority: Authority, pk: int) -> Role | None:
    found = Role.objects.filter(authority=authority, pk=pk)
    return found.select_related("person", "team", "authority").first()


def without_worker(authority: Authority, children: Collection[int]) -> dict[int, str]:
    """{child: who it was, ""} of those whom nobody who is here works with today.

    The return's worker counts as here until somebody says that they left: not every worker signs in.
    """
    today = settings.TODAY()
    here = {role.person_id for role in holders(authority, ("mine", "team")) if role.key in WORKERS}
    begun = Q(started_on__lte=today)
    council = Q(child__authority=authority)
    told = SocialWorkerSpell.current.filter(begun)
    made = Allocation.objects.filter(basis="allocated")
    if not made.filter(council).exists() and not told.filter(council).exists():
        return {}  # this record says of no child who works with them
    of_these = Q(child__among=children)
    allocated = dict(
        made.filter(of_these).order_by("started_on", "pk").values_list("child_id", "person__name")
    )
    current = made.filter(of_these, begun, not_over(today), person__in=here)
    gone = _workers_gone(authority)
    with_one = set(current.values_list("child_id", flat=True))
    was: dict[int, str] = {}
    for child, worker in told.filter(of_these, not_over(today)).values_list("child_id", "worker"):
        if worker in gone:
            was[child] = gone[worker]
        else:
            with_one.add(child)
    for pk, name in allocated.items():
        was.setdefault(pk, name)
    return {pk: was.get(pk, "") for pk in children if pk not in with_one}


def children_in_need(actor: Actor) -> list[tuple[Child, str]]:
    """Children in care whom the actor sees and nobody works with, with who it was; by name."""
    if actor.authority is None:
        return []
    visible = children_visible_to(actor).filter(standing__in_care=True).select_related("authority")
    children = {child.pk: child for child in visible}
    need = without_worker(actor.authority, children)
    lines = [(children[pk], who) for pk, who in need.items()]
    return sorted(lines, key=lambda line: line[0].name.casefold())


def _workers_gone(authority: Authority) -> dict[str, str]:
    """Ids of the return whose person left or holds their role no longer -> name."""
    today = settings.TODAY()
    roles = Role.objects.filter(authority=authority).select_related("person")
    own = [role for role in roles if role.key in ROLES and ROLES[role.key].reach == "mine"]
    here = set(roles.filter(live(today), present(today, "person__")).values_list("pk", flat=True))
    kept = {worker for role in own if role.pk in here for worker in role.workers}
    return {
        worker: role.person.name
        for role in own
        if role.pk not in here
        for worker in role.workers
        if worker not in kept
    }


def _allocations(wanted: Q) -> list[Allocation]:
    found = Allocation.objects.filter(wanted).select_related("person", "made_by")
    return list(found.order_by("started_on", "pk").reverse())


def _people_behind(authority: Authority) -> dict[str, Person]:
    roles = Role.objects.filter(authority=authority).select_related("person")
    return {
        worker: role.person
        for role in roles
        if role.key in ROLES and ROLES[role.key].reach == "mine"
        for worker in role.workers
    }


def _until(ended_on: date | None, basis: str) -> date | None:
    if ended_on is None:
        return None
    return add_working_days(ended_on, HAND_OVER) if basis == "allocated" else ended_on


def _made(one: Allocation) -> Working:
    return Working(
        one.pk,
        one.person.name,
        BASES[one.basis],
        one.started_on,
        one.ended_on,
        one.reason,
        one.made_by.name,
        _until(one.ended_on, one.basis),
    )


def _told(spell: SocialWorkerSpell, person: Person | None) -> Working:
    """A spell of the return; hand-over only for a person who can sign in here."""
    return Working(
        None,
        person.name if person else spell.worker,
        "Social worker in the return",
        spell.started_on,
        spell.ended_on,
        code_label("SW_REASON", spell.reason) if spell.reason else "",
        "",
        _until(spell.ended_on, "allocated") if person else None,
    )


def _reviews(one: ReviewingOfficer) -> Working:
    """Who reviews the child's case sees every child of the council, so nothing is handed over."""
    words = "Independent reviewing officer"
    return Working(None, one.officer, words, one.started_on, one.ended_on, "", "", None)
