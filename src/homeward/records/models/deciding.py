"""Answers to the routes, decisions with their reasons, actions, what holds things up, and rules gone past."""

from __future__ import annotations

import uuid

from django.db import models

from homeward.records.models.child import Fact
from homeward.records.models.meetings import Meeting
from homeward.records.models.people import Person


class OptionAnswer(Fact):
    """What was said of one route to permanence on a day; the newest answer of a route counts.

    A route ruled out names who signed it off. A later answer opens it again, and says why.
    """

    VIABLE, TESTING, RULED_OUT = "viable", "testing", "ruled_out"

    route = models.CharField(max_length=30)
    answer = models.CharField(max_length=10)
    answered_on = models.DateField()
    reason = models.TextField(blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_role = models.CharField(max_length=40, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")


class Decision(Fact):
    """A decision about a child: what, who, on what basis, what else was thought of, and the child's view."""

    kind = models.CharField(max_length=40)  # records/operations/decisions.py KINDS
    decided_on = models.DateField()
    what = models.TextField()
    maker = models.CharField(max_length=200)
    maker_role = models.CharField(max_length=40, blank=True)
    basis = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    child_view = models.TextField(blank=True)
    why_not_followed = models.TextField(blank=True)
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True)  # when it is looked at again, and by whom
    review_by = models.CharField(max_length=200, blank=True)
    reviewed_on = models.DateField(null=True)  # when it was, the last time, and what came of it
    review_says = models.TextField(blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")


class Action(Fact):
    """Something somebody has agreed to do for a child. What became of it is a correction of the action."""

    OPEN, DONE, NOT_NEEDED = "open", "done", "not_needed"

    what = models.TextField()
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    owner_name = models.CharField(max_length=200, blank=True)  # a partner or carer without an account
    agreed_on = models.DateField()
    by_on = models.DateField(null=True)
    state = models.CharField(max_length=10, default=OPEN)
    closed_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, blank=True)  # records/operations/actions.py KINDS
    need = models.UUIDField(null=True)  # the thread of the Need it answers


class Need(Fact):
    """Something the child needs, from an assessment, until it is met; `thread` is one for all versions."""

    thread = models.UUIDField(default=uuid.uuid4)
    what = models.TextField()
    area = models.CharField(max_length=20)
    found_in = models.CharField(max_length=200)
    found_on = models.DateField()
    by_on = models.DateField(null=True)  # the day in the child's own time by which it must be met
    closed_on = models.DateField(null=True)
    closed_as = models.CharField(max_length=12, blank=True)  # met | not_needed
    closed_says = models.TextField(blank=True)


class Delay(Fact):
    """What holds things up from a day: one cause at a time, who deals with it, and what is being done.

    A delay in the child's interest says who judged so and why. It never changes a date or its status.
    """

    cause = models.CharField(max_length=40)  # domain/delay.py CAUSES
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # the last day that belongs to the cause
    responsible = models.CharField(max_length=200, blank=True)
    doing = models.TextField(blank=True)
    judged_by = models.CharField(max_length=200, blank=True)
    judged_role = models.CharField(max_length=40, blank=True)
    why = models.TextField(blank=True)


class GateAnswer(Fact):
    """A rule of the council before a step: gone on with a reason, overridden by a senior, or answered."""

    ASKED, OVERRIDDEN, ANSWERED = "asked", "overridden", "answered"

    gate = models.CharField(max_length=60)  # the key of the pack's [[gate]]
    answer = models.CharField(max_length=12)
    on = models.DateField()
    says = models.TextField()  # what was missing, in the words that were shown; or what was asked
    reason = models.TextField()  # or the answer
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=40)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
