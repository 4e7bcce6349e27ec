"""Today and now, read at the edge and passed in: the date in London, which a demonstration may pin."""

import os
import sys
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from homeward.config.folder import data_folder, demonstration

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    return now().date()


def now() -> datetime:
    """The moment in London; in a demonstration with HOMEWARD_TODAY, this time of that day."""
    moment = datetime.now(LONDON)
    pinned = pinned_today()
    return moment.replace(year=pinned.year, month=pinned.month, day=pinned.day) if pinned else moment


def pinned_today() -> date | None:
    """HOMEWARD_TODAY where this folder holds a demonstration: a live record has only the real day."""
    if not os.environ.get("HOMEWARD_TODAY"):
        return None
    if demonstration(data_folder()) is None:
        _say_it_is_ignored()
        return None
    return asked_today()


def asked_today() -> date | None:
    """The day that HOMEWARD_TODAY names; what is no date ends the command."""
    written = os.environ.get("HOMEWARD_TODAY")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        sys.exit(f"HOMEWARD_TODAY is “{written}”: write it as a date, such as 2026-11-25.")


@cache
def _say_it_is_ignored() -> None:
    print("HOMEWARD_TODAY is ignored: this folder holds no demonstration.", file=sys.stderr)
