"""Who works with a child, who must not see the child, and what is open to whom for how long."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from homeward.records.models.child import Child
from homeward.records.models.people import Authority, Person, RegionalAgency, Team


class Allocation(models.Model):
    """A person works with a child from a day to a day; for `panel` and `life_story` access ends that day.

    After an allocation ends, ten working days of hand-over follow (SECURITY 3.1).
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="allocations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="allocations")
    basis = models.CharField(max_length=12)  # allocated | panel | life_story
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="allocation_in_order"
            )
        ]


class Cover(models.Model):
    """A person acts for a colleague: reaches the colleague's own children in that authority, to the day."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    covered = models.ForeignKey(Person, models.PROTECT, related_name="covered_by")
    by = models.ForeignKey(Person, models.PROTECT, related_name="covers")
    started_on = models.DateField()
    ended_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_on__gte=F("started_on")), name="cover_in_order"),
            models.CheckConstraint(condition=~Q(covered=F("by")), name="cover_by_another"),
        ]


class Exclusion(models.Model):
    """This person never sees this child, whatever the role. Two people lift it: one asks, another agrees."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="exclusions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="exclusions")
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lift_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lift_reason = models.CharField(max_length=500, blank=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "person"], condition=Q(lifted_at=None), name="exclusion_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_by=None) | ~Q(lifted_by=F("lift_asked_by")), name="exclusion_two_people"
            ),
        ]


class Restriction(models.Model):
    """How closely a record is kept: 1 sensitive (a named team or person), 2 restricted (named people only),

    3 sealed. No row that stands (ended_at is None): normal.
    """

    SENSITIVE, RESTRICTED, SEALED = 1, 2, 3

    child = models.ForeignKey(Child, models.PROTECT, related_name="restrictions")
    level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    people = models.ManyToManyField(Person, related_name="named_in")
    teams = models.ManyToManyField(Team, related_name="named_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(ended_at=None), name="restriction_once"),
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3]), name="restriction_level"),
        ]


class Sealing(models.Model):
    """Two people seal a record: one asks, another agrees; until then nothing is sealed."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="sealings")
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # agreed to, taken back or declined

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(ended_at=None), name="sealing_once"),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="sealing_two_people"
            ),
        ]


class Share(models.Model):
    """A council shares a child with its regional agency: for a purpose, some field sets, until a moment."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="shares")
    agency = models.ForeignKey(RegionalAgency, models.PROTECT, related_name="shares")
    purpose = models.CharField(max_length=300)
    field_sets: Any = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)


class BreakGlass(models.Model):
    """A person opened one child in an emergency: one hour, read only, reviewed in two working days."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="break_glass")
    child = models.ForeignKey(Child, models.PROTECT, related_name="break_glass")
    role = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    reason = models.CharField(max_length=1000)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    review_due_on = models.DateField()
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)  # justified | not_justified | refer
    review_note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("person")),
                name="break_glass_reviewed_by_another",
            )
        ]


class Reveal(models.Model):
    """A masked field set that a person looked at, and the reason they wrote down."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="reveals")
    field_set = models.CharField(max_length=12)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()


class Notice(models.Model):
    """A line on the home page of whoever holds a role in an authority (or of one person); no names in it."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    role = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=30)  # break_glass | excluded_tried | seal_asked | ...
    child = models.ForeignKey(Child, models.PROTECT, null=True)
    about = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)


class GroupRole(models.Model):
    """Who is in this group of the council's directory holds this role; the group by its immutable id."""

    authority = models.ForeignKey(Authority, models.PROTECT, null=True)
    agency = models.ForeignKey(RegionalAgency, models.PROTECT, null=True)
    group = models.CharField(max_length=64)
    key = models.CharField(max_length=40)
    team = models.ForeignKey(Team, models.PROTECT, null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # it never gives to them

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "group", "key"], name="group_role_once")]
