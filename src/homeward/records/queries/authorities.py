"""Authorities by name, and the policy that judges their children."""

from __future__ import annotations

from homeward.domain.policy import Policy, load
from homeward.records.models import Authority


def policy_of(authority: Authority) -> Policy:
    """The law and the council's own policy."""
    return load(("england", authority.pack))


def authority_named(slug: str) -> Authority:
    """The authority with this slug; LookupError naming those that there are."""
    found = Authority.objects.filter(slug=slug).first()
    if found is None:
        there = ", ".join(Authority.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise LookupError(f'There is no authority "{slug}". Authorities: {there}.')
    return found
