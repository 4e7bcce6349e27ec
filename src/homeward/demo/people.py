"""Who signs in to the demonstration: one for each role of each council, and the agency's family finder."""

from __future__ import annotations

from datetime import date
from typing import Any

from homeward.demo.councils import AGENCY, CARE_1, NAMES, demonstration_worker, workers

# Role (as SECURITY 3.1 names them, with permanence lead, director and nominated officer) and who has it.
HOLDERS: dict[str, dict[str, str]] = {
    "northmere": {
        "assistant_team_manager": "Abdul Karim Shah",
        "team_manager": "Helen Ward",
        "head_of_service": "Marcia Bennett",
        "director": "Robert Ainsley",
        "permanence_lead": "Amina Yusuf",
        "iro": "Owen Price",
        "child_protection_chair": "Geraldine Toft",
        "agency_decision_maker": "Jacqueline Moss",
        "nominated_officer": "Stephen Oyelaran",
        "legal": "Catrin Rees",
        "performance_analyst": "Vikram Desai",
        "system_manager": "Lindsay Cope",
        "auditor": "Beryl Nkomo",
        "panel_adviser": "Ingrid Solberg",
        "panel_chair": "Bartholomew Finch",
        "panel_member": "Yasmin Qureshi",
        "family_finder": "Rosalind Beck",
        "supervising_social_worker": "Kofi Asante",
        "life_story_worker": "Effie Lindqvist",
        "administrator": "Denise Catchpole",
        "data_manager": "Gareth Pugh",
        "information_governance": "Ottilie Grainger",
    },
    "easterby": {
        "assistant_team_manager": "Jodie Fletcher",
        "team_manager": "Emmanuel Boateng",
        "head_of_service": "Sheila Rafferty",
        "director": "Anjali Menon",
        "permanence_lead": "Duncan Mackie",
        "iro": "Pauline Achebe",
        "child_protection_chair": "Winston Abara",
        "agency_decision_maker": "Martin Sollis",
        "nominated_officer": "Rashida Begum",
        "legal": "Tobias Grant",
        "performance_analyst": "Hayley Dunne",
        "system_manager": "Piotr Nowak",
        "auditor": "Dilys Morgan",
        "panel_adviser": "Cormac Healy",
        "panel_chair": "Philippa Wray",
        "panel_member": "Desmond Achike",
        "family_finder": "Bronwen Ellis",
        "supervising_social_worker": "Lukasz Zielony",
        "life_story_worker": "Saoirse Flynn",
        "administrator": "Maureen Tuckwell",
        "data_manager": "Arjun Bhatt",
        "information_governance": "Henrietta Vane",
    },
}
FAMILY_FINDER = "Teresa Quill"
_OF_A_TEAM = frozenset({"assistant_team_manager", "team_manager", "administrator"})


def people(today: date) -> list[dict[str, Any]]:
    """Demonstration people: name, email, role, authority (slug), agency, team, worker (SW_ID) and since when.

    `listed` is who signs in to try things; the other social workers are there so that their names are known.
    """
    found = [person for council in NAMES for person in _of(council, today)]
    found.append(
        {
            **_person(FAMILY_FINDER, "family_finder_raa", "", today, "threerivers"),
            "agency": AGENCY,
            "authorities": list(NAMES),
        }
    )
    return found


def _of(council: str, today: date) -> list[dict[str, Any]]:
    hers = demonstration_worker(council)
    social_workers = [
        {
            **_person(worker.name, "social_worker", council, today),
            "team": worker.team,
            "worker": worker.id,
            "listed": worker == hers,
        }
        for worker in workers(council)
    ]
    others = [_person(name, role, council, today) for role, name in HOLDERS[council].items()]
    for person in others:
        if person["role"] in _OF_A_TEAM:
            person["team"] = CARE_1
            person["workers"] = [worker.id for worker in workers(council) if worker.team == CARE_1]
    return sorted(
        [*others, *social_workers],
        key=lambda person: (not person["listed"], person["role"] != "social_worker"),
    )


def _person(name: str, role: str, council: str, today: date, domain: str = "") -> dict[str, Any]:
    email = f"{name.lower().replace(' ', '.')}@{domain or council}.example"
    since = today.replace(month=1, day=1)
    return {
        "name": name,
        "email": email,
        "role": role,
        "authority": council,
        "agency": "",
        "authorities": [council] if council else [],
        "team": "",
        "worker": "",
        "workers": [],
        "since": since,
        "listed": True,
    }
