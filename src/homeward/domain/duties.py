"""What each role does for permanence, and which figures of the record tell whether it is done on time."""

from __future__ import annotations

# Whose part in permanence a strategy names beside the social worker's.
ROLES: dict[str, str] = {
    "manager": "Manager",
    "iro": "Independent reviewing officer",
    "cp_chair": "Child protection chair",
    "safeguarding_lead": "Safeguarding lead of a partner",
}
# What the record can count for a duty; a duty without one is told in words alone.
COUNTS: dict[str, str] = {
    "reviews": "Reviews",
    "midway": "Midway checks",
    "planning": "Planning meetings",
    "plans": "Plans in place by their day",
    "supervision": "Supervision",
    "decisions": "Decisions looked at again",
    "matters": "Matters answered",
    "partner_actions": "Actions of partners",
}
