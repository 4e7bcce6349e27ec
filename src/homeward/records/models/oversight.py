"""What is raised and judged from outside the team, what a manager looked at, and how good the work is."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from homeward.records.models.child import Fact
from homeward.records.models.meetings import Meeting
from homeward.records.models.people import Person
from homeward.records.models.planning import PermanencePlan


class Challenge(Fact):
    """A matter raised with the council or a partner about a child, until it is settled.

    Each step (taken to the next stage, answered, settled) is a correction of it; `thread` is the same in all.
    """

    thread = models.UUIDField(default=uuid.uuid4)
    raised_on = models.DateField()
    raised_by = models.CharField(max_length=200)
    raised_role = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=40)
    handbook = models.CharField(max_length=100, blank=True)  # the passage of the IRO Handbook, in words
    says = models.TextField()
    wants = models.TextField(blank=True)  # what would settle it
    stage = models.CharField(max_length=40)
    stage_on = models.DateField()
    formal_on = models.DateField(null=True)  # the first day at a stage of the formal process
    addressed_kind = models.CharField(max_length=20, blank=True)  # of domain.challenge.ADDRESSED
    addressed_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    addressed_to = models.CharField(max_length=200)  # whom it is addressed to, in words
    answer_by = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    settled_on = models.DateField(null=True)
    outcome_kind = models.CharField(max_length=20, blank=True)
    outcome = models.TextField(blank=True)


class Scrutiny(Fact):
    """What a reviewing officer or child protection chair heard, saw and judged on a day.

    A judgement is `yes`, `no` or empty where it was not asked.
    """

    held_on = models.DateField()
    kind = models.CharField(max_length=20)
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=40, blank=True)
    says = models.TextField(blank=True)
    wished_home = models.TextField(blank=True)  # what the child wants from a permanent home
    timely = models.CharField(max_length=3, blank=True)
    timely_why = models.TextField(blank=True)
    fits_needs = models.CharField(max_length=3, blank=True)
    fits_needs_why = models.TextField(blank=True)
    lawful = models.CharField(max_length=3, blank=True)
    lawful_why = models.TextField(blank=True)
    advocate = models.CharField(max_length=20, blank=True)
    advocate_says = models.TextField(blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")


class Supervision(Fact):
    """Supervision or management oversight of the work for a child: what was thought and what was decided."""

    held_on = models.DateField()
    kind = models.CharField(max_length=20)
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=40, blank=True)
    worker = models.CharField(max_length=200, blank=True)
    says = models.TextField()
    decided = models.TextField(blank=True)  # what it changes for the child's permanence
    next_on = models.DateField(null=True)
    grade = models.CharField(max_length=40, blank=True)
    grade_why = models.TextField(blank=True)
    graded_by = models.CharField(max_length=200, blank=True)
    graded_on = models.DateField(null=True)


class Grade(Fact):
    """How good a plan or a report is, in the council's words, with who signed it; or a list of standards.

    `plan` is the very version that was judged. `standards` gives each standard's answer by its key.
    """

    subject = models.CharField(max_length=20)
    plan = models.ForeignKey(PermanencePlan, models.PROTECT, null=True, related_name="grades")
    report = models.CharField(max_length=200, blank=True)  # which report, for which panel or meeting
    for_on = models.DateField(null=True)  # the day for which the report is needed
    graded_on = models.DateField()
    grade = models.CharField(max_length=40, blank=True)
    says = models.TextField(blank=True)
    standards: Any = models.JSONField(default=dict)
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=40, blank=True)
