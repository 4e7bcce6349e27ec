"""Tells Django that the record is an app, and keeps its triggers and row-level security in place."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class RecordsConfig(AppConfig):
    name = "homeward.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from homeward.records import classification, row_security, triggers

        register(classification.check, Tags.models)
        connection_created.connect(_keep_plans)
        pre_migrate.connect(_as_command, sender=self)
        post_migrate.connect(_write_locks, sender=self)
        register(triggers.check, Tags.database)
        register(row_security.check, Tags.database)


def _keep_plans(connection: Any, **_: Any) -> None:
    """A few pages ask more than the hundred statements whose plans a connection keeps."""
    if connection.vendor == "postgresql":
        connection.connection.prepared_max = 400


def _as_command(**_: Any) -> None:
    """A migration that moves rows must see them all."""
    from homeward.records import row_security

    row_security.as_command()


def _write_locks(using: str = "default", **_: Any) -> None:
    from homeward.records import row_security, triggers

    triggers.write(using)
    row_security.write(using)
