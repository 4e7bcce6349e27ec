"""The other tables of the return: who the child is, reviews, adoption, missing, workers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date

from homeward.intake import cells
from homeward.intake.cells import IMPOSSIBLE
from homeward.intake.notes import Notes
from homeward.records.drafts import Draft

At = Sequence[int]


def newest(notes: Notes, at: At) -> int | None:
    """The row of the latest year."""
    return max(at, key=lambda row: (notes.rows[row].year or 0, row), default=None)


def one_each(
    notes: Notes, at: At, key: Callable[[int], Hashable | None], ended: str = ""
) -> Iterator[tuple[int, list[int]]]:
    """For each key the row that counts (one with an end, then the later year), with all its rows."""
    found: dict[Hashable, list[int]] = {}
    for row in at:
        if (name := key(row)) is not None:
            found.setdefault(name, []).append(row)
    for rows in found.values():
        best = max(
            rows, key=lambda row: (bool(ended and notes.text(row, ended)), notes.rows[row].year or 0, row)
        )
        yield best, rows


def born_on(notes: Notes, at: At, column: str) -> date | None:
    """The date of birth: the newest that is a date, the first of several; others that differ are noted."""
    dated = [(row, when) for row in at if (when := notes.day(row, column))]
    if not dated:
        return None
    row, born = max(
        dated, key=lambda pair: (notes.rows[pair[0]].year or 0, notes.rows[pair[0]].table == "Header")
    )
    for other in sorted({when for _, when in dated} - {born}):
        notes.note("dob_differs", column, row, other=other, born=born)
    return born


def reviews(notes: Notes, at: At) -> Iterator[Draft]:
    for best, rows in one_each(notes, at, lambda row: notes.needed_day(row, "REVIEW")):
        held = notes.day(best, "REVIEW")
        participation = notes.code(best, "REVIEW_CODE")
        yield notes.draft("Review", held, rows, {"held_on": held, "participation": participation})


def missing_episodes(notes: Notes, at: At) -> Iterator[Draft]:
    def key(row: int) -> Hashable | None:
        start = notes.needed_day(row, "MIS_START")
        return (notes.code(row, "MISSING"), start) if start else None

    for best, rows in one_each(notes, at, key, "MIS_END"):
        start = notes.day(best, "MIS_START")
        assert start
        end = notes.last_day(best, "MIS_END", start)
        kind = notes.code(best, "MISSING")
        yield notes.draft("MissingEpisode", start, rows, {"kind": kind, "started_on": start, "ended_on": end})


def unaccompanied(notes: Notes, at: At) -> Iterator[Draft]:
    best = newest(notes, at)
    if best is not None:
        until = notes.day(best, "DUC", ahead=True)  # usually the 18th birthday, so often still to come
        yield notes.draft("UnaccompaniedStatus", None, at, {"until": until})


def previous_permanence(notes: Notes, at: At) -> Iterator[Draft]:
    best = newest(notes, at)
    if best is None or not notes.text(best, "PREV_PERM"):
        return
    written = notes.text(best, "DATE_PERM")
    unknown = cells.has_unknown_parts(written)
    order_on = None if unknown else notes.day(best, "DATE_PERM", before_birth=True)
    fields = {
        "previous": notes.code(best, "PREV_PERM"),
        "order_authority": cells.code(notes.text(best, "LA_PERM")),
        "order_on": order_on,
        "order_on_text": written if unknown or order_on else "",
    }
    yield notes.draft("PreviousPermanence", order_on, at, fields)


def adoption_decisions(notes: Notes, placed: At, adopted: At) -> Iterator[Draft]:
    """PlacedAdoption gives the decisions; the date in AD1 counts only where it has none."""
    found = list(_decisions(notes, placed))
    yield from found
    best = newest(notes, adopted)
    decided = notes.day(best, "DATE_INT") if best is not None else None
    if best is None or not decided:
        return
    if not found:
        fields = {"decided_on": decided, "reversed_on": None, "reversal_reason": ""}
        yield notes.draft("AdoptionDecision", decided, [best], fields)
    elif all(draft.start != decided for draft in found):
        notes.note("decision_differs", "DATE_INT", best, on=decided)


def _decisions(notes: Notes, at: At) -> Iterator[Draft]:
    for best, rows in one_each(
        notes, at, lambda row: notes.needed_day(row, "DATE_PLACED"), "DATE_PLACED_CEASED"
    ):
        decided = notes.day(best, "DATE_PLACED")
        assert decided
        reversed_on = notes.last_day(best, "DATE_PLACED_CEASED", decided)
        reason = notes.code(best, "REASON_PLACED_CEASED") if reversed_on else ""
        fields = {"decided_on": decided, "reversed_on": reversed_on, "reversal_reason": reason}
        yield notes.draft("AdoptionDecision", decided, rows, fields)


def adoption_record(notes: Notes, at: At) -> Iterator[Draft]:
    best = newest(notes, at)
    if best is None:
        return
    matched = notes.day(best, "DATE_MATCH")
    fields = {
        "decision_on": notes.day(best, "DATE_INT"),
        "matched_on": matched,
        "foster_carer": cells.yes_or_no(notes.text(best, "FOSTER_CARE")),
        "adopters": cells.code(notes.text(best, "NB_ADOPTR")),
        "adopters_sex": notes.code(best, "SEX_ADOPTR"),
        "adopters_status": notes.code(best, "LS_ADOPTR"),
    }
    yield notes.draft("AdoptionRecord", matched, at, fields)


def social_workers(notes: Notes, at: At) -> Iterator[Draft]:
    def key(row: int) -> Hashable | None:
        start = notes.needed_day(row, "SW_DECOM")
        return (start, cells.code(notes.text(row, "SW_ID"))) if start else None

    for best, rows in one_each(notes, at, key, "SW_DEC"):
        start = notes.day(best, "SW_DECOM", before_birth=True)
        if not start:
            continue
        fields = {
            "worker": cells.code(notes.text(best, "SW_ID")),
            "started_on": start,
            "ended_on": notes.last_day(best, "SW_DEC", start),
            "reason": notes.code(best, "SW_REASON"),
        }
        yield notes.draft("SocialWorkerSpell", start, rows, fields)


def birth_columns(notes: Notes, by_table: dict[tuple[str, str], list[int]]) -> date | None:
    """The date of birth from the Header, else from any other table of the return that repeats it."""
    header = by_table.get(("903", "Header"), [])
    if born := born_on(notes, header, "DOB"):
        return born
    others = [
        row
        for (source, table), rows in by_table.items()
        if source == "903" and table != "Episodes"
        for row in rows
    ]
    dated = [
        row for row in others if cells.day(notes.rows[row].cells.get("DOB", "")) not in (None, IMPOSSIBLE)
    ]
    return born_on(notes, dated, "DOB")
