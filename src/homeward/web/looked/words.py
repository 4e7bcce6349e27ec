"""What a person did with a record and why they could, in words."""

from __future__ import annotations

from typing import Any

from homeward.records.models import AuditChild
from homeward.records.roles import FIELD_SETS, ROLES

# The name of an address, in words; one without words is said as it is named.
DONE = {
    "home": "On their home page",
    "children": "In a list of children found",
    "tracker": "On the tracker",
    "tracker_export": "Taken out in a file of the tracker",
    "child": "Summary",
    "child_dates": "Dates and timescales",
    "child_timeline": "Timeline",
    "child_history": "History of the record",
    "child_people": "Who works with the child",
    "child_actions": "Actions",
    "child_action_add": "An action agreed",
    "child_action_close": "An action closed",
    "child_action_change": "Who does an action, and by when",
    "child_frequency": "How often the child is visited and reviewed",
    "child_short_notice": "Changes at short notice",
    "child_short_notice_add": "A change at short notice",
    "child_short_notice_reply": "A reply to a change at short notice",
    "actions": "In a list of actions",
    "actions_print": "In a printed list of actions",
    "actions_export": "Taken out in a file of actions",
    "child_decisions": "Decisions",
    "child_decision_add": "Recording a decision",
    "child_decision_correct": "Correcting a decision",
    "child_decision_again": "A decision looked at again",
    "child_decision_told": "Telling the child of a decision",
    "decisions": "In the register of decisions",
    "decisions_export": "Taken out in a file of decisions",
    "child_delay": "What holds things up",
    "child_delay_add": "Recording what holds things up",
    "child_delay_change": "Correcting what holds things up",
    "child_delay_end": "The end of what held things up",
    "oversight_delay_children": "In a list of children behind a figure of delay",
    "oversight_ruled_out": "In a list of children who wait for another plan",
    "oversight_drift": "In a list of children whose plans may drift",
    "oversight_drift_export": "Taken out in a file of children whose plans may drift",
    "oversight_meetings": "In a list of children behind a figure of meetings and actions",
    "oversight_overrides": "In the list of rules gone past",
    "child_files": "Files",
    "child_file": "A file opened",
    "child_reveal": "A confidential part",
    "child_access": "Who may see the record",
    "child_exclude": "Exclusion of a person",
    "exclusion_lift": "Lifting an exclusion",
    "child_shares": "Shares with the agency",
    "child_seal": "Sealing the record",
    "child_looked": "Who has looked",
    "looked_record": "Who has looked",
    "looked_at": "Who has looked",
    "emergency": "Emergency access",
    "emergency_reviews": "Review of emergency access",
    "emergency_review": "Review of emergency access",
    "record": "Recording a fact",
    "correct": "Correcting a fact",
    "data_quality": "Data quality",
    "import_apply": "An import",
    "api:tracker": "On the tracker, read by a program",
    "api:child": "Summary, read by a program",
    "api:child_deadlines": "Dates and timescales, read by a program",
}
# Sent as a form, because they hold a reason or a reference; nothing of the record changes.
READS = {"child_reveal", "looked_at", "emergency", "children", "decisions"}
BASES = {
    "allocated": "works with the child",
    "hand_over": "handing over to the next worker",
    "cover": "acting for a colleague",
    "team": "manages the team",
    "oversight": "oversight of the council",
    "share": "shared with the agency",
    "window": "a panel or a life story",
    "break_glass": "emergency access",
    "refused": "refused: nothing was shown",
    "review": "reviewing emergency access",
    "looked": "protecting information",
    "command": "a command at the machine",
}
HEADINGS = ("When", "Who", "Role", "Council", "What", "Shown", "Why they could", "Answer")


def line(seen: AuditChild) -> dict[str, Any]:
    entry = seen.entry
    refused = seen.basis == "refused" or entry.action == "refuse"
    done = DONE.get(entry.place, entry.place.replace("_", " ").capitalize())
    return {
        "at": entry.at,
        "who": entry.person.name if entry.person else "A command at the machine",
        "role": ROLES[entry.role].title if entry.role in ROLES else "",
        "authority": entry.authority.name if entry.authority else "",
        "what": f"{done}, a change" if entry.action == "write" and entry.place not in READS else done,
        "shown": "; ".join(FIELD_SETS[name] for name in entry.field_sets if name in FIELD_SETS),
        "basis": BASES.get(seen.basis, seen.basis),
        "mark": "Refused" if refused else "Emergency" if seen.basis == "break_glass" else "",
    }


def cells(seen: AuditChild) -> list[Any]:
    """The same line for a file, in the order of HEADINGS."""
    said = line(seen)
    answer = said["mark"] or "Shown"
    at = f"{said['at'].astimezone():%Y-%m-%d %H:%M}"
    return [
        at,
        said["who"],
        said["role"],
        said["authority"],
        said["what"],
        said["shown"],
        said["basis"],
        answer,
    ]
