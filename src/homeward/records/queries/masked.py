"""What a masked field set holds of a child: read only by the page that shows it once, for a reason."""

from __future__ import annotations

from homeward.domain import codes
from homeward.domain.wording import day_words
from homeward.records.models import AdoptionRecord, Child, Home

TITLES = {"location": "Where {} lives", "adopter": "Adopters of {}"}


def location(child: Child) -> list[tuple[str, str]]:
    """(what, value) of the homes that have not ended, and of the family home."""
    lines: list[tuple[str, str]] = []
    for home in Home.current.filter(child=child, ended_on=None).order_by("-started_on"):
        place = codes.label("PLACE", home.place)
        lines.append(("Lives", f"{place[:1].upper()}{place[1:]}, since {day_words(home.started_on)}"))
        lines += [("Postcode of the home", home.postcode), ("Carer’s reference", home.carer_ref)]
    return [*lines, ("Postcode of the family home", child.home_postcode)]


def adopter(child: Child) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for record in AdoptionRecord.current.filter(child=child).order_by("-pk"):
        fosters = {True: "Yes", False: "No", None: ""}[record.foster_carer]
        lines += [
            ("Matched on", day_words(record.matched_on) if record.matched_on else ""),
            ("Number of adopters", record.adopters),
            ("Who they are", codes.label("SEX_ADOPTR", record.adopters_sex)),
            ("Their legal status", codes.label("LS_ADOPTR", record.adopters_status)),
            ("Fostered the child before", fosters),
        ]
    return lines


def content(child: Child, field_set: str) -> list[tuple[str, str]]:
    return {"location": location, "adopter": adopter}[field_set](child)
