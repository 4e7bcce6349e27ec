"""The tracker's columns and filters, as data."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    key: str
    title: str
    sorts: bool = True


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
    Column("worker", "Social worker"),
    Column("officer", "Reviewing officer"),
    Column("code", "Reference"),
)
DEFAULT = ("plan", "alongside", "stage", "next", "holding", "months", "updated")
BY_KEY = {column.key: column for column in COLUMNS}
STATES = (
    ("late", "Something overdue"),
    ("near", "Due soon, nothing overdue"),
    ("soon", "Due in the next 28 days"),
    ("on_time", "All on time"),
)
STATE_WORDS = dict(STATES)
CARE = (("in", "In our care"), ("out", "Not in our care"))
