"""Tells Django that the record is an app, and keeps its triggers in place."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "homeward.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from homeward.records import triggers

        post_migrate.connect(_write_triggers, sender=self)
        register(triggers.check, Tags.database)


def _write_triggers(using: str = "default", **_: Any) -> None:
    from homeward.records import triggers

    triggers.write(using)
