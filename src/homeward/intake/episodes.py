"""The episodes of one child over all years held: each once, in order, with overlaps and gaps put right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

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
    for earlier, later in zip(chain, chain[1:], strict=False):
        _join(notes, earlier, later)
    if chain:
        _finish(notes, chain[-1], years_held)
    return chain


def _read(notes: Notes, row: int) -> Episode | None:
    start = notes.needed_day(row, "DECOM")
    if not start:
        return None
    end, rec = notes.last_day(row, "DEC", start), notes.code(row, "REC")
    if rec and not notes.text(row, "DEC"):
        notes.note("rule_148", "REC", f"The episode of {spoken(start)} has the reason {rec} but no DEC: it is open.",
                   "Write the day it ended in DEC, or clear REC.", row)  # fmt: skip
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


def _strength(episode: Episode) -> tuple[bool, int, date, int]:
    """A row with DEC beats one without; otherwise the later year, the later end, the later row."""
    return (episode.end is not None, episode.year, episode.end or date.min, episode.row)


def _chosen(notes: Notes, same: list[Episode]) -> Episode:
    """The one that counts of the episodes that began on one day."""
    if len(same) == 1:
        return same[0]
    best = max(same, key=_strength)
    last_year = max(episode.year for episode in same)
    for other in same:
        if other is not best and other.end and _says(other) != _says(best):
            notes.repair("episode_twice", "DECOM", f"Two episodes began on {spoken(best.start)} and differ: "
                         f"the one that ended {_until(best)} is kept.", best.row, "Check which is right.")  # fmt: skip
    if best.rne != "S" and any(other.rne == "S" and other.year == best.year for other in same):
        best.rne = "S"
    best.year = last_year
    return best


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
        last = max(earlier.start, min(year_end(max(earlier.year, year_closed_by(earlier.start))), later.start - ONE_DAY))
        earlier.end, earlier.rec, earlier.repair = last, UNKNOWN, "closed_before_new_period"
        message = f"The episode of {spoken(earlier.start)} was never closed and care began again on "
        message += f"{spoken(later.start)}: closed on {spoken(last)}, reason unknown."
    else:
        earlier.end, earlier.rec, earlier.repair = later.start, CONTINUES, "closed_at_next_episode"
        message = f"The episode of {spoken(earlier.start)} was never closed: closed on {spoken(later.start)}, "
        message += "when the next began."
    notes.repair(earlier.repair, "DEC", message, earlier.row, "Write the day it ended in DEC.")


def _cut(notes: Notes, earlier: Episode, later: Episode) -> None:
    notes.repair("overlap", "DEC", f"The episode of {spoken(earlier.start)} ended on {spoken(earlier.end or later.start)}, "
                 f"after the next had begun: ended on {spoken(later.start)}.", earlier.row, "Check DEC.")  # fmt: skip
    earlier.end, earlier.repair = later.start, "overlap"
    if later.rne != "S":
        earlier.rec = CONTINUES


def _bridge(notes: Notes, earlier: Episode, later: Episode) -> None:
    notes.repair("gap", "DEC", f"The episode of {spoken(earlier.start)} ended on {spoken(earlier.end or later.start)} and the "
                 f"child stayed in care, but the next began on {spoken(later.start)}: ended that day.",
                 earlier.row, "Check DEC and DECOM.")  # fmt: skip
    earlier.end, earlier.rec, earlier.repair = later.start, CONTINUES, "gap"


def _settle_reason(notes: Notes, earlier: Episode, later: Episode) -> None:
    """An ended episode without a reason, or one that continues into a fresh start."""
    if later.rne == "S":
        notes.repair("new_start", "REC", f"Care began afresh on {spoken(later.start)}, so the episode of "
                     f"{spoken(earlier.start)} ended care; its reason does not say so.", earlier.row,
                     "Check REC, or RNE of the next episode.")  # fmt: skip
        earlier.rec, earlier.repair = UNKNOWN, earlier.repair or "new_start"
    else:
        notes.repair("no_reason", "REC", f"The episode of {spoken(earlier.start)} ended without a reason and the next "
                     "followed on the same day: care continued.", earlier.row, "Write X1 in REC.")  # fmt: skip
        earlier.rec, earlier.repair = CONTINUES, earlier.repair or "no_reason"


def _finish(notes: Notes, last: Episode, years_held: Collection[int]) -> None:
    """Settle the newest episode: one that says it continues is open; an open one may have been left behind."""
    if last.end and last.rec == CONTINUES:
        notes.repair("no_next_episode", "REC", f"The episode of {spoken(last.start)} says another began on "
                     f"{spoken(last.end)}, but none is held: it is kept open.", last.row,
                     "Import the return that holds the next episode, or mend REC.")  # fmt: skip
        last.end, last.rec, last.repair = None, "", "no_next_episode"
    elif last.end and not last.rec:
        notes.repair("ended_no_reason", "REC", f"The episode of {spoken(last.start)} ended on {spoken(last.end)} without "
                     "a reason and none followed: care ended, reason unknown.", last.row, "Write REC.")  # fmt: skip
        last.rec, last.repair = UNKNOWN, "ended_no_reason"
    if last.end is None and any(year > last.year for year in years_held):
        _left_behind(notes, last, years_held)


def _left_behind(notes: Notes, last: Episode, years_held: Collection[int]) -> None:
    """The child had an open episode and the next year's file does not know them (DECISIONS.md)."""
    closing = max(year_end(last.year) if last.year else last.start, last.start)
    following = min(year for year in years_held if year > last.year)
    notes.repair("absent_next_year", "DEC", f"The episode of {spoken(last.start)} was open and the return for the year "
                 f"to 31 March {following} does not hold the child: closed on {spoken(closing)}, reason unknown.",
                 last.row, "Write how and when care ended; the next import then uses it.")  # fmt: skip
    last.end, last.rec, last.repair = closing, UNKNOWN, "absent_next_year"
