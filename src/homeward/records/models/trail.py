"""What was seen and done (the audit), and what keeps a write from happening twice or being lost."""

from __future__ import annotations

from typing import Any

from django.db import models

from homeward.records.models.child import Child
from homeward.records.models.people import Authority, Person


class AuditEntry(models.Model):
    """One request or command: who, in which role and authority, when, what, on what basis. No names.

    `previous` and `hash` chain the entries of a `chain` (audit.py); append only by database trigger.
    """

    chain = models.PositiveSmallIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False)  # see the indexes
    role = models.CharField(max_length=40, blank=True)
    authority = models.ForeignKey(Authority, models.PROTECT, null=True)
    session = models.CharField(max_length=16, blank=True)  # the first characters of a hash
    ip = models.CharField(max_length=45, blank=True)
    action = models.CharField(max_length=30)  # see | write | refuse | error | command
    place = models.CharField(max_length=80)  # the name of the address, or of the command
    method = models.CharField(max_length=8, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    children: Any = models.JSONField(default=dict)  # {basis: [pk of a child, ...]}
    field_sets: Any = models.JSONField(default=list)
    about: Any = models.JSONField(
        default=dict
    )  # ids of what else was touched, counts, the sha of search text
    request = models.CharField(max_length=32)
    key = models.CharField(max_length=20)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_seq_once")]
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["person", "at"], name="audit_person_at"),
        ]


class AuditChild(models.Model):
    """The children of an audit entry, so that “who has looked at this child” is one question."""

    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="shown")
    child = models.BigIntegerField(db_index=True)  # no foreign key: the audit outlives an erasure
    basis = models.CharField(max_length=20)


class AuditHead(models.Model):
    """The last link of each chain; locked by the last statement of a transaction."""

    chain = models.PositiveSmallIntegerField(unique=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)


class SearchText(models.Model):
    """What a person searched for, sealed; its sha256 stands in the audit entry. Kept 24 months."""

    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="search")
    sealed = models.BinaryField()
    at = models.DateTimeField()


class Once(models.Model):
    """A form or call that had its effect: the same key again is answered with the first answer."""

    person = models.ForeignKey(Person, models.CASCADE)
    key = models.CharField(max_length=64)
    place = models.CharField(max_length=80)
    body = models.CharField(max_length=64)  # sha256
    status = models.PositiveSmallIntegerField(null=True)
    location = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="once")]


class Draft(models.Model):
    """What a person has typed into a long form and not yet sent; sealed, kept 14 days."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    child = models.ForeignKey(Child, models.CASCADE, null=True)
    form = models.CharField(max_length=60)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "child", "form"], name="draft_once"),
            models.UniqueConstraint(
                fields=["person", "form"], condition=models.Q(child=None), name="draft_without_child_once"
            ),
        ]


class Spent(models.Model):
    """How much of an hourly or minutely allowance a person has used (search, export, children read)."""

    person = models.ForeignKey(Person, models.CASCADE)
    what = models.CharField(max_length=20)
    since = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "what"], name="spent_once")]


class ApiToken(models.Model):
    """A person's token for the read API, for the role and council it was made in: only its sha256 is kept.

    It dies with the person's access.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    role = models.ForeignKey("records.Role", models.CASCADE)
    authority = models.ForeignKey(Authority, models.CASCADE, null=True)  # a role may reach several
    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    scopes: Any = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)


class CalendarFeed(models.Model):
    """A person's meetings for a calendar programme, in one role and council; of its address only the sha256.

    It dies with the person's access.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendars")
    role = models.ForeignKey("records.Role", models.CASCADE)
    authority = models.ForeignKey(Authority, models.CASCADE)
    hash = models.CharField(max_length=64, unique=True)
    only_mine = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "authority"],
                condition=models.Q(ended_at=None),
                name="calendar_once_a_role",
            )
        ]


class StoredFile(models.Model):
    """A file kept sealed under a random name outside the web root; `kind` is its type after re-encoding."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="files")
    name = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha = models.CharField(max_length=64)
    field_set = models.CharField(max_length=12, default="core")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)  # why it was removed
