"""What the files say of one child, as plain values: the seam between intake and records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Severity = Literal["problem", "repair"]

# The fields a draft of each model carries: dates are `date`, the unknown is None, text is never None.
FIELDS: dict[str, tuple[str, ...]] = {
    # started_on is None when the return does not hold the start; known_from is the first day it does hold.
    # end_reason is a REC code, or "unknown" when a repair closed the period.
    "PeriodOfCare": ("started_on", "known_from", "ended_on", "end_reason", "category_of_need"),
    # One run of the same LS code. start_known is False when the status may have begun before started_on.
    # An E1 that ended on the day care ended was not revoked.
    "LegalStatus": ("code", "started_on", "start_known", "ended_on"),
    # One home with one carer. place is the code on the first day; types lists later changes with the same
    # carer as [ISO date, code]. distance_miles and in_area are None when a postcode is unknown.
    "Home": (
        "place",
        "provider",
        "started_on",
        "start_known",
        "ended_on",
        "reason_ended",
        "postcode",
        "urn",
        "carer_ref",
        "distance_miles",
        "in_area",
        "types",
    ),
    "Review": ("held_on", "participation"),
    "Visit": ("on",),
    # position: main, parallel or contingency. A plan from Annex A has no dates at all and gives no event.
    "PermanencePlan": (
        "position",
        "route",
        "recorded_on",
        "agreed_on",
        "confirmed_on",
        "ended_on",
        "reason",
        "stands_if",
        "waits_for",  # a list of assessments in words
        "timescale",
        "timescale_why",
        "target_on",
        "switch_rule",
        "switch_on",
        "least_intervention",
        "agreed_at",
        "confirmed_by",
        "confirmed_role",
        "outcome",  # achieved, changed, ruled_out or ""
    ),
    "AdoptionDecision": ("decided_on", "reversed_on", "reversal_reason"),
    "AdoptionRecord": (
        "decision_on",
        "matched_on",
        "foster_carer",  # True, False or None
        "adopters",  # "1", "2" or ""
        "adopters_sex",
        "adopters_status",
    ),
    # order_on is None when part of the date is unknown; order_on_text keeps it as written (zz/05/2015).
    "PreviousPermanence": ("previous", "order_authority", "order_on", "order_on_text"),
    "MissingEpisode": ("kind", "started_on", "ended_on"),
    "UnaccompaniedStatus": ("until",),
    "SocialWorkerSpell": ("worker", "started_on", "ended_on", "reason"),
    "ReviewingOfficer": ("officer", "started_on", "ended_on"),
    "MeetingHeld": ("kind", "held_on"),
    "DatedEvent": ("kind", "on", "detail"),
}


@dataclass(frozen=True, slots=True)
class ChildDraft:
    """A child as the files know them. `key` is the normalised code, unique within the authority."""

    key: str
    identifiers: tuple[tuple[str, str], ...] = ()  # (scheme '903' | 'annex_a' | 'bundle', value)
    called: str = ""
    born_on: date | None = None
    expected_on: date | None = None
    died_on: date | None = None
    sex: str = ""  # "M", "F", "U" or ""
    ethnicity: str = ""  # an ETHNIC code or ""
    upn: str = ""
    home_postcode: str = ""
    code: str = ""  # the code as the newest file writes it, for screens and exports


@dataclass(frozen=True, slots=True)
class Draft:
    """One fact the files give: the model's name, its fields, and the rows it came from.

    `start` with `model` is the natural key within a child. `repair` names the rule that changed what the
    rows say ("" when nothing did); such a fact has the source "repair".
    """

    model: str
    child: str
    fields: dict[str, Any] = field(hash=False)
    start: date | None
    source: str  # '903' | 'annex_a' | 'bundle'
    rows: tuple[int, ...] = ()
    repair: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that a person should know of: left out (problem) or put right (repair)."""

    child: str
    kind: str  # the rule's key, as in docs/reference/imports.md
    column: str
    message: str
    mend: str
    severity: Severity = "problem"
    file: str = ""
    row: int | None = None
