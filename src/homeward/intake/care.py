"""Periods of care, homes and legal statuses, out of the episodes of one child."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from homeward.intake.episodes import UNKNOWN, Episode
from homeward.intake.notes import Notes
from homeward.intake.postcodes import distance_miles, in_area
from homeward.records.drafts import Draft

NEW_CARER = frozenset({"S", "P", "B"})
SAME_CARER = frozenset({"T", "U"})
NEW_STATUS = frozenset({"S", "L", "B", "U"})


def care_of(notes: Notes, chain: list[Episode]) -> Iterator[Draft]:
    """Drafts of periods, homes and statuses. Short breaks (V3, V4) give only their legal status."""
    for run in _runs(notes, [episode for episode in chain if not episode.is_short_break], chain):
        yield _period(notes, run)
        yield from _homes(notes, run)
        yield from _statuses(notes, run)
    yield from _short_breaks(notes, [episode for episode in chain if episode.is_short_break])


def _runs(notes: Notes, care: list[Episode], chain: list[Episode]) -> Iterator[list[Episode]]:
    """Periods of care: from RNE S to a REC other than X1."""
    _note_mixed(notes, chain)
    run: list[Episode] = []
    for episode in care:
        if run and (episode.rne == "S" or run[-1].ends_care or run[-1].end != episode.start):
            yield _closed(run)
            run = []
        if not run and episode.rne != "S":
            notes.note("start_not_held", "RNE", episode.row, start=episode.start)
        run.append(episode)
    if run:
        yield _closed(run)


def _closed(run: list[Episode]) -> list[Episode]:
    """Care that was broken off by short breaks ended, though its last episode says it continued."""
    if run[-1].end and not run[-1].ends_care:
        run[-1].rec, run[-1].repair = UNKNOWN, run[-1].repair or "mixed_with_short_breaks"
    return run


def _note_mixed(notes: Notes, chain: list[Episode]) -> None:
    for earlier, later in pairwise(chain):
        if earlier.is_short_break != later.is_short_break and not earlier.ends_care and later.rne != "S":
            notes.note(
                "mixed_with_short_breaks", "LS", later.row, start=later.start, was=earlier.ls, now=later.ls
            )


def _period(notes: Notes, run: list[Episode]) -> Draft:
    first, last = run[0], run[-1]
    known = first.rne == "S"
    fields = {
        "started_on": first.start if known else None,
        "known_from": first.start,
        "ended_on": last.end,
        "end_reason": last.rec if last.end else "",
        "category_of_need": next((e.need for e in reversed(run) if e.need), ""),
    }
    return notes.draft(
        "PeriodOfCare", first.start, [e.row for e in run], fields, last.repair if last.end else ""
    )


def _homes(notes: Notes, run: list[Episode]) -> Iterator[Draft]:
    stay: list[Episode] = []
    for episode in run:
        if stay and _is_new_home(notes, stay[-1], episode):
            yield _home(notes, stay)
            stay = []
        stay.append(episode)
    yield _home(notes, stay)


def _is_new_home(notes: Notes, before: Episode, episode: Episode) -> bool:
    """A move to another carer; a change of legal status alone starts no home."""
    if episode.rne in NEW_CARER:
        return True
    if episode.rne in SAME_CARER or episode.rne == "L":
        return False
    moved = (before.place, before.postcode, before.urn) != (episode.place, episode.postcode, episode.urn)
    taken = "a move" if moved else "the same home"
    notes.note("no_reason_for_episode", "RNE", episode.row, start=episode.start, taken=taken)
    return moved


def _home(notes: Notes, stay: list[Episode]) -> Draft:
    first, last = stay[0], stay[-1]
    postcode = _newest(stay, "postcode")
    home_post = _newest(stay, "home_post")
    fields = {
        "place": first.place,
        "provider": _newest(stay, "provider"),
        "started_on": first.start,
        "start_known": first.rne in NEW_CARER,
        "ended_on": last.end,
        "reason_ended": last.reason if last.end else "",
        "postcode": postcode,
        "urn": _newest(stay, "urn"),
        "carer_ref": "",
        "distance_miles": distance_miles(home_post, postcode),
        "in_area": in_area(home_post, postcode),
        "types": _types(notes, stay),
    }
    return notes.draft("Home", first.start, [e.row for e in stay], fields, last.repair if last.end else "")


def _newest(stay: list[Episode], column: str) -> str:
    return next((value for e in reversed(stay) if (value := getattr(e, column))), "")


def _types(notes: Notes, stay: list[Episode]) -> list[list[str]]:
    """Later changes of placement type with the same carer, as [ISO date, code]."""
    changes, now = [], stay[0].place
    for episode in stay[1:]:
        if episode.place and episode.place != now:
            if episode.rne == "L":
                notes.note(
                    "type_changed_with_status",
                    "PLACE",
                    episode.row,
                    start=episode.start,
                    was=now,
                    now=episode.place,
                )
            changes.append([episode.start.isoformat(), episode.place])
            now = episode.place
    return changes


def _statuses(notes: Notes, run: list[Episode]) -> Iterator[Draft]:
    held: list[Episode] = []
    for episode in run:
        if held and episode.ls != held[-1].ls:
            yield from _status(notes, held, follows=held[0] is not run[0])
            held = []
        held.append(episode)
    yield from _status(notes, held, follows=held[0] is not run[0])


def _short_breaks(notes: Notes, breaks: list[Episode]) -> Iterator[Draft]:
    held: list[Episode] = []
    for episode in breaks:
        if held and (episode.ls != held[-1].ls or episode.rne == "S" or held[-1].end != episode.start):
            yield from _status(notes, held, follows=False)
            held = []
        held.append(episode)
    if held:
        yield from _status(notes, held, follows=False)


def _status(notes: Notes, held: list[Episode], follows: bool) -> Iterator[Draft]:
    """One legal status; its start is known when it changed that day or followed another."""
    first, last = held[0], held[-1]
    if not first.ls:
        notes.note("no_legal_status", "LS", first.row, start=first.start)
        return
    fields = {
        "code": first.ls,
        "started_on": first.start,
        "start_known": follows or first.rne in NEW_STATUS,
        "ended_on": last.end,
    }
    yield notes.draft(
        "LegalStatus", first.start, [e.row for e in held], fields, last.repair if last.end else ""
    )


def died_on(chain: list[Episode]) -> date | None:
    """The day the last episode ended because the child died (REC E2)."""
    return next((e.end for e in reversed(chain) if e.rec == "E2"), None)
