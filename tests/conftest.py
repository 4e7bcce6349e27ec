"""What all tests share: one Hypothesis profile, marks that follow from what a test uses, and who acts."""

from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection
from hypothesis import settings

# The machine is shared and slow at times: a deadline would fail for that alone.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`browser` marks what opens a page; `data` what keeps facts, and so runs again on PostgreSQL."""
    for item in items:
        uses = set(getattr(item, "fixturenames", ()))
        if "page" in uses:
            item.add_marker("browser")
        elif uses & DATABASE or item.get_closest_marker("django_db"):
            item.add_marker("data")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_blocker: Any) -> None:
    """A superuser passes row-level security by, so that tests on PostgreSQL connect as an ordinary role."""
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            cursor.execute("SELECT FROM pg_roles WHERE rolname = 'homeward_tests'")
            if not cursor.fetchall():
                cursor.execute("CREATE ROLE homeward_tests LOGIN CREATEDB")
            connection.settings_dict["TEST"]["GIVEN_USER"] = connection.settings_dict["USER"]
            connection.settings_dict["USER"] = "homeward_tests"
            connection.settings_dict["TEST"]["NAME"] = "homeward_tests"
    connection.close()


@pytest.fixture(scope="session", autouse=True)
def what_acts() -> None:
    """A test's own lines work as a command; a page that it asks for starts with nobody who acts."""
    from homeward.records import row_security

    row_security.as_command()
    request_started.connect(_nobody_acts)
    request_finished.connect(_command_acts)


def _nobody_acts(**_: Any) -> None:
    _scope("")


def _command_acts(**_: Any) -> None:
    _scope("command")


def _scope(name: str) -> None:
    held = connection.connection  # past Django, so that no test counts it
    if connection.vendor == "postgresql" and held is not None:
        held.execute("SELECT set_config('homeward.scope', %s, false)", [name])
