"""Reads roles.toml: what each role reaches, may do and may be shown."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

REACHES = ("none", "window", "agency", "mine", "team", "authority")  # narrow to wide
FIELD_SETS = {
    "core": "who the child is, the plans and their dates",
    "history": "the life so far: homes, statuses, moves",
    "health": "health and development",
    "education": "school and learning",
    "voice": "what the child says",
    "location": "where the child lives",
    "adopter": "who the adopters are",
    "panel": "papers of a panel",
    "legal": "orders and proceedings",
    "work": "how the council watches its own work: supervision, grades, matters raised",
}
MASKED = frozenset({"location", "adopter"})  # shown only when revealed, one at a time, with a reason
ACTIONS = {
    "see_home": "see their own home page",
    "see_policy": "read the policy",
    "see_children": "see the children in reach",
    "see_oversight": "see oversight and data quality",
    "see_board_report": "see the report for the corporate parenting board",
    "write_board_report": "write commentary and actions for the corporate parenting board",
    "export": "take a list out of Homeward",
    "import": "load a return",
    "record": "record and correct facts",
    "agree_return": "agree that a return home is the best plan",
    "scrutinise": "raise matters and record scrutiny, as reviewing officers and chairs do",
    "add_file": "add a file to a child",
    "allocate": "say who works with a child",
    "cover": "let a colleague act for another",
    "protect": "restrict a record or exclude a person from it",
    "share": "share a child with the regional agency",
    "seal": "seal a record",
    "supervise": "record supervision and judge how good the work is",
    "meet": "arrange meetings, build agendas and read records",
    "see_who_looked": "see who has looked at a child",
    "see_audit": "read the audit",
    "review_break_glass": "review emergency access",
    "manage_people": "manage people, teams and roles",
    "settings": "record what the council itself sets, such as its school holidays",
}


@dataclass(frozen=True, slots=True)
class RoleMeaning:
    title: str
    reach: str
    actions: frozenset[str]
    fields: frozenset[str]
    break_glass: bool


def _read() -> dict[str, RoleMeaning]:
    tables = tomllib.loads((Path(__file__).parent / "roles.toml").read_text("utf-8"))
    found = {}
    for key, table in tables.items():
        meaning = RoleMeaning(
            table["title"],
            table["reach"],
            frozenset(table["may"]),
            frozenset(table["fields"]),
            table.get("break_glass", False),
        )
        unknown = (meaning.actions - set(ACTIONS)) | (meaning.fields - set(FIELD_SETS))
        if (
            unknown
            or meaning.reach not in REACHES
            or set(table) - {"title", "reach", "may", "fields", "break_glass"}
        ):
            raise ValueError(f"roles.toml, [{key}]: not understood: {', '.join(sorted(unknown)) or table}")
        found[key] = meaning
    return found


ROLES = _read()
