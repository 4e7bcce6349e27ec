"""The tracker's columns and filters, as data."""

from __future__ import annotations

from typing import NamedTuple

from homeward.domain.packs import Pack


class Column(NamedTuple):
    key: str
    title: str
    sorts: bool = True
    meeting: str = ""  # the kind of event whose last day it shows, under the council's own name for it


COLUMNS = (
    Column("plan", "Main plan"),
    Column("alongside", "Alongside", sorts=False),
    Column("stage", "Stage"),
    Column("next", "Next date"),
    Column("holding", "What holds things up"),
    Column("months", "Time in care and homes"),
    Column("updated", "Last updated", sorts=False),
    Column("status", "Legal status"),
    Column("home", "Lives"),
    Column("since", "In care since"),
    Column("contingency", "If these fail", sorts=False),
    Column("waits", "What the main plan waits for", sorts=False),
    Column("target", "Target of the main plan", sorts=False),
    Column("worker", "Social worker"),
    Column("officer", "Reviewing officer"),
    Column("planned", "Last planning meeting", sorts=False, meeting="permanence_meeting_held"),
    Column("tracked", "Last tracking meeting", sorts=False, meeting="permanence_tracked"),
    Column("reviewed", "Last review", sorts=False, meeting="review_held"),
    Column("code", "Reference"),
)
DEFAULT = ("plan", "alongside", "stage", "next", "holding", "months", "updated")
STATES = (
    ("late", "Something overdue"),
    ("near", "Due soon, nothing overdue"),
    ("soon", "Due in the next 28 days"),
    ("on_time", "All on time"),
)
STATE_WORDS = dict(STATES)
CARE = (("in", "In our care"), ("out", "Not in our care"))


def columns_of(own: Pack) -> dict[str, Column]:
    """The columns by key; a council reads its own name for each meeting."""
    named = (
        column._replace(title=f"Last {own.meeting(column.meeting)}") if column.meeting else column
        for column in COLUMNS
    )
    return {column.key: column for column in named}
