"""Rows of Homeward's own bundle become facts one to one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from homeward.domain.events import IN_ADVANCE, KINDS, ROUTES
from homeward.intake import cells
from homeward.intake.notes import Notes
from homeward.intake.postcodes import distance_miles, in_area
from homeward.records.drafts import Draft

POSITIONS = ("main", "parallel", "contingency")
Found = tuple[date | None, dict[str, Any]] | None


def drafts(notes: Notes, by_table: dict[tuple[str, str], list[int]]) -> Iterator[Draft]:
    """A draft for every row that has what its table needs; types of homes are joined to their home."""
    home_post = _home_postcode(notes, by_table)
    changes = list(_home_changes(notes, by_table.get(("bundle", "home_types"), [])))
    for table, (model, read) in _READERS.items():
        for row in by_table.get(("bundle", table), []):
            if found := read(notes, row):
                start, fields = found
                if model == "Home":
                    fields |= _where(home_post, fields["postcode"])
                    fields["types"] = [change for began, change in changes if began == start]
                yield notes.draft(model, start, [row], fields)


def _home_postcode(notes: Notes, by_table: dict[tuple[str, str], list[int]]) -> str:
    rows = by_table.get(("bundle", "children"), [])
    return cells.postcode(notes.text(rows[-1], "home_postcode")) if rows else ""


def _where(home_post: str, postcode: str) -> dict[str, Any]:
    return {"distance_miles": distance_miles(home_post, postcode), "in_area": in_area(home_post, postcode)}


def _home_changes(notes: Notes, rows: list[int]) -> Iterator[tuple[date, list[str]]]:
    found = []
    for row in rows:
        began, changed = notes.needed_day(row, "home_started"), notes.needed_day(row, "changed")
        if began and changed:
            found.append((began, [changed.isoformat(), notes.code(row, "placement", "PLACE")]))
    yield from sorted(found)


def _period(notes: Notes, row: int) -> Found:
    start = notes.needed_day(row, "started")
    if not start:
        return None
    end = notes.last_day(row, "ended", start)
    reason = notes.code(row, "end_reason", "REC") if end else ""
    need = notes.code(row, "need", "CIN")
    return start, {
        "started_on": start,
        "known_from": start,
        "ended_on": end,
        "end_reason": reason,
        "category_of_need": need,
    }


def _legal_status(notes: Notes, row: int) -> Found:
    start, status = notes.needed_day(row, "started"), notes.code(row, "status", "LS")
    if not start or not status:
        return None
    end = notes.last_day(row, "ended", start)
    return start, {"code": status, "started_on": start, "start_known": True, "ended_on": end}


def _home(notes: Notes, row: int) -> Found:
    start = notes.needed_day(row, "started")
    if not start:
        return None
    end = notes.last_day(row, "ended", start)
    return start, {
        "place": notes.code(row, "placement", "PLACE"),
        "provider": notes.code(row, "provider", "PLACE_PROVIDER"),
        "started_on": start,
        "start_known": True,
        "ended_on": end,
        "reason_ended": notes.code(row, "reason_ended", "REASON_PLACE_CHANGE") if end else "",
        "postcode": cells.postcode(notes.text(row, "postcode")),
        "urn": cells.code(notes.text(row, "urn")),
        "carer_ref": notes.text(row, "carer"),
    }


def _review(notes: Notes, row: int) -> Found:
    held = notes.needed_day(row, "review")
    return (
        (held, {"held_on": held, "participation": notes.code(row, "participation", "REVIEW_CODE")})
        if held
        else None
    )


def _visit(notes: Notes, row: int) -> Found:
    on = notes.needed_day(row, "visited")
    return (on, {"on": on}) if on else None


PLAN_TEXTS = (
    *("stands_if", "timescale", "timescale_why", "switch_rule", "least_intervention"),
    *("agreed_at", "confirmed_by", "confirmed_role"),
)
OUTCOMES = ("achieved", "changed", "ruled_out")


def _plan(notes: Notes, row: int) -> Found:
    position, route = _one_of(notes, row, "position", POSITIONS), _one_of(notes, row, "route", ROUTES)
    if not position or not route:
        return None
    dates = {
        name: notes.day(row, name, before_birth=True) for name in ("recorded", "agreed", "confirmed", "ended")
    }
    began = min(filter(None, (dates[name] for name in ("recorded", "agreed", "confirmed"))), default=None)
    if not began:
        notes.note("undated_plan", "recorded", row, position=position, route=route)
    return began, {
        "position": position,
        "route": route,
        **{f"{name}_on": when for name, when in dates.items()},
        "reason": notes.text(row, "reason"),
        **{name: notes.text(row, name) for name in PLAN_TEXTS},
        "waits_for": [part.strip() for part in notes.text(row, "waits_for").split(";") if part.strip()],
        "target_on": notes.day(row, "target", before_birth=True, ahead=True),
        "switch_on": notes.day(row, "switch_on", before_birth=True, ahead=True),
        "outcome": _one_of(notes, row, "outcome", OUTCOMES) if notes.text(row, "outcome") else "",
    }


def _one_of(notes: Notes, row: int, column: str, allowed: tuple[str, ...]) -> str:
    value = "_".join(notes.text(row, column).lower().split())
    if value in allowed:
        return value
    notes.note("unknown_word", column, row, written=notes.text(row, column)[:40], allowed=", ".join(allowed))
    return ""


def _kind(notes: Notes, row: int, column: str) -> str:
    value = "_".join(notes.text(row, column).lower().split())
    for kind in (value, f"{value}_held"):
        if kind in KINDS:
            return kind
    notes.note("unknown_kind", column, row, written=notes.text(row, column)[:40])
    return ""


def _meeting(notes: Notes, row: int) -> Found:
    kind, held = _kind(notes, row, "meeting"), notes.needed_day(row, "held", before_birth=True)
    return (held, {"kind": kind, "held_on": held}) if kind and held else None


def _event(notes: Notes, row: int) -> Found:
    kind = _kind(notes, row, "kind")
    if not kind or not notes.text(row, "on"):
        if kind:
            notes.needed_day(row, "on")
        return None
    on = notes.day(row, "on", before_birth=True, ahead=kind in IN_ADVANCE)
    return (on, {"kind": kind, "on": on, "detail": notes.text(row, "detail")}) if on else None


def _adoption_decision(notes: Notes, row: int) -> Found:
    decided = notes.needed_day(row, "decided")
    if not decided:
        return None
    reversed_on = notes.last_day(row, "reversed", decided)
    reason = notes.code(row, "reversal_reason", "REASON_PLACED_CEASED") if reversed_on else ""
    return decided, {"decided_on": decided, "reversed_on": reversed_on, "reversal_reason": reason}


def _adoption_record(notes: Notes, row: int) -> Found:
    matched = notes.day(row, "matched")
    return matched, {
        "decision_on": notes.day(row, "decided"),
        "matched_on": matched,
        "foster_carer": cells.yes_or_no(notes.text(row, "foster_carer")),
        "adopters": cells.code(notes.text(row, "adopters")),
        "adopters_sex": notes.code(row, "adopters_sex", "SEX_ADOPTR"),
        "adopters_status": notes.code(row, "adopters_status", "LS_ADOPTR"),
    }


def _previous_permanence(notes: Notes, row: int) -> Found:
    previous, written = notes.code(row, "previous", "PREV_PERM"), notes.text(row, "date")
    if not previous:
        return None
    unknown = cells.has_unknown_parts(written)
    on = None if unknown else notes.day(row, "date", before_birth=True)
    return on, {
        "previous": previous,
        "order_authority": cells.code(notes.text(row, "authority")),
        "order_on": on,
        "order_on_text": written if unknown or on else "",
    }


def _missing(notes: Notes, row: int) -> Found:
    start = notes.needed_day(row, "started")
    if not start:
        return None
    end = notes.last_day(row, "ended", start)
    return start, {"kind": notes.code(row, "kind", "MISSING"), "started_on": start, "ended_on": end}


def _unaccompanied(notes: Notes, row: int) -> Found:
    return None, {"until": notes.day(row, "until", ahead=True)}


def _social_worker(notes: Notes, row: int) -> Found:
    start = notes.needed_day(row, "started", before_birth=True)
    if not start:
        return None
    end = notes.last_day(row, "ended", start)
    return start, {
        "worker": notes.text(row, "worker"),
        "started_on": start,
        "ended_on": end,
        "reason": notes.code(row, "reason", "SW_REASON"),
    }


def _reviewing_officer(notes: Notes, row: int) -> Found:
    start, officer = notes.needed_day(row, "started"), notes.text(row, "officer")
    if not start or not officer:
        return None
    return start, {"officer": officer, "started_on": start, "ended_on": notes.last_day(row, "ended", start)}


_READERS: dict[str, tuple[str, Callable[[Notes, int], Found]]] = {
    "periods_of_care": ("PeriodOfCare", _period),
    "legal_statuses": ("LegalStatus", _legal_status),
    "homes": ("Home", _home),
    "reviews": ("Review", _review),
    "visits": ("Visit", _visit),
    "plans": ("PermanencePlan", _plan),
    "meetings": ("MeetingHeld", _meeting),
    "adoption_decisions": ("AdoptionDecision", _adoption_decision),
    "adoption_records": ("AdoptionRecord", _adoption_record),
    "previous_permanence": ("PreviousPermanence", _previous_permanence),
    "missing": ("MissingEpisode", _missing),
    "unaccompanied": ("UnaccompaniedStatus", _unaccompanied),
    "social_workers": ("SocialWorkerSpell", _social_worker),
    "reviewing_officers": ("ReviewingOfficer", _reviewing_officer),
    "events": ("DatedEvent", _event),
}
