"""The plan for a child's return to the family: what must change, the steps there, and how it goes after."""

from __future__ import annotations

import uuid

from django.db import models

from homeward.records.models.child import Fact


class ReturnPlan(Fact):
    """Why a child came into care, what is done about it, and what must be true before going home.

    `thread` is the same in all its versions; its steps and reviews name it.
    """

    thread = models.UUIDField(default=uuid.uuid4)
    opened_on = models.DateField()
    to_whom = models.CharField(max_length=200)
    reasons = models.TextField()
    risks = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    partners = models.TextField(blank=True)  # with whom risks and strengths were weighed
    family_needs = models.TextField(blank=True)
    conditions = models.TextField(blank=True)  # what must be true before the child goes home
    realistic = models.TextField(blank=True)  # why the path can be gone, and in the child's time
    target_on = models.DateField(null=True)
    next_on = models.DateField(null=True)  # agreed for the first review; after the return, check
    best_by = models.CharField(max_length=200, blank=True)  # the manager who agrees that it is the best plan
    best_role = models.CharField(max_length=40, blank=True)
    best_on = models.DateField(null=True)
    best_says = models.TextField(blank=True)  # what shows that it is
    returned_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_says = models.TextField(blank=True)


class ReturnStep(Fact):
    """Help that is given, or a milestone on the way home."""

    plan = models.UUIDField()
    kind = models.CharField(max_length=12)
    what = models.TextField()
    who = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField()
    by_on = models.DateField(null=True)
    state = models.CharField(max_length=10, default="open")
    closed_on = models.DateField(null=True)
    says = models.TextField(blank=True)


class ReturnReview(Fact):
    """How the way home goes, or, after the return, whether it holds."""

    plan = models.UUIDField()
    held_on = models.DateField()
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=40, blank=True)
    says = models.TextField()
    next_on = models.DateField(null=True)
    after_return = models.BooleanField(default=False)
    at_home = models.CharField(max_length=3, blank=True)
    milestones = models.CharField(max_length=10, blank=True)  # met: all, some, none
    social_work = models.CharField(max_length=10, blank=True)  # none, little, much
    community = models.TextField(blank=True)
    feels_safe = models.IntegerField(null=True)  # the child's own answer, 0 (not at all) to 10
    child_says = models.TextField(blank=True)
