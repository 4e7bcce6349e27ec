"""Gets the database ready before a command looks into it: empty, it is set up; older, brought up to date.

A restore that was broken off is finished first, and seals and erasures that the database does not show are
done again: until then nobody is served.
"""

import os


def set_up() -> None:
    """Django, without a look into the database."""
    import django
    from django.conf import settings

    if not settings.configured:
        os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.config.settings"
    os.umask(0o077)  # what is written here is about children
    django.setup()


def ready() -> None:
    """Sets Django up and applies the migrations that are missing, without a word."""
    set_up()
    _finish_restore()

    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from homeward.config import checks
    from homeward.records import row_security

    checks.refuse_unsafe()
    row_security.as_command()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    protect()
    _keep_up_with_policy()


def protect() -> None:
    """Seals and erases again what a restore brought back; raises when the ledger cannot be trusted."""
    from homeward.records.operations.protect import replay

    replay()


def ready_to_serve() -> None:
    """What a worker makes sure of: no restore is under way, and the ledger has its say."""
    set_up()
    _finish_restore()
    from homeward.config import checks
    from homeward.records import row_security

    checks.refuse_unsafe()
    with row_security.before_serving():
        protect()


def _finish_restore() -> None:
    """Holds the data folder together with others; after a restore that was broken off, alone for a moment."""
    from django.conf import settings
    from django.db import connection

    from homeward.config import holding
    from homeward.config.safekeeping import swap

    if (settings.DATA / swap.READY).exists():
        holding.alone(settings.DATA)
        swap.finish(settings.DATA, connection.settings_dict)
    holding.share(settings.DATA)


def _keep_up_with_policy() -> None:
    """A changed policy rebuilds the kept copies of dates before anybody looks at them."""
    from homeward.records import keep
    from homeward.records.models import Authority

    for authority in Authority.objects.all():
        keep.refresh_if_policy_changed(authority)
