"""Every kind of problem and repair the importer lists, with its sentence and how to mend it."""

from __future__ import annotations

from typing import NamedTuple

from homeward.records.drafts import Severity


class ProblemKind(NamedTuple):
    """Words in braces are filled in; a problem was left out or left unknown, a repair was put right."""

    severity: Severity
    says: str
    mend: str


CHECK = "Nothing needs doing; check that it is right."

KINDS: dict[str, ProblemKind] = {
    # What cannot be read
    "no_child": ProblemKind(
        "problem", "{where}: the row names no child and is left out.", "Write the child's code in {column}."
    ),
    "no_rows": ProblemKind(
        "repair", "{where} ({table}) has column names but no rows.", "Nothing needs doing if there were none."
    ),
    "missing_column": ProblemKind(
        "problem",
        "{where} ({table}) lacks {columns}: read as blank.",
        "Export the table with all its columns.",
    ),
    "extra_column": ProblemKind(
        "repair", "{where} ({table}) has columns that are not read: {columns}.", "Nothing needs doing."
    ),
    "impossible_date": ProblemKind(
        "problem",
        "{column} is {written!r}, which is no date: left out.",
        "Write the day as dd/mm/yyyy.",
    ),
    "blank_date": ProblemKind(
        "problem",
        "{column} is blank in a {table} row: the row is left out.",
        "Write {column} as dd/mm/yyyy.",
    ),
    "future_date": ProblemKind(
        "problem",
        "{column} is {on}, after today: held back until then.",
        "If it is a mistake, mend the date; if not, import again after that day.",
    ),
    "before_birth": ProblemKind(
        "problem", "{column} is {on}, before the child was born: left out.", "Check {column} and DOB."
    ),
    "ends_before_start": ProblemKind(
        "problem",
        "{column} is {on}, before the start on {start}: left out.",
        "Check {column}.",
    ),
    "unknown_code": ProblemKind(
        "problem",
        "{column} is {written!r}, which is not in the code set: kept as it is.",
        "Check {column} against the guide.",
    ),
    "unknown_words": ProblemKind(
        "problem",
        "{column} is {written!r}, which could be several codes or none: left out.",
        "Write the SSDA903 code into the case system, or in front of the words.",
    ),
    "unknown_word": ProblemKind(
        "problem", "{column} is {written!r}: the row is left out.", "Write one of {allowed}."
    ),
    "unknown_kind": ProblemKind(
        "problem",
        "{column} is {written!r}, which is no kind of event: the row is left out.",
        "Write one of the kinds in docs/reference/bundle.md.",
    ),
    "undated_plan": ProblemKind(
        "problem",
        "The {position} plan ({route}) has no date: kept, but no clock counts it.",
        "Write the day it was recorded, agreed or confirmed.",
    ),
    # Who the child is
    "dob_differs": ProblemKind(
        "problem",
        "The files give {other} as well as {born} as date of birth: {born} is used.",
        "Mend {column} where it is wrong.",
    ),
    "dob_contradicts": ProblemKind(
        "problem",
        "Annex A has a child with the code {code}, born {theirs}, and the return has one born {ours}: "
        "kept as two children.",
        "If they are one child, mend the date of birth and import again.",
    ),
    # Episodes
    "rule_148": ProblemKind(
        "problem",
        "The episode of {start} has the reason {rec} but no DEC: it is open (SSDA903 rule 148).",
        "Write the day it ended in DEC, or clear REC.",
    ),
    "start_not_held": ProblemKind(
        "problem",
        "The period of care that holds {start} began before the first episode held: its start is not known.",
        "Import the earlier returns.",
    ),
    "no_legal_status": ProblemKind("problem", "The episode of {start} has no legal status.", "Write LS."),
    "episode_twice": ProblemKind(
        "repair",
        "Two episodes began on {start} and differ: the one that ended {until} is kept.",
        "Check which is right.",
    ),
    "closed_at_next_episode": ProblemKind(
        "repair",
        "The episode of {start} was never closed: closed on {end}, when the next began.",
        "Write the day it ended in DEC.",
    ),
    "closed_before_new_period": ProblemKind(
        "repair",
        "The episode of {start} was never closed and care began again on {later}: closed on {end}, "
        "reason unknown.",
        "Write the day it ended in DEC, and REC.",
    ),
    "overlap": ProblemKind(
        "repair",
        "The episode of {start} ended on {was}, after the next had begun: ended on {end}.",
        "Check DEC.",
    ),
    "gap": ProblemKind(
        "repair",
        "The episode of {start} ended on {was} and the child stayed in care, but the next began on {end}: "
        "ended that day.",
        "Check DEC and DECOM.",
    ),
    "new_start": ProblemKind(
        "repair",
        "Care began afresh on {later}, so the episode of {start} ended care; its reason does not say so.",
        "Check REC, or RNE of the next episode.",
    ),
    "no_reason": ProblemKind(
        "repair",
        "The episode of {start} ended without a reason and the next followed on the same day: "
        "care continued.",
        "Write X1 in REC.",
    ),
    "ended_no_reason": ProblemKind(
        "repair",
        "The episode of {start} ended on {end} without a reason and none followed: care ended, "
        "reason unknown.",
        "Write REC.",
    ),
    "no_next_episode": ProblemKind(
        "repair",
        "The episode of {start} says another began on {end}, but none is held: it is kept open.",
        "Import the return that holds the next episode, or mend REC.",
    ),
    "absent_next_year": ProblemKind(
        "repair",
        "The episode of {start} was open and the return for the year to 31 March {following} does not hold "
        "the child: closed on {end}, reason unknown.",
        "Write how and when care ended; the next import then uses it.",
    ),
    "mixed_with_short_breaks": ProblemKind(
        "repair",
        "On {start} the status went from {was} to {now}: "
        "short breaks are kept apart from the period of care.",
        "Check LS.",
    ),
    "no_reason_for_episode": ProblemKind(
        "repair",
        "The episode of {start} gives no known RNE: taken as {taken}.",
        "Write RNE.",
    ),
    "type_changed_with_status": ProblemKind(
        "repair",
        "On {start} only the legal status changed (RNE L), yet PLACE went from {was} to {now}: "
        "taken as the same home.",
        "Check RNE.",
    ),
    # Between files
    "decision_differs": ProblemKind(
        "repair",
        "AD1 gives {on} as the adoption decision and PlacedAdoption does not: PlacedAdoption is used.",
        "Check DATE_INT.",
    ),
    "start_from_elsewhere": ProblemKind(
        "repair",
        "The return does not hold the start of a {what}: {start} is taken from {source}.",
        CHECK,
    ),
    "end_from_elsewhere": ProblemKind(
        "repair",
        "The return does not hold the end of a {what} that began on {start}: {end} is taken from {source}.",
        CHECK,
    ),
    "care_ended_by_adoption": ProblemKind(
        "repair",
        "The adoption order of {on} ended care: the lists do not give another end.",
        CHECK,
    ),
}
