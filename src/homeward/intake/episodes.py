"""The episodes of one child over all years held: each once, in order, with overlaps and gaps put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from homeward.domain.codes import SHORT_BREAKS
from homeward.intake import cells
from homeward.intake.cells import ONE_DAY, spoken, year_closed_by, year_end
from homeward.intake.notes import Notes

UNKNOWN = "unknown"  # the reason when care ended and the return does not say why
CONTINUES = "X1"


@dataclass(slots=True)
class Episode:
    """One episode. `year` is the last collection year that holds it; `repair` names what was put right."""

    start: date
    end: date | None
    rne: str
    ls: str
    need: str
    place: str
    provider: str
    rec: str
    reason: str
    home_post: str
    postcode: str
    urn: str
    year: int
    row: int
    repair: str = ""

    @property
    def is_short_break(self) -> bool:
        return self.ls in SHORT_BREAKS

    @property
    def ends_care(self) -> bool:
        return self.end is not None and self.rec != CONTINUES


def episodes_of(notes: Notes, at: Sequence[int], years_held: Collection[int]) -> list[Episode]:
    """The episodes in the rows numbered `at`, once each, mended and in order."""
    by_start: dict[date, list[Episode]] = defaultdict(list)
    for row in at:
        if episode := _read(notes, row):
            by_start[episode.start].append(episode)
    chain = [_chosen(notes, same) for _, same in sorted(by_start.items())]
    for episode in chain:
        _note_rule_148(notes, episode)
    for earlier, later in pairwise(chain):
        _join(notes, earlier, later)
    if chain:
        _finish(notes, chain[-1], years_held)
    return chain


def _read(notes: Notes, row: int) -> Episode | None:
    start = notes.needed_day(row, "DECOM")
    if not start:
        return None
    end, rec = notes.last_day(row, "DEC", start), notes.code(row, "REC")
    text = notes.rows[row].cells
    return Episode(
        start=start,
        end=end,
        rne=notes.code(row, "RNE"),
        ls=notes.code(row, "LS"),
        need=notes.code(row, "CIN"),
        place=notes.code(row, "PLACE"),
        provider=notes.code(row, "PLACE_PROVIDER"),
        rec=rec if end else "",
        reason=notes.code(row, "REASON_PLACE_CHANGE"),
        home_post=cells.postcode(text.get("HOME_POST", "")),
        postcode=cells.postcode(text.get("PL_POST", "")),
        urn=cells.code(text.get("URN", "")),
        year=notes.rows[row].year or 0,
        row=row,
    )


def _note_rule_148(notes: Notes, episode: Episode) -> None:
    rec = notes.text(episode.row, "REC")
    if rec and not notes.text(episode.row, "DEC"):
        notes.note("rule_148", "REC", episode.row, start=episode.start, rec=rec)


def _strength(episode: Episode) -> tuple[bool, int, date, int]:
    """A row with DEC beats one without; otherwise the later year, the later end, the later row."""
    return (episode.end is not None, episode.year, episode.end or date.min, episode.row)


def _chosen(notes: Notes, same: list[Episode]) -> Episode:
    """The one that counts of the episodes that began on one day."""
    if len(same) == 1:
        return same[0]
    best = max(_lasting(same), key=_strength)
    last_year = max(episode.year for episode in same)
    for other in same:
        if other is not best and other.end and not _ended_at_once(other) and _says(other) != _says(best):
            notes.note("episode_twice", "DECOM", best.row, start=best.start, until=_until(best))
    if best.rne != "S" and any(other.rne == "S" and other.year == best.year for other in same):
        best.rne = "S"
    best.year = last_year
    return best


def _lasting(same: list[Episode]) -> list[Episode]:
    """Without those that ended the day they began, where the same return has another that went on."""
    went_on = {episode.year for episode in same if not _ended_at_once(episode)}
    return [episode for episode in same if not (_ended_at_once(episode) and episode.year in went_on)]


def _ended_at_once(episode: Episode) -> bool:
    return episode.end == episode.start and episode.rec == CONTINUES


def _says(episode: Episode) -> tuple[date | None, str, str, str]:
    return (episode.end, episode.ls, episode.place, episode.rec)


def _until(episode: Episode) -> str:
    return f"on {spoken(episode.end)}" if episode.end else "on no day"


def _join(notes: Notes, earlier: Episode, later: Episode) -> None:
    """Mend the seam between two episodes that follow each other."""
    if earlier.end is None:
        _close(notes, earlier, later)
    elif earlier.end > later.start:
        _cut(notes, earlier, later)
    elif later.rne != "S" and earlier.rec in ("", CONTINUES) and earlier.end < later.start:
        _bridge(notes, earlier, later)
    if not earlier.rec or (earlier.rec == CONTINUES and later.rne == "S"):
        _settle_reason(notes, earlier, later)


def _close(notes: Notes, earlier: Episode, later: Episode) -> None:
    if later.rne == "S":
        closing = year_end(max(earlier.year, year_closed_by(earlier.start)))
        end = max(earlier.start, min(closing, later.start - ONE_DAY))
        earlier.end, earlier.rec, earlier.repair = end, UNKNOWN, "closed_before_new_period"
    else:
        earlier.end, earlier.rec, earlier.repair = later.start, CONTINUES, "closed_at_next_episode"
    notes.note(earlier.repair, "DEC", earlier.row, start=earlier.start, end=earlier.end, later=later.start)


def _cut(notes: Notes, earlier: Episode, later: Episode) -> None:
    notes.note("overlap", "DEC", earlier.row, start=earlier.start, was=earlier.end, end=later.start)
    earlier.end, earlier.repair = later.start, "overlap"
    if later.rne != "S":
        earlier.rec = CONTINUES


def _bridge(notes: Notes, earlier: Episode, later: Episode) -> None:
    notes.note("gap", "DEC", earlier.row, start=earlier.start, was=earlier.end, end=later.start)
    earlier.end, earlier.rec, earlier.repair = later.start, CONTINUES, "gap"


def _settle_reason(notes: Notes, earlier: Episode, later: Episode) -> None:
    """An ended episode without a reason, or one that continues into a fresh start."""
    kind = "new_start" if later.rne == "S" else "no_reason"
    notes.note(kind, "REC", earlier.row, start=earlier.start, later=later.start)
    earlier.rec = UNKNOWN if later.rne == "S" else CONTINUES
    earlier.repair = earlier.repair or kind


def _finish(notes: Notes, last: Episode, years_held: Collection[int]) -> None:
    """Settle the newest episode: if it says it continues it is open; an open one may be left behind."""
    if last.end and last.rec == CONTINUES:
        notes.note("no_next_episode", "REC", last.row, start=last.start, end=last.end)
        last.end, last.rec, last.repair = None, "", "no_next_episode"
    elif last.end and not last.rec:
        notes.note("ended_no_reason", "REC", last.row, start=last.start, end=last.end)
        last.rec, last.repair = UNKNOWN, "ended_no_reason"
    if last.end is None and any(year > last.year for year in years_held):
        _left_behind(notes, last, years_held)


def _left_behind(notes: Notes, last: Episode, years_held: Collection[int]) -> None:
    """The child had an open episode and the next year's file does not know them (DECISIONS.md)."""
    closing = max(year_end(last.year) if last.year else last.start, last.start)
    following = min(year for year in years_held if year > last.year)
    notes.note("absent_next_year", "DEC", last.row, start=last.start, end=closing, following=following)
    last.end, last.rec, last.repair = closing, UNKNOWN, "absent_next_year"
