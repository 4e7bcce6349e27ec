"""Records kept closely, one that is to be sealed, an exclusion, shares with the agency, two emergencies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings

SHARES = (
    ("family_finding", "A family of two brothers is looked at", ["history", "health", "voice"], 60),
    ("early_permanence", "", ["legal"], 30),
)


def protect_some(authority: Any) -> None:
    """Needs the council's people and children."""
    from homeward.records.models import Child, Person, Restriction
    from homeward.records.operations import restrict, share

    def holder(key: str) -> Person:
        return Person.objects.filter(roles__authority=authority, roles__key=key).order_by("pk")[0]

    lead, head = holder("permanence_lead"), holder("head_of_service")
    children = Child.objects.filter(authority=authority, standing__in_care=True, called__gt="").order_by("pk")
    fostered = list(children.exclude(standing__main_plan="adoption").filter(standing__placement="U6"))
    waiting = list(children.filter(standing__main_plan="adoption"))
    kept, kept_from, opened, before = fostered[-1], fostered[-2], fostered[-3], fostered[-4]
    restrict.restrict(
        kept,
        Restriction.RESTRICTED,
        reason="An aunt works for the council.",
        people=[lead, head, holder("iro")],
        by=head,
    )
    restrict.exclude(
        kept_from, holder("performance_analyst"), reason="Lives next door to the family.", by=lead
    )
    for child, (purpose, words, field_sets, days) in zip(waiting[-2:], SHARES, strict=True):
        until = settings.TODAY() + timedelta(days=days)
        share.share(child, purpose=purpose, words=words, field_sets=field_sets, until=until, by=lead)
    _emergencies(head, opened, before)
    _ask_to_seal(authority, lead)


def _ask_to_seal(authority: Any, by: Any) -> None:
    """A child who was adopted: one person has asked, and the second has not agreed yet."""
    from homeward.records.models import Child, PeriodOfCare
    from homeward.records.operations import sealing

    adopted = PeriodOfCare.current.filter(child__authority=authority, end_reason__in=("E11", "E12"))
    child = Child.objects.filter(pk__in=adopted.values("child")).order_by("pk").last()
    if child is not None:
        sealing.ask(child, reason="The adoption order was made and nobody appeals.", by=by)


def _emergencies(head: Any, opened: Any, before: Any) -> None:
    """One of yesterday that waits for a review, and one of last week that was reviewed."""
    from homeward.records import access
    from homeward.records.models import BreakGlass
    from homeward.records.operations import notices

    now = settings.NOW()
    worker = opened.authority.roles.filter(key="social_worker", person__left_on=None).order_by("pk").last()
    told = (
        (opened, "missing", "Missing since nine in the evening; the police asked for the foster home.", 1),
        (before, "duty", "The carer rang the duty line at night and was not on my list.", 8),
    )
    for child, category, reason, days in told:
        at = now - timedelta(days=days)
        made = BreakGlass.objects.create(
            person=worker.person,
            child=child,
            role=worker.key,
            category=category,
            reason=reason,
            opened_at=at,
            until=at + access.ONE_HOUR,
            review_due_on=access.until_review(at.date()),
        )
        if child == before:
            made.reviewed_by, made.reviewed_at = head, at + timedelta(days=1)
            made.outcome, made.review_note = "justified", "The duty manager confirmed the call."
            made.save()
        else:
            for role in ("head_of_service", "information_governance"):
                notices.tell(child.authority, role, "break_glass", child=child, about=made.pk)
