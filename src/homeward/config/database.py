"""Gets the database ready before a command looks into it: empty, it is set up; older, brought up to date."""

import os


def ready() -> None:
    """Sets Django up and applies the migrations that are missing, without a word."""
    import django
    from django.conf import settings

    if not settings.configured:
        os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.config.settings"
    os.umask(0o077)  # what is written here is about children
    django.setup()

    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from homeward.records import row_security

    row_security.as_command()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    _keep_up_with_policy()


def _keep_up_with_policy() -> None:
    """A changed policy rebuilds the kept copies of dates before anybody looks at them."""
    from homeward.records import keep
    from homeward.records.models import Authority

    for authority in Authority.objects.all():
        keep.refresh_if_policy_changed(authority)
