"""Being in care, under which status, living where, and how it was looked after."""

from __future__ import annotations

from typing import Any

from django.db import models

from homeward.records.models.child import Fact


class PeriodOfCare(Fact):
    """From coming into care to leaving; `started_on` is None when no return holds the start."""

    started_on = models.DateField(null=True)
    known_from = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=10, blank=True)  # REC, or unknown
    category_of_need = models.CharField(max_length=4, blank=True)


class LegalStatus(Fact):
    """A run of one SSDA903 legal status code."""

    code = models.CharField(max_length=4)
    started_on = models.DateField()
    start_known = models.BooleanField(default=True)
    ended_on = models.DateField(null=True)


class Home(Fact):
    """A home with one carer; `types` are later kinds with the same carer, as [ISO date, placement code]."""

    place = models.CharField(max_length=4)
    provider = models.CharField(max_length=4, blank=True)
    started_on = models.DateField()
    start_known = models.BooleanField(default=True)
    ended_on = models.DateField(null=True)
    reason_ended = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    urn = models.CharField(max_length=20, blank=True)
    carer_ref = models.CharField(max_length=64, blank=True)
    distance_miles = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    in_area = models.BooleanField(null=True)
    types: Any = models.JSONField(default=list)


class Review(Fact):
    held_on = models.DateField()
    participation = models.CharField(max_length=4, blank=True)


class Visit(Fact):
    on = models.DateField()


class MissingEpisode(Fact):
    kind = models.CharField(max_length=2)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)


class UnaccompaniedStatus(Fact):
    until = models.DateField(null=True)


class SocialWorkerSpell(Fact):
    worker = models.CharField(max_length=64)
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=10, blank=True)


class ReviewingOfficer(Fact):
    """Who reviews the child's case (section 25A): no return names the officer, so the bundle may."""

    officer = models.CharField(max_length=120)  # the name as the council writes it
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
