"""Plans, meetings, adoption, and every other dated event."""

from __future__ import annotations

from django.db import models

from homeward.records.models.child import Fact


class PermanencePlan(Fact):
    """A main, parallel or contingency plan; one from Annex A has no dates and gives no event."""

    position = models.CharField(max_length=12)
    route = models.CharField(max_length=30)
    recorded_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)


class MeetingHeld(Fact):
    kind = models.CharField(max_length=60)
    held_on = models.DateField()


class AdoptionDecision(Fact):
    """The agency's decision that the child should be placed for adoption, and its reversal."""

    decided_on = models.DateField()
    reversed_on = models.DateField(null=True)
    reversal_reason = models.CharField(max_length=10, blank=True)


class AdoptionRecord(Fact):
    """What the AD1 table says of an adoption."""

    decision_on = models.DateField(null=True)
    matched_on = models.DateField(null=True)
    foster_carer = models.BooleanField(null=True)
    adopters = models.CharField(max_length=2, blank=True)
    adopters_sex = models.CharField(max_length=4, blank=True)
    adopters_status = models.CharField(max_length=4, blank=True)


class PreviousPermanence(Fact):
    previous = models.CharField(max_length=4)
    order_authority = models.CharField(max_length=10, blank=True)
    order_on = models.DateField(null=True)
    order_on_text = models.CharField(max_length=20, blank=True)


class DatedEvent(Fact):
    """An event of domain.events that has no model of its own yet."""

    kind = models.CharField(max_length=60)
    on = models.DateField()
    detail = models.CharField(max_length=100, blank=True)
