"""What Annex A adds to a child's record: facts of the case system where the return has none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from homeward.domain import codes
from homeward.intake import cells
from homeward.intake.annex_a import DECIDED, EARLY_PERMANENCE, REASON_REVERSED, REVERSED, squash
from homeward.intake.episodes import UNKNOWN
from homeward.intake.merging import Merged
from homeward.intake.notes import Notes
from homeward.intake.return_tables import born_on as newest_birth
from homeward.records.drafts import FIELDS, Draft

ByTable = dict[tuple[str, str], list[int]]
LISTS = ("list_8", "list_10", "list_7", "list_6", "list_9")  # where they differ, the first counts


class Person(NamedTuple):
    sex: str
    ethnicity: str


def born_on(notes: Notes, by_table: ByTable) -> date | None:
    """The date of birth as the lists give it."""
    return newest_birth(notes, _rows(by_table, *LISTS), "Date of Birth")


def person(notes: Notes, by_table: ByTable) -> Person:
    """Sex and ethnicity from the first list that says them."""
    rows = _rows(by_table, *LISTS)
    sexes = (_sex(notes.text(row, "Gender")) for row in rows)
    ethnicities = (meaning("ETHNIC", notes.text(row, "Ethnicity")) for row in rows)
    return Person(next(filter(None, sexes), ""), next(filter(None, ethnicities), ""))


def _rows(by_table: ByTable, *lists: str) -> list[int]:
    return [row for name in lists for row in by_table.get(("annex_a", name), [])]


def _sex(written: str) -> str:
    words = squash(written).split()
    for word, sex in (("female", "F"), ("male", "M"), ("2", "F"), ("1", "M"), ("f", "F"), ("m", "M")):
        if word in words and "transgender" not in words:
            return sex
    return ""


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], str]:
    lines = (files("homeward.intake") / "annex_a_words.csv").read_text(encoding="utf-8").splitlines()
    return {(row["column"], row["words"]): str(row["code"]) for row in csv.DictReader(lines)}


@lru_cache(maxsize=10_000)
def meaning(column: str, written: str) -> str:
    """The SSDA903 code (or route) that a council's own words stand for; "" when they could be several.

    A code that stands in the words wins; else the spelling is looked for in annex_a_words.csv.
    """
    own = codes.SETS.get(column, {})
    tokens: list[str] = re.findall(r"[A-Z]+[0-9]*[AB]?", written.upper())
    for token in tokens:
        for code in (token, token.rstrip("AB")):  # U1a and U1b are U1 inside and outside the area
            if code in own and code != "X1":
                return code
    plain = squash(written)
    without_first = plain.partition(" ")[2]  # "a) Interim care orders" and "Interim care orders" are one
    words = _words()
    return words.get((column, plain), words.get((column, without_first), ""))


def drafts(notes: Notes, by_table: ByTable, merged: Merged) -> Iterator[Draft]:
    """Facts from lists 8 and 10; the other lists say nothing dated that bears on permanence."""
    for row in _rows(by_table, "list_8"):
        yield from _in_care(notes, row, merged)
    for row in _rows(by_table, "list_10"):
        yield from _adoption(notes, row, merged)


def _meant(notes: Notes, row: int, column: str, set_name: str) -> str:
    written = notes.text(row, column)
    found = meaning(set_name, written)
    if written and not found:
        notes.note("unknown_words", column, row, written=written[:60])
    return found


def _in_care(notes: Notes, row: int, merged: Merged) -> Iterator[Draft]:
    yield from _period(notes, row, merged)
    if not merged.of("LegalStatus"):
        yield from _legal_status(notes, row)
    if not merged.of("Home"):
        yield from _home(notes, row)
    reviewed = notes.day(row, "Date of Latest Statutory Review")
    if reviewed:
        yield notes.draft("Review", reviewed, [row], {"held_on": reviewed, "participation": ""})
    visited = notes.day(row, "Date of Last Social Work Visit")
    if visited:
        yield notes.draft("Visit", visited, [row], {"on": visited})
    yield from _dated(notes, row, "Date of Last Health Assessment", "health_assessment_completed")
    if not any(plan.fields["position"] == "main" for plan in merged.of("PermanencePlan")):
        yield from _plan(notes, row)


def _period(notes: Notes, row: int, merged: Merged) -> Iterator[Draft]:
    """The period of care, when the return has none, or has one whose start it does not hold."""
    started = notes.day(row, "Date Started to be Looked After")
    held = merged.of("PeriodOfCare")
    if not started or any(period.fields["started_on"] for period in held):
        return
    ended = notes.last_day(row, "Date Ceased to be Looked After", started)
    reason = _meant(notes, row, "Reason Ceased to be Looked After", "REC") if ended else ""
    yield notes.draft(
        "PeriodOfCare",
        started,
        [row],
        {
            "started_on": started,
            "known_from": started,
            "ended_on": ended,
            "end_reason": reason or (UNKNOWN if ended else ""),
            "category_of_need": _meant(notes, row, "Child's Category of Need", "CIN"),
        },
    )


def _legal_status(notes: Notes, row: int) -> Iterator[Draft]:
    started, status = (
        notes.day(row, "Start date of current legal status"),
        _meant(notes, row, "Child's Legal Status", "LS"),
    )
    if started and status:
        ended = notes.last_day(row, "Date Ceased to be Looked After", started)
        fields = {"code": status, "started_on": started, "start_known": True, "ended_on": ended}
        yield notes.draft("LegalStatus", started, [row], fields)


def _home(notes: Notes, row: int) -> Iterator[Draft]:
    started, place = (
        notes.day(row, "Start Date of Most Recent Placement"),
        _meant(notes, row, "Placement Type", "PLACE"),
    )
    if not started or not place:
        return
    yield notes.draft(
        "Home",
        started,
        [row],
        {
            "place": place,
            "provider": _meant(notes, row, "Placement Provider", "PLACE_PROVIDER"),
            "started_on": started,
            "start_known": True,
            "ended_on": notes.last_day(row, "Date Ceased to be Looked After", started),
            "reason_ended": "",
            "postcode": cells.postcode(notes.text(row, "Placement postcode")),
            "urn": cells.code(notes.text(row, "URN of Placement")),
            "carer_ref": "",
            "distance_miles": None,
            "in_area": None,
            "types": [],
        },
    )


def _plan(notes: Notes, row: int) -> Iterator[Draft]:
    """The plan in the case system: it has no date, so it is shown and gives no event."""
    route = _meant(notes, row, "What is the permanence plan for this child?", "route")
    if route:
        dates: dict[str, Any] = dict.fromkeys(
            ("recorded_on", "agreed_on", "confirmed_on", "ended_on", "target_on", "switch_on")
        )
        reason = notes.text(row, "What is the permanence plan for this child?")
        yield notes.draft(
            "PermanencePlan",
            None,
            [row],
            dict.fromkeys(FIELDS["PermanencePlan"], "")
            | {"position": "main", "route": route, "reason": reason, "waits_for": []}
            | dates,
        )


def _dated(notes: Notes, row: int, column: str, kind: str) -> Iterator[Draft]:
    on = notes.day(row, column)
    if on:
        yield notes.draft("DatedEvent", on, [row], {"kind": kind, "on": on, "detail": ""})


def _adoption(notes: Notes, row: int, merged: Merged) -> Iterator[Draft]:
    yield from _adoption_period(notes, row, merged)
    decided = notes.day(row, DECIDED)
    if decided and not merged.of("AdoptionDecision"):
        reversed_on = notes.last_day(row, REVERSED, decided)
        reason = _reversal(notes.text(row, REASON_REVERSED)) if reversed_on else ""
        fields = {"decided_on": decided, "reversed_on": reversed_on, "reversal_reason": reason}
        yield notes.draft("AdoptionDecision", decided, [row], fields)
    matched = notes.day(row, "Date of Matching Child and Prospective Adopters")
    if matched and not merged.of("AdoptionRecord"):
        fields = {"decision_on": decided, "matched_on": matched, "foster_carer": None}
        fields |= dict.fromkeys(("adopters", "adopters_sex", "adopters_status"), "")
        yield notes.draft("AdoptionRecord", matched, [row], fields)
    if not any(status.fields["code"] == "E1" for status in merged.of("LegalStatus")):
        yield from _dated(notes, row, "Date of Placement Order", "placement_order_made")
    if not _lived_in(merged, codes.PLACED_FOR_ADOPTION):
        yield from _dated(notes, row, "Date Placed for Adoption", "placed_for_adoption")
    if not any(period.fields["end_reason"] in codes.ADOPTED for period in merged.of("PeriodOfCare")):
        yield from _dated(notes, row, "Date of Adoption Order", "adoption_order_made")
    if not _lived_in(merged, codes.EARLY_PERMANENCE):
        yield from _dated(notes, row, EARLY_PERMANENCE, "early_permanence_placement_started")


def _adoption_period(notes: Notes, row: int, merged: Merged) -> Iterator[Draft]:
    """Care begins where list 10 says so; an adoption order ends it by law (ACA 2002 s.46)."""
    started = notes.day(row, "Date the Child Entered Care")
    if not started or merged.of("PeriodOfCare"):
        return
    adopted = notes.last_day(row, "Date of Adoption Order", started)
    if adopted:
        notes.note("care_ended_by_adoption", "Date of Adoption Order", row, on=adopted)
    yield notes.draft(
        "PeriodOfCare",
        started,
        [row],
        {
            "started_on": started,
            "known_from": started,
            "ended_on": adopted,
            "end_reason": UNKNOWN if adopted else "",
            "category_of_need": "",
        },
        "care_ended_by_adoption" if adopted else "",
    )


def _lived_in(merged: Merged, places: frozenset[str]) -> bool:
    homes = merged.of("Home")
    return any(
        home.fields["place"] in places or any(c in places for _, c in home.fields["types"]) for home in homes
    )


def _reversal(written: str) -> str:
    """RD1 to RD4 from the code, or from the letter of the list."""
    found = re.search(r"RD[1-4]", written.upper())
    letter = squash(written)[:2].strip()
    return found[0] if found else {"a": "RD1", "b": "RD2", "c": "RD3", "d": "RD4"}.get(letter, "")
