"""Disposable copies of what the clock says, for lists; nothing in them depends on today."""

from __future__ import annotations

from django.db import models

from homeward.records.models.child import Child


class KeptDeadline(models.Model):
    """A Deadline of domain.timescales, worked out from every fact known now."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="deadlines")
    rule = models.CharField(max_length=80)
    ids = models.CharField(max_length=40, blank=True)  # with commas
    counted_kind = models.CharField(max_length=60)
    counted_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    soon_from = models.DateField(null=True)
    met_kind = models.CharField(max_length=60, blank=True)
    met_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    cannot_say = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["child", "due_on"],
                condition=models.Q(met_on=None, ended_on=None),
                name="open_deadlines",
            )
        ]


class KeptStanding(models.Model):
    """A Standing of domain.standing, with the policy that the child's deadlines were judged by."""

    child = models.OneToOneField(Child, models.CASCADE, related_name="standing")
    policy = models.CharField(max_length=40)
    in_scope = models.BooleanField(db_index=True)
    in_care = models.BooleanField()
    in_care_since = models.DateField(null=True)
    in_pre_proceedings = models.BooleanField()
    in_proceedings = models.BooleanField()
    gateway_held = models.BooleanField()
    unborn = models.BooleanField()
    legal_status = models.CharField(max_length=4, blank=True)
    placement = models.CharField(max_length=4, blank=True)
    living_since = models.DateField(null=True)
    main_plan = models.CharField(max_length=30, blank=True)
    parallel_plan = models.CharField(max_length=30, blank=True)
    contingency_plan = models.CharField(max_length=30, blank=True)
    stage = models.CharField(max_length=40)
    left_care_on = models.DateField(null=True)
