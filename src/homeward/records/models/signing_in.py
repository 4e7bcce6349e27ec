"""What slows down who tries to sign in as somebody else."""

from __future__ import annotations

from django.db import models


class Knock(models.Model):
    """Tries that failed, by account and by network; the key is a hash, so that no address can be read here.

    A row with no failures is a welcome: this account signed in from this network at that moment.
    """

    key = models.CharField(max_length=64, unique=True)
    failed = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
