"""Plans, meetings, adoption, and every other dated event."""

from __future__ import annotations

from typing import Any

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
    stands_if = models.TextField(blank=True)  # what must be true for the plan to stand
    waits_for: Any = models.JSONField(default=list)  # the assessments it waits for, in words
    timescale = models.CharField(max_length=200, blank=True)  # the child's own, and why it is this
    timescale_why = models.TextField(blank=True)
    target_on = models.DateField(null=True)
    switch_rule = models.TextField(blank=True)  # what would make another plan the main one
    switch_on = models.DateField(null=True)  # the day on which that will be known
    least_intervention = models.TextField(blank=True)  # why no order, or a lesser one, would not do
    agreed_at = models.CharField(max_length=200, blank=True)  # the meeting or review
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmed_role = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(
        max_length=12, blank=True
    )  # of a plan that ended: achieved, changed, ruled_out


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
