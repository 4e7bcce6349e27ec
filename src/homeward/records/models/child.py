"""A child and the codes by which the council's systems know the child; what every fact has in common."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.db import models

from homeward.records.models.people import Authority, Person


def public_id() -> str:
    """Twelve random characters for addresses, so that an address says nothing of the child."""
    made = secrets.token_urlsafe(9)
    return public_id() if made.startswith("-") else made  # a command would take it for an option


class Child(models.Model):
    """A child, born or unborn. Everything dated about the child is a fact."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="children")
    public_id = models.CharField(max_length=16, unique=True, default=public_id)
    code = models.CharField(max_length=64, blank=True)  # as the newest file writes it
    called = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    born_on = models.DateField(null=True)
    expected_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    upn = models.CharField(max_length=20, blank=True)
    home_postcode = models.CharField(max_length=10, blank=True)

    @property
    def name(self) -> str:
        """What the child likes to be called, or the return's code."""
        return self.called or f"Child {self.code}"


class ChildIdentifier(models.Model):
    """A code of a scheme (903, annex_a, bundle), unique within the authority."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    child = models.ForeignKey(Child, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=10)
    value = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "scheme", "value"], name="identifier_once"),
        ]


class Load(models.Model):
    """One import: by whom, which files, what it changed, and the problems it listed (`report`)."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="loads")
    made_at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    state = models.CharField(max_length=10)  # tried | applied
    files: Any = models.JSONField(default=list)
    report: Any = models.JSONField(default=dict)


class ImportedRow(models.Model):
    """A row of a file as it came. Never changed; `dropped_by` is set once by the load that replaced it."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    source = models.CharField(max_length=10)
    table = models.CharField(max_length=40)
    year = models.IntegerField(null=True)
    child = models.CharField(max_length=64, blank=True)
    cells = models.TextField()
    file = models.CharField(max_length=255)
    number = models.IntegerField()
    sha = models.CharField(max_length=64)
    load = models.ForeignKey(Load, models.PROTECT, related_name="rows")
    dropped_by = models.ForeignKey(Load, models.PROTECT, null=True, related_name="dropped_rows")

    class Meta:
        indexes = [
            models.Index(fields=["authority", "child"], condition=models.Q(dropped_by=None), name="held_rows")
        ]


class CurrentFacts(models.Manager[Any]):
    """Facts that stand: neither replaced nor recorded in error."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(superseded_at=None, withdrawn=False)


class Fact(models.Model):
    """What every recorded thing about a child has: where it came from, when, and what it replaces.

    A fact is never changed or deleted. A correction is a new fact whose `replaces` names the old one; a
    withdrawal is a new fact that replaces and says `withdrawn`. `replaces` is one-to-one, so that of two
    people who correct the same fact the database refuses the second.
    """

    child = models.ForeignKey(Child, models.PROTECT)
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    source = models.CharField(max_length=10)  # 903 | annex_a | bundle | repair | person
    repair = models.CharField(max_length=60, blank=True)
    start = models.DateField(null=True)  # the day by which files are matched with the fact
    rows: Any = models.JSONField(default=list)  # ImportedRow numbers
    load = models.ForeignKey(Load, models.PROTECT, null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True)
    reason_recorded = models.TextField(blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    superseded_at = models.DateTimeField(null=True)
    withdrawn = models.BooleanField(default=False)

    objects = models.Manager()
    current = CurrentFacts()

    class Meta:
        abstract = True
        default_manager_name = "objects"
        indexes = [
            models.Index(fields=["child"], condition=models.Q(superseded_at=None), name="%(class)s_current")
        ]


class DisposalPermit(models.Model):
    """Lets what is held of one child be deleted within the transaction that holds it (named erasure only).

    It cannot outlive that transaction: `never` points at a permit that cannot be, and both databases look at
    that when they commit. So nothing commits until the permit is deleted again.
    """

    child = models.OneToOneField(Child, models.CASCADE)
    never = models.ForeignKey("self", models.DO_NOTHING, related_name="+", default=-1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(never=-1, pk__gt=0), name="permit_never_commits")
        ]
