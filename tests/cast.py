"""A small cast used everywhere: four invented children of Northmere Council and who works with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from homeward.config.today import LONDON

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 10, tzinfo=LONDON)

# Maya lives with her aunt and is planned well; her brother Theo waits for adopters and his review is late;
# Kai is fifteen and settled; Ruby is with another social worker.
BUNDLE = {
    "children.csv": """child,called,born,sex
N1,Maya,2022-09-10,F
N2,Theo,2025-02-03,M
N3,Kai,2011-05-20,M
N4,Ruby,2016-01-15,F
""",
    "periods_of_care.csv": """child,started,ended,end_reason,need
N1,2026-06-10,,,N1
N2,2026-01-12,,,N1
N3,2019-03-04,,,N1
N4,2026-09-07,,,N1
""",
    "legal_statuses.csv": """child,status,started,ended
N1,V2,2026-06-10,2026-06-24
N1,C1,2026-06-24,
N2,C1,2026-01-12,2026-05-04
N2,E1,2026-05-04,
N3,C2,2019-03-04,
N4,V2,2026-09-07,
""",
    "homes.csv": """child,placement,started,ended,carer
N1,U6,2026-06-10,2026-08-01,A
N1,U1,2026-08-01,,B
N2,U6,2026-01-12,,A
N3,U4,2019-03-04,,C
N4,U6,2026-09-07,2026-10-01,A
N4,U6,2026-10-01,2026-11-01,D
N4,K2,2026-11-01,,E
""",
    "reviews.csv": """child,review,participation
N1,2026-07-06,PN1
N1,2026-09-28,PN1
N2,2026-02-09,PN1
N3,2026-08-03,PN1
N4,2026-10-02,PN1
""",
    "visits.csv": """child,visited
N1,2026-11-20
N2,2026-11-18
N3,2026-11-02
N4,2026-11-16
""",
    "plans.csv": """child,position,route,recorded,agreed
N1,main,special_guardianship,2026-08-06,2026-08-06
N1,parallel,adoption,2026-08-06,
N2,main,adoption,2026-03-02,2026-03-02
N3,main,long_term_fostering,2019-09-02,2019-09-02
""",
    "meetings.csv": """child,meeting,held
N1,permanence_meeting_held,2026-10-19
N2,permanence_meeting_held,2026-08-17
N3,permanence_meeting_held,2026-11-09
N4,permanence_meeting_held,2026-10-12
""",
    "social_workers.csv": """child,worker,started
N1,SW1,2026-06-10
N2,SW1,2026-01-12
N3,SW1,2024-02-05
N4,SW2,2026-09-07
""",
    "reviewing_officers.csv": """child,officer,started,ended
N1,Owen Price,2026-06-12,
N2,Judith Marlow,2026-01-13,2026-08-31
N2,Owen Price,2026-09-01,
N3,Judith Marlow,2019-03-06,
""",
}
HOLDERS = {
    "priya": ("Priya Shah", "social_worker", ["SW1"]),
    "helen": ("Helen Ward", "team_manager", ["SW1", "SW2"]),
    "amina": ("Amina Yusuf", "permanence_lead", []),
    "marcia": ("Marcia Bennett", "head_of_service", []),
    "lindsay": ("Lindsay Cope", "system_manager", []),
}


@dataclass
class Cast:
    """The council, its people by first name and its children by the name they like to be called."""

    authority: Any
    people: dict[str, Any]
    children: dict[str, Any]


def with_agency(cast: Cast) -> Any:
    """The council's regional agency, and Teresa who finds families there."""
    from homeward.records.models import Person, RegionalAgency, Role

    agency = RegionalAgency.objects.create(name="Three Rivers Adoption")
    cast.authority.agency = agency
    cast.authority.save()
    teresa = Person.objects.create(email="teresa@threerivers.example", name="Teresa Quill")
    Role.objects.create(person=teresa, agency=agency, key="family_finder_raa")
    cast.people["teresa"] = teresa
    return agency


def share(cast: Cast, *field_sets: str, child: str = "Theo") -> Any:
    """The council shares these parts of a child with its agency for thirty days."""
    from homeward.records.models import Share

    return Share.objects.create(
        child=cast.children[child],
        agency=cast.authority.agency,
        purpose="Finding adopters",
        field_sets=list(field_sets),
        made_by=cast.people["amina"],
        made_at=NOW,
        until=NOW + timedelta(days=30),
    )


def keep_from(cast: Cast, who: str, child: str) -> None:
    """The person is excluded from the child's record."""
    from homeward.records.models import Exclusion

    Exclusion.objects.create(
        child=cast.children[child],
        person=cast.people[who],
        reason="A relative",
        made_by=cast.people["marcia"],
        made_at=NOW,
    )


def uploads(tables: dict[str, str]) -> list[tuple[str, bytes]]:
    return [(name, text.encode()) for name, text in tables.items()]


def assemble() -> Cast:
    """Makes the cast through the importer."""
    from homeward.intake.load import load_uploads
    from homeward.records.models import Authority, Child, Person, Role

    authority = Authority.objects.create(
        slug="northmere", name="Northmere Council", pack="merton", demonstration=True
    )
    people = {}
    for key, (name, role, workers) in HOLDERS.items():
        person = Person(email=f"{key}@northmere.example", name=name, is_demonstration=True)
        person.set_password("a long enough password")
        person.save()
        Role.objects.create(person=person, authority=authority, key=role, workers=workers)
        people[key] = person
    load_uploads(authority, uploads(BUNDLE), now=NOW)
    children = {child.called: child for child in Child.objects.filter(authority=authority)}
    return Cast(authority, people, children)
