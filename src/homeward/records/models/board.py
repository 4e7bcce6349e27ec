"""What is written for the corporate parenting board: a commentary by section and quarter, and its actions.

Both are about the council and never about a child. Nothing is changed or deleted: a new version names the
one that it replaces, and the database refuses the second of two that replace the same.
"""

from __future__ import annotations

from django.db import models

from homeward.records.models.people import Authority, Person


class BoardCommentary(models.Model):
    """What the permanence lead says of one section of a quarter's report."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    quarter = models.DateField()  # its first day
    section = models.CharField(max_length=20)
    says = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "quarter", "section"],
                condition=models.Q(replaces=None),
                name="board_commentary_begins_once",
            )
        ]


class BoardAction(models.Model):
    """Something the board agreed to have done; `who` is a role (records/roles.toml), or the board itself."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    what = models.TextField()
    who = models.CharField(max_length=40)
    agreed_on = models.DateField()
    by_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
