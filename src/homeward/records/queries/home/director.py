"""What a director is answerable for: the decisions taken at senior level."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count

from homeward.records.access import Actor
from homeward.records.models import Authority, Decision
from homeward.records.queries import decisions_page

# In which roles a decision is one of the leadership of the service (records/roles.toml).
SENIOR = ("director", "head_of_service", "agency_decision_maker", "nominated_officer")
YEAR = timedelta(days=365)


def senior_decisions(actor: Actor, authority: Authority, on: date) -> tuple[list[Decision], dict[str, int]]:
    """The newest of a year, and how many were taken in each of the senior roles."""
    found = decisions_page.in_reach(actor, authority).filter(
        maker_role__in=SENIOR, decided_on__gt=on - YEAR, decided_on__lte=on
    )
    counted = found.order_by().values_list("maker_role").annotate(number=Count("pk"))
    return list(found.order_by("-decided_on", "-pk")[:10]), dict(counted)
