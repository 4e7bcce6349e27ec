"""A council in which one child stands in each state that access depends on, and one person in each role."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.cast import NOW, TODAY

from homeward.records import keep
from homeward.records.models import (
    Allocation,
    ApiToken,
    Authority,
    BreakGlass,
    Child,
    ChildIdentifier,
    Exclusion,
    PeriodOfCare,
    Person,
    RegionalAgency,
    Restriction,
    Review,
    Role,
    Share,
    SocialWorkerSpell,
    Team,
)
from homeward.records.roles import ROLES

# Each state: what is true of the child for every person alike.
STATES = {
    "allocated": "allocated to the person",
    "hand_over": "was allocated until five working days ago",
    "ended": "was allocated until a month ago",
    "team": "with another worker of the person's team",
    "unallocated": "of the same council, with somebody else",
    "restricted": "allocated, but kept for named people who do not include the person",
    "named": "allocated, kept for named people who include the person",
    "sensitive": "allocated, kept for a team that is not the person's",
    "excluded": "allocated, and the person is excluded",
    "sealed": "allocated and named, and sealed",
    "opened": "with somebody else, opened in an emergency by the person half an hour ago",
    "opened_before": "with somebody else, opened in an emergency two hours ago",
    "opened_restricted": "kept for named people, opened in an emergency by the person half an hour ago",
    "shared": "with somebody else, shared with the agency",
    "shared_core": "with somebody else, shared with the agency without the history",
    "share_ended": "with somebody else, shared with the agency until yesterday",
    "elsewhere": "of another council",
    "missing": "nobody has this id",
}
SHARED = ("shared", "shared_core")
WINDOWED = ("panel_member", "panel_chair", "life_story_worker")
CANARY = "Zephyrine"


@dataclass
class World:
    people: dict[str, Person]
    children: dict[str, Child]
    facts: dict[str, str] = field(default_factory=dict)  # a review's uid by state
    tokens: dict[str, str] = field(default_factory=dict)  # for the read API, by role

    def child(self, state: str) -> str:
        """The id in the address."""
        return self.children[state].public_id if state in self.children else "nobodyhere12"


def build() -> World:
    here = Authority.objects.create(slug="northmere", name="Northmere Council", pack="merton")
    there = Authority.objects.create(slug="easterby", name="Easterby Council", pack="slough")
    agency = RegionalAgency.objects.create(name="Three Rivers Adoption")
    team = Team.objects.create(authority=here, name="Care 1")
    other_team = Team.objects.create(authority=here, name="Care 2")
    people = {key: _person(key, here, agency, team) for key in ROLES}
    mate = Person.objects.create(email="mate@northmere.example", name="Mate")
    Role.objects.create(person=mate, authority=here, key="social_worker", team=team, workers=["SW7"])
    maker = Person.objects.create(email="maker@northmere.example", name="Maker")
    children = {
        state: _child(there if state == "elsewhere" else here, state)
        for state in STATES
        if state != "missing"
    }
    world = World(people, children)
    for state, child in children.items():
        review = Review.objects.create(
            child=child, held_on=date(2026, 9, 1), start=date(2026, 9, 1), **_made()
        )
        world.facts[state] = str(review.uid)
    _allocate(world, maker)
    SocialWorkerSpell.objects.create(
        child=children["team"], worker="SW7", started_on=date(2026, 1, 5), **_made()
    )
    for state, level, named in (
        ("restricted", Restriction.RESTRICTED, [maker]),
        ("opened_restricted", Restriction.RESTRICTED, [maker]),
        ("named", Restriction.RESTRICTED, list(people.values())),
        ("sealed", Restriction.SEALED, list(people.values())),
        ("sensitive", Restriction.SENSITIVE, []),
    ):
        made = Restriction.objects.create(
            child=children[state], level=level, reason="A reason", made_by=maker, made_at=NOW
        )
        made.people.set(named)
        if state == "sensitive":
            made.teams.set([other_team])
    _shares(children, agency, maker)
    for key, person in people.items():
        world.tokens[key] = f"token-of-{key}"
        ApiToken.objects.create(
            person=person,
            role=person.roles.get(),
            authority=here,
            name="All",
            hash=hashlib.sha256(world.tokens[key].encode()).hexdigest(),
            scopes=["tracker", "child", "deadlines", "promises"],
            last_used_on=TODAY,
            made_at=NOW,
            expires_at=NOW + timedelta(days=9),
        )
    for authority in (here, there):
        keep.refresh(authority, Child.objects.filter(authority=authority).values_list("pk", flat=True))
    return world


def _person(key: str, here: Authority, agency: RegionalAgency, team: Team) -> Person:
    person = Person.objects.create(email=f"{key}@northmere.example", name=ROLES[key].title)
    place: dict[str, Any] = {"agency": agency} if ROLES[key].reach == "agency" else {"authority": here}
    if ROLES[key].reach in ("mine", "team"):
        place["team"] = team
    Role.objects.create(person=person, key=key, **place)
    return person


def _child(authority: Authority, state: str) -> Child:
    child = Child.objects.create(
        authority=authority, called=f"{CANARY}{state}", code=f"{CANARY}-{state}", born_on=date(2018, 4, 2)
    )
    ChildIdentifier.objects.create(authority=authority, child=child, scheme="903", value=child.code.lower())
    PeriodOfCare.objects.create(
        child=child,
        started_on=date(2026, 1, 5),
        known_from=date(2026, 1, 5),
        start=date(2026, 1, 5),
        **_made(),
    )
    return child


def _made() -> dict[str, Any]:
    return {"source": "person", "recorded_at": NOW - timedelta(days=30)}


def _allocate(world: World, maker: Person) -> None:
    ends = {"hand_over": date(2026, 11, 18), "ended": date(2026, 10, 23)}
    alone = ("team", "unallocated", "opened", "opened_before", "opened_restricted", *SHARED, "share_ended")
    for state, child in world.children.items():
        for key, person in world.people.items():
            if state not in alone:
                Allocation.objects.create(
                    child=child,
                    person=person,
                    basis="panel" if key in WINDOWED else "allocated",
                    started_on=date(2026, 2, 2),
                    ended_on=ends.get(state),
                    made_by=maker,
                    made_at=NOW,
                )
            if state == "excluded":
                Exclusion.objects.create(
                    child=child, person=person, reason="A relative", made_by=maker, made_at=NOW
                )
            if state in ("opened", "opened_before", "opened_restricted", "excluded", "sealed"):
                since = NOW - timedelta(minutes=120 if state == "opened_before" else 30)
                BreakGlass.objects.create(
                    person=person,
                    child=child,
                    role=key,
                    category="danger",
                    reason="A reason of twenty letters",
                    opened_at=since,
                    until=since + timedelta(hours=1),
                    review_due_on=TODAY,
                )


def _shares(children: dict[str, Child], agency: RegionalAgency, maker: Person) -> None:
    for state, until in (
        *((state, NOW + timedelta(days=9)) for state in SHARED),
        ("share_ended", NOW - timedelta(days=1)),
        ("excluded", NOW + timedelta(days=9)),
        ("sealed", NOW + timedelta(days=9)),
    ):
        Share.objects.create(
            child=children[state],
            agency=agency,
            purpose="Finding a family",
            field_sets=["core"] if state == "shared_core" else ["core", "history", "legal"],
            made_by=maker,
            made_at=NOW - timedelta(days=20),
            until=until,
        )
