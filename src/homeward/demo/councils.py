"""The two invented councils, their shared agency, their teams and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homeward.demo.minuted import Held

AGENCY = "Three Rivers Adoption"


@dataclass(frozen=True)
class Worker:
    """A social worker as SWEpisodes and the bundle name them: `id` begins XX, so it is no registration number."""

    id: str
    name: str
    team: str


@dataclass(frozen=True)
class Council:
    """One invented council and where its files lie; `paths` is what `homeward import` is given."""

    slug: str
    name: str
    pack: str
    agency: str
    folder: Path
    minuted: tuple[Held, ...] = ()  # meetings that are minuted in Homeward

    @property
    def returns(self) -> Path:
        return self.folder / "ssda903"

    @property
    def bundle(self) -> Path:
        return self.folder / "bundle"

    @property
    def storylines(self) -> Path:
        return self.folder.with_name(f"{self.slug}-storylines.md")

    @property
    def paths(self) -> tuple[Path, Path]:
        return self.returns, self.bundle


NAMES = {"northmere": "Northmere Council", "easterby": "Easterby Council"}
PACKS = {"northmere": "merton", "easterby": "slough"}
CODE_LETTERS = {"northmere": "N", "easterby": "E"}

COURT, CARE_1, CARE_2, SIXTEEN_PLUS = (
    "Family support and court",
    "Children in our care, east",
    "Children in our care, west",
    "Sixteen plus",
)
_TEAMS = {
    "northmere": {
        COURT: "Dele Okonjo|Hannah Whitlock|Marta Sliwa|Imran Chaudhry|Tess Garrow|Lorna Pike|Owen Barraclough|Rukhsana Mir",
        CARE_1: "Priya Nandra|Colin Askew|Beatriz Alves|Josh Tindall|Winnie Adjei|Farah Siddiq",
        CARE_2: "Gwen Parry|Samir Haddad|Ellen Crowther|Nkechi Obi|Tom Featherby|Sunita Rao",
        SIXTEEN_PLUS: "Leroy Batiste|Anya Petrova|Mark Holroyd|Zainab Yusuf|Carys Bevan",
    },
    "easterby": {
        COURT: "Grace Mutasa|Daniel Orchard|Ilaria Conti|Waqas Javed|Shona McRae|Patrick Doyle|Lucy Stannard|Hodan Warsame",
        CARE_1: "Amy Thackeray|Babak Rostami|Chinwe Eze|Steph Langley|Jaspal Gill|Nicola Frith",
        CARE_2: "Rhian Probert|Khalid Anwar|Molly Sandford|Tendai Moyo|Greg Hallam|Parveen Kaur",
        SIXTEEN_PLUS: "Curtis Blake|Dorota Zielinska|Neil Ashworth|Mariam Tahir|Fiona Grady",
    },
}


OFFICERS = {
    "northmere": ("Owen Price", "Yvonne Castell", "Ibrahim Sesay", "Judith Marlow", "Kamala Perera"),
    "easterby": ("Pauline Achebe", "Gareth Lindley", "Noor Rahimi", "Sandra Okafor", "Brian Tulloch"),
}


def workers(council: str) -> tuple[Worker, ...]:
    """Every social worker of a council, by team; the demonstration social worker is the first of CARE_1."""
    letter = CODE_LETTERS[council]
    names = [(team, name) for team, line in _TEAMS[council].items() for name in line.split("|")]
    return tuple(
        Worker(f"XX{letter}{number:04}", name, team) for number, (team, name) in enumerate(names, 101)
    )


def demonstration_worker(council: str) -> Worker:
    return next(worker for worker in workers(council) if worker.team == CARE_1)
