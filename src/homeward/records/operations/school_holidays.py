"""The council's own school holidays: recorded by whoever looks after its settings."""

from __future__ import annotations

from datetime import date, timedelta

from homeward.records.models import Authority, SchoolHoliday
from homeward.records.operations.refused import Refused

LONGEST = timedelta(days=70)  # a summer; longer is a slip of the keys


def record_holiday(authority: Authority, *, name: str, first_on: date, last_on: date) -> SchoolHoliday:
    """Raises Refused for days in the wrong order, too many of them, or some that are recorded already."""
    if not name.strip():
        raise Refused("name", "Enter the name of the holiday")
    if last_on < first_on:
        raise Refused("last_on", "The last day is before the first day")
    if last_on - first_on > LONGEST:
        raise Refused("last_on", "No school holiday is longer than ten weeks. Check both days")
    there = SchoolHoliday.objects.filter(authority=authority, first_on__lte=last_on, last_on__gte=first_on)
    if one := there.first():
        raise Refused("first_on", f"These days overlap with: {one.name}")
    return SchoolHoliday.objects.create(
        authority=authority, name=name.strip(), first_on=first_on, last_on=last_on
    )


def remove_holiday(authority: Authority, pk: int) -> bool:
    """Takes a school holiday out of the council's list; False when it is not there."""
    deleted, _ = SchoolHoliday.objects.filter(authority=authority, pk=pk).delete()
    return bool(deleted)
