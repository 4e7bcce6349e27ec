"""The daily digest: what a person wants to be told, what was sent on which day, and what nobody acted on."""

from __future__ import annotations

from typing import Any

from django.db import models

from homeward.records.models.people import Authority, Person


class DigestChoice(models.Model):
    """What a person chose; who chose nothing is told of every sort. `without` are sorts left out."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="digest_choice")
    off = models.BooleanField(default=False)
    without: Any = models.JSONField(default=list)


class DigestSent(models.Model):
    """A digest that went out: one a person and day. `counts` are numbers by sort, of nobody by name."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    on = models.DateField()
    at = models.DateTimeField()
    counts: Any = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="digest_once_a_day")]


class DigestAlert(models.Model):
    """One thing that a person's digests have told of and that still stands, and on how many of them.

    `key` is a fingerprint: nobody reads from it which child it is about. What is done goes
    with the next digest.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="digest_alerts")
    authority = models.ForeignKey(Authority, models.CASCADE)
    sort = models.CharField(max_length=12)
    key = models.CharField(max_length=24)
    told = models.PositiveIntegerField(default=1)
    first_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "authority", "key"], name="digest_alert_once")
        ]
