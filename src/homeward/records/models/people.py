"""Authorities, the agency they share, teams, and the people who work there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac


class RegionalAgency(models.Model):
    """A regional adoption agency; it sees only what each authority shares with it."""

    name = models.CharField(max_length=200, unique=True)


class Authority(models.Model):
    """A council. `pack` names its policy; `latest_on` is the newest day its files speak of."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    pack = models.CharField(max_length=40)
    agency = models.ForeignKey(RegionalAgency, models.PROTECT, null=True, related_name="authorities")
    demonstration = models.BooleanField(default=False)
    latest_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="team_once")]


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """A person who works with the record and signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    left_on = models.DateField(null=True)  # a leaver: cannot sign in from this day
    sign_ins_ended = models.PositiveIntegerField(default=0)  # one more ends every session at once

    objects = People()
    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session holds while neither the password nor `sign_ins_ended` changes."""
        stands = f"{self.password}\x1f{self.sign_ins_ended}"
        salt = "homeward.records.models.people.Person.session"
        return salted_hmac(salt, stands, secret=secret, algorithm="sha256").hexdigest()


class Role(models.Model):
    """What a person does in an authority; `workers` are the social workers' ids whose children are theirs."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="roles")
    agency = models.ForeignKey(RegionalAgency, models.PROTECT, null=True, related_name="roles")
    key = models.CharField(max_length=40)  # a table of roles.toml
    team = models.ForeignKey(Team, models.PROTECT, null=True)
    group = models.CharField(max_length=64, blank=True)  # the directory's group that gave the role
    workers: Any = models.JSONField(default=list)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "authority", "key"], name="role_once"),
            models.UniqueConstraint(fields=["person", "agency", "key"], name="agency_role_once"),
            models.CheckConstraint(
                condition=models.Q(authority=None) | models.Q(agency=None), name="role_in_one_place"
            ),
        ]


class SchoolHoliday(models.Model):
    """Days on which the council's schools are closed, as the council records them; about nobody."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="school_holidays")
    name = models.CharField(max_length=80)
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="holiday_ends_after_start"
            )
        ]


class SavedView(models.Model):
    """A tracker view that a person kept: its name and the query string, which holds no names."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    authority = models.ForeignKey(Authority, models.CASCADE)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000)
    shared = models.BooleanField(default=False)
