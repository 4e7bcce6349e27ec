"""Where a child has lived until a day, as a reader may be told it."""

from __future__ import annotations

from datetime import date

from homeward.domain.lived import Stay, stays
from homeward.records.fields import shown_place
from homeward.records.history import history_of
from homeward.records.models import Child


def stays_of(child: Child, as_at: date, fields: frozenset[str]) -> list[Stay]:
    """At home and in each home, the first stay first."""
    found = stays(history_of(child), as_at)
    return [stay._replace(place=shown_place(stay.place, fields)) if stay.place else stay for stay in found]
