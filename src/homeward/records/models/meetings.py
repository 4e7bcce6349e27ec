"""Meetings as they are arranged and minuted, and what each child's record keeps of them once signed.

A meeting and its items are working papers until it is signed; then the database refuses any change, and what
was minuted stands on each child as facts (ADR 0009).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from homeward.records.models.child import Child, Fact, public_id
from homeward.records.models.people import Authority, Person


class Meeting(models.Model):
    """One meeting of a series of the council's pack; `series` is the key of the pack's `[[meeting]]`."""

    PLANNED, SIGNED, CANCELLED = "planned", "signed", "cancelled"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="meetings")
    public_id = models.CharField(max_length=16, unique=True, default=public_id)
    series = models.CharField(max_length=60)
    on = models.DateField()
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    room = models.CharField(max_length=80, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    chair_name = models.CharField(max_length=200, blank=True)
    chair_role = models.CharField(max_length=40, blank=True)
    attended: Any = models.JSONField(default=list)  # [words, whether they came]
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=PLANNED)
    version = models.PositiveIntegerField(default=1)  # one more with each save: a stale edit is shown
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["authority", "on"], name="meetings_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"
            )
        ]


class MeetingItem(models.Model):
    """A child on an agenda, and the minutes while they are written.

    `why` lists what put the child there, as [key, sentence]. `minute` holds what has been typed so far, in
    the shape of records/operations/minutes.py. `together` is the same for brothers and sisters who are
    minuted together.
    """

    LISTED, DEFERRED, HEARD = "listed", "deferred", "heard"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    child = models.ForeignKey(Child, models.PROTECT, related_name="meeting_items")
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=LISTED)
    why: Any = models.JSONField(default=list)
    deferred_reason = models.CharField(max_length=300, blank=True)
    subsequent = models.BooleanField(default=False)  # the template: not the child's first of this series
    together = models.CharField(max_length=16, blank=True)
    papers: Any = models.JSONField(default=dict)  # key of the pack's paper -> the day it is dated
    minute: Any = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    signed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "child"], name="child_once_a_meeting")]


class MeetingReferral(Fact):
    """The child was referred to a series of meetings, and when and on what evidence the child left it."""

    series = models.CharField(max_length=60)
    trigger = models.CharField(max_length=60, blank=True)  # an entry trigger of the pack, or empty
    referred_on = models.DateField()
    why = models.TextField(blank=True)
    left_on = models.DateField(null=True)
    left_why = models.TextField(blank=True)


class Minute(Fact):
    """What a signed meeting recorded of one child."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    held_on = models.DateField()
    series = models.CharField(max_length=60)
    chair_role = models.CharField(max_length=40, blank=True)
    subsequent = models.BooleanField(default=False)
    child_says = models.TextField(blank=True)
    child_says_why_not = models.TextField(blank=True)  # why nothing of the child's own is there
    others_say: Any = models.JSONField(default=list)  # [who, words]
    sections: Any = models.JSONField(default=list)  # [heading of the template, words]
    rating = models.CharField(max_length=20, blank=True)  # of a midway review
    rating_why = models.TextField(blank=True)
    next_on = models.DateField(null=True)
