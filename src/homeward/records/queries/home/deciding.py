"""What waits for who decides: plans to confirm, and decisions of which the child has not been told."""

from __future__ import annotations

from homeward.domain.packs import pack
from homeward.domain.plans import confirmers
from homeward.records.access import Actor
from homeward.records.models import Authority, Decision, PermanencePlan
from homeward.records.queries import decisions_page
from homeward.records.queries.tracker_page import Tracker


def plans_to_confirm(actor: Actor, authority: Authority, tracker: Tracker) -> list[PermanencePlan]:
    """Main plans agreed and not confirmed that the actor's role alone may confirm; the oldest first."""
    children = {child.pk: child for child in tracker.children if "history" in child.fields}
    agreed = PermanencePlan.current.filter(
        child__authority=authority, position="main", agreed_on__isnull=False, confirmed_on=None, ended_on=None
    )
    role, own = actor.role.key if actor.role else "", pack(authority.pack)
    return [
        plan
        for plan in agreed.select_related("child").order_by("agreed_on", "pk")
        if (child := children.get(plan.child_id))
        and confirmers(own, plan.route, child.legal_status).roles == (role,)
    ]


def not_told(actor: Actor, authority: Authority) -> list[Decision]:
    """The one that has waited longest first."""
    found = decisions_page.not_told(decisions_page.in_reach(actor, authority))
    return list(found.order_by("decided_on", "pk"))
